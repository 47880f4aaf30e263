"""PDF: lines in reading order, paragraphs over pages and columns, heads and feet left out."""

import pytest

from clippings.corpus.pdf_text import read_pdf
from clippings.corpus.rows import ArticleRow, Limits

pytest.importorskip("pypdf")


def pdf_of(pages: list[list[tuple]], **info: str) -> bytes:
    """Build a PDF; each page is a list of (x, y, size, text) in the order of drawing."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", font]
    numbers = []
    for page in pages:
        drawn = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj ET\n"
            for x, y, size, text in page
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        numbers.append(len(objects))
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>"
    objects.append(
        "<< " + " ".join(f"/{name} ({_escaped(text)})" for name, text in info.items()) + " >>"
    )
    data = b"%PDF-1.4\n"
    places = []
    for number, inner in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{inner}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def column(*lines: str, x: float = 60, top: float = 700, size: float = 10) -> list[tuple]:
    """Return lines below each other."""
    return [(x, top - 12 * place, size, line) for place, line in enumerate(lines)]


def read(*pages: list[tuple], **info: str) -> ArticleRow:
    (row,) = read_pdf(pdf_of(list(pages), **info), Limits(1e6, {}))
    return row


def paragraphs(*pages: list[tuple]) -> list[str]:
    return read(*pages).text.split("\n\n")


FIRST = "The harbour road at Ostrand will stay closed until the end of the month after part of"
SECOND = "a wall fell on Monday night, the county said, and nobody knows when the big ferry"
THIRD = "that lands at the quay and brings most of the guests to the old town on the hill will"
LAST = "sail again."
SENTENCE = f"{FIRST} {SECOND} {THIRD} {LAST}"
OTHER = "Shops on the quay fear for their trade."


def test_a_sentence_over_the_end_of_a_page_is_one_paragraph():
    assert paragraphs(column(FIRST, SECOND, THIRD), column(LAST, OTHER)) == [SENTENCE, OTHER]
    assert paragraphs(column(FIRST), column(SECOND), column(THIRD), column(LAST)) == [SENTENCE]


def test_a_sentence_over_the_end_of_a_column_is_one_paragraph():
    page = [*column(FIRST, SECOND, THIRD, x=40), *column(LAST, OTHER, x=320)]
    assert paragraphs(page) == [SENTENCE, OTHER]


def test_a_sentence_with_a_name_at_the_end_of_a_page_is_one_paragraph():
    text = paragraphs(
        column(
            FIRST,
            SECOND,
            "will sail again, according to the head of the office for roads, who is Maria",
        ),
        column("Lund, an engineer.", OTHER),
    )
    assert text[0].endswith("who is Maria Lund, an engineer.")


INTERRUPTED = (
    ("the head of the office is Mr.", "Lund, an engineer."),
    ("the road was built by Gen.", "Reed in the war."),
    ("the wall is the one that fell at No.", "12 in the old town."),
    ("the house stands where it stood in Dr.", "Bell Street before the war."),
)


def test_a_line_that_ends_with_a_title_or_number_goes_on_in_the_next():
    failures = []
    for end, beginning in INTERRUPTED:
        one_page = paragraphs(column(FIRST, SECOND, end, f"{beginning} {OTHER}"))
        two_pages = paragraphs(column(FIRST, SECOND, end), column(f"{beginning} {OTHER}"))
        if [one_page, two_pages] != [[f"{FIRST} {SECOND} {end} {beginning} {OTHER}"]] * 2:
            failures.append((end, one_page, two_pages))
    assert failures == []


def test_a_line_that_ends_with_another_abbreviation_ends_its_paragraph():
    assert paragraphs(column(FIRST, "a wall fell in the U.S.", THIRD, FIRST))[1].startswith(THIRD)


def test_a_paragraph_that_ends_with_its_page_is_not_joined_to_the_next():
    assert paragraphs(column(FIRST, SECOND, "ferry will sail again."), column(OTHER))[1] == OTHER


def test_a_caption_does_not_cut_a_sentence_in_two():
    caption = [(60, 640, 7, "The harbour on Monday. Photo: Jo Reed")]
    text = paragraphs([*column(FIRST, SECOND, THIRD), *caption, *column(LAST, x=320)])
    assert text == [SENTENCE, "The harbour on Monday. Photo: Jo Reed"]


def test_heads_feet_and_page_numbers_are_left_out():
    def page(number: int, *lines: str, foot: str) -> list[tuple]:
        head = (60, 760, 8, f"Ostrand Herald  |  {number}  |  16 March 2021")
        return [head, *column(*lines), (300, 30, 8, foot.format(number))]

    for foot in ("{}", "- {} -", "Page {} of 3", "{}/3", "Seite {}"):
        text = paragraphs(
            page(1, FIRST, SECOND, THIRD, foot=foot),
            page(2, LAST, OTHER, foot=foot),
            page(3, "Nobody was hurt.", foot=foot),
        )
        assert text == [SENTENCE, OTHER, "Nobody was hurt."], foot


PRINTED = {
    "Chrome": (
        "16/03/2021, 10:04",
        "Harbour road closed | Ostrand Herald",
        "https://herald.example/a?b=1",
        "{}/2",
    ),
    "Chrome in America": (
        "3/16/21, 10:04 AM",
        "Harbour road closed",
        "https://herald.example/a?b=1",
        "{}/2",
    ),
    "Firefox": (
        "Harbour road closed",
        "https://herald.example/a?b=1",
        "{} of 2",
        "16/03/2021, 10:04",
    ),
    "ISO": ("2021-03-16, 10:04", "Harbour road closed", "https://herald.example/a?b=1", "{}/2"),
}


def test_what_a_browser_prints_at_the_edges_is_read_and_left_out_of_the_story():
    failures = []
    for browser, (left, right, foot_left, foot_right) in PRINTED.items():

        def page(number, *lines, edges=(left, right, foot_left, foot_right)):
            places = ((40, 770), (300, 770), (40, 20), (540, 20))
            printed = [
                (x, y, 8, text.format(number)) for (x, y), text in zip(places, edges, strict=True)
            ]
            return [*lines, *printed]

        headline = (60, 720, 20, "Harbour road closed")
        row = read(page(1, headline, *column(FIRST, SECOND, THIRD)), page(2, *column(LAST, OTHER)))
        story = ["Harbour road closed", SENTENCE, OTHER]
        if (row.text.split("\n\n"), row.url, row.saved, row.published_from) != (
            story,
            "https://herald.example/a?b=1",
            "2021-03-16",
            "",
        ):
            failures.append((browser, row))
    assert failures == []


def test_an_address_that_is_cut_off_is_not_taken():
    foot = [(40, 20, 8, "https://herald.example/a/very/long/addr… 1/1")]
    row = read([*column(FIRST, SECOND, THIRD, LAST), *foot])
    assert (row.url, row.text) == ("", SENTENCE)


def test_the_day_on_which_a_file_was_made_is_that_of_saving():
    row = read(column(FIRST, SECOND, THIRD, LAST), CreationDate="D:20210316100400+01'00'")
    assert (row.saved, row.published_from) == ("2021-03-16", "")


TITLES = {
    "Harbour road closed after wall falls": ("Harbour road closed after wall falls", ""),
    "Harbour road closed after wall falls | Ostrand Herald": (
        "Harbour road closed after wall falls",
        "Ostrand Herald",
    ),
    "Microsoft Word - harbour final.docx": ("", ""),
    "20210316_A01": ("", ""),
    "A quite different title": ("", ""),
    "": ("", ""),
}


def test_a_title_of_the_file_counts_if_the_text_has_it():
    page = [
        (60, 740, 20, "Harbour road closed"),
        (60, 716, 20, "after wall falls"),
        *column(FIRST, SECOND),
    ]
    stated = {}
    for title in TITLES:
        row = read(page, Title=title)
        stated[title] = (row.title, row.outlet)
        assert row.text.startswith("Harbour road closed after wall falls\n\n")
    assert stated == TITLES


def test_words_divided_at_the_end_of_a_line_are_joined_and_compounds_stay():
    lines = (
        "It is a well-known harbour for the trade of state-owned ferries and for self-",
        "made men, said Anna Bell, who has run the long-distance infra-",
        "structure office since the state-",
        "owned ferries came, and twenty-",
        "five years of trade of Jean-",
        "Claude Lund in the years 2010-",
        "2012 in the highland and the high-",
        "land again, and the cross-",
        "ings.",
    )
    assert paragraphs(column(*lines, "They cross at the new crossings.")) == [
        "It is a well-known harbour for the trade of state-owned ferries and for self-made men, said Anna "
        "Bell, who has run the long-distance infrastructure office since the state-owned ferries came, and "
        "twenty-five years of trade of Jean-Claude Lund in the years 2010-2012 in the highland and the "
        "highland again, and the crossings.",
        "They cross at the new crossings.",
    ]


def test_a_word_divided_at_the_end_of_a_page_is_joined():
    text = paragraphs(
        column(FIRST, SECOND, "and the towns at the water fear that the whole infra-"),
        column("structure fails.", OTHER),
    )
    assert text[0].endswith("the whole infrastructure fails.")


def test_paragraphs_are_separated_by_space_indents_or_short_lines():
    spaced = [*column(FIRST, SECOND), *column(THIRD, FIRST, top=670)]
    indented = [
        (60, 700, 10, FIRST),
        (60, 688, 10, SECOND),
        (72, 676, 10, THIRD),
        (60, 664, 10, FIRST),
    ]
    short = column(FIRST, "a wall fell.", THIRD, FIRST)
    assert paragraphs(spaced) == [f"{FIRST} {SECOND}", f"{THIRD} {FIRST}"]
    assert paragraphs(indented) == [f"{FIRST} {SECOND}", f"{THIRD} {FIRST}"]
    assert paragraphs(short) == [f"{FIRST} a wall fell.", f"{THIRD} {FIRST}"]


def test_two_columns_drawn_line_by_line_are_read_one_after_the_other():
    left = [f"left {number} of the old town and the harbour" for number in range(6)]
    right = [f"right {number} of the new road and the bridge" for number in range(6)]
    page = []
    for place, (first, second) in enumerate(zip(left, right, strict=True)):
        page += [(40, 700 - 12 * place, 10, first), (320, 700 - 12 * place, 10, second)]
    assert " ".join(paragraphs(page)) == " ".join([*left, *right])


def test_the_cells_of_a_table_are_read_row_by_row():
    page = []
    for place, year in enumerate(range(2010, 2020)):
        page += [
            (40, 700 - 12 * place, 10, f"{year}"),
            (320, 700 - 12 * place, 10, f"{place} cars"),
        ]
    assert " ".join(" ".join(paragraphs(page)).split()[:6]) == "2010 0 cars 2011 1 cars"


def test_only_newlines_end_a_line_of_a_pdf():
    from clippings.corpus.pdf_text import _LineCollector

    collector = _LineCollector(page=0)
    matrix = [1.0, 0.0, 0.0, 1.0, 60.0, 700.0]
    collector.add(
        "It broke on\x0b\x0c\x1c\x85\u2028\u2029Tuesday\r\n", [1, 0, 0, 1, 0, 0], matrix, None, 10
    )
    collector.close()
    assert len(collector.lines) == 1


def test_ligatures_of_print_are_letters():
    from clippings.corpus.pdf_text import _LineCollector

    collector = _LineCollector(page=0)
    collector.add("The oﬃcer ﬁnds ﬂour", [1, 0, 0, 1, 0, 0], [1, 0, 0, 1, 0, 0], None, 10)
    collector.close()
    assert collector.lines[0].text == "The officer finds flour"


def test_a_page_that_lies_on_its_side_is_read():
    from clippings.corpus.pdf_text import _LineCollector, _text

    straight = [1, 0, 0, 1, 0, 0]
    for turned in ([0, 1, -1, 0, 100, 60], [0, -1, 1, 0, 100, 700]):
        collector = _LineCollector(page=0)
        step = -12 if turned[1] < 0 else 12
        for place, line in enumerate((FIRST, SECOND, THIRD, LAST)):
            matrix = [*turned[:4], turned[4] + step * place, turned[5]]
            collector.add(f"{line}\n", straight, matrix, None, 10)
        collector.close()
        assert _text([collector.lines]) == SENTENCE


def test_places_that_are_no_numbers_hinder_no_reading():
    from clippings.corpus.pdf_text import _LineCollector

    collector = _LineCollector(page=0)
    collector.add(FIRST, [1, 0, 0, 1, float("inf"), 0], [1, 0, 0, 1, 0, float("nan")], None, 10)
    collector.close()
    assert [line.text for line in collector.lines] == [FIRST]


def test_addresses_and_times_of_the_story_stay():
    address = "and all of it can be read at https://herald.example/roads"
    row = read(column("Harbour road closed", "16/03/2021, 10:04", FIRST, SECOND, THIRD, address))
    assert "16/03/2021, 10:04" in row.text
    assert row.text.endswith(address)
    assert (row.url, row.saved) == ("", "")
