"""Notices to the reader between the paragraphs of a story, and sentences that resemble them."""

from clippings.corpus.zones import find_zones

PARAGRAPHS = (
    "The ferry line between Ostrand and the islands will be out of service for at least six weeks "
    "after divers found a crack in the pier, the harbour authority said.",
    "“Safety has to come first,” said Karin Lund, the authority's director. “I know how angry the "
    "passengers are.”",
    "Smaller boats will leave every ten minutes from the old harbour, but shopkeepers along the "
    "quay fear that customers will stay away.",
    "Engineers first noticed damage to the concrete during a routine check in the spring, "
    "according to documents seen by this newspaper.",
)

NOTICES = """
Newsletter sign-up
Sign-up
Already registered? Sign in here
Not registered yet? Create an account
Already have a subscription? Log in
New here? Register now
Enable notifications to get the latest updates
Turn on desktop notifications for breaking news
Get breaking news alerts
Swipe for more photos
Swipe left to see more images
Tap to unmute
Click to enlarge
Scroll down for video
Drag the slider to compare the two pictures
End of advertisement
Skip advertisement
Copied!
Link copied to clipboard
Text size
Increase text size
Text Size: A A A
A+
Listen
5:32
0:00 / 5:32
Listen (5:32)
Reading time: 5 minutes
Play video
Open gallery
Show all photos
Photo 1 of 5
Allow Video Network content?
Accept and continue
Manage cookies
If you enjoy our reporting, please consider a donation.
If you believe in independent journalism, consider chipping in.
Please consider supporting our work.
Support local journalism
This story has been shared 1,204 times.
1,204 people have read this
Thank you for registering! Check your inbox.
Please check your inbox
Please enter a valid email address
Something went wrong. Please try again later.
Save for later
Gift this article
Add the Valley Post as a preferred source
Got a story? Call our newsdesk.
How was this article?
Explore more on these topics
We noticed that you are blocking ads.
JavaScript is required to view this content
This video is no longer available
Link kopiert
Lesezeit: 5 Minuten
Bereits registriert? Hier anmelden
Écouter l'article
Temps de lecture : 5 min
Déjà inscrit ? Identifiez-vous
Enlace copiado
Ya tienes una cuenta
Ascolta l'articolo
Nog geen account
Tamanho do texto
"""

STORY = """
If you read the report closely, you will find that the council supports the plan.
If you found your house under water, please call the council.
Something went wrong in the night of the flood.
Support local schools, the minister urged the council.
The video is no longer available in the town hall.
Have you seen the river? It has never been so high.
Thank you for coming, she told the crowd.
Please consider the children, the mayor said.
Next steps
Previous floods
Live music returns
Saved by a dog
Listen to the river
Tap water is safe
Change of location
Open borders
Alerts came too late
1998
Chapter 2
"""


def zone_between_paragraphs(line: str) -> str:
    paragraphs = [*PARAGRAPHS[:2], line, *PARAGRAPHS[2:]]
    text = "\n\n".join(["Ferry to the islands halted by a cracked pier", *paragraphs])
    zones = {text[zone.start : zone.end]: zone.zone for zone in find_zones(text)}
    return zones[line]


def test_notices_to_the_reader_are_furniture():
    lines = NOTICES.strip().splitlines()
    zones = {line: zone_between_paragraphs(line) for line in lines}
    assert {line: zone for line, zone in zones.items() if zone != "furniture"} == {}


def test_sentences_and_subheads_that_resemble_a_notice_are_story():
    lines = STORY.strip().splitlines()
    zones = {line: zone_between_paragraphs(line) for line in lines}
    assert {line: zone for line, zone in zones.items() if zone not in ("body", "subhead")} == {}
