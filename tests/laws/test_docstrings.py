"""Public functions are described as numpydoc asks; the checks are numpydoc's own."""

import inspect

from numpydoc.validate import validate

import clippings as cl

# No docstring, no section for parameters or results, parameters that do not exist or lack a
# description, a summary that is no sentence or not an imperative, no example.
CHECKS = {"GL03", "GL06", "GL07", "GL08", "PR01", "PR02", "PR03", "PR04", "PR07"}
CHECKS |= {"RT03", "SS02", "SS03", "SS04", "SS05", "SS06", "EX01"}


def public_functions() -> list[str]:
    return [name for name in cl.__all__ if inspect.isfunction(getattr(cl, name))]


def test_public_functions_are_described():
    assert len(public_functions()) > 70
    wrong = {}
    for name in public_functions():
        errors = validate(f"clippings.{name}")["errors"]
        listed = [f"{code} {text}" for code, text in errors if code in CHECKS]
        if listed:
            wrong[name] = listed
    assert wrong == {}


def test_public_functions_say_their_types():
    untyped = {}
    for name in public_functions():
        signature = inspect.signature(getattr(cl, name))
        missing = [
            parameter.name
            for parameter in signature.parameters.values()
            if parameter.annotation is inspect.Parameter.empty
        ]
        if missing:
            untyped[name] = missing
    assert untyped == {}


def test_completion_offers_functions_and_not_packages():
    offered = [name for name in dir(cl) if not name.startswith("_")]
    assert "find_mentions" in offered
    assert not [name for name in offered if inspect.ismodule(getattr(cl, name))]
