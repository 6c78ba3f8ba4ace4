from django.urls import path

from .views import conference, programme, public, showcase, talk

app_name = "sharing"
urlpatterns = [
    path("projects/", public.projects, name="projects"),
    path("projects/<int:idea>/", public.project, name="project"),
    path("projects/<int:idea>/picture/", public.picture, name="picture"),
    path("projects/<int:idea>/page/", showcase.showcase, name="showcase"),
    path("projects/<int:idea>/page/begin/", showcase.begin, name="begin_showcase"),
    path("projects/<int:idea>/page/edit/", showcase.edit, name="edit_showcase"),
    path("projects/<int:idea>/page/picture/", showcase.put_picture, name="put_picture"),
    path("projects/<int:idea>/page/picture/remove/", showcase.take_picture_off, name="take_picture_off"),
    path("projects/<int:idea>/page/agree/<slug:side>/", showcase.agree, name="agree"),
    path("projects/<int:idea>/page/take-off/", showcase.take_off, name="take_off"),
    path("projects/<int:idea>/page/look-over/", showcase.look_over, name="look_over"),
    path("projects/<int:idea>/page/calls/", showcase.answer_calls, name="answer_calls"),
    path("conferences/<int:pk>/", programme.programme, name="programme"),
    path("conferences/<int:pk>/programme.ics", programme.calendar, name="programme_calendar"),
    path("conferences/<int:pk>/catalogue.pdf", programme.catalogue, name="catalogue"),
    path("conferences/<int:pk>/begin/", conference.begin, name="begin_programme"),
    path("conferences/<int:pk>/edit/", conference.put_together, name="put_together"),
    path("conferences/<int:pk>/plan/", conference.plan, name="plan_conference"),
    path("conferences/<int:pk>/projects/", conference.add_projects, name="add_projects"),
    path("conferences/<int:pk>/slots/new/", conference.add_slot, name="add_slot"),
    path("conferences/<int:pk>/release/", conference.release, name="release"),
    path("conferences/<int:pk>/readiness/", conference.ready, name="readiness"),
    path("conferences/<int:pk>/remind/", conference.remind, name="remind"),
    path("slots/<int:pk>/", conference.slot, name="slot"),
    path("slots/<int:pk>/move/", conference.move, name="move_slot"),
    path("slots/<int:pk>/remove/", conference.remove, name="remove_slot"),
    path("talks/<int:pk>/", talk.talk, name="talk"),
    path("talks/<int:pk>/slides/", talk.put_slides, name="put_slides"),
    path("talks/<int:pk>/speakers/", talk.name_speaker, name="name_speaker"),
    path("talks/<int:pk>/speakers/<int:row>/", talk.speaker, name="speaker"),
]
