"""The built-in list of events: its words, their kinds, and words that are not events."""

import pytest

import clippings as cl
from clippings.core.lexicon import read_lexicon, split_cell
from clippings.timeline import default_events
from clippings.timeline.default_events import OTHER, find_event_words
from helpers import articles_of, codebook_of, story_of

NO_ACTORS = codebook_of("actors")


def kinds_in(text: str) -> list[tuple[str, str]]:
    return [(word.kind, word.family) for word in find_event_words(text, [])]


def test_verbs_and_nouns_of_one_event_share_kind_and_family():
    pairs = {
        "The bank acquired its rival.": "The acquisition was expensive.",
        "Police arrested two men.": "The arrest surprised nobody.",
        "Rebels seized the port.": "The seizure surprised nobody.",
        "The minister resigned.": "His resignation surprised nobody.",
        "They evacuated the harbour.": "The evacuation surprised nobody.",
        "The plant exploded.": "An explosion surprised everybody.",
        "The council elected her.": "Her election surprised nobody.",
        "Troops withdrew from the hills.": "The withdrawal surprised nobody.",
    }
    wrong = [
        (with_verb, with_noun)
        for with_verb, with_noun in pairs.items()
        if kinds_in(with_verb)[0] != kinds_in(with_noun)[0] or kinds_in(with_verb)[0][0] == OTHER
    ]
    assert wrong == []


def test_the_surrounding_words_decide_between_verb_and_noun():
    is_verb = {
        "They attack at dawn.": True,
        "An attack at dawn failed.": False,
        "They will strike on Monday.": True,
        "The killing in Ostrand shocked them.": False,
        "Police shot a man.": True,
        "The shot missed.": False,
    }
    wrong = [
        text
        for text, verb in is_verb.items()
        if (find_event_words(text, [])[0].verb != "") is not verb
    ]
    assert wrong == []


def test_states_statements_idioms_and_descriptions_are_not_events():
    texts = [
        "She is the mayor of the town.",
        "He said that he knows them.",
        "They want and need more time.",
        "The party is in charge of the port.",
        "It takes place in May.",
        "The old building belongs to them.",
        "The murder suspect is a student.",
        "An aid worker has the keys.",
        "Titles and belts lie on the tables.",
    ]
    wrong = {text: kinds_in(text) for text in texts if kinds_in(text)}
    assert wrong == {}


def test_words_in_a_name_are_not_events():
    text = "The Harbour Fire Brigade has ten members."
    assert find_event_words(text, [(4, 24)]) == []


def test_verbs_of_several_words_are_one_event():
    words = find_event_words("He stepped down. They took the company over in May.", [])
    assert [(word.kind, word.family) for word in words] == [
        ("departure", "step down"),
        ("acquisition", "take over"),
    ]


def test_a_headline_in_title_case_is_read_like_other_text():
    assert kinds_in("Rebels Attack Northern Town Before Dawn")[0] == ("attack", "attack")


def test_the_object_of_a_verb_decides_its_kind():
    """Each row of kind_contexts.csv decides its example, which is of another kind without it."""
    wrong = []
    for row in read_lexicon("en/events/kind_contexts"):
        found = find_event_words(row["example"], [])
        kinds = [word.kind for word in found if word.family == row["family"]]
        if kinds != [row["kind"]]:
            wrong.append((row["example"], row["kind"], kinds))
        family = row["family"]
        usual = {default_events.kind_of_verb(family), default_events.kind_of_noun(family)}
        if usual == {row["kind"]}:
            wrong.append((row["example"], "is of this kind anyway", usual))
    assert wrong == []


def test_words_of_persons_and_things_decide_the_kind_within_their_sentence():
    kinds = {
        "The climbers were released on Sunday.": "rescue",
        "The film was released on Sunday.": "launch",
        "Protesters flooded the square.": "other",
        "The river flooded the square.": "weather",
        "They were shooting skeet.": "other",
        "The sniper fired again.": "shooting",
        "The soldiers fired into the crowd.": "shooting",
        "The soldiers left. The board fired the director.": "dismissal",
        "The board fired the director. The soldiers left.": "dismissal",
    }
    wrong = {}
    for text, kind in kinds.items():
        families = ("release", "flood", "shoot", "fire")
        found = [word.kind for word in find_event_words(text, []) if word.family in families]
        if found != [kind]:
            wrong[text] = found
    assert wrong == {}


def test_a_number_makes_a_participle_an_event():
    text = "At least 12 killed and 20 wounded, three injured."
    assert [word.kind for word in find_event_words(text, [])] == ["killing", "injury", "injury"]
    assert find_event_words("The wounded men left.", [])[0].family != "wound"


def test_words_that_usually_have_another_meaning_are_not_events():
    texts = [
        "A single man came.",
        "It still matters.",
        "He came close to the town.",
        "Finance Minister Lund came.",
        "The gaming group made a loss.",
        "They are committed to the town.",
        "Two shares matter.",
        "A family rally ally.",
    ]
    wrong = {
        text: kinds_in(text)
        for text in texts
        if any(kind != "gathering" for kind, _ in kinds_in(text))
    }
    assert wrong == {}


def test_rare_verbs_are_events():
    texts = ["They defaced the wall.", "She outsold her rivals.", "The club rehires the coach."]
    wrong = {text: kinds_in(text) for text in texts if not kinds_in(text)}
    assert wrong == {}


def test_a_word_that_is_usually_an_adjective_can_be_a_verb():
    cases = {
        "Rebels wounded two soldiers.": [("injury", "wound")],
        "Two were injured.": [("injury", "injure")],
        "They held talks.": [("other", "hold"), ("meeting", "talks")],
        "He was blamed for killing children.": [("other", "blame"), ("killing", "kill")],
        "He declined to comment.": [("statement", "decline to"), ("statement", "comment")],
        "Profits declined to 3 per cent.": [("cut", "decline")],
    }
    wrong = {text: kinds_in(text) for text, kinds in cases.items() if kinds_in(text) != kinds}
    assert wrong == {}


def test_every_listed_word_is_found_with_its_kind():
    """In a sentence of its own, each verb and noun of kinds.csv is an event of its row."""
    wrong = []
    seen: set[str] = set()
    for row in read_lexicon("en/events/kinds"):
        sentences = {verb: f"They will {verb} them." for verb in split_cell(row["verbs"])}
        nouns = split_cell(row["nouns"])
        sentences |= {f"the {noun}": f"The {noun} surprised them." for noun in nouns}
        for word, sentence in sentences.items():
            kinds = [kind for kind, _ in kinds_in(sentence)]
            if row["kind"] not in kinds:
                wrong.append((word, row["kind"], kinds))
            if word in seen:
                wrong.append((word, "is listed in two rows", []))
            seen.add(word)
    assert wrong == []


def test_complements_of_kinds_have_prepositions_with_examples():
    uses = {row["use"] for row in read_lexicon("en/events/prepositions")}
    unknown = [
        (row["kind"], use)
        for row in read_lexicon("en/events/kinds")
        for use in split_cell(row["complements"])
        if use not in uses
    ]
    without_example = [
        tuple(row.values())
        for row in read_lexicon("en/events/prepositions")
        if row["preposition"] not in row["example"].split()
    ]
    assert (unknown, without_example) == ([], [])


def events_with(text: str, *rows: dict):
    story = story_of(text)
    mentions = cl.find_mentions(story, NO_ACTORS)
    quotes = cl.find_quotes(story, mentions)
    times = cl.find_times(story, articles_of(text))
    return cl.find_events(story, codebook_of("events", *rows), mentions, times, quotes)


TEXT = "Rebels attacked the port and killed a guard."


def test_without_a_codebook_the_list_is_used():
    found = events_with(TEXT)
    assert found.label.to_list() == ["attack", "killing"]
    assert found.family.to_list() == ["attack", "kill"]
    assert set(found.rule) == {"built_in"}


def test_a_codebook_adds_kinds_and_takes_precedence():
    found = events_with(TEXT, {"kind": "raid on a port", "trigger": "attacked the port"})
    assert found.label.to_list() == ["raid on a port", "killing"]
    assert found.family.to_list() == ["", "kill"]


def test_a_codebook_excludes_words_or_switches_the_list_off():
    silenced = events_with(TEXT, {"kind": "-", "trigger": "killed"})
    assert silenced.label.to_list() == ["attack"]
    own = {"kind": "fight", "trigger": "attacked"}
    without_list = events_with(TEXT, own, {"kind": "-", "trigger": "built_in"})
    assert without_list.label.to_list() == ["fight"]


def test_spans_are_those_of_the_text():
    text = "“Der Führer” — the gang’s cease-fire ended; rebels bombed Ostrand."
    words = find_event_words(text, [])
    assert [text[word.start : word.end] for word in words][:1] == ["cease-fire"]


def test_irregular_spelling_of_verbs():
    forms = {
        "plan": "planned",
        "deny": "denied",
        "merge": "merging",
        "convict": "convicted",
        "crash": "crashes",
    }
    wrong = [form for verb, form in forms.items() if form not in default_events.verb_forms(verb)]
    assert wrong == []


def test_only_particular_kinds_make_claims():
    text = "Rebels attacked Ostrand. They walked home. The mayor announced a plan."
    tables = cl.find_all(articles_of(text), cl.read_codebook("no such folder"))
    assert set(tables["claims"].kind) == {"attack"}


if __name__ == "__main__":
    pytest.main([__file__])
