"""Amounts as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppdrift.toolbox.money import NotMoney, grouped, kroner, parse_kroner


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("500 000", 500_000),
        ("500\u00a0000", 500_000),
        ("500\u2009000", 500_000),
        ("500\u202f000", 500_000),
        ("kr 500 000,-", 500_000),
        ("kr. 500.000,–", 500_000),
        ("KR 500 000.-", 500_000),
        ("500000-", 500_000),
        ("500.000", 500_000),
        ("500,000", 500_000),
        ("1.500.000,00", 1_500_000),
        ("1,500,000.00", 1_500_000),
        ("1 500 000,50", 1_500_001),
        ("0,3 mill", 300_000),
        ("0.3 mill.", 300_000),
        ("0,300 mill", 300_000),
        ("1,500 mill", 1_500_000),
        ("1,25 MNOK", 1_250_000),
        ("kr 0,5 mill. kr", 500_000),
        ("300 tkr", 300_000),
        ("300 tusen kroner", 300_000),
        ("300k", 300_000),
        ("500 000 NOK", 500_000),
        ("0", 0),
        (500_000, 500_000),
        (499_999.5, 500_000),
        ("−5 000", -5_000),
        ("- 5 000", -5_000),
    ],
)
def test_an_amount_as_it_is_written(written, amount):
    assert parse_kroner(written) == amount


@pytest.mark.parametrize(
    "written",
    ["", "ca. 300 000", "300-400 000", "50 00", "5000 00", "30 0000", "1 2 3", "tre", "1,2,3", "1.23.456", True,
     float("nan"), float("inf"), "1e5", "500 000 euro", "1.500.000.00", "12 %", "kr", "9" * 13],
)  # fmt: skip
def test_what_is_no_amount(written):
    with pytest.raises(NotMoney):
        parse_kroner(written)


@given(st.integers(0, 10**11))
def test_an_amount_as_we_show_it_is_read_again(amount):
    assert parse_kroner(grouped(amount)) == amount
    assert parse_kroner(kroner(amount)) == amount
