"""The words before a name that say what a person is."""

import pytest
from actor_tables import NO_ACTORS

import clippings as cl
from helpers import story_of


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Then-Mayor Ann Koch met vice-president Mike Dent.", {"Ann Koch": "then-mayor", "Mike Dent": "vice-president"}),
        ("The Defence Minister, Ali Khan, met Health Secretary Ann Lee.", {"Ali Khan": "defence minister", "Ann Lee": "health secretary"}),
        ("BBC journalist Anna Bell and CNN anchor Peter Lund were there.", {"Anna Bell": "bbc journalist", "Peter Lund": "cnn anchor"}),
        ("He praised activist Anna Bell and the retired general Tom Reed.", {"Anna Bell": "activist", "Tom Reed": "retired general"}),
        ("They met ISIS leader Abu Lund and Fire Service spokesman Tom Reed.", {"Abu Lund": "isis leader", "Tom Reed": "fire service spokesman"}),
        ("Police arrested Labour MP Lucy Barner.", {"Lucy Barner": "labour mp"}),
        ("She saw Mr. Lund and Mr. Reed.", {"Lund": "mr", "Reed": "mr"}),
        ("Yesterday the strategic expert and former officer Anna Bell left.", {"Anna Bell": "strategic expert and former officer"}),
        ("Unlike President Bell, they left.", {"Bell": "president"}),
        ("They met Anna Bell.", {"Anna Bell": ""}),
    ],
)  # fmt: skip
def test_roles_end_at_verbs_and_other_names(text, roles):
    mentions = cl.find_mentions(story_of(text), NO_ACTORS)
    found = dict(zip(mentions.text, mentions.role, strict=True))
    assert {name: found.get(name) for name in roles} == roles
