from django.urls import path

from .views import advising, arranging, visiting

app_name = "gatherings"
urlpatterns = [
    path("", visiting.gatherings, name="gatherings"),
    path("new/", arranging.new, name="new"),
    path("<int:pk>/", visiting.gathering, name="gathering"),
    path("<int:pk>/sign-up/", visiting.sign_up, name="sign_up"),
    path("<int:pk>/sign-off/", visiting.sign_off, name="sign_off"),
    path("<int:pk>/calendar.ics", visiting.calendar, name="calendar"),
    path("<int:pk>/change/", arranging.change, name="change"),
    path("<int:pk>/cancel/", arranging.cancel, name="cancel"),
    path("<int:pk>/participants/", arranging.participants, name="participants"),
    path("<int:pk>/participants/add/", arranging.add, name="add"),
    path("<int:pk>/participants/<int:row>/take-off/", arranging.take_off, name="take_off"),
    path("<int:pk>/materials/add/", arranging.add_material, name="add_material"),
    path("<int:pk>/materials/<int:file>/remove/", arranging.remove_material, name="remove_material"),
    path("ideas/<int:idea>/notes/", advising.notes, name="notes"),
    path("notes/<int:pk>/erase/", advising.erase, name="erase_note"),
]
