from django.urls import path

from .views import me, people, sign_in, units

app_name = "people"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.confirm, name="confirm"),
    path("sign-in/code/again/", sign_in.send_again, name="send_again"),
    path("sign-in/demo/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("language/", sign_in.language, name="language"),
    path("me/", me.me, name="me"),
    path("me/addresses/add/", me.add_address, name="add_address"),
    path("me/addresses/confirm/", me.confirm_address, name="confirm_address"),
    path("me/addresses/<int:pk>/first/", me.put_address_first, name="put_address_first"),
    path("me/addresses/<int:pk>/remove/", me.remove_address, name="remove_address"),
    path("", people.people, name="people"),
    path("add/", people.add, name="add"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/entrust/", people.entrust, name="entrust"),
    path("<int:pk>/relieve/", people.relieve, name="relieve"),
    path("<int:pk>/close/", people.close, name="close"),
    path("<int:pk>/open/", people.open_again, name="open"),
    path("units/", units.units, name="units"),
    path("units/add/", units.add, name="add_unit"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/close/", units.close, name="close_unit"),
    path("units/<int:pk>/merge/", units.merge, name="merge_unit"),
    path("units/<int:pk>/reopen/", units.reopen, name="reopen_unit"),
]
