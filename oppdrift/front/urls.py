from django.urls import path

from .views import about, demo_mail, home, letter_texts, outbox, revise, year, years

app_name = "front"
urlpatterns = [
    path("", home.home, name="home"),
    path("year/", year.year, name="year"),
    path("year/<int:pk>/", year.year, name="year_of"),
    path("rounds/<int:pk>/revise/", revise.revise, name="revise"),
    path("apply/", about.how_to_apply, name="how_to_apply"),
    path("years/", years.years, name="years"),
    path("about/", about.about, name="about"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("healthz", about.health, name="health"),
    path("outbox/", outbox.letters, name="outbox"),
    path("outbox/let-go/", outbox.let_go, name="let_go"),
    path("outbox/texts/", letter_texts.letter_texts, name="letter_texts"),
    path("outbox/texts/<slug:kind>/<slug:language>/", letter_texts.letter_text, name="letter_text"),
    path("outbox/texts/<slug:kind>/<slug:language>/standard/", letter_texts.back_to_standard, name="standard_text"),
    path("outbox/<int:pk>/", outbox.letter, name="message"),
    path("outbox/<int:pk>/edit/", outbox.edit, name="edit_message"),
    path("outbox/<int:pk>/<slug:deed>/", outbox.deed, name="message_deed"),
    path("demo/mail/", demo_mail.mails, name="demo_mails"),
    path("demo/mail/<int:pk>/", demo_mail.mail, name="demo_mail"),
]
