"""Statements across articles: claims, their origins, and the sentences of the brief."""
