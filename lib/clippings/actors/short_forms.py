"""Short forms of names within an article: "Bell", "Mrs Bell", "J. Bell" and "Annie" are Anna Bell.

If two people have the same surname, short forms are linked only if a title, a first name or the
paragraph identifies the person, or if the article shows who goes by the surname (`_main_person`).
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain, pairwise

from clippings.actors.candidates import CODEBOOK_ALIAS, Candidate, pool_clues, types_of_labels
from clippings.actors.first_names import (
    clear_first_names,
    first_names,
    full_forms_of,
    gender_of_first_name,
)
from clippings.actors.name_types import (
    CONTEXT_LENGTH,
    KIN,
    KIN_BEFORE,
    TITLE_BEFORE,
    Clue,
    known_places,
)
from clippings.actors.offices import TITLES
from clippings.actors.person_names import (
    PersonName,
    may_be_one_person,
    parse_full_name,
    parse_name,
)
from clippings.actors.persons import FEMALE, MALE, gender_of_counts, genders_of_words
from clippings.core.lexicon import either, words_of
from clippings.core.tokens import fold

# Weights in points, on the scale of `name_types`
COUNTRY_WEIGHT = 4.0  # a name with such a clue is not a short form of a person's name
FULLER_NAME_WEIGHT = 4.0  # for a short form of the name of a person
SHORT_ORGANISATION = Clue("organisation", 1.2, "the beginning of an organisation’s name")

SHORT_PLACE = Clue("place", 2.0, "the name of a river or the like")
NATURE = words_of("en/names/place_heads", kind="nature")

SURNAME = Clue("person", FULLER_NAME_WEIGHT, "the end of a fuller name")
FIRST_NAME = Clue("person", FULLER_NAME_WEIGHT, "the beginning of a fuller name")
# Little but two capitals speaks for the fuller name's being a person's: "Red Star"
WEAK_NAME_WEIGHT = 1.5
WEAK_SURNAME = SURNAME._replace(weight=1.0)
OTHER_FORM = Clue("person", 0.0, "another form of a fuller name")
LONGER_FORM = Clue("person", 2.0, "ends with the name of a person")
SHARED_SURNAME = Clue("person", FULLER_NAME_WEIGHT, "shares the surname after “and”")

# Offices whose holders articles need not name in full
OFFICES_WITHOUT_FIRST_NAMES = words_of("en/names/syntax", kind="office without a first name")

TITLE_CONTEXT_LENGTH = 14  # characters before a name, in which "Mrs. " can be

# "Bill and Anna Bell", "Charles G. and David H. Bell"
JOINED_FIRST_NAMES = re.compile(r"\.?\s+(?:and|&)\s+")

# "daughter Anna Bell", which `KIN` does not match, but not "the daughter Anna Bell"
BARE_KIN = re.compile(rf"(?<!\bthe\s)(?<!\ban\s)(?<!\ba\s)\b{either(words_of('en/names/kin'))}\s+$")

# "Bell said she would", "Bell and his wife": no other name and no quotation in between. "Bell
# thanked her for it" says nothing about Bell.
PRONOUN_CONTEXT_LENGTH = 120  # characters after a name, about a sentence
_stopword = either(words_of("en/text/stopwords"))
PRONOUN_AFTER_SURNAME = re.compile(
    rf"""
    [^A-Z.!?“”"]*?
    \b (?: (?P<{MALE}> he | his | himself )
         | (?P<{FEMALE}> she | herself | her (?= \s+ (?! {_stopword} \b ) [a-z] ) ) )
    \b
    """,
    re.VERBOSE,
)

# Mentions by the first name alone before it counts as what the article calls a person
MIN_FIRST_NAME_MENTIONS = 3


@dataclass
class Person:
    """A person of the article and the names that are theirs."""

    label: str
    names: list[PersonName] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # of mentions by more than a surname, in order
    is_in_codebook: bool = False
    is_surname_only: bool = False  # the article has no first name: "President Bell"
    title_gender: str = ""  # what a title shows: "Mrs Bell"
    is_weak: bool = False  # nothing but two capitals speaks for its being a person
    is_relative: bool = False  # introduced as somebody's relative: "his wife, Anna Bell"

    @property
    def gender(self) -> str:
        """Return the gender that a title or the first name shows; "" if neither does."""
        if self.title_gender:
            return self.title_gender
        for name in self.names:
            if name.given and gender_of_first_name(name.given[0]):
                return gender_of_first_name(name.given[0])
        return ""


@dataclass
class _NamesOfArticle:
    """The persons of an article by their names, and what else a short form may mean in it."""

    clues_by_label: dict[str, list[Clue]]
    by_surname: dict[str, list[Person]]
    by_given_name: dict[str, list[Person]]
    by_short_first_name: dict[str, list[Person]]  # "larry": Lawrence Bell
    main_persons: dict[str, Person | None]  # who goes by a surname that several people bear
    label_of_form: dict[str, str]  # full names: the fullest form of the same person's name
    countries: set[str]
    beginnings_of_organisations: set[str]  # "Acme" of "Acme Corp."
    names_after_nature: dict[str, str]  # "Lenn": "River Lenn"


def link_short_forms(candidates: list[Candidate]) -> None:
    """Label all names of a person in an article with the fullest form.

    Parameters
    ----------
    candidates : list of Candidate
        The names of an article; their labels and clues are changed.
    """
    names_of_article = _names_of_article(candidates, _complete_names(candidates))
    for candidate in candidates:
        if candidate.rule != CODEBOOK_ALIAS:
            _link_candidate(candidate, names_of_article)


def _complete_names(candidates: list[Candidate]) -> dict[str, str]:
    """Complete first names and type longer forms; return the type of each label afterwards."""
    types = types_of_labels(candidates)
    if _complete_first_names(candidates, types):
        types = types_of_labels(candidates)
    if _type_longer_forms(candidates, types):
        types = types_of_labels(candidates)
    return types


def _names_of_article(candidates: list[Candidate], types: dict[str, str]) -> _NamesOfArticle:
    """Collect the persons of an article and what else its short forms may mean."""
    clues_by_label = pool_clues(candidates)
    persons = _persons(candidates, types)
    _mark_weak(persons, clues_by_label)
    persons += _unnamed_bearers(candidates, persons)
    _mark_relatives(candidates, persons)

    by_surname: dict[str, list[Person]] = defaultdict(list)
    by_given_name: dict[str, list[Person]] = defaultdict(list)
    label_of_form: dict[str, str] = {}
    for person in persons:
        for surname in {name.surname for name in person.names}:
            by_surname[surname].append(person)
        given_names = set(chain.from_iterable(name.given for name in person.names))
        for given in given_names:
            if len(given) > 1:  # not an initial
                by_given_name[given].append(person)
        if not person.is_surname_only:
            label_of_form |= dict.fromkeys(person.forms, person.label)

    countries = {
        label
        for label, clues in clues_by_label.items()
        if any(clue.weight >= COUNTRY_WEIGHT and clue.type == "place" for clue in clues)
    }
    return _NamesOfArticle(
        clues_by_label=clues_by_label,
        by_surname=by_surname,
        by_given_name=by_given_name,
        by_short_first_name=_bearers_of_short_forms(candidates, by_given_name),
        main_persons=_main_persons(candidates, by_surname),
        label_of_form=label_of_form,
        countries=countries,
        beginnings_of_organisations=_beginnings_of_organisations(candidates, types),
        names_after_nature=_names_after_nature(candidates),
    )


def _mark_weak(persons: list[Person], clues_by_label: dict[str, list[Clue]]) -> None:
    """Mark the persons whose names may belong to something else: "Red Star"."""
    for person in persons:
        clues = chain.from_iterable(clues_by_label.get(form, []) for form in person.forms)
        weight = sum(clue.weight for clue in clues if clue.type == "person")
        is_weak = weight < WEAK_NAME_WEIGHT and not person.is_in_codebook
        person.is_weak = is_weak and not person.is_surname_only


def _link_candidate(candidate: Candidate, names: _NamesOfArticle) -> None:
    """Label a name with the fullest form, if it is a form of another name of the article."""
    label = candidate.label
    name = parse_name(label)
    if label in names.label_of_form and len(name.surname) > 1:
        if names.label_of_form[label] != label:
            candidate.label = names.label_of_form[label]
            candidate.clues = [*candidate.clues, OTHER_FORM]
        return
    if len(name.surname) == 1:
        _link_surname_initial(candidate, name, names.by_given_name)
        return
    is_country = label in names.countries and TITLE_BEFORE not in candidate.clues
    if name.given or is_country:
        return
    is_place = fold(label) in known_places()
    if is_place and not any(clue.type == "person" for clue in candidate.clues):
        return  # "Washington" in an article about Anna Washington
    _link_single_word(candidate, name.surname, names)


def _link_single_word(candidate: Candidate, word: str, names: _NamesOfArticle) -> None:
    """Link a name of one word to a person, an organisation or a river of the article."""
    label = candidate.label
    clues = names.clues_by_label[label]
    is_relative = KIN_BEFORE in candidate.clues  # "his son, Larry" is not Lawrence Bell
    if word in names.by_surname:
        _link_surname(candidate, names.by_surname[word], names.main_persons.get(word))
    elif word in names.by_given_name:
        _link_first_name(candidate, names.by_given_name[word], clues)
    elif word in names.by_short_first_name and not is_relative:
        _link_first_name(candidate, names.by_short_first_name[word], clues)
    elif label in names.beginnings_of_organisations:
        candidate.clues = [*candidate.clues, SHORT_ORGANISATION]
    elif label in names.names_after_nature:
        candidate.clues = [*candidate.clues, SHORT_PLACE]
        candidate.label = names.names_after_nature[label]


def _mark_relatives(candidates: list[Candidate], persons: list[Person]) -> None:
    """Mark the persons who are introduced as relatives: "his wife, Anna Bell"."""
    person_of_form = {form: person for person in persons for form in person.forms}
    for candidate in candidates:
        person = person_of_form.get(candidate.label)
        if person is None or person.is_relative:
            continue
        start = candidate.start - candidate.passage.start
        before = candidate.passage.text[max(0, start - CONTEXT_LENGTH) : start]
        person.is_relative = bool(KIN.search(before) or BARE_KIN.search(before))


def _persons(candidates: list[Candidate], types: dict[str, str]) -> list[Person]:
    """Return the persons whom the article names with more than a surname."""
    starts: dict[str, list[int]] = defaultdict(list)
    actor_of_form: dict[str, str] = {}  # by the codebook
    for candidate in candidates:
        if types[candidate.label] != "person":
            continue
        form = candidate.label
        if candidate.rule == CODEBOOK_ALIAS:
            form = " ".join(candidate.text.split())
            actor_of_form[form] = candidate.label
            actor_of_form[candidate.label] = candidate.label
            starts.setdefault(candidate.label, [])
        starts[form].append(candidate.start)

    persons: dict[str, Person] = {}
    for form in sorted(starts, key=lambda form: (form not in actor_of_form, _fullness(form), form)):
        name = parse_full_name(form, starts)
        actor = actor_of_form.get(form)
        if actor is not None:
            person = persons.setdefault(actor, Person(actor, is_in_codebook=True))
        elif name.given:
            possible = [
                person
                for person in persons.values()
                if person.names and all(_agrees(name, other) for other in person.names)
            ]
            if len(possible) == 1:
                [person] = possible
            else:  # none yet, or two possible persons
                person = persons.setdefault(form, Person(form))
        else:
            continue
        # the codebook may call a person "the mayor"
        if name.given and form.lstrip("[")[0].isupper():
            person.names.append(name)
            person.starts += starts[form]
        person.forms.append(form)
    for person in persons.values():
        person.starts.sort()
        if not person.is_in_codebook:
            person.label = max(person.forms, key=_quality)
    return list(persons.values())


def _agrees(name: PersonName, other: PersonName) -> bool:
    """Return whether two names are equal or may belong to one person."""
    return name == other or may_be_one_person(name, other)


def _fullness(form: str) -> tuple[int, int, int]:
    """Sort key: the fullest form first, capitals throughout last."""
    return (form.isupper(), -len(form.split()), -len(form))


def _quality(form: str) -> tuple[bool, bool, bool, int, int, str]:
    """Sort key: a label begins with a first name, is not in capitals, and leaves nothing out.

    A name completed by an editor, "Anna [Bell]", comes last.
    """
    first_word = fold(form.split()[0]).removesuffix(".")
    begins_well = len(first_word) == 1 or first_word in first_names()
    return ("[" not in form, begins_well, not form.isupper(), len(form.split()), len(form), form)


def _unnamed_bearers(candidates: list[Candidate], persons: list[Person]) -> list[Person]:
    """Return further bearers of a surname who are mentioned with a title but no first name.

    "Mrs Bell" in an article about Tom Bell is somebody else; "President Bell" is, if only his wife
    Anna Bell is named, and only later.
    """
    bearers = defaultdict(list)
    for person in persons:
        for surname in {name.surname for name in person.names}:
            bearers[surname].append(person)
    roles_of = defaultdict(set)
    for candidate in candidates:
        roles_of[candidate.label] |= set(candidate.role.split())

    further: dict[str, list[Person]] = defaultdict(list)  # by surname
    for candidate in candidates:
        name = parse_name(candidate.label)
        same_surname = bearers.get(name.surname, ())
        if name.given or not same_surname or candidate.rule == CODEBOOK_ALIAS:
            continue
        gender = _gender_of_title(candidate)
        if gender and all(person.gender not in ("", gender) for person in same_surname):
            label = f"{_title_before(candidate)} {candidate.label}"
        elif candidate.role and not gender and _is_somebody_else(candidate, same_surname, roles_of):
            label = candidate.label
        else:
            continue
        # "Mr Bell" and "President Bell" are one, "Mrs Bell" is not
        possible = [
            person
            for person in further[name.surname]
            if not gender or person.title_gender in ("", gender)
        ]
        if possible:
            person = possible[0]
        else:
            person = Person(label, [name], is_surname_only=True)
            further[name.surname].append(person)
        if gender and not person.title_gender:
            person.title_gender = gender
            person.label = label
        person.starts.append(candidate.start)

    unnamed = list(chain.from_iterable(further.values()))
    for person in unnamed:
        person.starts.sort()
    return unnamed


def _is_somebody_else(
    candidate: Candidate, bearers: list[Person], roles_of: dict[str, set[str]]
) -> bool:
    """Return whether a role belongs to nobody named so far and to none of the full names.

    A headline says "President Bell" before the article says "Anna Bell". Who has a lesser office,
    "General Bell", is as a rule named in full further on.
    """
    role = candidate.role.split()[-1]
    if candidate.passage.label == "headline" or role not in OFFICES_WITHOUT_FIRST_NAMES:
        return False
    for person in bearers:
        is_known = bool(person.starts) and person.starts[0] < candidate.start
        if (
            is_known
            or person.is_in_codebook
            or any(role in roles_of[form] for form in person.forms)
        ):
            return False
    return True


def _link_surname(candidate: Candidate, bearers: list[Person], main_person: Person | None) -> None:
    """Link a surname to the only person it can refer to."""
    bearers = _without_weak(bearers)
    candidate.clues = [*candidate.clues, WEAK_SURNAME if bearers[0].is_weak else SURNAME]
    gender = _gender_of_title(candidate)
    possible = [person for person in bearers if not gender or person.gender in ("", gender)]
    same_gender = [person for person in possible if gender and person.gender == gender]
    if len(same_gender) == 1:
        possible = same_gender
    if len(possible) > 1:
        possible = _named_last(candidate, possible, main_person)
    if len(possible) == 1:
        candidate.label = possible[0].label


def _without_weak(bearers: list[Person]) -> list[Person]:
    """Leave out what may not be a person, unless all are so: "Notice Bell sniffing at it".

    "Bill Bell" remains, although "bill" is also a common word.
    """
    return [
        person
        for person in bearers
        if not person.is_weak
        or any(name.given and name.given[0] in first_names() for name in person.names)
    ] or bearers


def _link_first_name(candidate: Candidate, bearers: list[Person], clues: list[Clue]) -> None:
    """Link a first name alone to its one bearer; "Acme" is not the first name of "Acme Motors"."""
    is_first_name = fold(candidate.label) in first_names() or TITLE_BEFORE in clues
    if all(person.is_weak for person in bearers) and not is_first_name:
        return
    candidate.clues = [*candidate.clues, FIRST_NAME]
    if len(bearers) == 1:
        candidate.label = bearers[0].label


def _link_surname_initial(
    candidate: Candidate, name: PersonName, by_given_name: dict[str, list[Person]]
) -> None:
    """Link a first name with the initial of a surname, "Anna B.", to the one person it may be."""
    if len(name.given) != 1:
        return
    possible = [
        person
        for person in by_given_name.get(name.given[0], ())
        if any(
            other.surname.startswith(name.surname) and other.surname != name.surname
            for other in person.names
        )
    ]
    if len(possible) == 1:
        candidate.label = possible[0].label
        candidate.clues = [*candidate.clues, OTHER_FORM]


def _bearers_of_short_forms(
    candidates: list[Candidate], by_given_name: dict[str, list[Person]]
) -> dict[str, list[Person]]:
    """Return the persons to whom a short form alone may refer: "Larry", Lawrence Bell."""
    bearers: dict[str, list[Person]] = {}
    for label in sorted({candidate.label for candidate in candidates}):
        word = fold(label)
        if " " in word or word in by_given_name or word in bearers:
            continue
        persons = []
        for given in sorted(full_forms_of(word)):
            persons.extend(by_given_name.get(given, ()))
        if persons:
            bearers[word] = persons
    return bearers


def _complete_first_names(candidates: list[Candidate], types: dict[str, str]) -> bool:
    """Give a first name the surname that it shares: "Bill" of "Bill and Anna Bell".

    Return whether there was one. Unchanged if the article uses the first name with another surname.
    """
    surnames_of: dict[str, set[str]] = defaultdict(set)  # by first name
    for label, type_ in types.items():
        name = parse_name(label)
        if type_ == "person" and name.given and len(name.surname) > 1:
            surnames_of[name.given[0]].add(name.surname)
    all_surnames = set().union(*surnames_of.values())

    is_changed = False
    for first, second in pairwise(sorted(candidates, key=lambda candidate: candidate.start)):
        if CODEBOOK_ALIAS in (first.rule, second.rule) or first.passage is not second.passage:
            continue
        gap_start = first.end - first.passage.start
        gap_end = second.start - second.passage.start
        if not JOINED_FIRST_NAMES.fullmatch(first.passage.text, gap_start, gap_end):
            continue
        surname = _surname_shared_by(first.label, second.label, types)
        if not surname:
            continue
        first_name = fold(first.label.split()[0])
        if first_name in all_surnames:  # "Cooper and Anna Bell", after Tom Cooper
            continue
        if surnames_of[first_name] <= {parse_name(second.label).surname}:
            has_initial = len(first.label.split()[-1]) == 1  # "Charles G", whose stop is outside
            first.label = f"{first.label}{'.' if has_initial else ''} {surname}"
            first.clues = [*first.clues, SHARED_SURNAME]
            is_changed = True
    return is_changed


def _surname_shared_by(first_label: str, full_label: str, types: dict[str, str]) -> str:
    """Return the surname of a full name after "and", if the other is a first name; "" otherwise."""
    first_name, *initials = first_label.split()
    if fold(first_name) not in clear_first_names() or any(len(word) > 2 for word in initials):
        return ""
    words = full_label.split()
    if types[full_label] != "person" or fold(words[0]) not in first_names():
        return ""
    last_given = 0
    while last_given + 1 < len(words) - 1 and len(words[last_given + 1].rstrip(".")) == 1:
        last_given += 1
    return " ".join(words[last_given + 1 :])


def _type_longer_forms(candidates: list[Candidate], types: dict[str, str]) -> bool:
    """Treat a name as a person's if it ends with a person's full name: "Nan Lai Suu Bell".

    Return whether there was one.
    """
    full_names = {
        label for label, type_ in types.items() if type_ == "person" and parse_name(label).given
    }
    is_changed = False
    for candidate in candidates:
        if types[candidate.label]:
            continue
        words = candidate.label.split()
        endings = {" ".join(words[first:]) for first in range(1, len(words) - 1)}
        if not full_names.isdisjoint(endings):
            candidate.clues = [*candidate.clues, LONGER_FORM]
            is_changed = True
    return is_changed


def _named_last(
    candidate: Candidate, persons: list[Person], main_person: Person | None
) -> list[Person]:
    """Return the bearers of a shared surname who can be meant, according to the preceding names."""
    paragraph = candidate.passage.start
    in_paragraph = [
        person
        for person in persons
        if bisect_left(person.starts, candidate.start) > bisect_left(person.starts, paragraph)
    ]
    if main_person in persons:
        # "Cruz" is Ted Cruz, but who is it after "Heidi Cruz"?
        is_clear = not in_paragraph or main_person in in_paragraph
        return [main_person] if is_clear else persons
    return in_paragraph or persons


def _main_persons(
    candidates: list[Candidate], by_surname: dict[str, list[Person]]
) -> dict[str, Person | None]:
    """Return the person who goes by each surname that several people bear."""
    bare_surnames: dict[str, list[Candidate]] = {
        surname: [] for surname, bearers in by_surname.items() if len(bearers) > 1
    }
    if not bare_surnames:
        return {}
    single_words = Counter[str]()
    for candidate in sorted(candidates, key=lambda candidate: candidate.start):
        name = parse_name(candidate.label)
        if name.given:
            continue
        single_words[name.surname] += 1
        if name.surname in bare_surnames:
            bare_surnames[name.surname].append(candidate)

    main_persons: dict[str, Person | None] = {}
    for surname, surname_candidates in bare_surnames.items():
        bearers = _without_persons_on_first_name_terms(
            _without_weak(by_surname[surname]), single_words, len(surname_candidates)
        )
        if len(bearers) == 1:
            [main_persons[surname]] = bearers
        else:
            main_persons[surname] = _main_person(bearers, surname_candidates)
    return main_persons


def _without_persons_on_first_name_terms(
    bearers: list[Person], single_words: Counter[str], surname_count: int
) -> list[Person]:
    """Leave out whom the article calls by the first name: children, above all.

    In an article about the boy Tom Bell that mostly says "Tom", "Bell" is his father. The first
    name must be more frequent than the surname, because headlines use first names of politicians.
    """

    def first_name_count(person: Person) -> int:
        first_names_of_person = {name.given[0] for name in person.names if name.given}
        return max((single_words[given] for given in first_names_of_person), default=0)

    min_count = max(MIN_FIRST_NAME_MENTIONS, surname_count + 1)
    others = [person for person in bearers if first_name_count(person) < min_count]
    return others or bearers


def _main_person(bearers: list[Person], surnames: list[Candidate]) -> Person | None:
    """Return the person who goes by a surname; None if this is unclear.

    Newspapers always name further bearers, usually relatives, with their first names. So three
    signs count: a bearer is called by the surname before another is named; the others are
    introduced as relatives; pronouns after the surname have the gender of one bearer only.
    """
    signs = [
        _called_so_first(bearers, [candidate.start for candidate in surnames]),
        _only_one_who_is_no_relative(bearers),
        _bearer_of_pronouns(bearers, surnames),
    ]
    shown = [person for person in signs if person is not None]
    is_agreed = bool(shown) and all(person is shown[0] for person in shown)
    return shown[0] if is_agreed else None


def _called_so_first(bearers: list[Person], surname_starts: list[int]) -> Person | None:
    """Return the person who is called by the surname before the article names another bearer."""
    by_start = sorted(
        (person for person in bearers if person.starts), key=lambda person: person.starts[0]
    )
    if len(by_start) < 2:
        return None
    first_start = by_start[0].starts[0]
    second_start = by_start[1].starts[0]
    is_called_so = bisect_left(surname_starts, second_start) > bisect_left(
        surname_starts, first_start
    )
    return by_start[0] if is_called_so else None


def _only_one_who_is_no_relative(bearers: list[Person]) -> Person | None:
    """Return the bearer whose relatives all others are: Tom Bell, next to "his wife, Anna Bell"."""
    others = [person for person in bearers if not person.is_relative]
    return others[0] if len(others) == 1 else None


def _bearer_of_pronouns(bearers: list[Person], surnames: list[Candidate]) -> Person | None:
    """Return the only bearer of the gender of the pronouns that follow the surname."""
    counts = Counter({MALE: 0, FEMALE: 0})
    for candidate in surnames:
        end = candidate.end - candidate.passage.start
        pronoun = PRONOUN_AFTER_SURNAME.match(
            candidate.passage.text, end, end + PRONOUN_CONTEXT_LENGTH
        )
        if pronoun:
            counts[pronoun.lastgroup] += 1
    gender = gender_of_counts(counts)
    if not gender or any(not person.gender for person in bearers):
        return None
    of_gender = [person for person in bearers if person.gender == gender]
    return of_gender[0] if len(of_gender) == 1 else None


def _title_before(candidate: Candidate) -> str:
    """Return the word before a name."""
    start = candidate.start - candidate.passage.start
    before = candidate.passage.text[max(0, start - TITLE_CONTEXT_LENGTH) : start].split()
    return before[-1] if before else ""


def _gender_of_title(candidate: Candidate) -> str:
    """Return the gender of the title before a name; "" without one."""
    title = fold(_title_before(candidate)).removesuffix(".")
    return genders_of_words().get(title, "") if title in TITLES else ""


def _beginnings_of_organisations(candidates: list[Candidate], types: dict[str, str]) -> set[str]:
    """Return single words with which the names of organisations begin: "Acme" of "Acme Corp."."""
    return {
        label.split()[0]
        for label in {candidate.label for candidate in candidates}
        if types[label] == "organisation" and " " in label
    }


def _names_after_nature(candidates: list[Candidate]) -> dict[str, str]:
    """Map single words after a word for nature to the full name: "Lenn", "River Lenn"."""
    names = {}
    for label in sorted({candidate.label for candidate in candidates}):
        words = label.split()
        if len(words) == 2 and fold(words[0]) in NATURE:
            names[words[1]] = label
    return names
