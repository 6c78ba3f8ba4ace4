from django.urls import path

from .views import methods, mine, promises, running

app_name = "leadership"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("participations/<int:pk>/end/", mine.end, name="end"),
    path("methods/", methods.methods, name="methods"),
    path("methods/<slug:key>/", methods.method, name="method"),
    path("methods/<slug:key>/reflect/", methods.reflect, name="reflect"),
    path("reflections/<int:pk>/", methods.reflection, name="reflection"),
    path("reflections/<int:pk>/change/", methods.change, name="change_reflection"),
    path("reflections/<int:pk>/share/", methods.share, name="share"),
    path("reflections/<int:pk>/keep/", methods.keep, name="keep"),
    path("reflections/<int:pk>/erase/", methods.erase, name="erase_reflection"),
    path("ideas/<int:idea>/promises/", promises.promises, name="promises"),
    path("promises/<int:pk>/say/", promises.say, name="say"),
    path("rounds/<int:pk>/", running.round, name="round"),
    path("rounds/<int:pk>/invite/", running.invite, name="invite"),
    path("modules/<int:pk>/ask-all/", running.ask_all, name="ask_all"),
    path("modules/<int:pk>/presence/", running.presence, name="presence"),
    path("everybody/", running.everybody, name="everybody"),
]
