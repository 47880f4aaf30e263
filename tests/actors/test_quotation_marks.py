"""Which quotation marks belong together, and which hold speech."""

import pytest

from clippings.actors.quotation_marks import blank_quotes, is_speech, marked_spans
from clippings.core.lexicon import read_words


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("“One,” he said. \"Two\" and “three.", ["“One,”", '"Two"', "“three."]),
        ("“We left. She wept. “It is over,” he said.", ["“We left. She wept.", "“It is over,”"]),
        ('"Over ", Bell said. "Again."', ['"Over "', '"Again."']),
        ("He said ''it is so.'' Then ''not.''", ["''it is so.''", "''not.''"]),
        ("closed” and no more", []),
        ("‘We won’t wait,’ she said. ‘The farmers’ road is gone.’", ["‘We won’t wait,’", "‘The farmers’ road is gone.’"]),
        ("'We won't wait,' she said of the '90s.", ["'We won't wait,'"]),
        ("The farmers’ road and the towns’ schools", []),
        ("‘He told me “no” and left,’ she said.", ["‘He told me “no” and left,’"]),
        ("“He said ‘no’ and left,” she said.", ["“He said ‘no’ and left,”"]),
        ("»We left«, she said. «We came.» « Bon »", ["»We left«", "«We came.»", "« Bon »"]),
        ("„Wir gingen“, sagte sie. Dann kam er.", ["„Wir gingen“"]),
        ("”We left,” she said.", ["”We left,”"]),
        ("``We left,'' she said. 「行った」", ["``We left,''", "「行った」"]),
        ("&quot;We left,&quot; and &#8220;came&#8221;", ["&quot;We left,&quot;", "&#8220;came&#8221;"]),
        ('""We left,"" she said. ""It rains.""', ['""We left,""', '""It rains.""']),
        ('"He told me ""no"" and left," she said.', ['"He told me ""no"" and left,"']),
        ('"He told me "no"" and left.', ['"He told me "no""']),
        ("‘‘We left,’’ she said. ‘‘It rains.’’", ["‘‘We left,’’", "‘‘It rains.’’"]),
        ("<<We left>>, she said. If a << b >> c", ["<<We left>>"]),
        ("“”", ["“”"]),
        # a straight mark without an opening one, and inches
        ('a list of [their] systems" including the pumps. Lund said "the dam held."', ['"the dam held."']),
        ('when the water was low," said Bell. "We left."', ['"We left."']),
        ('when the water was low," Bell said.', []),
        ('the council (of Ostrand)" and its mayor', []),
        ('He is 6\'3" tall. "We left," he said.', ['"We left,"']),
        ('"He is 6\'3" tall," she said. "He left."', ['"He is 6\'3" tall,"', '"He left."']),
        ('The wave was 12’6" high and the wall 5’11" wide.', []),
        ('Bell said:" We left."', ['" We left."']),
    ],
)  # fmt: skip
def test_marks_are_paired(text, spans):
    assert [text[start:end] for start, end in marked_spans(text)] == spans


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("“Is it over?” Bell said.", "“Xxxxxxxxxx?” Bell said."),
        ("He said ''it is so.'' Then left.", "He said “xxxxxxxxx.”  Then left."),
        ("“It fell,“ he said.", "“Xxxxxxx,” he said."),
        ("Bell’s “A” and “i” and “”.", "Bell’s “X” and “x” and “”."),
        ("She wept: “We left", "She wept: “Xxxxxxx"),
        ("No quotation, x or X.", "No quotation, x or X."),
        ("‘Is it?’ «No.» &quot;Yes,&quot;", "“Xxxxx?” “Xx.” “Xxxxxxxx,”     "),
    ],
)
def test_quoted_words_are_blanked_and_offsets_stay(text, blanked):
    assert blank_quotes(text, marked_spans(text)) == blanked
    assert len(blanked) == len(text)


@pytest.mark.parametrize(
    ("text", "speech"),
    [("“Gone With the Wind”", False), ("“Meet the Press.”", False), ("“Not yet!”", True), ("“so it is”", True), ("“big”", False)],
)  # fmt: skip
def test_titles_and_scare_quotes_are_not_speech(text, speech):
    assert is_speech(text, (0, len(text))) is speech


def test_every_small_word_may_stand_in_a_title():
    titles = [
        f"“Rain {word} Snow!”" for word in read_words("en/names/syntax", kind="small in titles")
    ]
    assert [title for title in titles if is_speech(title, (0, len(title)))] == []
