from django.urls import path

from . import views

app_name = "gatherings"
urlpatterns = [
    path("", views.gatherings, name="gatherings"),
    path("<int:pk>/", views.gathering, name="gathering"),
]
