from django.urls import path

from .views import assessing, assigning, declaring, following, outcome, queue

app_name = "assessing"
urlpatterns = [
    # The assessor's own
    path("mine/", queue.queue, name="queue"),
    path("mine/<int:pk>/", assessing.assess, name="assess"),
    path("mine/<int:pk>/save/", assessing.save, name="save"),
    path("mine/<int:pk>/hand-in/", assessing.hand_in, name="hand_in"),
    path("mine/<int:pk>/abstain/", assessing.abstain, name="abstain"),
    path("mine/<int:pk>/start-from-earlier/", assessing.start_from_earlier, name="start_from_earlier"),
    path("mine/<int:pk>/next/", queue.next_one, name="next"),
    # Impartiality
    path("rounds/<int:pk>/impartiality/", declaring.impartiality, name="impartiality"),
    path("rounds/<int:pk>/settling/", declaring.settling, name="settling"),
    path("declarations/<int:pk>/settle/", declaring.settle, name="settle"),
    # The lead's
    path("rounds/<int:pk>/", following.progress, name="progress"),
    path("rounds/<int:pk>/remind/", following.remind, name="remind"),
    path("rounds/<int:pk>/assignment/", assigning.assignment, name="assignment"),
    # By what is judged, and what was said
    path("rounds/<int:pk>/criteria/", queue.criteria, name="criteria"),
    path("applications/<int:pk>/", following.assessments, name="assessments"),
    # What came of it
    path("applications/<int:pk>/outcome/", outcome.outcome, name="outcome"),
    path("offers/<int:pk>/answer/", outcome.answer, name="answer"),
]
