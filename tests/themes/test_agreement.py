"""Agreement of two coders, by hand."""

import clippings as cl
from helpers import codebook_of, story_of

CODES = codebook_of("themes", {"theme": "closure", "side": "for", "term": "shut"})


def test_agreement_by_hand():
    story = story_of("The shop shut.", "It rained.", "The bar shut.", "Sun.")
    themes = cl.find_themes(story, CODES)
    assert cl.count_agreement(themes, themes, story).values.tolist() == [["closure", 2, 2, 2, 1.0]]
    # 4 passages, of which the second coder coded one of two: alpha = 1 - 7 * 2 / (2 * 3 * 5)
    partly = cl.count_agreement(themes, themes[:1], story).iloc[0]
    assert partly.alpha == round(1 - 14 / 30, 3)
    assert cl.count_agreement(themes, themes, story.iloc[[0, 2]]).alpha.isna().all()
