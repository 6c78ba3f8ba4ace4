"""What is written for some is never met by others: on no page, list, export, search or letter, by whatever link.

The built house carries a mark in each such text. Everybody opens every door of both cases; the tables say who may meet
which mark. The barred case is the one that the programme lead and an assessor are disqualified from, after the latter
had read and judged it.
"""

import io
import logging
import zipfile

import pytest
from django.http import HttpResponse

from oppdrift.front.views import errors
from oppdrift.history.models import Message
from oppdrift.ideas.models import Clearance
from tests.benefits.in_the_house import SAVED
from tests.doors import DOORS
from tests.house import (  # noqa: F401
    AMOUNTS,
    EVERYWHERE,
    GRANTS,
    PEOPLE_OF,
    ROLES,
    Case,
    House,
    Walker,
    house,
    standing_house,
)

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

PEOPLE = list(dict.fromkeys(PEOPLE_OF.get(role, role) for role in ROLES))
# Those who have any business in the barred case; the others stand towards it as towards the main one.
THERE = {"panel", "lead", "substitute", "assessor", "new_assessor", "barred_assessor", "team", "other_team", "leader"}
JUDGED = ["reason", "among", "unclear", "to-team"]  # of each assessment

BELONG = "team leader coach"
READ = f"charge {BELONG} assessor new_assessor"

# What those close to a project write.
RUNNING = [
    "admitted",
    "agreed", "next-agreement", "agenda", "notes", "next-step", "check-in", "wish", "conditions", "grant-reason",
    "what-for", "account", "report", "report-comment", "agreed-beside", "report-beside",
]  # fmt: skip
# mark: who may meet it. `charge` leads the case: the lead in the main one, the substitute in the barred one.
MAY_MEET = {
    "draft": "team leader",
    "beside": "team leader",
    "withdrawn": "team",
    "later": BELONG,
    "version1": READ,
    "version2": READ,
    "changed": READ,
    "kept": "charge team",
    "note": f"charge {BELONG}",
    "asked": READ,
    **{f"first-{what}": "charge assessor" for what in JUDGED},
    **{f"second-{what}": "charge assessor" for what in JUDGED},
    **{f"former-{what}": "charge assessor" for what in JUDGED},
    **{f"begun-{what}": "new_assessor" for what in JUDGED},
    "decision": "charge",
    "told": f"charge {BELONG}",
    "verdict": "charge panel",  # the panel confirms it
    **{f"weighed-{what}": "charge assessor new_assessor" for what in JUDGED},
    "page": f"charge {BELONG}",
    "alt": f"charge {BELONG}",
    "talk": f"charge {BELONG}",
    "unasked": f"charge {BELONG}",
    "slides": f"charge {BELONG}",
    "kept-reflection": "leader colleague",
    "reflection": "charge leader colleague",
    "followed": f"charge {BELONG}",
    "suggested": f"charge {BELONG}",
    "linked": f"charge {BELONG}",
    "reply": f"charge {BELONG} colleague",
    "lesson": f"charge {BELONG}",
    "story": f"charge substitute {BELONG}",
    "award": "charge",
    **dict.fromkeys(RUNNING, f"charge {BELONG}"),
    "subject": "charge",
    "letter": "charge",
    "failed": "charge",
    "settled": "charge new_assessor",
    "relation": "charge new_assessor",
    "own-relation": "charge barred_assessor",
    "lead-relation": "charge lead",
    # Of the pitch day: what a ballot says is for nobody but its member before the decision is told.
    "picked": "charge team",
    "panel-to-team": "panel",
    "panel-note": "panel",
    "panel-relation": "charge panel",
    "other-to-team": "",
    "other-note": "",
    "advice": "team colleague",
    "promise": f"charge {BELONG}",
    "deviation": f"charge {BELONG}",
    "contact": f"charge {BELONG}",
    "stranger": "",  # held back until the address has answered
}
# In the main case the panel reads too, and she who is barred from the other one is an assessor like others, who has
# not read the second version yet.
IN_MAIN = {mark: f"{who} panel barred_assessor" for mark, who in MAY_MEET.items() if who == READ} | {
    **{f"{which}-{what}": "charge assessor barred_assessor" for which in ("first", "former") for what in JUDGED},
    "relation": "charge barred_assessor",
    "picked": "charge team panel",
}
SEARCHES = {
    "ideas:ideas": [f"?q={EVERYWHERE}"],
    "sharing:projects": [f"?q={EVERYWHERE}"],
    "front:outbox": ["?state=all", "?state=failed", f"?q={EVERYWHERE}", "?state=all&page=2", "?state=bound"],
    "front:let_go": ["?all=1"],
    "applications:list": [f"?q={EVERYWHERE}", "?state=draft", "?state=withdrawn"],
    "people:people": [f"?q={EVERYWHERE}"],
}
# Doors that are tried with one thing in the table, and have others behind them too.
OTHERS = {
    "idea": [
        "handed_in.idea",
        "draft.idea",
        "withdrawn.idea",
        "free",
        "told.idea",
        "pitched",
        "project.idea",
        "weighed.idea",
        "settled.idea",
    ],
    "projects:session": ["held_session"],
    "projects:agreement": ["project =2"],
    "projects:report": ["project =final"],
    "projects:write_report": ["project =description"],
    "leadership:reflection": ["kept_reflection"],
    "gatherings:notes": ["handed_in.idea", "draft.idea"],
    "applications:application": ["draft", "withdrawn", "told", "weighed", "settled"],
    "applications:version": ["handed_in =2", "withdrawn =1", "told =1"],
    "applications:write": ["handed_in"],
    "applications:export": ["round =xlsx", "judged =csv"],
    "applications:list": ["judged"],
    "front:message": ["failed"],
    "front:year_of": ["judged"],
    "assessing:assessments": ["told"],
    "assessing:assess": ["told"],
    "assessing:progress": ["judged"],
    "assessing:settling": ["judged"],
    "sharing:project": ["project.idea", "untold"],
    "sharing:picture": ["project.idea"],
    "sharing:showcase": ["untold", "open"],
}


# Their address is a key: whoever has it is the person it was made for. Only that person walks through them.
KEYS = {"pitching:phone", "pitching:teams", "pitching:ties", "pitching:ballot"}


# Whoever holds the link reads what is behind it: the walk is about those who do not.
OWN_LINKS = ("applications:endorse", "benefits:confirm", "sharing:own_name")


def addresses(house: House, case: Case, person: str) -> list[str]:  # noqa: F811
    """Everything that can be looked at, but for links that are the key themselves, in their receiver's letter."""
    found = []
    for door in DOORS:
        if door.name in KEYS and person != "panel":
            continue
        if door.look != "-" and door.name not in OWN_LINKS:
            plain = door.address(house, case)
            found += [plain, *(plain + query for query in SEARCHES.get(door.name, []))]
            found += [door.with_arguments(other).address(house, case) for other in OTHERS.get(door.name, [])]
    return list(dict.fromkeys(found))


def readable(body: bytes) -> str:
    """The text of an answer; of a workbook that of all its parts. A PDF is packed, and by chance holds any number: what
    is put into one is tried where it is made."""
    if body.startswith(b"%PDF"):
        return ""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist())
    return body.decode("utf-8", "replace").replace("\u00a0", " ").replace("&nbsp;", " ")


@pytest.fixture(scope="module")
def met(standing_house: House, django_db_blocker) -> dict[str, str]:  # noqa: F811
    """For everybody all that they were shown, each piece after its address. A refusal is its reason alone."""
    everything, built = {}, standing_house
    logging.disable(logging.WARNING)
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(errors, "render", refusal)
        for person in PEOPLE:
            main, barred = addresses(built, built.main, person), addresses(built, built.barred, person)
            walker = Walker(built.who(person))
            shown = [*main, *barred] if person in THERE else main
            pieces = [f"«{address}» {readable(walker.visit(address).body)}" for address in dict.fromkeys(shown)]
            everything[person] = "\n".join([*pieces, *letters_to(built.who(person))])
    logging.disable(logging.NOTSET)
    return everything


def refusal(_request, _template, context=None, *, status):
    return HttpResponse((context or {}).get("reason", ""), status=status)


def letters_to(person) -> list[str]:
    """What has left for this person or is about to. Nobody is everybody without an account; what tells one of them
    their own name is for that one."""
    gone = Message.objects.filter(receiver=person, state__in=[Message.State.QUEUED, Message.State.SENT])
    gone = gone.exclude(kind="speaker_named") if person is None else gone
    return [f"«letter {message.kind}» {message.subject} {message.body} {message.calendar}" for message in gone]


def where(text: str, mark: str) -> str:
    before = text[: text.index(mark)]
    return before[before.rindex("«") :].split("»")[0].lstrip("«")


def who_may(mark: str, case: Case) -> set[str]:
    if case.name == "main":
        names, words = {"charge": "lead"}, (MAY_MEET | IN_MAIN)[mark]
    else:
        names, words = {"charge": "substitute", "team": "other_team"}, MAY_MEET[mark]
    return {names.get(word, word) for word in words.split()}


@pytest.mark.parametrize("case", ["main", "barred"])
@pytest.mark.parametrize("mark", MAY_MEET)
def test_nobody_meets_what_is_not_for_them(house: House, met, mark: str, case: str):  # noqa: F811
    about: Case = getattr(house, case)
    mine = about.mark(mark)

    strangers = {
        who: where(text, mine) for who, text in met.items() if mine in text and who not in who_may(mark, about)
    }

    assert strangers == {}


# So that the test above is known to look in the right places: what these do meet.
MEETS = {
    "draft": "team leader",
    "later": "team",
    "version2": "charge team leader assessor new_assessor",
    "kept": "charge team",
    "note": "charge team leader",
    "second-among": "charge assessor",
    "begun-among": "new_assessor",
    "decision": "charge",
    "told": "charge team",
    "letter": "charge",
    "failed": "charge",
    "settled": "charge new_assessor",
    "page": "charge team leader",
    "alt": "charge team",
    "talk": "charge team leader",
    "unasked": "charge team",
    "slides": "charge team",
    "picked": "charge team",
    "advice": "team",
    "kept-reflection": "leader",
    "reflection": "charge leader",
    "followed": "charge team leader",
    "suggested": "charge team",
    "linked": "charge team leader coach",
    "reply": "charge team",
    "lesson": "charge team",
    "story": "charge substitute team",
    "award": "charge",
    "promise": "charge team leader",
    "deviation": "charge team leader",
    "contact": "charge team leader",
    "agreed": "charge team leader",
    "notes": "charge team leader",
    "report": "charge team leader",
    "agreed-beside": "charge team leader",
    "report-beside": "team",
}


@pytest.mark.parametrize("mark", MEETS)
def test_those_it_is_for_do_meet_it(house: House, met, mark: str):  # noqa: F811
    names = {"charge": "substitute", "team": "other_team"}

    missing = [who for who in MEETS[mark].split() if house.barred.mark(mark) not in met[names.get(who, who)]]

    assert missing == []


@pytest.mark.parametrize("person", ["lead", "barred_assessor", "panel"])
def test_no_sum_betrays_the_case_one_is_barred_from(met, person: str):
    applied = int(AMOUNTS["barred"].replace(" ", ""))
    sums = [applied, applied + int(AMOUNTS["main"].replace(" ", "")), SAVED["barred"], sum(SAVED.values())]
    sums += [GRANTS["barred"] + 1, sum(GRANTS.values()) + 2]  # each has been changed by one krone

    # What a stranger reads is public, and the same for all.
    secret = [words for each in sums for words in (grouped(each), str(each)) if words not in met["stranger"]]
    betrayed = [words for words in secret if words in met[person]]

    assert len(secret) >= 2 * (len(sums) - 1), "at most what all grants of a round come to is public"
    assert [(sum, where(met[person], sum)) for sum in betrayed] == []


def grouped(amount: int) -> str:
    return f"{amount:,}".replace(",", " ")


# What a lead meets of a case before they have said whether they have ties to it: ideas that have not applied here, and
# what an assessor who is unsure says of themselves.
UNDECLARED = {"kept", "picked", "relation"}


def test_a_lead_who_has_not_declared_meets_no_text_and_no_judgement(house: House, monkeypatch):  # noqa: F811
    lead, case = house.people["lead"], house.main
    case.project.idea.apply(True)
    for record in (case.handed_in, case.told, case.project, case.weighed, case.settled):
        Clearance.take_away(record.idea, lead)
    monkeypatch.setattr(errors, "render", refusal)
    logging.disable(logging.WARNING)

    walker = Walker(lead)
    seen = "\n".join(
        f"«{address}» {readable(walker.visit(address).body)}" for address in addresses(house, case, "lead")
    )

    logging.disable(logging.NOTSET)
    met_there = {mark: where(seen, case.mark(mark)) for mark in MAY_MEET if case.mark(mark) in seen}
    assert set(met_there) == UNDECLARED, met_there
    assert case.handed_in.idea.title in seen
