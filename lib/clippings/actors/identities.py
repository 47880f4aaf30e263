"""Link actors across articles, so that each person is one actor under all forms of the name.

`find_mentions` links the names within an article, and `link_actors` links actors across articles.
Acronyms are linked if an article defines them. Other acronyms and typing errors are not linked, but
proposed by `clippings.actors.aliases`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import NamedTuple

import pandas as pd

from clippings.actors.acronyms import names_of_acronyms, without_legal_form
from clippings.actors.aliases import DEFINED_ACRONYM, refused_pairs
from clippings.actors.candidates import CODEBOOK_ALIAS
from clippings.actors.first_names import first_names, gender_of_first_name, may_be_one_first_name
from clippings.actors.person_names import (
    MARKS,
    PersonName,
    may_be_one_person,
    parse_full_name,
    parse_name,
)
from clippings.actors.persons import genders_of_words
from clippings.core.lexicon import words_of
from clippings.core.tables import in_order
from clippings.core.tokens import fold

# Codes of the column `reason` of links
SAME_NAME = "same_name"  # in capitals, with other signs, with "the"
MIDDLE_NAME = "middle_name"  # Donald J. Bell, Donald Bell
SHORT_FIRST_NAME = "short_first_name"  # Chuck Bell, Charles Bell
FIRST_INITIAL = "initial"  # J. Bell, John Bell
SURNAME_AND_ROLE = "surname_and_role"  # president Bell
SURNAME_AND_ACTORS = "surname_and_actors"  # Bell is named together with the same actors
SURNAME_AND_OUTLET = "surname_and_outlet"  # Bell is named by the same outlet

# The certainty of a link, 0 to 1: an order set by hand, not a probability
SCORES = {
    SAME_NAME: 1.0,
    DEFINED_ACRONYM: 0.95,
    MIDDLE_NAME: 0.95,
    SHORT_FIRST_NAME: 0.9,
    SURNAME_AND_ROLE: 0.9,
    FIRST_INITIAL: 0.85,
    SURNAME_AND_ACTORS: 0.8,
    SURNAME_AND_OUTLET: 0.75,
}

# If a surname has more bearers (Ali, Khan), only equal names are linked: the cost is quadratic.
MAX_NAMES_OF_SURNAME = 300

MIN_MENTIONS_OF_KNOWN = 5  # of a full name before surnames of unclear type are linked to it
# Number of actors that two articles must share before a surname in one of them refers to the person
# in the other. In large corpora, actors that half of the articles mention do not count.
SMALL_CORPUS = 10  # articles
MIN_SHARED_ACTORS = 2
MIN_MENTIONS_IN_LARGE_CORPUS = 2  # of a full name, in contrast to a single mention
MIN_SHARED_ACTORS_IN_SMALL_CORPUS = 1
# Number of articles that must use the surname alone for one person, and nobody else, before it
# refers to that person in other articles: a single article may be about a namesake.
MIN_ARTICLES_WITH_SURNAME = 2
MIN_MENTIONS = 3  # of a full name without a known first name before it counts as a person

# The columns in which tables name actors; those with several separate them
ACTOR_COLUMNS = ("label", "told_to", "via", "agent", "target", "candidates")
SEPARATOR = " | "


class Link(NamedTuple):
    """An actor in one article that has another name in the corpus."""

    article: str
    label: str  # the actor, as `find_mentions` labels it
    actor: str  # the name of the actor in the corpus
    reason: str
    score: float


@dataclass
class ActorInArticle:
    """An actor in one article, with its type, roles and number of mentions."""

    article: str
    label: str
    type: str
    count: int = 0  # of mentions
    full_count: int = 0  # of mentions by more than one word
    surname_count: int = 0  # of mentions by the surname alone
    roles: set[str] = field(default_factory=set)  # words of roles
    is_in_codebook: bool = False


@dataclass
class Identity:
    """A person, with all names by which articles refer to that person."""

    labels: list[str] = field(default_factory=list)
    names: list[PersonName] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)  # why a label belongs to the person
    actor: str = ""
    count: int = 0  # of mentions by a full name

    @property
    def is_certain(self) -> bool:
        """Return whether more than two capitals show a person: a first name, or mentions."""
        given = self.names[0].given[0]
        return given in first_names() or len(given) == 1 or self.count >= MIN_MENTIONS


def link_actors(
    mentions: pd.DataFrame,
    articles: pd.DataFrame | None = None,
    verdicts: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Link actors of different articles that are the same.

    Parameters
    ----------
    mentions : pandas.DataFrame
        The result of `find_mentions`.
    articles : pandas.DataFrame, optional
        The articles, which provide the outlets.
    verdicts : pandas.DataFrame, optional
        The analyst's verdicts, `codebook["verdicts"]`. Pairs with the verdict "not same" are not
        linked.

    Returns
    -------
    pandas.DataFrame
        One row per article and actor that receives a different name, sorted by article and label.

        - article, label: the actor as labelled by `find_mentions`.
        - actor: the name in the corpus, which is the name in the codebook or the most frequent full
          name.
        - reason: "same_name" (only capitals and punctuation differ), "acronym_after_name" (an
          article defines it: "Ostrand Motors (OM)"), "middle_name", "short_first_name" or
          "initial". For a surname alone, a second sign is needed:
          "surname_and_role", "surname_and_actors" (mentioned together with the same actors) or
          "surname_and_outlet".
        - score: the certainty of the link, 0 to 1.

    Notes
    -----
    Names with different first names, middle initials or suffixes (Jr., Sr.) are never linked, nor
    are ambiguous names or two actors of the codebook. To undo a link, turn the name into a separate
    actor with `split_actors`.

    If several people in the corpus have the same surname, the surname alone is linked only to a
    person whom at least two articles call by the surname, provided that no article does so for
    another person.

    Not linked: first names alone, titles without a name, and surnames in articles that mention
    several bearers without showing which of them is meant. Different people with the same full name
    are not distinguished.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> no_actors = codebook["actors"].head(0)
    >>> mentions = cl.find_mentions(cl.find_passages(articles), no_actors)
    >>> cl.link_actors(mentions)[["label", "actor", "reason", "score"]].head(1)
                       label                  actor     reason  score
    0  Valley Farmers' Union  Valley Farmers’ Union  same_name    1.0
    """
    actors = _actors_in_articles(mentions)
    refused = refused_pairs(mentions, verdicts) if verdicts is not None else set()
    types = _types_of_labels(actors)
    counts: dict[str, int] = defaultdict(int)
    full_counts: dict[str, int] = defaultdict(int)
    in_codebook = {actor.label for actor in actors if actor.is_in_codebook}
    for actor in actors:
        counts[actor.label] += actor.count
        full_counts[actor.label] += actor.full_count

    links: dict[tuple[str, str], Link] = {}
    persons = [label for label, type_ in types.items() if type_ == "person"]
    identities = _identities(persons, in_codebook, full_counts, refused)
    actor_of: dict[str, Identity] = {}
    for identity in identities:
        for label in identity.labels:
            actor_of[label] = identity

    others = [label for label, type_ in types.items() if type_ != "person"]
    same_names = _same_names(others, _key, in_codebook, counts, refused)
    companies = [label for label in others if types[label] == "organisation"]
    same_names |= _same_names(companies, _key_of_company, in_codebook, counts, refused)
    acronyms = names_of_acronyms(mentions)
    for actor in actors:
        key = (actor.article, actor.label)
        if actor.is_in_codebook:
            continue
        name = acronyms.get(key)
        if name is not None and tuple(sorted((actor.label, name))) not in refused:
            links[key] = _link(actor, same_names.get(name, name), DEFINED_ACRONYM)
        elif actor.label in same_names:
            links[key] = _link(actor, same_names[actor.label], SAME_NAME)
        elif actor.label in actor_of and actor_of[actor.label].actor != actor.label:
            identity = actor_of[actor.label]
            links[key] = _link(actor, identity.actor, identity.reasons[actor.label])

    outlets = {}
    if articles is not None:
        outlets = dict(zip(articles.article, articles.outlet, strict=True))
    for link in _links_of_surnames(actors, actor_of, types, outlets, refused):
        links.setdefault((link.article, link.label), link)
    ordered = [links[key] for key in sorted(links)]
    return pd.DataFrame(ordered, columns=Link._fields).astype(
        {"article": "str", "label": "str", "actor": "str", "reason": "str", "score": "float64"}
    )


def apply_links(table: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Replace the names of actors in a table with their names in the corpus.

    Parameters
    ----------
    table : pandas.DataFrame
        The table of mentions, quotes or events.
    links : pandas.DataFrame
        The result of `link_actors`.

    Returns
    -------
    pandas.DataFrame
        The table with the new names in its columns label, told_to, via, agent, target and
        candidates. Actors that are linked as persons have this type.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> no_actors = codebook["actors"].head(0)
    >>> mentions = cl.find_mentions(cl.find_passages(articles), no_actors)
    >>> linked = cl.apply_links(mentions, cl.link_actors(mentions))
    >>> len(linked) == len(mentions)
    True
    """
    if links.empty or table.empty:
        return table
    actor_of = {
        (article, label): actor
        for article, label, actor in zip(links.article, links.label, links.actor, strict=True)
    }
    renamed = {}
    for column in ACTOR_COLUMNS:
        # The label of an event is its kind.
        if column not in table.columns or (column == "label" and "agent" in table.columns):
            continue
        pairs = zip(table.article, table[column], strict=True)
        rename = partial(_rename, actor_of=actor_of)
        renamed[column] = pd.array([rename(*pair) for pair in pairs], dtype=table[column].dtype)
    linked = table.assign(**renamed)
    if "type" in table.columns:
        is_surname = links.reason.isin([SURNAME_AND_ROLE, SURNAME_AND_ACTORS, SURNAME_AND_OUTLET])
        persons = set(zip(links.article[is_surname], links.label[is_surname], strict=True))
        is_person = [pair in persons for pair in zip(table.article, table.label, strict=True)]
        linked["type"] = linked.type.mask(pd.Series(is_person, index=table.index), "person")
    return in_order(linked)


def _rename(article: str, names: str, actor_of: dict[tuple[str, str], str]) -> str:
    """Return the name of an actor for all articles; or of several, with separators."""
    if SEPARATOR not in names:
        return actor_of.get((article, names), names)
    return SEPARATOR.join(actor_of.get((article, name), name) for name in names.split(SEPARATOR))


def _link(actor: ActorInArticle, name: str, reason: str) -> Link:
    return Link(actor.article, actor.label, name, reason, SCORES[reason])


def _actors_in_articles(mentions: pd.DataFrame) -> list[ActorInArticle]:
    """Collect the types, roles and numbers of mentions of the actors of each article."""
    actors: dict[tuple[str, str], ActorInArticle] = {}
    stopwords = words_of("en/text/stopwords") - words_of("en/names/titles")
    columns = ("article", "label", "text", "type", "role", "rule")
    cells = [mentions[column].tolist() for column in columns]
    for article, label, text, type_, role, rule in zip(*cells, strict=True):
        actor = actors.setdefault((article, label), ActorInArticle(article, label, type_))
        actor.count += 1
        if len(text.split()) > 1:
            actor.full_count += 1
        elif fold(text) == _last_word(label):
            actor.surname_count += 1
        actor.roles |= set(role.split()) - stopwords
        if rule == CODEBOOK_ALIAS:
            actor.is_in_codebook = True
    return [actors[key] for key in sorted(actors)]


def _types_of_labels(actors: list[ActorInArticle]) -> dict[str, str]:
    """Return the type that most mentions of a label have in all articles."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for actor in actors:
        counts[actor.label][actor.type] += actor.count
    types = {}
    for label, numbers in counts.items():
        decided = {type_: number for type_, number in numbers.items() if type_}
        types[label] = min(decided, key=lambda type_: (-decided[type_], type_), default="")
    return types


def _same_names(
    labels: list[str],
    key_of: Callable[[str], str],
    in_codebook: set[str],
    counts: dict[str, int],
    refused: set[tuple[str, str]],
) -> dict[str, str]:
    """Return organisations, places and groups whose names have the same key."""
    by_key = defaultdict(list)
    for label in labels:
        by_key[key_of(label)].append(label)
    actor_of = {}
    for group in by_key.values():
        if len(group) < 2:
            continue
        best = _best_label(group, in_codebook, counts)
        for label in group:
            is_refused = tuple(sorted((label, best))) in refused
            if label != best and label not in in_codebook and not is_refused:
                actor_of[label] = best
    return actor_of


def _key(label: str) -> str:
    """Return a key for names that differ only in capitals and punctuation: "the u.s.", "US"."""
    folded = fold(label).replace(".", "").replace(",", "")
    # A single word in capitals is another word in small letters: US, us
    if " " not in label and len(label) <= 3 and not label.isupper():
        folded = label
    return folded.removeprefix("the ")


def _key_of_company(label: str) -> str:
    """Return a key for names of companies with and without their legal form: "Lund Motors Inc"."""
    return _key(without_legal_form(label))


def _best_label(labels: Iterable[str], in_codebook: set[str], counts: dict[str, int]) -> str:
    """Return the name of the codebook, else the most frequent one that is not in capitals."""

    def quality(label: str) -> tuple:
        is_in_capitals = label.isupper() and len(label) > 4
        return (label in in_codebook, not is_in_capitals, counts[label], len(label), label)

    return max(labels, key=quality)


def _identities(
    labels: list[str],
    in_codebook: set[str],
    counts: dict[str, int],
    refused: set[tuple[str, str]],
) -> list[Identity]:
    """Return the persons of all articles; compatible names belong to the same person."""
    by_surname = defaultdict(list)
    for label in labels:
        name = parse_full_name(label, labels)
        if name.given and not _title_of(label):
            by_surname[name.surname].append(label)

    identities = []
    for group in by_surname.values():
        of_surname: list[Identity] = []
        # the fullest first, so that short ones can be compared with all full ones
        for label in sorted(group, key=lambda label: (-len(label.split()), -len(label), label)):
            name = parse_full_name(label, labels)
            _add_label(label, name, of_surname, in_codebook, refused)
        identities += of_surname
    for identity in identities:
        identity.count = sum(counts[label] for label in identity.labels)
        identity.actor = _best_full_name(identity.labels, in_codebook, counts)
        actor_name = parse_full_name(identity.actor, labels)
        for label in identity.labels:
            identity.reasons[label] = _reason(parse_full_name(label, labels), actor_name)
    return identities


def _add_label(
    label: str,
    name: PersonName,
    identities: list[Identity],
    in_codebook: set[str],
    refused: set[tuple[str, str]],
) -> None:
    """Add a name to the only compatible person with this surname, or to a new person."""
    possible = []
    for identity in identities:
        if any(tuple(sorted((label, other))) in refused for other in identity.labels):
            continue
        if label in in_codebook and not in_codebook.isdisjoint(identity.labels):
            continue
        if name in identity.names:
            possible = [identity]
            break
        if len(identities) > MAX_NAMES_OF_SURNAME:
            continue
        if all(may_be_one_person(name, other) for other in identity.names):
            possible.append(identity)
    if len(possible) == 1:
        [identity] = possible
    else:
        identity = Identity()
        identities.append(identity)
    identity.labels.append(label)
    if name not in identity.names:
        identity.names.append(name)


def _best_full_name(labels: list[str], in_codebook: set[str], counts: dict[str, int]) -> str:
    """Return the name of the codebook, else the most frequent one with a first name."""

    def quality(label: str) -> tuple:
        first_word = fold(label.split()[0]).strip(MARKS)
        is_full = len(first_word) > 1 and first_word in first_names()
        return (label in in_codebook, is_full, not label.isupper(), counts[label], label)

    return max(labels, key=quality)


def _reason(name: PersonName, other: PersonName) -> str:
    """Return the reason why two names belong to the same person."""
    if name == other:
        return SAME_NAME
    first = name.given[0]
    other_first = other.given[0]
    if first == other_first:
        return MIDDLE_NAME
    if len(first) == 1 or len(other_first) == 1:
        return FIRST_INITIAL
    return SHORT_FIRST_NAME if may_be_one_first_name(first, other_first) else MIDDLE_NAME


def _title_of(label: str) -> str:
    """Return the folded title with which a label begins: "mrs" of "Mrs. Bell"; "" without one."""
    first_word, _, rest = label.partition(" ")
    word = fold(first_word).removesuffix(".")
    is_title = bool(rest) and word in genders_of_words() and word in words_of("en/names/titles")
    return word if is_title else ""


def _links_of_surnames(
    actors: list[ActorInArticle],
    identity_of: dict[str, Identity],
    types: dict[str, str],
    outlets: dict[str, str],
    refused: set[tuple[str, str]],
) -> list[Link]:
    """Link surnames, where the article has no fuller name, to their one bearer in the corpus."""
    bearers = defaultdict(list)
    for identity in {id(identity): identity for identity in identity_of.values()}.values():
        if identity.is_certain:
            for surname in {name.surname for name in identity.names}:
                bearers[surname].append(identity)
    context = _Context(actors, identity_of, outlets)

    links = []
    for actor in actors:
        if actor.is_in_codebook or actor.label in identity_of:
            continue
        if types[actor.label] not in ("person", ""):
            continue
        title = _title_of(actor.label)
        name = parse_name(actor.label.partition(" ")[2] if title else actor.label)
        if name.given:
            continue
        genders = {genders_of_words().get(word, "") for word in (title, *actor.roles)} - {""}
        gender = genders.pop() if len(genders) == 1 else ""
        possible = [
            identity
            for identity in bearers.get(name.surname, ())
            if not gender or _gender_of(identity) in ("", gender)
        ]
        if any(actor.article in context.articles[identity.actor] for identity in possible):
            continue  # the article mentions several bearers without showing which of them is meant
        if len(possible) > 1:
            possible = context.with_role_of(actor, possible) or context.called_so(possible)
        if len(possible) != 1:
            continue
        [identity] = possible
        if tuple(sorted((actor.label, identity.actor))) in refused:
            continue
        if actor.type != "person" and identity.count < MIN_MENTIONS_OF_KNOWN:
            continue  # "Brown" of "Brown v. Board" is not the only Brown of the corpus
        reason = context.second_sign(actor, identity)
        if reason:
            links.append(_link(actor, identity.actor, reason))
    return links


def _gender_of(identity: Identity) -> str:
    """Return the gender that a first name shows; "" if none does."""
    for name in identity.names:
        if gender_of_first_name(name.given[0]):
            return gender_of_first_name(name.given[0])
    return ""


class _Context:
    """The roles, other actors and outlets that appear together with each person."""

    def __init__(
        self,
        actors: list[ActorInArticle],
        identity_of: dict[str, Identity],
        outlets: dict[str, str],
    ):
        self.outlets = outlets
        self.actors_of_article: dict[str, set[str]] = defaultdict(set)  # by their last words
        self.roles: dict[str, set[str]] = defaultdict(set)  # by person
        self.articles: dict[str, set[str]] = defaultdict(set)  # by person
        self.articles_with_surname: Counter[str] = Counter()  # that use it alone, by person
        for actor in actors:
            self.actors_of_article[actor.article].add(_last_word(actor.label))
            identity = identity_of.get(actor.label)
            if identity:
                self.roles[identity.actor] |= actor.roles
                self.articles[identity.actor].add(actor.article)
                if actor.surname_count:
                    self.articles_with_surname[identity.actor] += 1
        self.is_small = len(self.actors_of_article) < SMALL_CORPUS
        self.common_actors = set() if self.is_small else self._actors_of_most_articles()
        self.actors_named_with: dict[str, set[str]] = {}

    def _actors_of_most_articles(self) -> set[str]:
        counts = Counter(chain.from_iterable(self.actors_of_article.values()))
        return {name for name, count in counts.items() if 2 * count > len(self.actors_of_article)}

    def with_role_of(self, actor: ActorInArticle, identities: list[Identity]) -> list[Identity]:
        """Return the persons who have one of the actor's roles: "President Bell"."""
        return [identity for identity in identities if actor.roles & self.roles[identity.actor]]

    def called_so(self, identities: list[Identity]) -> list[Identity]:
        """Return the only person whom several articles call by the surname alone."""
        called = [
            identity for identity in identities if self.articles_with_surname[identity.actor] > 0
        ]
        numbers = [self.articles_with_surname[identity.actor] for identity in called]
        return called if numbers and min(numbers) >= MIN_ARTICLES_WITH_SURNAME else []

    def second_sign(self, actor: ActorInArticle, identity: Identity) -> str:
        """Return the code of a second sign, besides the surname, for a person; "" if none."""
        if actor.roles & self.roles[identity.actor]:
            return SURNAME_AND_ROLE
        others = self.actors_of_article[actor.article] - {_last_word(actor.label)}
        shared = (others & self._named_with(identity.actor)) - self.common_actors
        min_shared = MIN_SHARED_ACTORS_IN_SMALL_CORPUS if self.is_small else MIN_SHARED_ACTORS
        is_known = self.is_small or identity.count >= MIN_MENTIONS_IN_LARGE_CORPUS
        if len(shared) >= min_shared and is_known:
            return SURNAME_AND_ACTORS
        outlet = self.outlets.get(actor.article, "")
        outlets = {self.outlets.get(article, "") for article in self.articles[identity.actor]}
        return SURNAME_AND_OUTLET if outlet and outlet in outlets else ""

    def _named_with(self, actor: str) -> set[str]:
        """Return the actors in all articles that contain the person's full name."""
        if actor not in self.actors_named_with:
            names: set[str] = set()
            for article in self.articles[actor]:
                names |= self.actors_of_article[article]
            self.actors_named_with[actor] = names - {_last_word(actor)}
        return self.actors_named_with[actor]


def _last_word(label: str) -> str:
    """Return the folded last word of a name, which its full and short forms share."""
    return fold(label.split()[-1])
