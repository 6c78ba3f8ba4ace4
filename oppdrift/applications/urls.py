"""The doors of the room."""

from django.urls import path

from .views import application, deeds, endorsing, listing, writing

app_name = "applications"
urlpatterns = [
    path("", application.mine, name="mine"),
    path("round/<int:round>/", listing.applications, name="list"),
    path("round/<int:round>/begin/", application.begin, name="begin"),
    path("round/<int:round>/export.<slug:kind>", listing.export, name="export"),
    path("<int:pk>/", application.application, name="application"),
    path("<int:pk>/write/", writing.write, name="write"),
    path("<int:pk>/write/<int:section>/", writing.write, name="write"),
    path("<int:pk>/save/", writing.save, name="save"),
    path("<int:pk>/settle/<int:beside>/", writing.settle, name="settle"),
    path("<int:pk>/rename/", writing.rename, name="rename"),
    path("<int:pk>/submit/", deeds.submit, name="submit"),
    path("<int:pk>/reopen/", deeds.reopen, name="reopen"),
    path("<int:pk>/revise/", deeds.revise, name="revise"),
    path("<int:pk>/withdraw/", deeds.withdraw, name="withdraw"),
    path("<int:pk>/bring-back/", deeds.bring_back, name="bring_back"),
    path("<int:pk>/extend/", deeds.extend, name="extend"),
    path("<int:pk>/versions/<int:number>/", application.version, name="version"),
    path("<int:pk>/versions/<int:number>/since/<int:other>/", application.since, name="since"),
    path("<int:pk>/leader/", endorsing.ask, name="ask"),
    path("leader/<int:pk>/take-back/", endorsing.take_back, name="take_back"),
    path("support/<str:token>/", endorsing.endorse, name="endorse"),
]
