"""Parse untrusted XML without entities or external references.

defusedxml rejects dangerous XML: entities that expand to gigabytes, or that refer to files or
addresses.
"""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import defusedxml
from defusedxml.ElementTree import fromstring, iterparse

from clippings.core.errors import BadInput
from clippings.corpus import problems
from clippings.corpus.documents import entries_of, is_plainly_packed
from clippings.corpus.rows import Limits


def parse_xml(data: bytes) -> ElementTree.Element:
    """Parse a whole XML document.

    Parameters
    ----------
    data : bytes
        The document.

    Returns
    -------
    Element
        Its root.

    Raises
    ------
    BadInput
        When it is damaged or defines entities.
    """
    try:
        return fromstring(data)
    except (ElementTree.ParseError, defusedxml.DefusedXmlException) as error:
        raise _bad_xml(error) from None


def elements_of(data: bytes, tag: str) -> Iterator[ElementTree.Element]:
    """Yield the elements of one name, each emptied when the next one is wanted.

    Parameters
    ----------
    data : bytes
        An XML document, which may be too large to be held as elements.
    tag : str
        Name of the elements.

    Yields
    ------
    Element
        With all that it contains.

    Raises
    ------
    BadInput
        When the document is damaged or defines entities.
    """
    try:
        for _, element in iterparse(io.BytesIO(data), events=("end",)):
            if element.tag == tag:
                yield element
                element.clear()
    except (ElementTree.ParseError, defusedxml.DefusedXmlException) as error:
        raise _bad_xml(error) from None


def _bad_xml(error: Exception) -> BadInput:
    """Return the problem of XML that is not parsed."""
    if isinstance(error, defusedxml.DefusedXmlException):
        return BadInput(problems.xml_entities())
    return BadInput(problems.broken_xml(str(error)))


def local_name(element: ElementTree.Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def open_document_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Open a document that is a ZIP archive, unless it unpacks to too much.

    Parameters
    ----------
    data : bytes
        The file.
    limits : Limits
        What it may cost.

    Returns
    -------
    ZipFile
        The archive.

    Raises
    ------
    BadInput
        When it contains too much, or is packed in an unusual way.
    """
    archive = zipfile.ZipFile(io.BytesIO(data))
    for entry in entries_of(archive, limits.container):
        if not is_plainly_packed(entry):
            raise BadInput(problems.entry_compression())
    return archive
