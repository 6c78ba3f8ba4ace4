from django.urls import path, register_converter

from .views import copying, editing, items, milestones, roles, rounds


class ItemsConverter:
    """Criteria and questions have the same pages."""

    regex = "|".join(items.KINDS)

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(ItemsConverter, "items")

app_name = "rounds"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("begin/", editing.begin, name="begin"),
    path("<int:pk>/", rounds.round, name="round"),
    path("<int:pk>/call/", rounds.call, name="call"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/text/", editing.text, name="text"),
    path("<int:pk>/plan/", editing.plan, name="plan"),
    path("<int:pk>/publish/", editing.publish, name="publish"),
    path("<int:pk>/close/", editing.close, name="close"),
    path("<int:pk>/reopen/", editing.reopen, name="reopen"),
    path("<int:pk>/dates/", milestones.dates, name="dates"),
    path("<int:pk>/deadline/", milestones.deadline, name="deadline"),
    path("<int:pk>/dates/add/", milestones.add, name="add_milestone"),
    path("<int:pk>/dates/<int:milestone>/", milestones.milestone, name="milestone"),
    path("<int:pk>/dates/<int:milestone>/remove/", milestones.remove, name="remove_milestone"),
    path("<int:pk>/roles/", roles.roles, name="roles"),
    path("<int:pk>/roles/give-proposed/", roles.give_proposed, name="give_proposed"),
    path("<int:pk>/roles/<int:role>/", roles.role, name="role"),
    path("<int:pk>/roles/<int:role>/end/", roles.end, name="end_role"),
    path("<int:pk>/copy/", copying.copy, name="copy"),
    path("<int:pk>/proposal/drop/", items.drop, name="drop"),
    path("<int:pk>/<items:what>/", items.items, name="items"),
    path("<int:pk>/<items:what>/add/", items.add, name="add_item"),
    path("<int:pk>/<items:what>/<slug:key>/", items.item, name="item"),
    path("<int:pk>/<items:what>/<slug:key>/move/", items.move, name="move_item"),
    path("<int:pk>/<items:what>/<slug:key>/remove/", items.remove, name="remove_item"),
]
