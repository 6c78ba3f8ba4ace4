from django.urls import path

from . import views

app_name = "ideas"
urlpatterns = [
    path("", views.ideas, name="ideas"),
    path("new/", views.new, name="new"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/invite/", views.invite, name="invite"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/take-up/", views.take_up, name="take_up"),
    path("<int:pk>/team/<int:part>/end/", views.end_part, name="end_part"),
    path("<int:pk>/team/<int:part>/lead/", views.take_lead, name="take_lead"),
]
