"""Every door of the house: what stands behind it in the built house, who may look (GET) and who may act (POST).

One row a pattern of `urls.py`: name, what its arguments are (of the case, else of the house; `=` before a plain word),
who may look, who may act, and what the form needs to be understood at all. `-` is nobody: no page, or no deed; a form
that looks and acts behind one door gives both. A word in capitals is a group; `!` takes away.

Only doors that depend on the case are tried by those who end in `_there`: `house.py` says who they are.
"""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs

from django.urls import reverse

from tests.house import ROLES, Case, House

GROUPS = {
    "ALL": ROLES,
    "PEOPLE": [role for role in ROLES if role != "stranger"],  # whoever is signed in
    "RUN": ["lead", "substitute"],  # the round
    "CHARGE": ["lead", "substitute_there"],  # of the case
    "TELL": ["lead", "substitute", "substitute_there"],  # stories of the round, but of what is hidden from them
    "ASSESS": ["assessor", "new_assessor"],  # the case
    "REHEARSE": ["lead", "substitute", "team", "colleague", "lead_there", "substitute_there"],  # the case
    "SEAT": ["panel", "stranger"],  # whoever has the link, but nobody else who is signed in
    "BELONG": ["team", "leader", "coach"],  # to the idea
    "READ": ["lead", "substitute_there", "assessor", "new_assessor", "panel", "team", "leader", "coach"],
}

TABLE = """
theme                         |                       | -             | -
front:home                    |                       | ALL           | ALL
front:year                    |                       | RUN           | RUN
front:year_of                 | round                 | RUN           | RUN
front:revise                  | call                  | lead          | lead
front:how_to_apply            |                       | ALL           | ALL
front:about                   |                       | ALL           | ALL
front:years                   |                       | ALL           | ALL
front:privacy                 |                       | ALL           | ALL
front:accessibility           |                       | ALL           | ALL
front:health                  |                       | ALL           | ALL
front:outbox                  |                       | RUN           | -
front:let_go                  |                       | RUN           | RUN
front:letter_texts            |                       | lead          | lead
front:letter_text             | =declined =nn         | lead          | lead
front:standard_text           | =declined =nn         | -             | lead
front:message                 | letter                | CHARGE        | -
front:edit_message            | letter                | CHARGE        | CHARGE
front:message_deed            | letter =hold          | -             | CHARGE
file                          | material              | PEOPLE        | -
file_access                   | material              | RUN           | RUN
front:demo_mails              |                       | -             | -
front:demo_mail               | sent                  | -             | -

people:sign_in                |                       | ALL           | ALL
people:confirm                |                       | ALL           | ALL
people:send_again             |                       | -             | ALL
people:demo_sign_in           |                       | -             | -
people:sign_out               |                       | -             | ALL
people:language               |                       | -             | ALL           | language=nn
people:me                     |                       | PEOPLE        | PEOPLE
people:add_address            |                       | PEOPLE        | PEOPLE
people:confirm_address        |                       | PEOPLE        | PEOPLE
people:put_address_first      | address               | -             | team
people:remove_address         | address               | -             | team
people:people                 |                       | lead          | lead
people:add                    |                       | lead          | lead
people:person                 | somebody              | lead          | lead
people:entrust                | somebody              | -             | lead
people:relieve                | somebody              | -             | lead
people:close                  | somebody              | -             | lead
people:open                   | somebody              | -             | lead
people:units                  |                       | lead          | lead
people:add_unit               |                       | lead          | lead
people:unit                   | unit                  | lead          | lead
people:close_unit             | unit                  | lead          | lead
people:merge_unit             | unit                  | lead          | lead
people:reopen_unit            | unit                  | -             | lead

rounds:rounds                 |                       | ALL           | ALL
rounds:begin                  |                       | lead          | lead
rounds:round                  | round                 | ALL           | ALL
rounds:call                   | round                 | ALL           | ALL
rounds:edit                   | round                 | lead          | lead
rounds:text                   | round                 | lead          | lead
rounds:plan                   | round                 | lead          | lead
rounds:publish                | unpublished           | -             | lead
rounds:close                  | round                 | -             | lead
rounds:reopen                 | closed                | -             | lead
rounds:dates                  | round                 | lead          | lead
rounds:deadline               | round                 | lead          | lead
rounds:add_milestone          | round                 | lead          | lead
rounds:milestone              | round milestone       | lead          | lead
rounds:remove_milestone       | round milestone       | -             | lead
rounds:roles                  | round                 | lead          | lead
rounds:give_proposed          | round                 | -             | lead
rounds:role                   | round role            | lead          | lead
rounds:end_role               | round role            | -             | lead
rounds:copy                   | round                 | lead          | lead
rounds:drop                   | call                  | -             | lead
rounds:items                  | call =criteria        | lead          | lead
rounds:add_item               | call =criteria        | lead          | lead
rounds:item                   | call =criteria =need  | lead          | lead
rounds:move_item              | call =criteria =need  | -             | lead
rounds:remove_item            | call =criteria =need  | -             | lead

ideas:ideas                   |                       | PEOPLE        | PEOPLE
ideas:new                     |                       | PEOPLE        | PEOPLE
idea                          | kept                  | CHARGE team   | CHARGE team
ideas:edit                    | kept                  | team          | team
ideas:invite                  | kept                  | CHARGE team   | CHARGE team
ideas:withdraw                | kept                  | -             | team
ideas:take_up                 | withdrawn.idea        | -             | team
ideas:end_part                | kept part             | -             | CHARGE team
ideas:take_lead               | kept part             | -             | CHARGE team

gatherings:gatherings         |                       | PEOPLE        | -
gatherings:new                |                       | RUN           | RUN
gatherings:gathering          | by_invitation         | RUN team      | -
gatherings:sign_up            | gathering             | -             | PEOPLE !team
gatherings:sign_off           | gathering             | -             | team
gatherings:calendar           | by_invitation         | RUN team      | -
gatherings:change             | gathering             | RUN           | RUN
gatherings:cancel             | gathering             | RUN           | RUN
gatherings:participants       | gathering             | RUN           | -
gatherings:add                | gathering             | -             | RUN
gatherings:take_off           | gathering sign_up     | -             | RUN
gatherings:add_material       | gathering             | -             | RUN
gatherings:remove_material    | gathering material    | -             | RUN
gatherings:notes              | kept                  | CHARGE team   | CHARGE team
gatherings:erase_note         | note                  | -             | colleague

applications:mine             |                       | PEOPLE        | PEOPLE
applications:list             | round                 | RUN           | RUN
applications:begin            | call                  | PEOPLE        | PEOPLE
applications:export           | round =csv            | RUN           | RUN
applications:application      | handed_in             | READ          | READ
applications:write            | draft                 | team          | team
applications:save             | draft                 | -             | team          | question=challenge
applications:settle           | draft side_text       | -             | team
applications:rename           | draft                 | team          | team
applications:submit           | draft                 | -             | team
applications:reopen           | handed_in             | -             | team
applications:revise           | handed_in             | -             | team
applications:withdraw         | handed_in             | team          | team
applications:bring_back       | withdrawn             | -             | team
applications:extend           | handed_in             | CHARGE        | CHARGE
applications:version          | handed_in =1          | READ          | READ
applications:since            | handed_in =2 =1       | READ          | READ
applications:ask              | handed_in             | team          | team
applications:take_back        | asked                 | -             | team
applications:endorse          | asked.token           | ALL           | ALL

assessing:queue               |                       | PEOPLE        | PEOPLE
assessing:assess              | handed_in             | ASSESS        | ASSESS
assessing:save                | handed_in             | -             | ASSESS
assessing:hand_in             | handed_in             | -             | ASSESS
assessing:abstain             | handed_in             | -             | ASSESS
assessing:start_from_earlier  | handed_in             | -             | ASSESS
assessing:next                | handed_in             | PEOPLE        | PEOPLE
assessing:impartiality        | round                 | RUN ASSESS    | RUN ASSESS
assessing:settling            | round                 | RUN           | RUN
assessing:settle              | declaration           | -             | CHARGE
assessing:progress            | round                 | RUN           | RUN
assessing:remind              | round                 | -             | RUN
assessing:assignment          | round                 | RUN           | RUN
assessing:take_away           | round                 | -             | RUN
assessing:criteria            | round                 | PEOPLE        | PEOPLE
assessing:assessments         | handed_in             | CHARGE assessor | CHARGE assessor
assessing:unclear             | round                 | RUN           | RUN
assessing:invite_all          | round                 | -             | RUN
assessing:improving           | handed_in             | CHARGE        | CHARGE
assessing:invite              | handed_in             | -             | CHARGE
assessing:drop                | handed_in             | -             | CHARGE
assessing:prolong             | handed_in             | -             | CHARGE
assessing:ranking             | round                 | RUN           | RUN
assessing:ranking_export      | round                 | RUN           | RUN
assessing:shortlist           | round                 | RUN           | RUN
assessing:plan                | round                 | -             | lead
assessing:release             | round                 | RUN           | lead
assessing:decide              | handed_in             | CHARGE        | CHARGE
assessing:go_on               | offer                 | -             | CHARGE
assessing:outcome             | told                  | CHARGE team   | CHARGE team
assessing:answer              | offer                 | -             | team

projects:mine                 |                       | PEOPLE        | -
projects:projects             | judged                | RUN           | -
projects:start                | judged                | RUN           | RUN
projects:remind               | judged                | -             | RUN
projects:coaches              | judged                | RUN           | -
projects:hand_over            | judged coach          | RUN           | RUN
projects:gatherings           | judged                | RUN           | -
projects:call                 | judged                | RUN           | RUN
projects:money                | judged                | RUN           | -
projects:export               | judged                | RUN           | -
projects:invite               | joint                 | -             | RUN
projects:presence             | joint                 | RUN coach     | RUN coach
projects:project              | project               | CHARGE BELONG | -
projects:check_in             | project               | BELONG        | BELONG
projects:owner                | project               | CHARGE        | CHARGE
projects:move                 | project =stop         | CHARGE        | CHARGE
projects:couple               | project               | CHARGE        | CHARGE
projects:uncouple             | project coach         | -             | CHARGE
projects:newest_agreement     | project               | CHARGE BELONG | -
projects:agreement            | project =1            | CHARGE BELONG | -
projects:agreement_document   | project =1            | CHARGE BELONG | -
projects:write_agreement      | project =2            | CHARGE BELONG | CHARGE BELONG
projects:save_agreement       | project =2            | -             | CHARGE BELONG | question=spread
projects:settle_agreement     | project =2 side_agreed | -             | CHARGE BELONG
projects:propose              | project =2            | -             | CHARGE BELONG
projects:take_back            | project =2            | -             | CHARGE BELONG
projects:sign                 | project =2            | -             | leader        | as_what=owner
projects:revise               | project =1            | -             | CHARGE BELONG
projects:money_of             | project               | CHARGE BELONG | -
projects:change_grant         | project               | CHARGE        | CHARGE
projects:plan_transfer        | project               | CHARGE        | CHARGE
projects:refund               | project               | CHARGE        | CHARGE
projects:make_transfer        | transfer              | CHARGE        | CHARGE
projects:drop_transfer        | transfer              | -             | CHARGE
projects:book                 | project               | CHARGE BELONG | CHARGE BELONG
projects:session              | session               | CHARGE BELONG | -
projects:move_session         | session               | CHARGE BELONG | CHARGE BELONG
projects:cancel_session       | session               | CHARGE BELONG | CHARGE BELONG
projects:hold                 | held_session          | CHARGE coach  | CHARGE coach
projects:finish_step          | held_session          | -             | CHARGE BELONG
projects:session_calendar     | session               | CHARGE BELONG | -
projects:report               | project =description  | CHARGE BELONG | -
projects:write_report         | project =final        | team          | team
projects:save_report          | project =final        | -             | team          | question=done
projects:settle_report        | project =final side_report | -         | team
projects:return_report        | project =description  | -             | CHARGE
projects:accept_report        | project =description  | -             | CHARGE

sharing:projects              |                       | ALL           | -
sharing:project               | open                  | ALL           | -
sharing:picture               | open                  | ALL           | -
sharing:showcase              | project.idea          | CHARGE BELONG | -
sharing:begin_showcase        | untold                | -             | CHARGE team
sharing:edit_showcase         | project.idea          | CHARGE team   | CHARGE team
sharing:put_picture           | project.idea          | -             | CHARGE team
sharing:take_picture_off      | project.idea          | -             | CHARGE team
sharing:agree                 | project.idea =team    | -             | team
sharing:take_off              | open                  | -             | CHARGE team
sharing:look_over             | open                  | -             | CHARGE
sharing:answer_calls          | project.idea          | -             | team
sharing:programme             | conference            | ALL           | -
sharing:programme_calendar    | conference            | ALL           | -
sharing:catalogue             | conference            | ALL           | -
sharing:begin_programme       | coming                | -             | RUN
sharing:put_together          | conference            | RUN           | -
sharing:plan_conference       | conference            | RUN           | RUN
sharing:add_projects          | conference            | -             | RUN
sharing:add_slot              | conference            | RUN           | RUN
sharing:release               | conference            | RUN           | RUN
sharing:readiness             | conference            | RUN           | -
sharing:remind                | conference            | -             | RUN
sharing:slot                  | talk                  | CHARGE        | CHARGE
sharing:move_slot             | talk                  | -             | RUN lead_there substitute_there
sharing:remove_slot           | talk                  | -             | CHARGE
sharing:talk                  | talk                  | CHARGE BELONG | CHARGE team
sharing:put_slides            | talk                  | -             | CHARGE team
sharing:name_speaker          | talk                  | -             | CHARGE team
sharing:speaker               | talk speaker          | -             | CHARGE team
sharing:own_name              | speaker.token         | ALL           | ALL           | deed=correct name=Sommer
pitching:day                  | judged                | RUN           | RUN
pitching:change               | judged                | RUN           | RUN
pitching:order                | judged                | RUN           | RUN
pitching:draw                 | judged                | -             | RUN
pitching:refresh              | judged                | -             | RUN
pitching:seats                | judged                | -             | RUN
pitching:renew                | judged seat           | -             | RUN
pitching:host                 | judged                | RUN           | -
pitching:command              | judged                | -             | RUN           | command=start
pitching:take                 | judged                | -             | RUN
pitching:lock                 | judged                | -             | RUN
pitching:unlock               | judged                | -             | RUN
pitching:host_stream          | judged                | RUN           | -
pitching:training             | judged                | PEOPLE        | -
pitching:slots                | slot.gathering        | RUN           | RUN
pitching:rehearsal            | rehearsal             | REHEARSE      | -
pitching:book                 | slot                  | -             | team          | idea={pitched}
pitching:give_back            | rehearsal             | -             | team
pitching:remove               | slot                  | -             | RUN
pitching:calendar             | rehearsal             | PEOPLE        | -
pitching:run                  | rehearsal             | -             | REHEARSE      | command=start
pitching:advise               | rehearsal             | -             | colleague
pitching:feedback             | pitched               | -             | -
pitching:room                 | pitch_day.token       | ALL           | -
pitching:waiting              | pitch_day.token       | ALL           | -
pitching:screen_stream        | pitch_day.token       | ALL           | -
pitching:mine                 |                       | panel         | -
pitching:phone                | seat.token            | SEAT          | -
pitching:teams                | seat.token            | SEAT          | -
pitching:ties                 | seat.token            | SEAT          | SEAT          | none_at_all=1
pitching:here                 | seat.token            | -             | SEAT
pitching:stream               | seat.token            | SEAT          | -
pitching:ballot               | seat.token pitch      | SEAT          | SEAT
pitching:save                 | seat.token pitch      | -             | SEAT
leadership:mine               |                       | PEOPLE        | -
leadership:end                | enthusiast            | -             | RUN colleague
leadership:methods            |                       | PEOPLE        | -
leadership:method             | =problem              | PEOPLE        | -
leadership:reflect            | =problem              | leader colleague | leader colleague
leadership:reflection         | reflection            | CHARGE leader colleague | -
leadership:change_reflection  | reflection            | leader        | leader
leadership:share              | kept_reflection       | -             | leader
leadership:keep               | reflection            | -             | leader
leadership:erase_reflection   | reflection            | -             | leader
leadership:promises           | project.idea          | CHARGE BELONG | -
leadership:say                | promise               | -             | CHARGE leader
leadership:round              | judged                | RUN           | -
leadership:invite             | judged                | RUN           | RUN
leadership:ask_all            | module_ahead          | -             | RUN
leadership:presence           | module                | RUN           | RUN
leadership:everybody          |                       | RUN           | -

sharing:asks                  |                       | PEOPLE        | -
sharing:ask                   | ask                   | PEOPLE        | -
sharing:reply                 | ask                   | -             | PEOPLE !team
sharing:change_ask            | ask                   | CHARGE BELONG | CHARGE BELONG
sharing:close_ask             | ask                   | -             | CHARGE BELONG
sharing:new_ask               | judged                | RUN BELONG other_team | RUN BELONG other_team
sharing:links                 | judged                | PEOPLE        | -
sharing:look                  | judged                | -             | RUN
sharing:confirm               | link                  | CHARGE BELONG | CHARGE BELONG
sharing:call_together         | linked                | CHARGE        | CHARGE
sharing:dismiss               | link                  | -             | CHARGE BELONG
sharing:join                  | project.idea          | CHARGE BELONG | CHARGE BELONG
sharing:concepts              |                       | RUN           | RUN
sharing:lessons               |                       | ALL           | -
sharing:lesson                | lesson                | CHARGE BELONG | -
sharing:write_lesson          | project.idea          | team          | team
sharing:change_lesson         | lesson                | team          | team
sharing:show_lesson           | lesson                | -             | team
sharing:hide_lesson           | lesson                | -             | -
sharing:erase_lesson          | lesson                | -             | team
sharing:stories               |                       | ALL           | -
sharing:feed                  |                       | ALL           | -
sharing:new_story             |                       | RUN BELONG other_team | RUN BELONG other_team
sharing:story                 | story                 | TELL BELONG   | -
sharing:story_picture         | story                 | TELL BELONG   | -
sharing:change_story          | story                 | TELL team     | TELL team
sharing:put_story_picture     | story                 | TELL team     | TELL team
sharing:take_story_picture_off | story                | -             | TELL team
sharing:publish_story         | story                 | -             | TELL
sharing:take_story_down       | told_story            | -             | RUN
sharing:erase_story           | story                 | -             | TELL team
sharing:consents              | story.picture         | TELL team     | TELL team
sharing:withdraw              | consent               | -             | TELL team
sharing:consent               | consent.token         | ALL           | ALL
sharing:prizes                |                       | ALL           | -
sharing:round_prizes          | judged                | RUN           | -
sharing:begin_prizes          | judged                | -             | RUN
sharing:add_prize             | judged                | RUN           | RUN
sharing:change_prize          | prize                 | RUN           | RUN
sharing:remove_prize          | prize                 | -             | RUN
sharing:give_prize            | prize                 | RUN           | RUN
sharing:announce              | award                 | -             | CHARGE
sharing:take_award_back       | award                 | -             | CHARGE
benefits:benefits             |                       | PEOPLE        | -
benefits:round                | judged                | RUN           | -
benefits:of                   | project.idea          | CHARGE BELONG | -
benefits:new                  | project.idea          | CHARGE team leader | CHARGE team leader
benefits:benefit              | benefit               | CHARGE BELONG | -
benefits:edit                 | benefit               | CHARGE team leader | CHARGE team leader
benefits:owner                | benefit               | CHARGE team leader | CHARGE team leader
benefits:agree                | benefit               | -             | leader
benefits:drop                 | benefit               | CHARGE team leader | CHARGE team leader
benefits:take_up              | given_up              | -             | CHARGE team leader
benefits:plan                 | benefit               | CHARGE team leader | CHARGE team leader
benefits:take                 | benefit               | CHARGE team leader | CHARGE team leader
benefits:measure              | planned               | CHARGE team leader | CHARGE team leader
benefits:correct              | measured              | CHARGE team leader | CHARGE team leader
benefits:skip                 | planned               | -             | CHARGE team leader
benefits:move                 | planned               | -             | CHARGE team leader
benefits:take_off             | planned               | -             | CHARGE team leader
benefits:write_down           | project.idea          | CHARGE team leader | CHARGE team leader
benefits:adoption             | adoption              | CHARGE team leader | CHARGE team leader
benefits:move_adoption        | adoption              | -             | CHARGE team leader
benefits:copy                 | open                  | ALL           | ALL
benefits:copy_sent            |                       | ALL           | -
benefits:confirm              | asked_to_copy.token   | ALL           | ALL
deciding:sitting              | short                 | RUN           | -
deciding:plan                 | short                 | -             | lead
deciding:decide               | weighed.idea          | CHARGE        | CHARGE
deciding:go_on                | granted               | -             | CHARGE
deciding:room                 | short                 | RUN panel     | RUN
deciding:reckon               | short                 | -             | RUN
deciding:numbers              | short                 | RUN panel     | -
deciding:confirm              | short                 | panel         | panel
deciding:release              | short                 | RUN           | lead
deciding:protocols            | short                 | substitute panel | substitute panel
deciding:outcome              | settled.idea          | CHARGE team   | -
deciding:answer               | granted               | -             | team

archive:imports               |                       | lead          | lead
archive:begin                 |                       | lead          | lead
archive:import                | batch                 | lead          | lead
archive:answer                | batch                 | -             | lead
archive:columns               | batch                 | lead          | lead
archive:sheet                 | batch                 | -             | lead
archive:confirm               | batch                 | -             | lead
archive:drop                  | batch                 | -             | lead
archive:take_back             | brought_in            | lead          | lead
"""


@dataclass(frozen=True)
class Door:
    name: str
    arguments: str
    look: str
    act: str
    form: str = ""

    def address(self, house: House, case: Case) -> str:
        return reverse(self.name, args=[found(word, house, case) for word in self.arguments.split()])

    def with_arguments(self, arguments: str) -> "Door":
        """The same door before something else."""
        return replace(self, arguments=arguments)

    @property
    def is_about_the_case(self) -> bool:
        return any(word.split(".")[0] in Case.__dataclass_fields__ for word in self.arguments.split())

    def tried_by(self) -> list[str]:
        return [role for role in ROLES if self.is_about_the_case or not role.endswith("_there")]

    def may_look(self) -> list[str]:
        return self._in_order(self.look)

    def may_act(self) -> list[str]:
        return self._in_order(self.act)

    def data(self, house: House, case: Case) -> dict[str, list[str]]:
        """What the form sends; a word in braces is the key of a thing."""
        words = re.sub(r"{([\w.]+)}", lambda word: str(found(word[1], house, case)), self.form)
        return parse_qs(words)

    def _in_order(self, words: str) -> list[str]:
        allowed = roles_of(words)
        return [role for role in self.tried_by() if role in allowed]


def found(word: str, house: House, case: Case) -> Any:
    """`draft.idea` of the case, `round` of the house, `=csv` as it is."""
    if word.startswith("="):
        return word[1:]
    first, *rest = word.split(".")
    thing = getattr(case if hasattr(case, first) else house, first)
    for name in rest:
        thing = getattr(thing, name)
    return getattr(thing, "pk", thing)


def roles_of(words: str) -> set[str]:
    roles: set[str] = set()
    for word in words.replace("-", "").split():
        some = set(GROUPS.get(word.lstrip("!"), [word.lstrip("!")]))
        assert some <= set(ROLES), f"{word} is neither a role nor a group"
        roles = roles - some if word.startswith("!") else roles | some
    return roles


def read(table: str) -> list[Door]:
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines() if "|" in line]
    return [Door(*row) for row in rows]


DOORS = read(TABLE)
