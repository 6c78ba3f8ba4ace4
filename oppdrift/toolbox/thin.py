"""Templates are indented for those who write them. Readers, often on a phone, get the lines without the indentation.

It is taken away once, when a template is read. Texts to translate and what people wrote are no plain text of a
template, so they stay as they are.
"""

import re
from typing import Any

from django.template import Template
from django.template.base import TextNode
from django.template.loaders import base, cached

INDENTATION = re.compile(r"\n\s+")


def thin(template: Template) -> Template:
    for node in template.nodelist.get_nodes_by_type(TextNode):
        node.s = INDENTATION.sub("\n", node.s)  # type: ignore[attr-defined]
    return template


class Thin(base.Loader):
    """Of HTML only; a mail's lines are as they are written."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        return thin(template) if template_name.endswith(".html") else template


class Loader(cached.Loader, Thin):
    """Each template is read, thinned and kept once; it stands around the loaders that find the files."""
