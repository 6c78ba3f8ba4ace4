from django.urls import path

from .views import benefit, copying, measuring, overview, project, spread

app_name = "benefits"
urlpatterns = [
    path("", overview.benefits, name="benefits"),
    path("rounds/<int:pk>/", overview.round_of, name="round"),
    path("ideas/<int:idea>/", project.of, name="of"),
    path("ideas/<int:idea>/new/", project.new, name="new"),
    path("<int:pk>/", benefit.benefit, name="benefit"),
    path("<int:pk>/edit/", benefit.edit, name="edit"),
    path("<int:pk>/owner/", benefit.owner, name="owner"),
    path("<int:pk>/agree/", benefit.agree, name="agree"),
    path("<int:pk>/drop/", benefit.drop, name="drop"),
    path("<int:pk>/take-up/", benefit.take_up, name="take_up"),
    path("<int:pk>/plan/", measuring.plan, name="plan"),
    path("<int:pk>/measure/", measuring.take, name="take"),
    path("measurements/<int:pk>/", measuring.measure, name="measure"),
    path("measurements/<int:pk>/correct/", measuring.correct, name="correct"),
    path("measurements/<int:pk>/skip/", measuring.skip, name="skip"),
    path("measurements/<int:pk>/move/", measuring.move, name="move"),
    path("measurements/<int:pk>/take-off/", measuring.take_off, name="take_off"),
    path("ideas/<int:idea>/spread/new/", spread.write_down, name="write_down"),
    path("spread/<int:pk>/", spread.adoption, name="adoption"),
    path("spread/<int:pk>/move/", spread.move, name="move_adoption"),
    path("ideas/<int:idea>/copy/", copying.copy, name="copy"),
    path("copy/sent/", copying.sent, name="copy_sent"),
    path("copy/<str:token>/", copying.confirm, name="confirm"),
]
