from django.urls import path

from .views import home

app_name = "front"
urlpatterns = [
    path("", home.home, name="home"),
]
