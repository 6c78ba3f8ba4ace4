app_name = "deciding"
urlpatterns: list = []
