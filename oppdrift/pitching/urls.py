app_name = "pitching"
urlpatterns: list = []
