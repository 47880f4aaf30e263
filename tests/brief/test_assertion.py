"""Statements that report an event, and statements that only refer to it."""

from clippings.brief.assertion import asserts_event

# The event in square brackets.
REPORTED = [
    "the dam [collapsed] before dawn",
    "the dam may have [collapsed]",
    "the dam could have [collapsed]",
    "two people died in the [attack]",
    "two people were killed by the [explosion]",
    "the [quake] struck inland",
    "the [quake] was a 6.1",
    "damage after the [quake] struck inland",
    "when the [attack] came at dawn",
    "he fled after the dam [collapsed]",
    "they carried out the [attack]",
    "the quake, near Lund, [destroyed] houses",
    "the company filed an [appeal]",
    "we are aware of the [death] of a man",
    "police confirmed the [death]",
    "about 40 [deaths]",
    "water is low since Sala began its [offensive]",
    "rebels seized Sala and condemned Ostrand, and the [attack] began",
]

PRESUPPOSED = [
    "he will wait out [appeals] by the relatives",
    "she was awaiting the [ruling]",
    "they could stop the [assault] on the town",
    "the government opposes the [merger]",
    "he condemned the latest Sala [attack]",
    "she mourned the [death] of her son",
    "a response to the [attack]",
    "an investigation into the [bombing]",
    "victims of the [bombing]",
    "the threat of an [attack]",
    "he was shocked by the [killing]",
    "people fled after the [attack]",
    "markets fell ahead of the [election]",
    "nobody is named as a suspect in the [death]",
    "the architect of the twin [bombings]",
    "a high chance of a [bankruptcy]",
    "the [bankruptcy] process takes 60 days",
    "a [collapse] would be a disaster",
    "the [attack] must stop",
    "the [attack] was a war crime",
    "the [attack] is unacceptable",
    "if the dam [collapses]",
    "unless the old dam above the town [collapses]",
    "the dam could [collapse]",
    "the dam may soon [collapse]",
    "the dam, which [collapsed] in May, was old",
    "Tom Reed, who [died] in the flood, was wrong about the dam",
    "the [sale] of the mill to Lund was a mistake",
]


def asserts(marked: str) -> bool:
    """Whether the event in brackets is asserted."""
    start = marked.index("[")
    end = marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    return asserts_event(text, start, end, (0, len(text)))


def test_reports_are_distinguished_from_references_to_known_events():
    assert [text for text in REPORTED if not asserts(text)] == []
    assert [text for text in PRESUPPOSED if asserts(text)] == []
