"""Each page in the reader's language."""

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers

COOKIE = settings.LANGUAGE_COOKIE_NAME


class PersonsLanguage:
    """The person's own language; a stranger's choice in a cookie, or what their browser asks for, else bokmål."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        self.choose(request, request.user)
        return self.answer(request, self.get_response(request))

    def choose(self, request, person) -> None:
        language = person.language if person.is_authenticated else translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def answer(self, request, response):
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response
