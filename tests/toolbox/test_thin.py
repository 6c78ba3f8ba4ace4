"""HTML without the indentation of its templates."""

from django.template import Context, engines
from django.template.loader import get_template

from oppdrift.toolbox.thin import thin


def made(source: str, **values) -> str:
    return thin(engines["django"].from_string(source).template).render(Context(values))


def test_indentation_goes_and_lines_stay():
    assert made("<ul>\n    <li>one</li>\n\n    <li>two</li>\n</ul>") == "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"


def test_it_goes_within_loops_and_conditions_too():
    source = "{% for n in all %}\n    {% if n %}\n        <b>{{ n }}</b>\n    {% endif %}\n{% endfor %}"

    assert "  " not in made(source, all=[1, 2])


def test_what_somebody_wrote_keeps_its_spaces():
    assert made("<textarea>{{ text }}</textarea>", text="a\n    b") == "<textarea>a\n    b</textarea>"


def test_a_sentence_to_translate_keeps_its_words():
    source = "{% blocktranslate %}one\n    two{% endblocktranslate %}"

    assert made(source) == "one\n    two"


def test_the_house_reads_its_pages_so():
    assert "\n  " not in "".join(node.s for node in get_template("base.html").template.nodelist if hasattr(node, "s"))
