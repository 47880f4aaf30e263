"""Short forms of names within an article: "Bell", "Mrs Bell", "J. Bell" and "Annie" are Anna Bell.

Two people of one surname stay apart unless a title, a first name or the paragraph decides.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from clippings.actors.candidates import CODEBOOK_ALIAS, Candidate, pool_clues, types_of_labels
from clippings.actors.first_names import first_names, gender_of_first_name
from clippings.actors.name_types import TITLE_BEFORE, Clue, known_places
from clippings.actors.offices import TITLES
from clippings.actors.person_names import PersonName, may_be_one_person, parse_name
from clippings.actors.persons import genders_of_words
from clippings.core.lexicon import words_of
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

TITLE_CONTEXT_LENGTH = 14  # characters before a name, where "Mrs. " stands


@dataclass
class Person:
    """A person of the article and the names that are theirs."""

    label: str
    names: list[PersonName] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # of mentions by a longer name, in order
    is_in_codebook: bool = False
    is_surname_only: bool = False  # the article has no first name: "President Bell"
    title_gender: str = ""  # what a title shows: "Mrs Bell"
    is_weak: bool = False  # nothing but two capitals speaks for its being a person

    @property
    def gender(self) -> str:
        """The gender that a title or the first name shows; "" if neither does."""
        if self.title_gender:
            return self.title_gender
        for name in self.names:
            if name.given and gender_of_first_name(name.given[0]):
                return gender_of_first_name(name.given[0])
        return ""


def link_short_forms(candidates: list[Candidate]) -> None:
    """Give all names of one person in an article the same label, the fullest form.

    Parameters
    ----------
    candidates : list of Candidate
        The names of an article; their labels and clues are changed.
    """
    types = types_of_labels(candidates)
    persons = _persons(candidates, types)
    clues_by_label = pool_clues(candidates)
    for person in persons:
        clues = [clue for form in person.forms for clue in clues_by_label.get(form, [])]
        weight = sum(clue.weight for clue in clues if clue.type == "person")
        is_weak = weight < WEAK_NAME_WEIGHT and not person.is_in_codebook
        person.is_weak = is_weak and not person.is_surname_only
    by_surname: dict[str, list[Person]] = defaultdict(list)
    by_given_name: dict[str, list[Person]] = defaultdict(list)
    label_of_form: dict[str, str] = {}
    persons += _unnamed_bearers(candidates, persons)
    for person in persons:
        for surname in {name.surname for name in person.names}:
            by_surname[surname].append(person)
        for given in {given for name in person.names for given in name.given if len(given) > 1}:
            by_given_name[given].append(person)
        if not person.is_surname_only:
            label_of_form |= dict.fromkeys(person.forms, person.label)

    countries = {
        label
        for label, clues in clues_by_label.items()
        if any(clue.weight >= COUNTRY_WEIGHT and clue.type == "place" for clue in clues)
    }
    main_persons = _main_persons(candidates, by_surname)
    beginnings = _beginnings_of_organisations(candidates, types)
    natures = _names_after_nature(candidates)
    for candidate in candidates:
        if candidate.rule == CODEBOOK_ALIAS:
            continue
        label = candidate.label
        if label in label_of_form:
            if label_of_form[label] != label:
                candidate.label = label_of_form[label]
                candidate.clues = [*candidate.clues, OTHER_FORM]
            continue
        name = parse_name(label)
        is_titled = TITLE_BEFORE in candidate.clues
        if name.given or (label in countries and not is_titled):
            continue
        is_place = fold(label) in known_places()
        if is_place and not any(clue.type == "person" for clue in candidate.clues):
            continue  # "Washington" in an article about Anna Washington
        if name.surname in by_surname:
            _link_surname(candidate, by_surname[name.surname], main_persons.get(name.surname))
        elif name.surname in by_given_name:
            _link_first_name(candidate, by_given_name[name.surname])
        elif label in beginnings:
            candidate.clues = [*candidate.clues, SHORT_ORGANISATION]
        elif label in natures:
            candidate.clues = [*candidate.clues, SHORT_PLACE]
            candidate.label = natures[label]


def _persons(candidates: list[Candidate], types: dict[str, str]) -> list[Person]:
    """The persons whom the article names with more than a surname."""
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
        name = parse_name(form)
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
            else:  # nobody yet, or two people of whom it may be one
                person = persons.setdefault(form, Person(form))
        else:
            continue
        # the codebook may call a person "the mayor"
        if name.given and form[0].isupper():
            person.names.append(name)
            person.starts += starts[form]
        person.forms.append(form)
    for person in persons.values():
        person.starts.sort()
        if not person.is_in_codebook:
            person.label = max(person.forms, key=_quality)
    return list(persons.values())


def _agrees(name: PersonName, other: PersonName) -> bool:
    return name == other or may_be_one_person(name, other)


def _fullness(form: str) -> tuple[int, int, int]:
    """Sort key: the fullest form first, capitals throughout last."""
    return (form.isupper(), -len(form.split()), -len(form))


def _quality(form: str) -> tuple[bool, bool, int, int, str]:
    """Sort key: a label begins with a first name, is not in capitals, and leaves nothing out."""
    first_word = fold(form.split()[0]).removesuffix(".")
    begins_well = len(first_word) == 1 or first_word in first_names()
    return (begins_well, not form.isupper(), len(form.split()), len(form), form)


def _unnamed_bearers(candidates: list[Candidate], persons: list[Person]) -> list[Person]:
    """Further bearers of a surname, of whom the article gives a title but no first name.

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

    further: dict[str, Person] = {}
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
        person = further.setdefault(label, Person(label, [name], is_surname_only=True))
        person.title_gender = gender
    return list(further.values())


def _is_somebody_else(
    candidate: Candidate, bearers: list[Person], roles_of: dict[str, set[str]]
) -> bool:
    """Return whether a role belongs to nobody named so far and to none of the full names."""
    role = candidate.role.split()[-1]
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
    """Link a surname to the one person whom it can mean."""
    is_weak = all(person.is_weak for person in bearers)
    candidate.clues = [*candidate.clues, WEAK_SURNAME if is_weak else SURNAME]
    gender = _gender_of_title(candidate)
    possible = [person for person in bearers if not gender or person.gender in ("", gender)]
    same_gender = [person for person in possible if gender and person.gender == gender]
    if len(same_gender) == 1:
        possible = same_gender
    if len(possible) > 1:
        possible = _named_last(candidate, possible, main_person)
    if len(possible) == 1:
        candidate.label = possible[0].label


def _link_first_name(candidate: Candidate, bearers: list[Person]) -> None:
    """Link a first name alone to its one bearer; "Acme" is not the first name of "Acme Motors"."""
    if all(person.is_weak for person in bearers) and fold(candidate.label) not in first_names():
        return
    candidate.clues = [*candidate.clues, FIRST_NAME]
    if len(bearers) == 1:
        candidate.label = bearers[0].label


def _named_last(
    candidate: Candidate, persons: list[Person], main_person: Person | None
) -> list[Person]:
    """The persons whom a surname of several can mean, by what the text names before it."""
    paragraph = candidate.passage.start
    in_paragraph = [
        person
        for person in persons
        if bisect_left(person.starts, candidate.start) > bisect_left(person.starts, paragraph)
    ]
    if main_person in persons:
        # "Cruz" is Ted Cruz, but who is it after "Heidi Cruz"?
        is_clear = not in_paragraph or in_paragraph == [main_person]
        return [main_person] if is_clear else persons
    return in_paragraph or persons


def _main_persons(
    candidates: list[Candidate], by_surname: dict[str, list[Person]]
) -> dict[str, Person | None]:
    """The person who goes by each surname that several people bear."""
    surname_starts: dict[str, list[int]] = {
        surname: [] for surname, bearers in by_surname.items() if len(bearers) > 1
    }
    if not surname_starts:
        return {}
    for candidate in sorted(candidates, key=lambda candidate: candidate.start):
        name = parse_name(candidate.label)
        if not name.given and name.surname in surname_starts:
            surname_starts[name.surname].append(candidate.start)
    return {
        surname: _main_person(by_surname[surname], starts)
        for surname, starts in surname_starts.items()
    }


def _main_person(bearers: list[Person], surname_starts: list[int]) -> Person | None:
    """The person who goes by the surname: named so before the article names another bearer.

    Newspapers give further bearers, as a rule relatives, their first names all the time.
    """
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


def _title_before(candidate: Candidate) -> str:
    """The word before a name."""
    start = candidate.start - candidate.passage.start
    before = candidate.passage.text[max(0, start - TITLE_CONTEXT_LENGTH) : start].split()
    return before[-1] if before else ""


def _gender_of_title(candidate: Candidate) -> str:
    """The gender of the title before a name; "" without one."""
    title = fold(_title_before(candidate)).removesuffix(".")
    return genders_of_words().get(title, "") if title in TITLES else ""


def _beginnings_of_organisations(candidates: list[Candidate], types: dict[str, str]) -> set[str]:
    """Single words with which the names of organisations begin: "Acme" of "Acme Corp."."""
    return {
        label.split()[0]
        for label in {candidate.label for candidate in candidates}
        if types[label] == "organisation" and " " in label
    }


def _names_after_nature(candidates: list[Candidate]) -> dict[str, str]:
    """Single words that follow a word for nature, and the full name: "Lenn", "River Lenn"."""
    names = {}
    for label in sorted({candidate.label for candidate in candidates}):
        words = label.split()
        if len(words) == 2 and fold(words[0]) in NATURE:
            names[words[1]] = label
    return names
