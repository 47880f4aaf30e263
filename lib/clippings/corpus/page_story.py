"""Select the blocks of a web page that are its story.

trafilatura locates the article, and its text is compared with the blocks of the page. It misses
ledes outside <article>, second stories, and paragraphs with unusual elements; these are added if
they are among the recognised paragraphs or directly above them.
"""

from clippings.corpus.page_blocks import HEADINGS, PARAGRAPH_END, Block, name_parts, word_set
from clippings.corpus.written_dates import find_written_dates

SHINGLE = 4
"""Words. Runs of four words seldom occur twice on a page by chance."""

MIN_SHARED_SHINGLES = 0.5
"""Share of a block's runs of words that the judged text must contain. Some are lost where an inline
element was dropped."""

MIN_PROSE_WORDS = 8
"""Words of a paragraph; a button, a label or the title of a teaser has fewer."""

HEADLINE_LINES = 3  # of the judged text, among which its headline is

MIN_SENTENCE_WORDS = 3  # of a page that has no paragraph

MIN_LINKED_WORDS = 12
"""Words of a paragraph that is a link as a whole. Links to other stories are titles: shorter, and
without a full stop."""

MAX_LINKED_SHARE = 0.5
"""Of the characters. A paragraph with more of them in links is a list of links."""

CONTAINER_SHARE = 0.8
"""Share of the judged words that the element of the story must contain. The rest may be
a summary or a caption elsewhere."""

MIN_LEDE_WORDS = 4  # of a block whose class says that it is one

MAX_LEDE_LEVELS = 3
"""Elements around the story that are searched for its lede if the page has no <main>."""

MAX_DATE_LINE_WORDS = 8  # of a line with a date in full: Published on Thu., June 8, 2017, 10 am

LEDE_NAMES = word_set(
    """
    abstract chapeau deck dek description entradilla excerpt intro introduction kicker lead lede
    sapo standfirst strapline subheadline subhead subtitle summary vorspann
    """
)
"""Words in a class by which newspapers name the paragraph between headline and text."""

LINE_NAMES = word_set(
    """
    author authors byline credit date dateline datetime location meta published pubdate source
    time timestamp updated
    """
)
"""Words in a class by which they name the short lines of an article: byline, date."""


def story_blocks(blocks: list[Block], judged_text: str) -> list[Block]:
    """Select the blocks of a page that are its story.

    Parameters
    ----------
    blocks : list of Block
        The blocks of the page, in its order.
    judged_text : str
        What trafilatura takes for the article; "" if it recognises none.

    Returns
    -------
    list of Block
        The blocks of the story in the order of the page: headline, lines of author and date, lede,
        paragraphs, captions. Without a judgement, the prose of the element that has most of it.
    """
    usable = _without_teasers([block for block in blocks if not block.is_furniture])
    judged = _judged(usable, judged_text)
    if not any(_is_prose(block) for block in judged):
        judged = _most_prose(usable)
    if not judged:
        return []
    container = _container(judged)
    stories = _articles_of_stories(usable, judged)
    selected = {id(block) for block in judged}
    selected |= {id(block) for block in _missed(usable, judged, container, stories)}
    selected |= {id(block) for block in _ledes(usable, judged, container)}
    story = [block for block in usable if id(block) in selected]
    return _without_end_labels(story)


def _judged(blocks: list[Block], judged_text: str) -> list[Block]:
    """Return the blocks whose words appear in the text recognised by trafilatura."""
    lines = set()
    shingles = set()
    for line in judged_text.split("\n"):
        words = Block(line, None, "").words
        lines.add(" ".join(words))
        shingles.update(_shingles(words))
    judged = []
    for block in blocks:
        runs = _shingles(block.words)
        if runs:
            shared = sum(run in shingles for run in runs) / len(runs)
            is_judged = shared >= MIN_SHARED_SHINGLES
        else:
            is_judged = bool(block.words) and " ".join(block.words) in lines
        if is_judged and block.linked_share <= MAX_LINKED_SHARE:
            judged.append(block)
    return judged


def _shingles(words: list[str]) -> list[tuple[str, ...]]:
    """Return the runs of words of a block; none if it is shorter than a run."""
    return [tuple(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)]


def _is_prose(block: Block) -> bool:
    """Return whether a block is a paragraph of sentences."""
    if block.linked_share > MAX_LINKED_SHARE or block.tag in HEADINGS:
        return False
    return len(block.words) >= MIN_PROSE_WORDS


def _is_text(block: Block) -> bool:
    """Return whether a block is part of the text below the headline, however short."""
    return block.tag not in HEADINGS and (_is_prose(block) or _is_short_sentence(block))


def _is_sentence(block: Block) -> bool:
    """Return whether a block is prose that ends as a sentence does."""
    return _is_prose(block) and bool(PARAGRAPH_END.search(block.text.rstrip()))


def _is_short_sentence(block: Block) -> bool:
    """Return whether a block is a sentence, however short, and no link or heading."""
    is_text = block.linked_share == 0 and block.tag not in HEADINGS
    is_ended = bool(PARAGRAPH_END.search(block.text.rstrip()))
    return is_text and is_ended and len(block.words) >= MIN_SENTENCE_WORDS


def _is_linked_paragraph(block: Block) -> bool:
    """Return whether a paragraph is a link as a whole, but written as a paragraph."""
    is_ended = bool(PARAGRAPH_END.search(block.text.rstrip()))
    return block.tag == "p" and is_ended and len(block.words) >= MIN_LINKED_WORDS


def _most_prose(blocks: list[Block]) -> list[Block]:
    """Return the prose in the element that has most of it, where nothing was judged."""
    prose = [block for block in blocks if _is_sentence(block)]
    if not prose:
        prose = [block for block in blocks if _is_short_sentence(block)]
    if not prose:
        return []
    container = _container(prose)
    return [block for block in prose if _is_within(block.element, container)]


def _container(blocks: list[Block]):
    """Return the innermost element that contains most of the words of these blocks."""
    words_within: dict = {}
    total = 0
    for block in blocks:
        total += len(block.words)
        for element in _chain(block.element):
            words_within[element] = words_within.get(element, 0) + len(block.words)
    largest = max(blocks, key=lambda block: len(block.words))
    for element in _chain(largest.element):
        if words_within[element] >= CONTAINER_SHARE * total:
            return element
    return blocks[0].element.getroottree().getroot()


def _chain(element) -> list:
    """Return an element and those around it, from the inside."""
    return [element, *element.iterancestors()]


def _is_within(element, container) -> bool:
    return any(outer is container for outer in _chain(element))


def _missed(blocks: list[Block], judged: list[Block], container, stories: set) -> list[Block]:
    """Return the blocks next to those that were judged, or in another story of the page."""
    judged_ids = {id(block) for block in judged}
    places = [place for place, block in enumerate(blocks) if id(block) in judged_ids]
    # A paragraph after the last one that was judged must appear directly with others of the story.
    parents = {block.element.getparent() for block in judged if _is_prose(block)}
    # Between headline and text, author and date may be links.
    first_prose = next((place for place in places if _is_text(blocks[place])), 0)
    missed = []
    for place, block in enumerate(blocks):
        if block.linked_share > MAX_LINKED_SHARE:
            is_between = places[0] < place < places[-1]
            is_sibling = block.element.getparent() in parents
            if is_between and is_sibling and _is_linked_paragraph(block):
                missed.append(block)
            if places[0] < place < first_prose and _is_named(block, LINE_NAMES):
                missed.append(block)
            continue
        if not stories.isdisjoint(_chain(block.element)):
            missed.append(block)
        elif _is_within(block.element, container):
            is_between = places[0] <= place <= places[-1]
            is_sibling = block.element.getparent() in parents or block.element in parents
            if (is_between or is_sibling) and _belongs(block):
                missed.append(block)
    return missed


def _belongs(block: Block) -> bool:
    """Return whether a block among paragraphs of a story is part of it."""
    is_heading = block.tag in HEADINGS and block.linked_share == 0
    return (
        _is_prose(block)
        or is_heading
        or block.has_time
        or block.tag in ("tr", "li", "dt", "dd", "pre", "figcaption", "blockquote")
        or _is_named(block, LINE_NAMES | LEDE_NAMES)
        or _is_date_line(block)
        or bool(PARAGRAPH_END.search(block.text.rstrip()))
    )


def _is_named(block: Block, names: frozenset[str]) -> bool:
    """Return whether the class of a block, or of the element around it, has one of these words."""
    outer = block.element.getparent()
    parts = set(name_parts(block.element))
    if outer is not None and len(outer) <= 3:  # a wrapper of one line, not a part of the page
        parts |= set(name_parts(outer))
    return not names.isdisjoint(parts)


def _without_teasers(blocks: list[Block]) -> list[Block]:
    """Return the blocks without those of <article> elements that lead to stories on other pages."""
    teasers = {
        article for article, inner in _by_article(blocks).items() if _is_teaser(article, inner)
    }
    remaining = [block for block in blocks if teasers.isdisjoint(_chain(block.element))]
    return remaining if any(_is_prose(block) for block in remaining) else blocks


def _by_article(blocks: list[Block]) -> dict:
    """Return the blocks in each <article> element; those in nested ones are in each of them."""
    by_article: dict = {}
    for block in blocks:
        for element in _chain(block.element):
            if element.tag == "article":
                by_article.setdefault(element, []).append(block)
    return by_article


def _articles_of_stories(blocks: list[Block], judged: list[Block]) -> set:
    """Return the <article> elements that contain a story of the page; none if it has one story.

    The posts of a live report are <article> elements too, however short.
    """
    by_article = _by_article(blocks)
    if len(by_article) < 2:
        return set()
    judged_ids = {id(block) for block in judged}
    stories = []
    for article, inner in by_article.items():
        is_judged = any(id(block) in judged_ids and _is_prose(block) for block in inner)
        if is_judged or _is_story(inner):
            stories.append(article)
    # An outer element with all stories in it shows nothing about the text between them.
    outer = set()
    for story in stories:
        outer.update(story.iterancestors("article"))
    return {story for story in stories if story not in outer}


def _is_story(blocks: list[Block]) -> bool:
    """Return whether an <article> has its own sentences: two paragraphs, or one with a time."""
    sentences = sum(_is_sentence(block) for block in blocks)
    has_time = any(block.has_time for block in blocks)
    return sentences >= 2 or (sentences == 1 and has_time)


def _is_teaser(article, blocks: list[Block]) -> bool:
    """Return whether an <article> is a teaser: its heading, or all of it, is a link.

    The headings of posts in a live report are at most links to a place on the same page.
    """
    headings = list(article.iter(*HEADINGS))
    for heading in headings[:1]:
        links = [*heading.iter("a"), *heading.iterancestors("a")]
        if any(_leads_away(link) for link in links):
            return True
    links_around = list(article.iterancestors("a"))
    is_all_linked = all(block.linked_share > MAX_LINKED_SHARE for block in blocks)
    return bool(links_around) or is_all_linked


def _leads_away(link) -> bool:
    """Return whether a link leads to another page, not to a place on this one."""
    place = (link.get("href") or "").strip()
    return bool(place) and "#" not in place


def _ledes(blocks: list[Block], judged: list[Block], container) -> list[Block]:
    """Return headline, lines of author and date, and lede, if they are above the story.

    They are looked for between the headline and the first paragraph, in <main> or in the elements
    directly around the story.
    """
    frame = _frame(container)
    judged_ids = {id(block) for block in judged}
    first = next(place for place, block in enumerate(blocks) if id(block) in judged_ids)
    before = [block for block in blocks[:first] if _is_within(block.element, frame)]
    headline_places = [place for place, block in enumerate(before) if block.tag == "h1"]
    # A lede may appear above the headline only if its class says so.
    is_below = any(block.tag == "h1" for block in judged[:HEADLINE_LINES])
    start = len(before) if is_below else next(reversed(headline_places), 0)
    ledes = []
    for place, block in enumerate(before):
        # In a line of author and date, both may be links; elsewhere links lead to other stories.
        is_line = block.tag == "h1" or _is_named(block, LINE_NAMES)
        if block.linked_share > MAX_LINKED_SHARE and not is_line:
            continue
        is_named_lede = _is_named(block, LEDE_NAMES) and len(block.words) >= MIN_LEDE_WORDS
        is_after_headline = place >= start and (block.tag == "h1" or _is_lede(block))
        if is_named_lede or is_after_headline:
            ledes.append(block)
    return ledes


def _is_lede(block: Block) -> bool:
    """Return whether a block between headline and story is part of the article."""
    is_second_heading = block.tag in ("h2", "h3") and len(block.words) >= MIN_PROSE_WORDS
    return (
        is_second_heading
        or _is_sentence(block)
        or (block.has_time and len(block.words) <= 2 * MIN_PROSE_WORDS)
        or _is_named(block, LINE_NAMES)
        or _is_date_line(block)
    )


def _is_date_line(block: Block) -> bool:
    """Return whether a block is a short line with a date in full."""
    if block.linked_share > 0 or block.tag in HEADINGS:
        return False
    if not 0 < len(block.words) <= MAX_DATE_LINE_WORDS:
        return False
    return any(written.year for written in find_written_dates(block.text))


def _frame(container):
    """Return the element that contains the headline and lede: <main>, or one around the story."""
    for outer in _chain(container):
        if outer.tag == "main" or (outer.get("role") or "") == "main":
            return outer
    frame = container
    for outer in list(container.iterancestors())[:MAX_LEDE_LEVELS]:
        frame = outer
        if any(True for _ in outer.iter("h1")):
            break
    return frame


def _without_end_labels(story: list[Block]) -> list[Block]:
    """Return the story without trailing headings, which no text follows."""
    end = len(story)
    while end > 1 and story[end - 1].tag in HEADINGS:
        end -= 1
    return story[:end]
