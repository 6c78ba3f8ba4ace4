"""How things are shown: icons, statuses, text, geometry. The template tags in `templatetags/look.py` use these."""
