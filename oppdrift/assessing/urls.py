from django.urls import path

from .views import assessing, assigning, declaring, following, improving, outcome, queue, ranking, shortlist

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
    path("rounds/<int:pk>/assignment/take-away/", assigning.take_away, name="take_away"),
    # By what is judged, and what was said
    path("rounds/<int:pk>/criteria/", queue.criteria, name="criteria"),
    path("applications/<int:pk>/", following.assessments, name="assessments"),
    # Unclear but promising
    path("rounds/<int:pk>/unclear/", improving.unclear, name="unclear"),
    path("rounds/<int:pk>/unclear/invite/", improving.invite_all, name="invite_all"),
    path("applications/<int:pk>/unclear/", improving.improving, name="improving"),
    path("applications/<int:pk>/unclear/invite/", improving.invite, name="invite"),
    path("applications/<int:pk>/unclear/drop/", improving.drop, name="drop"),
    path("applications/<int:pk>/unclear/prolong/", improving.prolong, name="prolong"),
    # Beside each other, and picked
    path("rounds/<int:pk>/ranking/", ranking.ranking, name="ranking"),
    path("rounds/<int:pk>/ranking/export/", ranking.export, name="ranking_export"),
    path("rounds/<int:pk>/shortlist/", shortlist.overview, name="shortlist"),
    path("rounds/<int:pk>/shortlist/plan/", shortlist.plan, name="plan"),
    path("rounds/<int:pk>/shortlist/release/", shortlist.release, name="release"),
    path("applications/<int:pk>/decide/", shortlist.decide, name="decide"),
    path("offers/<int:pk>/go-on/", shortlist.go_on, name="go_on"),
    # What came of it
    path("applications/<int:pk>/outcome/", outcome.outcome, name="outcome"),
    path("offers/<int:pk>/answer/", outcome.answer, name="answer"),
]
