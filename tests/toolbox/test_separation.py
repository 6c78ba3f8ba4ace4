"""What the scores can tell apart: the same for the same seed, whoever counts, and never more than they can bear."""

import random
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oppdrift.toolbox.finding import finding
from oppdrift.toolbox.separation import COMPARED, FEW, _drawn, separation


def panel(means: list[float], judges: int = 24, spread: float = 0.5, seed: int = 1) -> dict[int, dict[int, float]]:
    """Totals between 1 and 5 about these means, by what was judged and by judge."""
    chance = random.Random(seed)
    return {
        number: {judge: min(5, max(1, round(chance.gauss(mean, spread), 3))) for judge in range(judges)}
        for number, mean in enumerate(means)
    }


def exact(means: list[float], spread: float = 0.4) -> dict[int, dict[int, float]]:
    """Totals of which each row has exactly this mean: what differs beside it is chance."""
    rows = panel([3.0] * len(means), spread=spread)
    return {
        key: {judge: means[key] + total - fmean(given.values()) for judge, total in given.items()}
        for key, given in rows.items()
    }


def test_the_same_seed_gives_the_same_answer_and_another_seed_nearly_the_same():
    totals = panel([4.5, 4.1, 4.0, 3.2])

    first, again, other = separation(totals, 7), separation(totals, 7), separation(totals, 8)

    assert first == again
    assert [each.key for each in first.ranked] == [each.key for each in other.ranked]
    assert all(abs(one.share - two.share) < 0.05 for one, two in zip(first.pairs, other.pairs, strict=True))


@given(st.permutations(range(24)), st.permutations(range(5)))
@settings(max_examples=20, deadline=None)
def test_nothing_hangs_on_the_order_in_which_judges_and_projects_come(judges, projects):
    totals = panel([4.2, 4.1, 4.0, 3.9, 3.1])
    shuffled = {key: {judge: totals[key][judge] for judge in judges} for key in projects}

    assert separation(shuffled, 3) == separation(totals, 3)


@given(st.permutations(range(24)))
@settings(max_examples=10, deadline=None)
def test_who_is_called_what_changes_nothing_material(names):
    totals = panel([4.6, 3.9, 3.8, 2.6])
    renamed = {key: {names[judge]: total for judge, total in given.items()} for key, given in totals.items()}

    one, other = separation(totals, 3), separation(renamed, 3)

    assert [each.mean for each in one.ranked] == [each.mean for each in other.ranked]
    assert [pair.is_apart for pair in one.pairs] == [pair.is_apart for pair in other.pairs]
    assert all(abs(a.low - b.low) < 0.05 for a, b in zip(one.ranked, other.ranked, strict=True))


@given(st.lists(st.floats(1, 5), min_size=2, max_size=12), st.integers(0, 2**31))
@settings(max_examples=50, deadline=None)
def test_identical_scores_never_separate(scores, seed):
    found = separation({key: dict(enumerate(scores)) for key in "abc"}, seed, draws=200)

    assert found.apart == 0
    assert [each.rank for each in found.ranked] == [1, 1, 1]
    assert all(each.is_shared for each in found.ranked)


def test_equal_means_of_unlike_scores_never_separate():
    found = separation({"a": {1: 3, 2: 3}, "b": {1: 1, 2: 5}}, 1)

    assert found.apart == 0


def test_clearly_different_ones_separate():
    found = separation(panel([4.6, 3.4, 2.2], spread=0.3), 1)

    assert found.apart == 3
    assert [group.members for group in found.groups] == [(0,), (1,), (2,)]


@given(
    st.dictionaries(
        st.integers(0, 6), st.dictionaries(st.integers(0, 8), st.integers(4, 20).map(lambda n: n / 4), max_size=9)
    ),
    st.integers(0, 99),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_what_is_said_holds_whatever_the_scores(totals, seed):
    found = separation(totals, seed, draws=100)

    assert {each.key for each in found.ranked} == {key for key, given in totals.items() if len(given) > 1}
    assert set(found.unranked) == {key for key, given in totals.items() if len(given) < 2}
    assert [each.mean for each in found.ranked] == sorted((each.mean for each in found.ranked), reverse=True)
    for each in found.ranked:
        given = totals[each.key].values()
        assert each.low <= each.high
        assert sum(each.lowest <= total <= each.highest for total in given) >= 0.8 * len(given)
    for pair in found.pairs:
        assert found.of(pair.upper).mean >= found.of(pair.lower).mean
    assert [key for group in found.groups for key in group.members] == [each.key for each in found.ranked]
    places = {key: number for number, group in enumerate(found.groups) for key in group.members}
    assert all(pair.is_apart for pair in found.pairs if places[pair.upper] != places[pair.lower])
    assert sum(group.apart for group in found.groups) == sum(
        pair.is_apart for pair in found.pairs if places[pair.upper] == places[pair.lower]
    )
    assert finding(found)


def test_the_numbers_agree_with_a_plain_computation_of_their_own():
    totals = panel([4.3, 4.0, 3.9], judges=12)
    del totals[0][3], totals[2][7]  # disqualified, abstained

    found = separation(totals, 42)

    def mean_of(key, drawn):
        return fmean(totals[key][judge] for judge in drawn if judge in totals[key])

    chance, draws = random.Random(4711), 6_000
    drawn = [[chance.randrange(12) for _ in range(12)] for _ in range(draws)]
    for pair in found.pairs:
        share = sum(mean_of(pair.upper, one) > mean_of(pair.lower, one) for one in drawn) / draws
        assert pair.share == pytest.approx(share, abs=0.03)
    for each in found.ranked:
        lay = sorted(mean_of(each.key, one) for one in drawn)
        assert each.mean == pytest.approx(fmean(totals[each.key].values()))
        assert each.low == pytest.approx(lay[draws // 20], abs=0.03)
        assert each.high == pytest.approx(lay[-draws // 20], abs=0.03)
    in_order = sorted(totals[1].values())
    assert (found.of(1).lowest, found.of(1).highest) == (in_order[1], in_order[-2])


def test_fewer_than_two_totals_are_not_ranked():
    found = separation({"a": {1: 4.0, 2: 4.2}, "b": {1: 5.0}, "c": {}}, 1)

    assert [each.key for each in found.ranked] == ["a"]
    assert set(found.unranked) == {"b", "c"}


def test_two_that_nobody_else_scored_are_not_told_apart_by_luck():
    """Two of 24: in one draw of eight none of them is there."""
    totals = panel([3.0] * 3)
    totals[9] = {0: 4.6, 1: 4.7}

    found = separation(totals, 1)

    assert not found.is_apart(9, 0)


def test_few_totals_each_call_for_caution():
    assert separation(panel([4, 3], judges=FEW - 1), 1).few
    assert not separation(panel([4, 3], judges=FEW), 1).few


def test_a_long_list_is_ranked_whole_and_compared_at_its_top():
    found = separation(panel([3.0] * (COMPARED + 10), judges=6), 1)

    assert len(found.ranked) == COMPARED + 10
    assert found.compared == COMPARED
    assert found.ranked[-1].low is None


# In words


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        (
            [[4.9], [3.02, 3.01, 3.0, 2.99, 2.98, 2.97, 2.96]],
            ["The scores single out number one.", "They do not tell number two from number eight."],
        ),
        (
            [[4.9], [4.0], [2.01, 2.0]],
            [
                "The scores single out number one and number two.",
                "They do not tell number three from number four.",
            ],
        ),
        (
            [[4.01, 4.0], [2.0]],
            ["The scores tell number one and two from number three.", "They do not tell number one from number two."],
        ),
        (
            [[4.02, 4.01, 4.0], [2.01, 2.0]],
            [
                "The scores tell number one to three from number four and five.",
                "They do not tell number one from number three.",
                "They do not tell number four from number five.",
            ],
        ),
        (
            [[4.9, 4.89], [3.5], [2.01, 2.0]],
            [
                "The scores part the projects into three groups: number one and two, number three and number four and "
                "five.",
                "Within a group they tell nobody apart.",
            ],
        ),
        ([[4.9], [3.5], [2.0]], ["The scores tell all three projects apart."]),
        ([[3.0, 3.01, 3.02]], ["The scores cannot tell the three projects apart."]),
        ([[3.0]], ["Only one project has scores enough to be compared."]),
        ([], ["No scores yet."]),
    ],
)
def test_the_finding_says_what_the_groups_are(groups, words):
    totals = exact([mean for means in groups for mean in means])

    assert finding(separation(totals, 5)) == words


def test_one_score_each_is_not_said_to_be_none():
    assert finding(separation({1: {1: 3.0}, 2: {1: 4.0}}, 5)) == ["No project has scores enough to be compared."]


def test_a_partial_order_is_said_as_pairs():
    totals = exact([3.28, 3.21, 3.14, 3.07, 3.0], spread=0.5)

    found = separation(totals, 1)

    assert len(found.groups) == 1
    assert 0 < found.apart < len(found.pairs)
    assert finding(found)[0] == "The scores give no clear order."
    assert f"{found.apart} of 10 pairs" in finding(found)[1]


def test_the_interval_leaves_out_a_hundred_of_two_thousand_draws_at_either_end():
    chance = random.Random(3)
    totals = {"a": {judge: chance.uniform(1, 5) for judge in range(12)}}

    [figures] = separation(totals, seed=7).ranked

    lay = sorted(_drawn(totals, 7, 2_000)["a"])
    assert lay[99] < lay[100]
    assert (figures.low, figures.high) == (lay[100], lay[-101])
