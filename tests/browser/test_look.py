"""The pieces in a real browser: nothing too wide, too small or out of reach."""

import pytest

from tests.browsing import looked_over

pytestmark = pytest.mark.urls("tests.toolbox.gallery")

SMALL_TEXT = """() => {
  const small = [];
  for (const element of document.querySelectorAll("body *")) {
    const speaks = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const box = element.getBoundingClientRect();
    if (!speaks || box.width < 2) continue;
    let size = parseFloat(getComputedStyle(element).fontSize);
    const drawing = element.closest("svg");
    if (drawing && drawing.viewBox.baseVal.width) {
      size *= drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
    }
    if (size < 13) small.push(`${element.tagName} ${size}`);
  }
  return small;
}"""


@pytest.mark.parametrize("address", ["/gallery/", "/gallery/split/"])
def test_nothing_is_too_wide_too_small_or_wrong(page, axe, address):
    page.goto(address)

    assert looked_over(page, axe) == []
    for width in (320, 1100):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SMALL_TEXT) == []


def test_text_and_criteria_scroll_apart_on_a_desk(page):
    page.set_viewport_size({"width": 1280, "height": 600})
    page.goto("/gallery/split/")

    page.locator(".split-form").evaluate("form => form.scrollTo(0, 200)")

    assert page.evaluate("window.scrollY") == 0
    assert page.locator(".split-form").evaluate("form => form.scrollTop") > 0
    assert page.locator(".split-text").evaluate("text => text.scrollTop") == 0


def test_what_is_pressed_on_a_phone_is_large_enough(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/gallery/")

    heights = page.eval_on_selector_all(".tap, .unclear-toggle", "all => all.map(one => one.offsetHeight)")

    assert len(heights) == 9
    assert min(heights) >= 48


def test_the_menu_of_a_phone_opens_by_keyboard(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/gallery/")
    assert not page.get_by_role("link", name="Søknader").is_visible()

    page.get_by_role("button", name="Meny").press("Enter")
    assert page.get_by_role("link", name="Søknader").is_visible()

    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Søknader").is_visible()


def test_the_persons_menu_closes_by_escape_and_gives_the_focus_back(page):
    page.goto("/gallery/")
    summary = page.locator(".person-menu > summary")
    summary.press("Enter")
    page.get_by_role("button", name="Logg ut").focus()

    page.keyboard.press("Escape")

    assert page.locator(".person-menu[open]").count() == 0
    assert summary.evaluate("one => one === document.activeElement")


def test_words_are_counted_while_one_writes(page):
    page.goto("/gallery/")

    page.get_by_label("Hva gjør dere annerledes").fill("Vi åpner 24 dører klokken 02.")

    assert page.locator("#id_challenge_words").inner_text() == "6 av 200 ord"


def test_the_menu_and_the_taps_work_without_script(browser, server):
    context = browser.new_context(base_url=server, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/gallery/")

    page.get_by_role("button", name="Meny").click()
    assert page.get_by_role("link", name="Søknader").is_visible()
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="2", exact=True).check(force=True)
    assert page.get_by_role("radio", name="4", exact=True).is_checked() is False
    context.close()


def test_a_refusal_lands_among_the_messages_and_what_was_typed_stays(browser, server):
    context = browser.new_context(base_url=server, locale="nb-NO")
    page = context.new_page()
    page.goto("/gallery/")
    page.get_by_label("Hva gjør dere annerledes").fill("Vi åpner dører.")

    page.get_by_role("button", name="Send på nytt").click()

    page.locator("#messages").get_by_text("Fristen er passert.").wait_for()
    assert page.get_by_label("Hva gjør dere annerledes").input_value() == "Vi åpner dører."
    assert page.get_by_role("heading", name="Året", exact=True).is_visible()
    context.close()


def test_paper_gets_the_text_and_not_the_buttons(page):
    page.goto("/gallery/")
    page.emulate_media(media="print", color_scheme="light")

    assert page.get_by_role("heading", name="Purr på tre i vurderingsgruppen").is_visible()
    assert not page.locator(".site-nav").is_visible()
    assert not page.get_by_text("Les påminnelsen og send").is_visible()
