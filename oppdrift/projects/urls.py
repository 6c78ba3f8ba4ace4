from django.urls import path

from .views import project

app_name = "projects"
urlpatterns = [
    path("<int:pk>/", project.project, name="project"),
]
