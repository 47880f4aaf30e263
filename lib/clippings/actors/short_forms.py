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
from clippings.core.tokens import fold

# Weights in points, on the scale of `name_types`
COUNTRY_WEIGHT = 4.0  # a name with such a clue is not a short form of a person's name
FULLER_NAME_WEIGHT = 4.0  # for a short form of the name of a person
SHORT_ORGANISATION = Clue("organisation", 1.2, "the beginning of an organisation’s name")

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
    is_weak: bool = False  # nothing but two capitals speaks for its being a person

    @property
    def gender(self) -> str:
        """The gender that the first name shows; "" if it does not."""
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
        person.is_weak = weight < WEAK_NAME_WEIGHT and not person.is_in_codebook
    by_surname: dict[str, list[Person]] = defaultdict(list)
    by_given_name: dict[str, list[Person]] = defaultdict(list)
    label_of_form: dict[str, str] = {}
    for person in persons:
        for surname in {name.surname for name in person.names}:
            by_surname[surname].append(person)
        for given in {given for name in person.names for given in name.given if len(given) > 1}:
            by_given_name[given].append(person)
        for form in person.forms:
            label_of_form[form] = person.label

    countries = {
        label
        for label, clues in clues_by_label.items()
        if any(clue.weight >= COUNTRY_WEIGHT and clue.type == "place" for clue in clues)
    }
    beginnings = _beginnings_of_organisations(candidates, types)
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
            _link_surname(candidate, by_surname[name.surname])
        elif name.surname in by_given_name:
            _link_first_name(candidate, by_given_name[name.surname])
        elif label in beginnings:
            candidate.clues = [*candidate.clues, SHORT_ORGANISATION]


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
        if name.given:
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


def _link_surname(candidate: Candidate, bearers: list[Person]) -> None:
    """Link a surname to the one person whom it can mean."""
    is_weak = all(person.is_weak for person in bearers)
    candidate.clues = [*candidate.clues, WEAK_SURNAME if is_weak else SURNAME]
    gender = _gender_of_title(candidate)
    possible = [person for person in bearers if not gender or person.gender in ("", gender)]
    if not possible:
        # "Mrs Bell" in an article about Tom Bell is somebody else
        candidate.label = f"{_title_before(candidate)} {candidate.label}"
        return
    same_gender = [person for person in possible if gender and person.gender == gender]
    if len(same_gender) == 1:
        possible = same_gender
    if len(possible) > 1:
        possible = _named_last(candidate, possible)
    if len(possible) == 1:
        candidate.label = possible[0].label


def _link_first_name(candidate: Candidate, bearers: list[Person]) -> None:
    """Link a first name alone to its one bearer; "Acme" is not the first name of "Acme Motors"."""
    if all(person.is_weak for person in bearers) and fold(candidate.label) not in first_names():
        return
    candidate.clues = [*candidate.clues, FIRST_NAME]
    if len(bearers) == 1:
        candidate.label = bearers[0].label


def _named_last(candidate: Candidate, persons: list[Person]) -> list[Person]:
    """The persons whose longer name stands last before a surname: in this paragraph, or before."""
    paragraph = candidate.passage.start
    in_paragraph = [
        person
        for person in persons
        if bisect_left(person.starts, candidate.start) > bisect_left(person.starts, paragraph)
    ]
    if in_paragraph:
        return in_paragraph
    return persons


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
