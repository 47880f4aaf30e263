"""The sections of the brief, one module each; sentences.py has their order."""
