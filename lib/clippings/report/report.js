// The script of the report page. It searches the pages of the articles, and sorts and filters the
// tables.
//
// The page is complete without it: everything that only the script can do is hidden or added here.
// Texts of articles come from strangers, so they are only ever inserted as text, never as HTML.
(function () {
  "use strict";

  // Wording

  const WORDING = {
    scope: (articles) =>
      `Searches the pages of ${countNoun(articles, "article")} at the end of this report. ` +
      "Use quotation marks for an exact phrase.",
    matches: (passages, articles) =>
      `${countNoun(passages, "passage")} in ${countNoun(articles, "article")}.`,
    limited: (shown) => `The first ${shown} are shown.`,
    noMatch: "No passage contains all of these words.",
    noPhrase: "No passage contains these words in exactly this form.",
    filter: "Filter the rows",
    rows: (shown, all) => `${shown} of ${countNoun(all, "row")}`,
  };

  const MAX_RESULTS = 50; // listed at once; readers add a word instead of reading more
  const CHARACTERS_BEFORE = 50; // of a result, in front of its first match
  const CHARACTERS_AFTER = 110; // of a result, from its first match on
  const TYPING_PAUSE = 120; // milliseconds; a screen reader would announce the count at every key
  const SHOWN_ROWS = 10; // of a table until "Show all"; as in reader_tables.py and report.css

  function countNoun(number, noun) {
    return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  }

  // Comparing texts without case and accents

  // Letters with a stroke and ligatures do not decompose into a letter and an accent.
  const PLAIN_LETTERS = new Map([
    ["ł", "l"],
    ["ø", "o"],
    ["đ", "d"],
    ["ð", "d"],
    ["þ", "th"],
    ["æ", "ae"],
    ["œ", "oe"],
    ["ß", "ss"],
    ["ı", "i"],
    ["ς", "σ"],
  ]);
  // Accents of Latin, Greek and Cyrillic letters, and the optional vowel signs of Hebrew and
  // Arabic. Vowel signs of Indic and Thai letters remain, because they distinguish words.
  const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;
  const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/; // soft hyphens, joiners, directions
  const APOSTROPHES = /[‘’ʼ′´`]/;
  const DASHES = /[‐‑‒–—−]/;

  const foldedCharacters = new Map();

  /** Return a character as it is compared: "É" is "e", "’" is "'", a soft hyphen is nothing. */
  function foldCharacter(character) {
    let folded = foldedCharacters.get(character);
    if (folded === undefined) {
      if (/\s/.test(character)) {
        folded = " ";
      } else if (INVISIBLE.test(character)) {
        folded = "";
      } else if (APOSTROPHES.test(character)) {
        folded = "'";
      } else if (DASHES.test(character)) {
        folded = "-";
      } else {
        const letter = character.normalize("NFKD").replace(ACCENTS, "").normalize("NFC");
        const small = letter.toLowerCase();
        folded = PLAIN_LETTERS.get(small) ?? small;
      }
      foldedCharacters.set(character, folded);
    }
    return folded;
  }

  /**
   * Return a text as it is compared, with one space for each stretch of blanks, and for each of its
   * characters the offset in the original.
   */
  function fold(text) {
    let folded = "";
    const offsets = [];
    let offset = 0;
    for (const character of text) {
      const piece = foldCharacter(character);
      if (piece !== " " || !folded.endsWith(" ")) {
        folded += piece;
        for (let i = 0; i < piece.length; i++) {
          offsets.push(offset);
        }
      }
      offset += character.length;
    }
    offsets.push(offset);
    return { text: folded, offsets };
  }

  // A phrase in quotation marks of any kind, the last one perhaps still being typed; or a word.
  const TERM = /["“”„«»「」『』]([^"“”„«»「」『』]*)["“”„«»「」『』]?|([^\s"“”„«»「」『』]+)/g;

  /** Return the terms of a query: words, which may be parts of longer words, and exact phrases. */
  function termsOf(query) {
    const terms = [];
    for (const match of query.matchAll(TERM)) {
      const text = fold(match[1] ?? match[2]).text.trim();
      if (text !== "") {
        terms.push({ text, isPhrase: match[1] !== undefined });
      }
    }
    return terms;
  }

  // Scripts that do not put spaces between words: every character can begin or end a word.
  const UNSPACED = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"];
  const UNSPACED_CLASS = UNSPACED.map((script) => `\\p{Script=${script}}`).join("");
  const UNSPACED_CHARACTER = new RegExp(`[${UNSPACED_CLASS}]`, "u");
  // A letter or digit of any other script, with its vowel signs.
  const WORD_CHARACTER = new RegExp(`(?![${UNSPACED_CLASS}])[\\p{L}\\p{M}\\p{N}]`, "u");

  function isInsideWord(text, offset) {
    const before = text.charAt(offset - 1);
    const after = text.charAt(offset);
    return WORD_CHARACTER.test(before) && WORD_CHARACTER.test(after);
  }

  /** Return the offset of the next match of a term in a folded text, or -1. */
  function findTerm(text, term, from) {
    let start = text.indexOf(term.text, from);
    while (start !== -1 && term.isPhrase) {
      if (!isInsideWord(text, start) && !isInsideWord(text, start + term.text.length)) {
        return start;
      }
      start = text.indexOf(term.text, start + 1);
    }
    return start;
  }

  function containsAll(text, terms) {
    return terms.every((term) => findTerm(text, term, 0) !== -1);
  }

  /** Return the spans of all matches in a text as written, in order and without overlaps. */
  function matchesIn(text, terms) {
    const folded = fold(text);
    const spans = [];
    for (const term of terms) {
      let start = findTerm(folded.text, term, 0);
      while (start !== -1) {
        const end = start + term.text.length;
        spans.push({ start: folded.offsets[start], end: folded.offsets[end] });
        start = findTerm(folded.text, term, end);
      }
    }
    spans.sort((a, b) => a.start - b.start || b.end - a.end);
    let lastEnd = 0;
    return spans.filter((span) => {
      const isSeparate = span.start >= lastEnd;
      lastEnd = Math.max(lastEnd, span.end);
      return isSeparate;
    });
  }

  // The index of passages

  /** Return the text nodes of an article, without the arrows that lead back to the report. */
  function textNodesOf(section) {
    const box = section.querySelector(".clip-page");
    const nodes = [];
    if (box) {
      const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        if (!walker.currentNode.parentElement.closest(".back")) {
          nodes.push(walker.currentNode);
        }
      }
    }
    return nodes;
  }

  function textOf(section) {
    return textNodesOf(section)
      .map((node) => node.data)
      .join("");
  }

  const SENTENCE_END = /[.!?:;…"'”’»)\]]\s*$/;
  const CONTINUATION = /^[^\S\n]*\p{Ll}/u; // a line that begins with a small letter

  /**
   * Return the start and end of each passage of a text. A passage is a line; in hard-wrapped text,
   * it also contains the following lines up to the end of a sentence.
   */
  function passageSpans(text) {
    const spans = [];
    let start = 0;
    let offset = 0;
    for (const line of text.split("\n")) {
      const end = offset + line.length;
      const nextLine = text.slice(end + 1, end + 80); // its beginning is enough
      const isContinued = CONTINUATION.test(nextLine) && !SENTENCE_END.test(line);
      if (!isContinued || line.trim() === "") {
        if (text.slice(start, end).trim() !== "") {
          spans.push({ start, end });
        }
        start = end + 1;
      }
      offset = end + 1;
    }
    return spans;
  }

  /** Return a text without case, accents and punctuation. */
  function wordsOf(text) {
    return fold(text).text.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  /** Return the passages of an article, in order. */
  function passagesOf(section) {
    const text = textOf(section);
    const title = section.querySelector("article strong")?.textContent ?? "";
    const key = section.id.replace("page-", "");
    const passages = passageSpans(text).map(({ start, end }) => {
      const words = text.slice(start, end);
      const anchor = `passage-${key}-${start}`;
      return { section, title, anchor, start, end, text: words, folded: fold(words).text };
    });
    // The title of an article from a table or a database may not be part of its text.
    if (!wordsOf(text).includes(wordsOf(title))) {
      const folded = fold(title).text;
      passages.unshift({ section, title, anchor: section.id, text: title, folded });
    }
    return passages;
  }

  const sections = [...document.querySelectorAll(".pages section[id^='page-']")];
  let index = null; // the passages of all articles, once they are needed

  function allPassages() {
    index ??= sections.flatMap(passagesOf);
    return index;
  }

  // Showing a passage in its page

  /** Mark a span of an article's text with elements of a class; return these elements. */
  function markText(section, start, end, className) {
    const wrappers = [];
    let offset = 0;
    for (const node of textNodesOf(section)) {
      const first = Math.max(start - offset, 0);
      const last = Math.min(end - offset, node.data.length);
      offset += node.data.length;
      if (first < last) {
        const wrapper = document.createElement("span");
        wrapper.className = className;
        const range = document.createRange();
        range.setStart(node, first);
        range.setEnd(node, last);
        range.surroundContents(wrapper);
        wrappers.push(wrapper);
      }
    }
    return wrappers;
  }

  function removeMarks() {
    for (const wrapper of [...document.querySelectorAll(".found-words, .found-passage")]) {
      const parent = wrapper.parentNode;
      wrapper.replaceWith(...wrapper.childNodes);
      parent.normalize();
    }
  }

  /** Mark a passage and the words that were sought, and move there. */
  function showPassage(passage, terms) {
    removeMarks();
    const [first] = markText(passage.section, passage.start, passage.end, "found-passage");
    const words = matchesIn(passage.text, terms).flatMap((match) => {
      const start = passage.start + match.start;
      return markText(passage.section, start, passage.start + match.end, "found-words");
    });
    openDetailsAround(first);
    first.id = passage.anchor;
    first.tabIndex = -1; // so that the focus can be moved here, and Tab continues from here
    first.focus({ preventScroll: true });
    (words[0] ?? first).scrollIntoView({ block: "center" });
  }

  /** Open the folded parts of the page that contain an element; return whether one was closed. */
  function openDetailsAround(element) {
    let wasClosed = false;
    let details = element.parentElement.closest("details");
    while (details) {
      wasClosed ||= !details.open;
      details.open = true;
      details = details.parentElement.closest("details");
    }
    return wasClosed;
  }

  /** Show the place that the address of the page names. */
  function followAddress() {
    const anchor = location.hash.slice(1);
    const target = document.getElementById(anchor);
    if (anchor.startsWith("passage-")) {
      const passage = allPassages().find((each) => each.anchor === anchor);
      if (passage) {
        showPassage(passage, termsOf(searchField?.value ?? ""));
      }
    } else if (target && openDetailsAround(target)) {
      target.scrollIntoView(); // the browser could not do it while the place was folded
    }
    if (target && anchor.startsWith("mark-")) {
      target.closest("figure").scrollIntoView({ block: "nearest" }); // the whole chart
    }
  }

  // Searching

  const search = document.querySelector(".search");
  const searchField = search?.querySelector("input");
  const searchStatus = search?.querySelector("[role=status]");
  const resultList = search?.querySelector("ul");

  /** Append a text to an element, with its matches marked. */
  function appendMarked(element, text, matches, start, end) {
    let offset = start;
    for (const match of matches) {
      if (match.start >= start && match.end <= end) {
        const mark = document.createElement("mark");
        mark.textContent = text.slice(match.start, match.end);
        element.append(text.slice(offset, match.start), mark);
        offset = match.end;
      }
    }
    element.append(text.slice(offset, end));
  }

  const BLANK = /\s/;

  /** Return whether an excerpt may begin at an offset without cutting a word. */
  function beginsWord(text, offset) {
    return BLANK.test(text.charAt(offset - 1)) || UNSPACED_CHARACTER.test(text.charAt(offset));
  }

  /** Return the offset of the first word that begins at or after an offset, at most a limit. */
  function excerptStart(text, offset, limit) {
    if (offset <= 0) {
      return 0;
    }
    let start = offset;
    while (start < limit && !beginsWord(text, start)) {
      start += 1;
    }
    return start;
  }

  /** Return the end of the word at an offset, or the offset itself between words. */
  function excerptEnd(text, offset) {
    let end = Math.min(offset, text.length);
    while (end < text.length && !BLANK.test(text.charAt(end)) && !beginsWord(text, end)) {
      end += 1;
    }
    return end;
  }

  /** Return a result as an item of the list: the article's title and the words around the match. */
  function resultOf(passage, terms) {
    const text = passage.text;
    const matches = matchesIn(text, terms);
    const [firstMatch] = matches;
    const start = excerptStart(text, firstMatch.start - CHARACTERS_BEFORE, firstMatch.start);
    const end = excerptEnd(text, Math.max(firstMatch.start + CHARACTERS_AFTER, firstMatch.end));

    const title = document.createElement("strong");
    title.textContent = passage.title;
    title.dir = "auto";
    const words = document.createElement("span");
    words.dir = "auto";
    words.append(start > 0 ? "…" : "");
    appendMarked(words, text, matches, start, end);
    words.append(end < text.length ? "…" : "");

    const link = document.createElement("a");
    link.href = `#${passage.anchor}`;
    link.append(title, words);
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  let shownQuery = ""; // the query whose results are shown
  let pause = 0; // the timer that waits until the reader stops typing

  function showResults() {
    clearTimeout(pause);
    shownQuery = searchField.value;
    const terms = termsOf(shownQuery);
    if (terms.length === 0) {
      resultList.replaceChildren();
      resultList.hidden = true;
      searchStatus.textContent = WORDING.scope(sections.length);
      return;
    }
    const matching = allPassages().filter((passage) => containsAll(passage.folded, terms));
    const shown = matching.slice(0, MAX_RESULTS);
    const items = shown.map((passage) => resultOf(passage, terms));
    items.forEach((item, i) => {
      const isSameArticle = i > 0 && shown[i].section === shown[i - 1].section;
      item.classList.toggle("same-article", isSameArticle); // its title is not repeated
    });
    resultList.replaceChildren(...items);
    resultList.hidden = shown.length === 0;
    searchStatus.textContent = describeResults(matching, shown.length, terms);
  }

  function describeResults(matching, shown, terms) {
    if (matching.length === 0) {
      return terms.some((term) => term.isPhrase) ? WORDING.noPhrase : WORDING.noMatch;
    }
    const articles = new Set(matching.map((passage) => passage.section));
    const count = WORDING.matches(matching.length, articles.size);
    return matching.length > shown ? `${count} ${WORDING.limited(shown)}` : count;
  }

  function clearSearch() {
    searchField.value = "";
    showResults();
    removeMarks();
    searchField.focus();
  }

  /** Move the focus by one result; above the first one is the field. */
  function moveFocus(step) {
    const stops = [searchField, ...resultList.querySelectorAll("a")];
    const place = stops.indexOf(document.activeElement) + step;
    stops[Math.min(Math.max(place, 0), stops.length - 1)].focus();
  }

  function onSearchKey(event) {
    if (event.isComposing) {
      return; // the keys choose characters, as in Japanese
    }
    if (searchField.value !== shownQuery) {
      showResults(); // the pause after typing has not passed yet
    }
    const actions = {
      ArrowDown: () => moveFocus(1),
      ArrowUp: () => moveFocus(-1),
      Escape: clearSearch,
    };
    if (event.target === searchField) {
      actions.Enter = () => resultList.querySelector("a")?.click();
    }
    if (Object.hasOwn(actions, event.key)) {
      event.preventDefault();
      actions[event.key]();
    }
  }

  /** Read the pages before the first key is pressed, and say what is searched. */
  function onFirstFocus() {
    allPassages();
    showResults();
  }

  function startSearch() {
    search.hidden = false;
    searchField.addEventListener("focus", onFirstFocus, { once: true });
    searchField.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(showResults, TYPING_PAUSE);
    });
    search.addEventListener("keydown", onSearchKey);
    resultList.addEventListener("click", (event) => {
      // The same result once more: the address does not change.
      if (event.target.closest("a")?.hash === location.hash) {
        followAddress();
      }
    });
  }

  // Sorting tables

  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const NUMBER = /^[-−]?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?%?$/;
  const LIMITS = new Map([
    ["no upper limit", Infinity],
    ["no lower limit", -Infinity],
  ]);
  // A date, month, year or week: 2021-03-16, 2021-03, 2021, 2021-W11. A range sorts by its first
  // date, or by its last one if it begins at an unknown time: ../2021-03-16.
  const DATE =
    /^(?:\.\.\/)?(\d{4})(?:-W(\d\d)|-(\d\d)(?:-(\d\d))?)?(?:[ T][\d:]+)?[~?%]?(?:\/[\dW~?%.-]*)?$/;
  const DAY = 24 * 60 * 60 * 1000; // milliseconds

  function numberOf(text) {
    if (LIMITS.has(text)) {
      return LIMITS.get(text);
    }
    return NUMBER.test(text) ? parseFloat(text.replace("−", "-").replaceAll(",", "")) : null;
  }

  /** Return the first day of a date or range as a number, or null. */
  function dayOf(text) {
    const match = DATE.exec(text);
    if (!match) {
      return null;
    }
    const [, year, week, month, day] = match;
    if (week === undefined) {
      return Date.UTC(year, (month ?? 1) - 1, day ?? 1);
    }
    // Week 1 is the week with 4 January; weeks begin on Monday.
    const fourth = Date.UTC(year, 0, 4);
    const daysSinceMonday = (new Date(fourth).getUTCDay() + 6) % 7;
    return fourth + ((week - 1) * 7 - daysSinceMonday) * DAY;
  }

  /** Return the values of a column in a form that can be compared; null for empty cells. */
  function columnValues(rows, column) {
    const texts = rows.map((row) => row.cells[column].textContent.trim());
    for (const read of [numberOf, dayOf]) {
      if (texts.every((text) => text === "" || read(text) !== null)) {
        return texts.map((text) => (text === "" ? null : read(text)));
      }
    }
    return texts.map((text) => (text === "" ? null : text));
  }

  function compareValues(a, b) {
    if (typeof a === "string") {
      return collator.compare(a, b);
    }
    if (a === b) {
      return 0; // also for two infinite numbers, whose difference is not a number
    }
    return a < b ? -1 : 1;
  }

  /** Return the rows in the order of a column. Empty cells are last in either direction. */
  function sortedRows(rows, column, isDescending) {
    const values = new Map();
    columnValues(rows, column).forEach((value, i) => values.set(rows[i], value));
    const filled = rows.filter((row) => values.get(row) !== null);
    const empty = rows.filter((row) => values.get(row) === null);
    const direction = isDescending ? -1 : 1;
    filled.sort((a, b) => direction * compareValues(values.get(a), values.get(b)));
    return [...filled, ...empty];
  }

  // What a click makes of the order of a column: the third one restores the order of the report.
  const NEXT_ORDER = { none: "ascending", ascending: "descending", descending: "none" };

  function makeSortable(table) {
    const body = table.tBodies[0];
    const originalRows = [...body.rows];
    const dataRows = originalRows.filter((row) => !row.classList.contains("gap"));
    const gapRows = originalRows.filter((row) => row.classList.contains("gap"));
    const headings = [...table.tHead.rows[0].cells];

    function sortBy(heading) {
      const order = NEXT_ORDER[heading.getAttribute("aria-sort") ?? "none"];
      headings.forEach((each) => each.removeAttribute("aria-sort"));
      if (order === "none") {
        body.append(...originalRows);
        return;
      }
      heading.setAttribute("aria-sort", order);
      const sorted = sortedRows(dataRows, headings.indexOf(heading), order === "descending");
      // Rows that were left out could belong anywhere, so their sign comes last.
      body.append(...sorted, ...gapRows);
    }

    for (const heading of headings) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sortBy(heading));
      heading.append(button);
    }
  }

  // Filtering tables

  function makeFilterable(table) {
    const rows = [...table.tBodies[0].rows];
    const dataRows = rows.filter((row) => !row.classList.contains("gap"));
    if (dataRows.length <= SHOWN_ROWS) {
      return;
    }
    const texts = new Map(); // of rows, as they are compared; filled when the filter is used

    const field = document.createElement("input");
    field.type = "search";
    field.autocomplete = "off";
    const label = document.createElement("label");
    label.append(`${WORDING.filter} `, field);
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    const filter = document.createElement("div");
    filter.className = "table-filter";
    filter.append(label, " ", status);
    (table.closest(".table") ?? table).before(filter);

    function textOfRow(row) {
      if (!texts.has(row)) {
        const cells = [...row.cells].map((cell) => cell.textContent);
        texts.set(row, fold(cells.join("\n")).text);
      }
      return texts.get(row);
    }

    function showMatchingRows() {
      const terms = termsOf(field.value);
      const isFiltered = terms.length > 0;
      let shown = 0;
      for (const row of rows) {
        const isGap = row.classList.contains("gap");
        const isShown = !isFiltered || (!isGap && containsAll(textOfRow(row), terms));
        row.hidden = !isShown;
        shown += isShown ? 1 : 0;
      }
      table.classList.toggle("filtered", isFiltered);
      status.textContent = isFiltered ? WORDING.rows(shown, dataRows.length) : "";
    }

    field.addEventListener("input", showMatchingRows);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        field.value = "";
        showMatchingRows();
      }
    });
  }

  // Start

  for (const table of document.querySelectorAll("table.reader-table")) {
    makeSortable(table);
    makeFilterable(table);
  }
  if (search && sections.length > 0) {
    startSearch();
  }
  window.addEventListener("hashchange", followAddress);
  followAddress();
})();
