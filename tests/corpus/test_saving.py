"""The analyst's codebook is saved without losing anything, or not at all; decisions find their rows again."""

import os
import shutil

import pandas as pd
import pytest

import clippings as cl
from clippings.corpus.codebook import TABLES
from helpers import FLOOD, articles_of, story_of

HEAD = "# One row per name.\n# Second comment.\nactor,alias,type,mine,not_alias,note\n"
ROWS = 'Rome,Rome,place,kept,,\n# about the ministry\nMinistry,"the\n# ministry",organisation,x,,"a ""note"""\n\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "actors.csv").write_bytes((HEAD + ROWS).encode())
    return tmp_path


def text_of(folder, name="actors.csv") -> str:
    return (folder / "codebook" / name).read_bytes().decode()


def saved(folder, change, seen=None) -> str:
    actors = cl.read_codebook(folder)["actors"]
    cl.write_codebook(
        folder, "actors", change(actors), seen=seen or cl.hash_codebook(folder, "actors")
    )
    return text_of(folder)


def test_what_did_not_change_is_saved_byte_for_byte(folder):
    assert saved(folder, lambda actors: actors) == HEAD + ROWS


def test_a_changed_row_keeps_its_comment_and_the_columns_that_are_the_analysts_own(folder):
    after = saved(
        folder, lambda actors: actors.assign(type=actors.type.replace("organisation", "group"))
    )
    before, now = (
        '\nMinistry,"the\n# ministry",organisation,x,,"',
        '\n"Ministry","the\n# ministry","group","x","","',
    )
    assert before in ROWS and after == HEAD + ROWS.replace(before, now)


def test_a_row_is_added_at_the_end_and_one_is_taken_out(folder):
    new = {
        "actor": "=SUM(1)",
        "type": "group",
        "alias": "-x",
        "not_alias": "",
        "note": "two\nlines",
    }
    after = saved(
        folder, lambda actors: pd.concat([actors.iloc[1:], pd.DataFrame([new])], ignore_index=True)
    )
    assert after.startswith(f"{HEAD}# about the ministry\n")
    assert "Rome" not in after
    assert '"\'=SUM(1)","\'-x"' in after
    back = cl.read_codebook(folder)["actors"]
    assert back.iloc[-1].to_dict() == new
    assert back.alias[0] == "the\n# ministry"


@pytest.mark.parametrize("mark, end", [(b"\xef\xbb\xbf", b"\r\n"), (b"", b"\r\n"), (b"", b"\n")])
def test_line_ends_and_byte_order_mark_stay(folder, mark, end):
    data = mark + (HEAD + "Rome,Rome,place,,,\nOslo,Oslo,place,,,").encode().replace(b"\n", end)
    (folder / "codebook" / "actors.csv").write_bytes(data)
    saved(
        folder,
        lambda actors: pd.concat([actors, actors.iloc[:1].assign(alias="Roma")], ignore_index=True),
    )
    assert (
        folder / "codebook" / "actors.csv"
    ).read_bytes() == data + end + b"Rome,Roma,place,,," + end


def test_a_file_that_changed_meanwhile_is_left_alone(folder):
    seen = cl.hash_codebook(folder, "actors")
    with (folder / "codebook" / "actors.csv").open("a") as file:
        file.write("Oslo,Oslo,place,,,\n")
    before = text_of(folder)
    with pytest.raises(
        cl.BadInput, match=r"codebook/actors\.csv has changed since it was read: nothing was saved"
    ):
        saved(folder, lambda actors: actors.iloc[:1], seen)
    assert text_of(folder) == before
    assert sorted(os.listdir(folder / "codebook")) == ["actors.csv"]


def test_a_bad_row_is_named_and_nothing_is_written(folder):
    with pytest.raises(
        cl.BadInput, match=r"row 2 of the new codebook/actors.csv: type is 'minister'"
    ):
        saved(folder, lambda actors: actors.assign(type=["place", "minister"]))
    assert text_of(folder) == HEAD + ROWS
    assert sorted(os.listdir(folder / "codebook")) == ["actors.csv"]


def test_the_file_before_is_kept_once(folder):
    first = saved(folder, lambda actors: actors.assign(note="first"))
    saved(folder, lambda actors: actors.assign(note="second"))
    assert text_of(folder, "actors.csv.backup") == first
    assert sorted(os.listdir(folder / "codebook")) == ["actors.csv", "actors.csv.backup"]


def test_a_first_decision_makes_the_file(tmp_path):
    verdicts = cl.read_codebook(tmp_path)["verdicts"]
    assert list(verdicts.columns) == TABLES["verdicts"]
    story = story_of("Anna Bell spoke. Then Anna Bell left.")
    mentions = cl.find_mentions(story, cl.read_codebook(tmp_path)["actors"])
    second = list(mentions.itertuples())[1]
    verdicts = cl.record_verdict(
        cl.record_verdict(verdicts, "mentions", second, "yes"), "mentions", second, "no"
    )
    cl.write_codebook(tmp_path, "verdicts", verdicts, seen="")
    marked = cl.mark_verdicts(mentions, cl.read_codebook(tmp_path)["verdicts"])
    assert marked.verdict.to_list() == ["", "no"]


def test_a_merge_counts_two_names_as_one_and_a_refused_one_is_not_proposed_again():
    story = story_of(
        "Anna Bellington came. Later Anna Belington of Rome left.", "Then Anna Bellington spoke."
    )
    codebook = cl.read_codebook("")
    mentions = cl.find_mentions(story, codebook["actors"])
    pair = tuple(cl.propose_aliases(mentions).loc[0, ["actor_a", "actor_b"]])
    assert pair == ("Anna Belington", "Anna Bellington")
    merged = cl.find_mentions(story, cl.merge_actors(codebook["actors"], mentions, *pair))
    assert (merged.label == "Anna Bellington").sum() == 3
    assert cl.propose_aliases(merged).empty
    first = next(row for row in mentions.itertuples() if row.label == pair[0])
    refused = cl.record_verdict(codebook["verdicts"], "mentions", first, "not same", label=pair[1])
    assert cl.propose_aliases(mentions, refused).empty
    assert set(cl.mark_verdicts(mentions, refused).verdict) == {""}


def test_an_actor_of_the_codebook_keeps_its_name_when_another_is_merged_into_it():
    columns = dict.fromkeys(TABLES["actors"], "")
    actors = pd.DataFrame(
        [columns | {"actor": "ISFR", "alias": "ISFR", "type": "group"}], dtype="str"
    )
    mentions = cl.find_mentions(story_of("The Islamic Front (ISFR) left."), actors)
    merged = cl.merge_actors(actors, mentions, "ISFR", "Islamic Front")
    assert merged[["actor", "alias", "type"]].to_numpy().tolist() == [
        ["ISFR", "ISFR", "group"],
        ["ISFR", "Islamic Front", "group"],
    ]


def test_every_view_gives_the_call_that_shows_the_same(tmp_path):
    """Running the code of a view must give the content that the view shows."""
    shutil.copytree(FLOOD, tmp_path / "flood")
    articles, codebook = cl.read_articles(tmp_path / "flood"), cl.read_codebook(tmp_path / "flood")
    tables = cl.find_all(articles, codebook)
    story = tables["passages"][tables["passages"].label.isin(cl.STORY)]
    scope = tables | {"cl": cl, "story": story, "articles": articles, "CORPUS": tmp_path / "flood"}
    scope |= {"named": tables["mentions"], "voices": tables["quotes"]}
    views = {
        "concordance": (
            cl.explore_concordance(tables["passages"], articles),
            {0: "river", 1: "right", 2: 40},
        ),
        "repeats": (cl.explore_repeats(tables["repeats"], articles), {1: 9}),
        "themes": (
            cl.explore_themes(tables["themes"], story, articles, tmp_path / "flood"),
            {2: 0, 3: "river | rain*"},
        ),
        "actors": (
            cl.explore_actors(
                tables["mentions"], tables["quotes"], story, articles, tmp_path / "flood"
            ),
            {0: "a"},
        ),
        "timeline": (
            cl.explore_timeline(tables["dates"], tables["constraints"], tables["events"], articles),
            {2: ""},
        ),
        "claims": (cl.explore_claims(tables["claims"], articles, tmp_path / "flood"), {}),
    }
    for name, (view, choices) in views.items():
        controls = view.children[0].children
        before = view.children[3].value
        for number, value in choices.items():
            controls[number].value = value
        *lines, last = repr(view).splitlines()
        own = dict(scope)
        exec("\n".join(lines), own)
        html = cl.link_places(eval(last, own).html, "x").replace("<tbody>", "")
        rows = html.count("<tr")
        assert rows and view.children[3].value.count("<tr") == rows, name
        assert not choices or view.children[3].value != before, name


def test_what_a_view_shows_of_an_article_is_escaped():
    evil = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    articles = articles_of(f"{evil} Anna Bell said {evil}", title=evil)
    passages = cl.find_passages(articles)
    view = cl.explore_concordance(passages, articles)
    for query in ("", "Bell", "script"):
        view.children[0].children[0].value = query
        assert "<script" not in view.children[3].value and "<img" not in view.children[3].value
        assert "&lt;script&gt;" in view.children[3].value
