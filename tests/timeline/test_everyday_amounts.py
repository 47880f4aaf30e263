"""Amounts in news, and numbers that are not amounts, by kind."""

import pytest

import clippings as cl
from clippings.core.tables import make_table
from helpers import story_of

INF = float("inf")

# Texts with the lowest and highest number of each of their amounts.
CASES = {
    "ranges that share a scale": {
        "2-3 million people fled.": [(2e6, 3e6)],
        "Two to three million people fled.": [(2e6, 3e6)],
        "Between 10 and 15 thousand people came.": [(10e3, 15e3)],
        "Between two and three dozen men came.": [(24, 36)],
        "It took 200–300 thousand tonnes.": [(200e3, 300e3)],
        "Between 500 and 1,000 people came.": [(500, 1000)],
        "From 900,000 to 1.2 million people came.": [(900e3, 1.2e6)],
        "About 3 hundred thousand people came.": [(270e3, 330e3)],
    },
    "ranges with a sign at both numbers": {
        "5k-6k people came.": [(5e3, 6e3)],
        "€200k-300k was lost.": [(200e3, 300e3)],
        "3bn-4bn euros, or $5k-10k.": [(3e9, 4e9), (5e3, 10e3)],
        "A 3m-4m wall.": [],
    },
    "sums with a sign of scale or a currency": {
        "The wall cost $1.5bn.": [(1.5e9, 1.5e9)],
        "The wall cost £3m, the gate €40k.": [(3e6, 3e6), (40e3, 40e3)],
        "USD34.6 million was paid, then US$ 1.2bn.": [(34.6e6, 34.6e6), (1.2e9, 1.2e9)],
        "Between $2m and $3m was paid.": [(2e6, 3e6)],
        "A $2-3bn plan.": [(2e9, 3e9)],
        "A £2m-£3m plan.": [(2e6, 3e6)],
        "Some 12k people came.": [(10.8e3, 13.2e3)],
        "They sold 5 mln tonnes for 4 bln dollars.": [(5e6, 5e6), (4e9, 4e9)],
        "It owes $2 trillion, or ¥500 billion.": [(2e12, 2e12), (500e9, 500e9)],
        "More than £3m was lost.": [(3_000_001, INF)],
        "About 5m people live there.": [(4.5e6, 5.5e6)],
        "He promised “$5.6” billion.": [(5.6e9, 5.6e9)],
        "As much as $3m was lost.": [(0, 3e6)],
    },
    "numbers that a PDF file divides": {
        "The wave killed 170, 000 people.": [(170e3, 170e3)],
        "More than 1, 230, 000 people fled.": [(1_230_001, INF)],
        "In 2004, 120 people died; in 2005, 30 men.": [(120, 120), (30, 30)],
        "A quake of magnitude 6. 1 killed 12 people.": [(12, 12)],
        "A 7. 5 - magnitude quake killed 12 people.": [(12, 12)],
        "The toll rose to 58. 12 people were missing.": [(58, 58), (12, 12)],
        "1. 5 people fled.\n2. 12 people came.": [(5, 5), (12, 12)],
        "It happened:\n1. 5 people fled.": [(5, 5)],
    },
    "millions of money, and currencies of many countries": {
        "They paid 12m euros, then 2.5m roubles.": [(12e6, 12e6), (2.5e6, 2.5e6)],
        "About 5m Swiss francs was paid.": [(4.5e6, 5.5e6)],
        "12m votes were cast.": [(12e6, 12e6)],
        "They paid R450m, N50bn and P500,000.": [(450e6, 450e6), (50e9, 50e9), (5e5, 5e5)],
        "They wore N95 masks on the R2.": [],
        "They paid KSh3.5 million, then Sh200 million.": [(3.5e6, 3.5e6), (200e6, 200e6)],
        "They paid AU$12,500 and Can$5m.": [(12_500, 12_500), (5e6, 5e6)],
        "They paid ₹7 cr, or $6 mil.": [(7e7, 7e7), (6e6, 6e6)],
        "The QX3.5 million is a lamp.": [],
        "A 12m fence, the 100m races, a 50m pool.": [],
    },
    "numbers in names": {
        "Radio 4 and flight BA 117 were late; see pages 12 to 15.": [],
        "The talks with NATO 28 members joined.": [(28, 28)],
        "The toll hits 12.": [(12, 12)],
        "TOLL HITS 12.": [(12, 12)],
    },
    "groups of digits": {
        "They paid 2 500 000 euros.": [(2_500_000, 2_500_000)],
        "Exactly 1 234 people came.": [(1234, 1234)],
        "Exactly 1'250 people came to 3’400 homes.": [(1250, 1250), (3400, 3400)],
        "Between 1 200 and 1 500 people came.": [(1200, 1500)],
        "It fell on May 3 100 metres away.": [],
        "Room 12 300 is closed.": [],
    },
    "lakh and crore": {
        "It needs 5 lakh tonnes.": [(5e5, 5e5)],
        "They paid Rs 12 lakh crore.": [(12e12, 12e12)],
        "2.5 crore voters, ₹3 crores.": [(2.5e7, 2.5e7), (3e7, 3e7)],
        "Rs 1,20,000 was paid.": [(120_000, 120_000)],
        "Lakhs of people came.": [(200_000, 999_999)],
    },
    "halves and shares": {
        "A million and a half people fled.": [(1.5e6, 1.5e6)],
        "Two and a half million people fled.": [(2.5e6, 2.5e6)],
        "One and a half tonnes, 1½ tonnes.": [(1.5, 1.5), (1.5, 1.5)],
        "Half a million people fled.": [(5e5, 5e5)],
        "One in five people is poor.": [(0.2, 0.2)],
        "3 in 10 voters, three out of four homes.": [(0.3, 0.3), (0.75, 0.75)],
        "At least one in every ten homes was lost.": [(0.1, INF)],
        "A quarter of the homes, a tenth of the shops.": [(0.25, 0.25), (0.1, 0.1)],
        "Three-fifths of the homes, ½ of the shops.": [(0.6, 0.6), (0.5, 0.5)],
        "15 per cent of the homes, 12 pct of the shops.": [(0.15, 0.15), (0.12, 0.12)],
        "10-15% of the homes were lost.": [(0.1, 0.15)],
        "Tens of millions of people fled.": [(20e6, 99_999_999)],
        "A third man was hurt.": [],
        "A quarter of a million people fled.": [(250e3, 250e3)],
        "Three quarters of a million homes, three-fifths of a billion.": [
            (750e3, 750e3),
            (600e6, 600e6),
        ],
        "Half of a million people fled, a third of a billion was paid.": [
            (500e3, 500e3),
            (1e9 / 3, 1e9 / 3),
        ],
        "Two-and-a-half million people fled.": [(2.5e6, 2.5e6)],
        "A dozen and a half sheep died.": [(18, 18)],
        "1 1/2 million people, 2 1/2 tonnes.": [(1.5e6, 1.5e6), (2.5, 2.5)],
        "Three and a quarter million, one and three quarters million.": [
            (3.25e6, 3.25e6),
            (1.75e6, 1.75e6),
        ],
        "A million and a quarter people fled.": [(1.25e6, 1.25e6)],
        "One and three-quarter million people fled.": [(1.75e6, 1.75e6)],
        "About a quarter of a million people fled.": [(225e3, 275e3)],
    },
    "rises and falls": {
        "The toll rose from 30 to 45 on Monday.": [(30, 30), (45, 45)],
        "The number of dead fell from 40.": [(40, 40)],
        "Prices rose by 12, then to 20.": [(12, 12), (20, 20)],
        "The toll climbed by three to 48.": [(3, 3), (48, 48)],
        "The rate rose from 30 to 45 %.": [(0.3, 0.3), (0.45, 0.45)],
        "Support fell from 61 to 55 per cent.": [(0.61, 0.61), (0.55, 0.55)],
        "It was down from 300 in May.": [(300, 300)],
        "The number of cases ticked up to 12, then crept up to 15.": [(12, 12), (15, 15)],
        "The hall was expanded from 16 to 24 seats.": [(16, 16), (24, 24)],
        "The toll went from 10 to 12.": [(10, 10), (12, 12)],
        "The hall holds up to 12 people.": [(0, 12)],
        "He went from 5 to 6 every day.": [],
        "He left at four and was back by 6.": [],
        "It is open from 9 to 5 every day.": [],
    },
    "signs and commas that mean something else": {
        "It is 500m long, 3km wide and 2m high.": [],
        "The A4 road, B12 vitamins, a 5k run, a 2–0 win.": [],
        "About 3,5 million people live there.": [(3.15e6, 3.85e6)],
        "1.234.567 people and 1\u202f500 homes.": [(1_234_567, 1_234_567), (1500, 1500)],
        "12.5 metres and 2,000 homes.": [(12.5, 12.5), (2000, 2000)],
    },
}


@pytest.mark.parametrize("kind", CASES)
def test_amounts_of_a_kind(kind):
    wrong = []
    for text, expected in CASES[kind].items():
        amounts = cl.find_amounts(story_of(text), make_table("events"))
        bounds = [(row.low, row.high) for row in amounts.itertuples()]
        if len(bounds) != len(expected) or any(
            pytest.approx(bound) != right for bound, right in zip(bounds, expected, strict=True)
        ):
            wrong.append((text, bounds))
    assert wrong == []


def test_amounts_with_decimals_are_exact():
    scales = {"": 1, " lakh": 10**5, " crore": 10**7, "m": 10**6, "bn": 10**9, " trillion": 10**12}
    wrong = []
    for thousandths in (570, 1100, 1150, 2050, 2300, 4100, 8200, 9700, 16400, 33300, 64100):
        decimal = f"{thousandths / 1000:g}"
        for scale, factor in scales.items():
            text = f"They paid ${decimal}{scale}."
            right = thousandths * factor / 1000
            amounts = cl.find_amounts(story_of(text), make_table("events"))
            bounds = [(row.low, row.high) for row in amounts.itertuples()]
            if bounds != [(right, right)]:
                wrong.append((text, bounds))
    percentage = cl.find_amounts(story_of("It rose 4.1 percent."), make_table("events"))
    assert percentage.low.tolist() == [0.041]
    assert wrong == []
