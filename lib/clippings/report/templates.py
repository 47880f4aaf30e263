"""Fill in the HTML templates in this folder; values are escaped unless they are already HTML."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


@cache
def _environment() -> Environment:
    """Return the settings of all templates: values are escaped, and a missing value is an error."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **values) -> Markup:
    """Fill in a template.

    Parameters
    ----------
    template : str
        The name of a file in this folder, without ``.html.jinja``.
    **values
        The fields of the template. Texts are escaped; `Markup` is not.

    Returns
    -------
    markupsafe.Markup
        HTML.

    Examples
    --------
    >>> render("text_output", text="<b>")
    Markup('<p class="said">&lt;b&gt;</p>')
    """
    return Markup(_environment().get_template(f"{template}.html.jinja").render(**values))
