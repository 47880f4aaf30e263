"""Which articles are one story."""

from clippings.brief import stories
from clippings.brief.stories import Texts

FLOOD = [
    "The levee at Ostrand broke on Friday and the River Lenn poured into the Harbour Quarter.",
    "Mayor Anna Lund toured the Harbour Quarter of Ostrand, where the River Lenn broke a levee.",
    "Water from the River Lenn still stood in the Harbour Quarter after the levee at Ostrand broke.",
]
MERGER = [
    "Bell Steel offered 40 million dollars for Sala Mining, and its shares rose in Tolmere.",
    "Shareholders of Sala Mining in Tolmere accepted the 40 million dollars of Bell Steel.",
]
OTHERS = [
    "The orchestra played to a full house, and the soprano was called back four times.",
    "Apple growers expect a small harvest because frost came late this spring.",
    "A new tram line will link the university with the northern suburbs.",
]


def stories_of(texts: list[str]) -> list[int]:
    names = [f"{number:04d}.txt" for number in range(len(texts))]
    story_of = Texts(dict(zip(names, texts, strict=True))).stories()
    return [story_of[name] for name in names]


def test_articles_on_one_matter_are_one_story_in_any_folder():
    found = stories_of(FLOOD + MERGER + OTHERS)
    assert len(set(found[:3])) == 1
    assert len(set(found[3:5])) == 1
    assert len(set(found)) == 5
    assert len(set(stories_of(FLOOD))) == 1
    assert len(set(stories_of(OTHERS))) == len(OTHERS)


def test_small_and_empty_folders_have_stories():
    assert stories_of([]) == []
    assert stories_of(["Rain."]) == [0]
    assert len(set(stories_of(["", "1", "."]))) == 3


def test_copies_of_one_text_stay_together_however_many_they_are(monkeypatch):
    monkeypatch.setattr(stories, "MAX_ARTICLES_OF_STORY", 5)
    assert len(set(stories_of(FLOOD[:1] * 12))) == 1
