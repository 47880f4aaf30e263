"""The sections of the brief, one module each; their order is in sentences.py."""
