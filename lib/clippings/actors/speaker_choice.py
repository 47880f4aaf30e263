"""Choose the speaker of a statement: `choose_speaker` has all steps in order.

First the words are found that name the speaker ("Anna Bell", "the mayor", "he"), then whom they
mean in this article. `SpeakerHistory` remembers who has spoken and what everybody was called.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from itertools import islice
from typing import Any, NamedTuple

from clippings.actors.described_sources import is_withheld
from clippings.actors.group_references import Group, choose_group
from clippings.actors.persons import ArticlePersons
from clippings.actors.pronoun_chains import PronounChains
from clippings.actors.references import (
    BY_PRONOUN,
    BY_ROLE,
    CARRIED_ON,
    GENDER_OF_PRONOUN,
    NAMED,
    SPOKESPERSON,
    UNNAMED,
    UNRESOLVED,
    Choice,
    begins_with_the,
    choose_by_role,
    choose_person,
    choose_topic,
    describes_known_person,
    means_a_person,
)
from clippings.actors.reporting_verbs import ReportingVerb
from clippings.actors.subjects import (
    PlacedMention,
    Subject,
    find_owner_of_remark,
    find_subject_after_quotation,
    first_subject_in,
)
from clippings.core.lexicon import any_of, words_of
from clippings.core.spans import enclosing
from clippings.core.tokens import fold

Span = tuple[int, int]

# Codes of the column `rule` of quotes: why words are attributed to a speaker
REPORTED = "reporting_verb"
VERB_BESIDE_QUOTATION = "quotation_with_verb"
SUBJECT_OF_SENTENCE = "quotation_with_subject"
SIGNED = "quotation_signed"
TRANSCRIBED = "transcript"
BLOCK_QUOTATION = "block_quotation"
SPEAKER_GOES_ON = "quotation_carried_on"


class Paragraph(NamedTuple):
    """A paragraph as it is read for statements; offsets count from its start."""

    start: int  # in the article
    text: str
    blanked: str  # the text with its quotations blanked
    marked: list[Span]  # stretches in quotation marks
    sentences: list[Span]
    mentions: list[PlacedMention]  # those outside quotation marks
    verbs: list[ReportingVerb]


class Speaker(NamedTuple):
    """A speaker and the words that name the speaker; offsets in the article."""

    actor: str  # label of the actor; "" if the article does not name them
    description: str  # folded words for them so far: "media activist", "the source"
    type: str  # type of the actor; "" without a name
    start: int
    end: int
    reference: str = NAMED  # how the words lead to the actor: a code of `references`
    candidates: tuple[str, ...] = ()  # actors that come into question, if it is unresolved
    companions: tuple[Any, ...] = ()  # rows of mentions: who speaks with them
    is_asking: bool = False  # the words were a question: what follows is somebody else's answer


class Attribution(NamedTuple):
    """The speaker of a statement, and how the text names them."""

    rule: str
    speaker: Speaker | None  # None if nobody has been named before a quotation of its own
    verb: ReportingVerb | None = None


class _RankedVerb(NamedTuple):
    """The fit of a reporting verb to a quotation; lower values are better."""

    rank: int
    distance: int  # characters


# Ranks of a reporting verb in the sentence of a quotation
FOLLOWS_AT_ONCE = 0  # “It fell,” Bell said.
PRECEDES_CLOSELY = 1  # Bell said: “It fell.”
FOLLOWS_APART = 2  # “Big Jim” was there, Bell said.
PRECEDES_FAR = 3  # Bell said that she met, in the year of the flood, a man they called “Big Jim”.

# Characters, set by hand: a verb before a quotation is close if no second clause fits between
# them. Not critical: from 60 to 480, at most 3 in 1,072 statements of 123 articles change.
MAX_CLOSE_DISTANCE = 120
# Characters added to the distance of a verb that needs a quotation ("praised"), so that a nearby
# verb of saying wins: "Bell said she praised “the way back”" is something that Bell said. Set by
# hand; from 0 to 160, at most 4 of these statements change.
NEEDS_QUOTATION_PENALTY = 40

# Turns, set by hand: "they" or "the source" may mean somebody who spoke so long ago. From 1 to 10,
# at most 7 of these statements change.
REMEMBERED_SPEAKERS = 3

# Maximum number of words before the person with whom a paragraph begins: "The mayor, Anna Bell,".
MAX_WORDS_BEFORE_TOPIC = 4

CONJUNCTION_LENGTH = 12  # characters of "whether " before a subject
MAX_DESCRIPTION_LENGTH = 300  # characters; bounds the cost of an article that is all "he said"

EXPECTS_CONTINUATION = re.compile(
    r"""
      [,!?…—–] \s? (?: [”"] | '' ) [,\s]? $     # “It fell,” / “It fell!” / “It fell” ,
    | (?: [”"] | '' ) , $                       # “It fell”,
    """,
    re.VERBOSE,
)
SIGNATURE_OPENING = re.compile(
    r"""
    \s* (?: [-–—―~]{1,2} | (?P<bracket> \( ) )     # “It fell.” *–* Anna / “It fell” *(* Anna
    \s* (?: [A-Z][\w.'’-]+ \s+ ){0,3}?            # *Mayor* Anna Bell
    """,
    re.VERBOSE,
)
GAP_BEFORE_BARE_SIGNATURE = re.compile(  # “It fell.” *Mayor* Anna Bell, Ostrand
    r"(?<=[.!?…]”)\s+(?:[A-Z][\w.'’-]+\s+){0,3}?"
)
REST_OF_BARE_SIGNATURE = re.compile(r",\s[^,.;:!?“”()]{2,50}\s*$")  # (Anna Bell)*, farmer*
REST_OF_SIGNATURE = re.compile(r"(?:,[^.;:!?“”()]{2,60})?\.?\s*$")  # (Anna Bell)*, farmer.*
REST_IN_BRACKETS = re.compile(r"(?:,[^.;:!?“”()]{2,60})?\)")  # (Anna Bell*, mayor)*
INTRODUCES_SPEECH = re.compile(r"[:,]\s*$")  # Bell wept*:* “It fell.”
AS_BEFORE_QUOTATION = re.compile(  # after attacking Bell *as* “a poor mayor”
    r"\s+as\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,2}"
)
EMBEDS_SUBJECT = re.compile(  # the hope *that* (Bell) would be “a good mayor”
    rf"\b(?:{any_of('en/speech/function_words', 'embeds a name')})\s+$", re.IGNORECASE
)
PRONOUNS = words_of("en/speech/function_words", kind="pronoun")
DEFINITE = words_of("en/speech/function_words", kind="definite")
LOWER_CASE_WORD = re.compile(r"[a-z]\w\w")  # at least three letters: not "a" or "so"
LETTER_OR_DIGIT = re.compile(r"\w")


def choose_speaker(
    span: Span,
    paragraph: Paragraph,
    history: "SpeakerHistory",
    reporting_verb: ReportingVerb | None = None,
) -> Attribution | None:
    """Choose the speaker of a quotation or a reported clause.

    Parameters
    ----------
    span : (int, int)
        The words.
    paragraph : Paragraph
        The paragraph that contains them.
    history : SpeakerHistory
        Who has spoken in the article up to here.
    reporting_verb : ReportingVerb, optional
        The verb that reports the words; without one they are a quotation.

    Returns
    -------
    Attribution or None
        None if the words in quotation marks are only a part of a sentence without a subject:
        nobody says them.

    Notes
    -----
    The first step that finds words for the speaker decides; `SpeakerHistory.identify` then says
    whom these words mean. Not recognised: speakers who take turns without any verb.

    Examples
    --------
    The rules that apply in the example corpus:

    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> quotes = cl.find_quotes(story, cl.find_mentions(story, codebook["actors"]))
    >>> quotes.rule.value_counts().to_dict()
    {'reporting_verb': 37, 'quotation_with_verb': 19}
    """
    # 1. A reported clause has the subject of its verb: "Bell said that it fell."
    if reporting_verb:
        speaker = history.identify(reporting_verb.subject, paragraph.start)
        return Attribution(REPORTED, speaker, reporting_verb)

    # 2. A reporting verb in the same sentence: “It fell,” Bell said.
    verb = _verb_beside(span, paragraph)
    if verb:
        speaker = history.identify(verb.subject, paragraph.start)
        return Attribution(VERB_BESIDE_QUOTATION, speaker, verb)

    # 3. A signature: “It fell.” – Anna Bell, farmer
    subject = _signature_after(span, paragraph)
    if subject:
        return Attribution(SIGNED, history.identify(subject, paragraph.start))

    # 4. Somebody right after the quotation, whatever the verb: “It fell,” Bell fumed.
    subject = _subject_after(span, paragraph)
    if subject:
        return Attribution(SUBJECT_OF_SENTENCE, history.identify(subject, paragraph.start))

    # From here on the words before the quotation decide: those of its sentence, or, if the
    # quotation is a sentence of its own, everything since the last quotation.
    is_own_sentence = _is_own_sentence(span, paragraph)
    context_start = _context_start(span, paragraph, is_own_sentence)

    # 5. The owner of a remark: They left after her warning: “It fell.”
    subject = find_owner_of_remark(paragraph.blanked, context_start, span[0], paragraph.mentions)

    # 6. The subject of the last reporting verb: Bell said that she had seen it. “It fell.”
    if not subject and is_own_sentence:
        subject = _last_reporting_subject(context_start, span[0], paragraph)

    # 7. The first person, group or pronoun: Bell wept: “It fell.” / Bell wept. “It fell.”
    if not subject:
        subject = first_subject_in(paragraph.blanked, context_start, span[0], paragraph.mentions)
        if subject and not is_own_sentence and _is_spoken_about(subject, span, paragraph.blanked):
            return None
    if subject:
        subject = _named_last(subject, context_start, span[0], paragraph)
        return Attribution(SUBJECT_OF_SENTENCE, history.identify(subject, paragraph.start))

    # 8. The last speaker continues or, if there is none yet, the person named last is speaking.
    if is_own_sentence:
        speaker = history.last_speaker(before=paragraph.start + span[0])
        return Attribution(SPEAKER_GOES_ON, speaker)

    # 9. Nobody: The town that they call “the old lady of the north” was quiet. Step 7 ends so, too,
    # if the words are about the person: There was hope that Bell would be “a good mayor”.
    return None


def _sentence_of(span: Span, paragraph: Paragraph) -> Span:
    """Return the sentence in which a quotation begins; the quotation itself without one."""
    return enclosing(paragraph.sentences, span[0]) or span


def _verb_beside(span: Span, paragraph: Paragraph) -> ReportingVerb | None:
    """Return the reporting verb in the sentence of a quotation that fits it best."""
    verbs = [verb for verb in paragraph.verbs if verb.sentence[0] <= span[0] < verb.sentence[1]]
    if not verbs:
        return None
    best = min(verbs, key=lambda verb: _rank_verb(verb, span, paragraph.blanked))

    # "Bell said he thinks it was “a mistake”": the words are what Bell said, not "he"
    if best.subject.mention is None and best.end <= span[0]:
        for verb in verbs:
            if any(start <= best.start and span[1] <= end for start, end in verb.content):
                return verb
    return best


def _rank_verb(verb: ReportingVerb, span: Span, text: str) -> _RankedVerb:
    """Return how well a verb fits a quotation of its sentence."""
    if verb.start >= span[1]:
        distance = verb.start - span[1]
        speaking_start = max(span[1], min(verb.start, verb.subject.phrase_start))
        # “It fell,” Bell said, but not “It fell.” Bell said / “Big Jim” was there, Bell said
        is_open = EXPECTS_CONTINUATION.search(text, span[0], span[1] + 1)
        is_apart = not is_open or LETTER_OR_DIGIT.search(text, span[1], speaking_start)
        return _RankedVerb(FOLLOWS_APART if is_apart else FOLLOWS_AT_ONCE, distance)
    distance = span[0] - verb.end
    if verb.needs_quotation:
        distance += NEEDS_QUOTATION_PENALTY
    is_close = distance < MAX_CLOSE_DISTANCE
    return _RankedVerb(PRECEDES_CLOSELY if is_close else PRECEDES_FAR, distance)


def _signature_after(span: Span, paragraph: Paragraph) -> Subject | None:
    """Return the name that signs a quotation: “It fell.” – Anna Bell, farmer."""
    text = paragraph.blanked
    dash = SIGNATURE_OPENING.match(text, span[1])
    if dash:
        opening = SIGNATURE_OPENING
        rest = REST_IN_BRACKETS if dash["bracket"] else REST_OF_SIGNATURE
    else:
        opening = GAP_BEFORE_BARE_SIGNATURE
        rest = REST_OF_BARE_SIGNATURE
    for name in paragraph.mentions:
        if name.start < span[1]:
            continue
        signs = opening.fullmatch(text, span[1], name.start)
        if signs and rest.match(text, name.end):
            description = fold(text[name.end :].strip(" ,.()"))
            return Subject(*name[:2], name.start, description, name.mention)
    return None


def _subject_after(span: Span, paragraph: Paragraph) -> Subject | None:
    """Return the subject right after a quotation that does not end its sentence."""
    if not EXPECTS_CONTINUATION.search(paragraph.blanked, span[0], span[1] + 1):
        return None
    # “Why?” Bell fumed: a question mark may make two sentences of one
    next_sentence = enclosing(paragraph.sentences, span[1] + 2)
    end = next_sentence[1] if next_sentence else _sentence_of(span, paragraph)[1]
    return find_subject_after_quotation(paragraph.blanked, span[1], end, paragraph.mentions)


def _is_own_sentence(span: Span, paragraph: Paragraph) -> bool:
    """Return whether no word of its sentence appears outside quotation marks."""
    start, end = _sentence_of(span, paragraph)
    first = max(0, bisect_left(paragraph.marked, (start,)) - 1)  # it may begin before the sentence
    for mark_start, mark_end in islice(paragraph.marked, first, None):
        if mark_start >= end:
            break
        if mark_end > start:
            if LOWER_CASE_WORD.search(paragraph.blanked, start, mark_start):
                return False
            start = mark_end
    return not LOWER_CASE_WORD.search(paragraph.blanked, start, end)


def _context_start(span: Span, paragraph: Paragraph, is_own_sentence: bool) -> int:
    """Return the start of the words that may name the speaker of a quotation."""
    if not is_own_sentence:
        return _sentence_of(span, paragraph)[0]
    return max(0, *(paragraph.blanked.rfind(mark, 0, span[0]) for mark in '”"'))


def _last_reporting_subject(start: int, end: int, paragraph: Paragraph) -> Subject | None:
    """Return the subject of the last reporting verb in a stretch.

    If there is no verb of saying, the first verb of the sentence right before counts: Bell praised
    her. “It fell.” Others are often part of a clause about somebody else.
    """
    verbs = [verb for verb in paragraph.verbs if start <= verb.start < end]
    for verb in reversed(verbs):
        if not verb.needs_quotation:
            return verb.subject
    for verb in verbs:
        is_right_before = not paragraph.blanked[verb.sentence[1] : end].strip()
        if is_right_before and verb.sentence[0] >= start:
            return verb.subject
    return None


def _is_spoken_about(subject: Subject, span: Span, text: str) -> bool:
    """Return whether a partial quotation describes a person rather than is said by them."""
    if INTRODUCES_SPEECH.search(text, subject.end, span[0]):
        return False
    before = max(0, subject.phrase_start - CONJUNCTION_LENGTH)
    is_described = AS_BEFORE_QUOTATION.fullmatch(text, subject.end, span[0]) is not None
    return is_described or EMBEDS_SUBJECT.search(text, before, subject.phrase_start) is not None


def _named_last(subject: Subject, start: int, end: int, paragraph: Paragraph) -> Subject:
    """Return a subject at the last place that names the same actor: the one next to the words."""
    if subject.mention is None:
        return subject
    label = subject.mention.label
    names = [
        name
        for name in paragraph.mentions
        if start <= name.start < end and name.mention.label == label
    ]
    return subject._replace(start=names[-1].start, end=names[-1].end) if names else subject


class SpeakerHistory:
    """The speakers of an article so far, and the roles of everybody named in it."""

    def __init__(self, mentions: list, passages: list):
        self.mentions = mentions  # rows of one article, in order
        self.persons = ArticlePersons(mentions, passages)
        self.chains = PronounChains(self.persons)
        self.starts = [mention.start for mention in mentions]
        self.latest_speakers: list[Speaker] = []  # the last few, in order
        # The person with whom a paragraph after the last statement begins: a row of mentions
        self.topic: Any | None = None

        # row numbers in `mentions`
        self.rows_by_actor: dict[str, list[int]] = defaultdict(list)
        self.rows_of_persons: list[int] = []
        for number, mention in enumerate(mentions):
            self.rows_by_actor[mention.label].append(number)
            if mention.type == "person":
                self.rows_of_persons.append(number)

        self.role_of: dict[str, str] = {}  # actor: "media activist"
        first_roles = {
            mention.label: mention.role for mention in reversed(mentions) if mention.role
        }
        for actor, role in first_roles.items():
            self.remember_role(actor, role)

    def remember_role(self, actor: str, role: str) -> None:
        """Record the role of an actor; the first role counts."""
        if actor not in self.role_of:
            self.role_of[actor] = role

    def remember_speaker(self, speaker: Speaker) -> None:
        """Remember who spoke last."""
        self.latest_speakers = [*self.latest_speakers[1 - REMEMBERED_SPEAKERS :], speaker]
        self.topic = None

    def remember_topic(self, mentions: list, paragraph: Any) -> None:
        """Remember the person with whom a paragraph without quotations begins: "Bell disagreed."

        Parameters
        ----------
        mentions : list
            The mentions in the paragraph, in order.
        paragraph : row of passages
            The paragraph.
        """
        first = mentions[0] if mentions else None
        if first is None or first.type != "person":
            return
        words_before = paragraph.text[: first.start - paragraph.start].split()
        if len(words_before) <= MAX_WORDS_BEFORE_TOPIC:
            self.topic = first

    def identify(self, subject: Subject, paragraph_start: int) -> Speaker:
        """Decide to whom a subject refers; the first step that applies decides.

        Parameters
        ----------
        subject : Subject
            The words for the speaker; offsets in the paragraph.
        paragraph_start : int
            Where the paragraph starts in the article.

        Returns
        -------
        Speaker
            With an empty `actor` if the article gives no name.
        """
        start = paragraph_start + subject.start
        end = paragraph_start + subject.end
        description = subject.description

        # 1. A name: "rights activist Anna Bell"
        if subject.mention is not None:
            return self._named_speaker(subject, start, end)

        # 2. "he", "she": somebody named before, or who has spoken
        if description in GENDER_OF_PRONOUN:
            choice = choose_person(description, start, self.chains, self.latest_speakers)
            return self._chosen(choice, description, start, end)

        # 3. "they", "the two", "it": a group or an organisation named before, or who spoke before
        earlier = self._earlier_speaker(description)
        group = choose_group(description, start, self.mentions, self.persons)
        if group and not (earlier and _is_likelier(earlier, group, description)):
            return self._speaker_of_group(group, description, start, end)

        # 4. "they", "the source": somebody who has spoken before, the latest first
        if earlier and not self._has_been_named(description, start, earlier):
            return _speaker_again(earlier, description, start, end)
        if description in PRONOUNS:
            return Speaker("", description, "", start, end, UNRESOLVED)

        # 5. A description: "a spokesman for the council", "the mayor", "a resident"
        return self._described_speaker(subject, start, end)

    def _named_speaker(self, subject: Subject, start: int, end: int) -> Speaker:
        """Return the speaker whom the text names, with the role in front of the name."""
        actor = subject.mention.label
        known_role = subject.mention.role or self.role_of.get(actor, "")
        role = f"{subject.description} {known_role}".strip()
        self.remember_role(actor, role)
        return Speaker(actor, role, subject.mention.type, start, end)

    def _described_speaker(self, subject: Subject, start: int, end: int) -> Speaker:
        """Decide to whom a description refers; the first step that applies decides."""
        description = subject.description

        # 1. "a spokesman for the council": the council
        head = description.split()[-1]
        if subject.affiliation is not None and head.startswith(SPOKESPERSON):
            council = subject.affiliation
            return Speaker(council.label, description, council.type, start, end, BY_ROLE)

        # 2. "the mayor", "her lawyer": the person who is called so
        if description.partition(" ")[0] in DEFINITE:
            choice = choose_by_role(description, start, self.persons)
            if choice.candidates:
                return self._chosen(choice, description, start, end, BY_ROLE)

        # 3. "the Ostrand businessman": the person the text is about
        full_description = description + subject.description_rest
        choice = choose_topic(full_description, start, self.persons, self.latest_speakers)
        if choice.best:
            return self._chosen(choice, description, start, end, BY_ROLE)

        # 4. Somebody without a name: "a resident of the town". "The government" and "her father"
        # are not anonymous, although the article does not name them here.
        # Nor is "the candidate": only to whom it refers is not clear.
        reference = UNRESOLVED
        is_known = describes_known_person(description) and not subject.description_rest
        if not is_known and is_withheld(description, subject.description_rest):
            reference = UNNAMED
        return Speaker("", full_description, "", start, end, reference)

    def _has_been_named(self, description: str, start: int, earlier: Speaker) -> bool:
        """Return whether a description fits a name that comes later than an unnamed speaker."""
        if earlier.actor or not begins_with_the(description):
            return False
        choice = choose_by_role(description, start, self.persons)
        if not choice.best:
            return False
        rows = self.persons.rows_by_actor[choice.best.actor]
        return rows[0].start > earlier.start

    def _speaker_of_group(self, group: Group, description: str, start: int, end: int) -> Speaker:
        """Return the members of a group as one speaker with companions."""
        if not group.members:
            reference = UNNAMED if is_withheld(group.description) else UNRESOLVED
            return Speaker("", group.description, "", start, end, reference)
        first = group.members[0]
        reference = BY_PRONOUN if description in PRONOUNS else BY_ROLE
        role = self.role_of.get(first.label, "")
        speaker = Speaker(first.label, role, first.type, start, end, reference)
        return speaker._replace(companions=group.members[1:])

    def _chosen(
        self, choice: Choice, description: str, start: int, end: int, reference: str = BY_PRONOUN
    ) -> Speaker:
        """Return the chosen speaker; one without an actor if nobody was chosen."""
        best = choice.best
        if best is None:
            return Speaker("", description, "", start, end, UNRESOLVED, choice.candidates)
        if best.actor:
            role = self.role_of.get(best.actor, "")
            if best.speaker and best.speaker.type != "person":
                role = best.speaker.description  # "a spokeswoman"
            type_ = best.speaker.type if best.speaker else "person"
            return Speaker(best.actor, role, type_, start, end, reference)
        called = best.speaker.description
        return Speaker("", called, "", start, end, best.speaker.reference)

    def _earlier_speaker(self, description: str) -> Speaker | None:
        """Return the latest speaker to whom "they" or "the …" may refer."""
        latest_first = [
            speaker for speaker in reversed(self.latest_speakers) if speaker.reference != UNRESOLVED
        ]
        if description == "they":  # officials without a name rather than an organisation
            latest_first.sort(key=lambda speaker: bool(speaker.actor))
        return next((speaker for speaker in latest_first if _may_mean(description, speaker)), None)

    def last_speaker(self, *, before: int) -> Speaker | None:
        """Return the last speaker before an offset, or else the person named last.

        It may be either of two if the text has turned to somebody else: "Bell disagreed. ¶ “It …”"
        """
        if self.latest_speakers:
            speaker = self.latest_speakers[-1]
            topic = self.topic.label if self.topic is not None else ""
            if topic and topic != speaker.actor:
                candidates = (topic, speaker.actor) if speaker.actor else (topic,)
                return Speaker("", "", "", before, before, UNRESOLVED, candidates)
            if speaker.actor:
                speaker = speaker._replace(reference=CARRIED_ON)
            mention = self._last_mention(self.rows_by_actor.get(speaker.actor, []), before)
            if mention and mention.start > speaker.start:
                return speaker._replace(start=mention.start, end=mention.end)
            return speaker
        mention = self._last_mention(self.rows_of_persons, before)
        if mention:
            place = (mention.start, mention.end)
            return Speaker(mention.label, mention.role, mention.type, *place, CARRIED_ON)
        return None

    def _last_mention(self, rows: list[int], before: int) -> Any | None:
        """Return the last mention before an offset, of those with these row numbers."""
        count = bisect_left(rows, bisect_left(self.starts, before))
        return self.mentions[rows[count - 1]] if count else None


def _speaker_again(earlier: Speaker, description: str, start: int, end: int) -> Speaker:
    """Return an earlier speaker at the words that refer to them again: "they", "the source"."""
    called = earlier.description
    if description not in called:
        called = f"{called} {description}"[-MAX_DESCRIPTION_LENGTH:]
    reference = BY_PRONOUN if description in PRONOUNS else BY_ROLE
    if not earlier.actor:
        reference = earlier.reference
    speaker = Speaker(earlier.actor, called, earlier.type, start, end, reference)
    return speaker._replace(companions=earlier.companions)


def _is_likelier(earlier: Speaker, group: Group, description: str) -> bool:
    """Return whether an earlier speaker is meant rather than a group named before."""
    if earlier.start > group.start:
        return True
    # "Officials said so. The Board denied it. It was late, they said": the officials
    is_plural = description == "they" and not earlier.actor
    return is_plural and len(group.members) == 1


def _may_mean(description: str, speaker: Speaker) -> bool:
    """Return whether a pronoun or "the …" can refer to an earlier speaker."""
    if description == "they":
        is_plural = not speaker.actor and speaker.description.endswith("s")
        return speaker.type == "group" or is_plural
    if description == "it":
        # "The office said so. It added": described, and not a person
        is_described = not speaker.actor and bool(speaker.description)
        is_thing = is_described and not means_a_person(speaker.description.split()[-1])
        return speaker.type in ("organisation", "group") or is_thing
    # "the activist" is who was called activist; "the source" is anybody who spoke
    head = description.split()[-1].removesuffix("s")
    is_known = head == "source" or (
        head in speaker.description.split() and (not speaker.actor or means_a_person(head))
    )
    return begins_with_the(description) and is_known
