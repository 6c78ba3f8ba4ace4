from django.urls import path

from . import views

app_name = "archive"
urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/begin/", views.begin, name="begin"),
    path("imports/<int:pk>/", views.batch, name="import"),
    path("imports/<int:pk>/answer/", views.answer, name="answer"),
    path("imports/<int:pk>/columns/", views.columns, name="columns"),
    path("imports/<int:pk>/sheet/", views.sheet, name="sheet"),
    path("imports/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("imports/<int:pk>/drop/", views.drop, name="drop"),
    path("imports/<int:pk>/take-back/", views.take_back, name="take_back"),
]
