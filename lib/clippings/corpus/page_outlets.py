"""Which newspaper, station or site a page is from: many weak signs, weighed against each other."""
def find_outlet(text, pieces, story, authors):
    return ""
