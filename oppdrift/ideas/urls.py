from django.urls import path

from . import views

app_name = "ideas"
urlpatterns = [
    path("<int:pk>/", views.idea, name="idea"),
]
