from django.urls import path

from .views import outcome, releasing, room, sitting

app_name = "deciding"
urlpatterns = [
    # Prepared by who leads the round
    path("rounds/<int:pk>/", sitting.sitting, name="sitting"),
    path("rounds/<int:pk>/plan/", sitting.plan, name="plan"),
    path("ideas/<int:pk>/decide/", sitting.decide, name="decide"),
    path("offers/<int:pk>/go-on/", sitting.go_on, name="go_on"),
    # In the room
    path("rounds/<int:pk>/room/", room.room, name="room"),
    path("rounds/<int:pk>/room/reckon/", room.reckon, name="reckon"),
    path("rounds/<int:pk>/numbers/", room.numbers, name="numbers"),
    # Confirmed, told, kept
    path("rounds/<int:pk>/confirm/", releasing.confirm, name="confirm"),
    path("rounds/<int:pk>/release/", releasing.release, name="release"),
    path("rounds/<int:pk>/protocol/", releasing.protocols, name="protocols"),
    # The team's
    path("ideas/<int:pk>/outcome/", outcome.outcome, name="outcome"),
    path("offers/<int:pk>/answer/", outcome.answer, name="answer"),
]
