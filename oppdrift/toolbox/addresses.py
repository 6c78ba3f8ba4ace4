"""Addresses of pages and of browser files, each worked out once in the life of a process.

A page holds dozens of links. Django looks for each anew among all patterns, and for each file in its list, which took a
tenth of the time of most pages. `reverse` here is Django's with a memory; so are {% url %} and {% static %}.
"""

from functools import lru_cache
from typing import Any

from django import template, urls
from django.core.files.storage import storages
from django.template import defaulttags
from django.utils.html import escape

KEPT = 5000  # one for each thing that is linked to: the busiest of them


def reverse(name: str, args: tuple | list = (), **kwargs: Any) -> str:
    """The address of a named page. Raises NoReverseMatch."""
    return _reverse(urls.get_urlconf(), urls.get_script_prefix(), name, *args, **kwargs)


# Typed, since True is not 1 in an address.
@lru_cache(maxsize=KEPT, typed=True)
def _reverse(_patterns: str | None, _prefix: str, name: str, *args: Any, **kwargs: Any) -> str:
    return urls.reverse(name, args=args, kwargs=kwargs)


def static(path: str) -> str:
    """The address of a browser file."""
    return _static(storages["staticfiles"], path)


@lru_cache(maxsize=KEPT)
def _static(storage: Any, path: str) -> str:
    return escape(storage.url(path))


class Address(defaulttags.URLNode):
    """{% url %}; with `as`, a missing page is no error."""

    def render(self, context: template.Context) -> str:
        args = [arg.resolve(context) for arg in self.args]
        kwargs = {name: value.resolve(context) for name, value in self.kwargs.items()}
        try:
            address = reverse(self.view_name.resolve(context), args, **kwargs)
        except urls.NoReverseMatch:
            if self.asvar is None:
                raise
            address = ""
        if self.asvar is None:
            return escape(address)
        context[self.asvar] = address
        return ""


def url(parser: Any, token: Any) -> Address:
    node = defaulttags.url(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)
