"""Repeated text: what is copied from what, within an article and across articles."""
