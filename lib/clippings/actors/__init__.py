"""Actors and speakers: names, quotations, speakers."""
