"""The doors of the house, room by room."""

from django.urls import include, path

from oppdrift.front.views.files import access, file
from oppdrift.front.views.record import record
from oppdrift.toolbox.look.theme import theme

urlpatterns = [
    path("theme.css", theme, name="theme"),
    # An idea's page shows every room's part of it. Its name belongs to the house, so that every room can link to it.
    path("ideas/<int:pk>/", record, name="idea"),
    # Whether somebody may read a file is asked of the room that it belongs to; `history`, which keeps it, is early.
    path("files/<int:pk>/", file, name="file"),
    path("files/<int:pk>/access/", access, name="file_access"),
    path("", include("oppdrift.front.urls")),
    path("people/", include("oppdrift.people.urls")),
    path("rounds/", include("oppdrift.rounds.urls")),
    path("ideas/", include("oppdrift.ideas.urls")),
    path("gatherings/", include("oppdrift.gatherings.urls")),
    path("applications/", include("oppdrift.applications.urls")),
    path("assessing/", include("oppdrift.assessing.urls")),
    path("pitch/", include("oppdrift.pitching.urls")),
    path("deciding/", include("oppdrift.deciding.urls")),
    path("projects/", include("oppdrift.projects.urls")),
    path("leadership/", include("oppdrift.leadership.urls")),
    path("benefits/", include("oppdrift.benefits.urls")),
    path("sharing/", include("oppdrift.sharing.urls")),
    path("archive/", include("oppdrift.archive.urls")),
]
handler403 = "oppdrift.front.views.errors.refused"
handler404 = "oppdrift.front.views.errors.not_found"
handler500 = "oppdrift.front.views.errors.broken"
