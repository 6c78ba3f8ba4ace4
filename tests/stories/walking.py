"""A demo as its visitors walk it."""

from django.test import Client

from oppdrift.front.of_people import demo_people


def pages_that_fail(client: Client) -> list[str]:
    """Everybody one can be in the demo, and a stranger, opens the first page and every place of their menu."""
    failed = []
    for person in [None, *(each["person"] for each in demo_people())]:
        if person:
            client.force_login(person)
        else:
            client.logout()
        home = client.get("/", follow=True)
        places = [place["url"] for place in [*home.context["nav"], *home.context["seldom"]]]
        answers = {"/": home.status_code, **{url: client.get(url, follow=True).status_code for url in places}}
        failed += [f"{person}: {url} {status}" for url, status in answers.items() if status != 200]
    return failed
