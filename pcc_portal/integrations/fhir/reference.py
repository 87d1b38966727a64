"""What a FHIR R4 Reference points at (hl7.org/fhir/R4/references.html), in one form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

from pcc_portal.integrations.fhir import elements as fhir
from pcc_portal.integrations.fhir.elements import Node

_LITERAL = re.compile(
    r"(?:(?P<base>https?://\S+)/)?(?P<type>[A-Z][A-Za-z]+)/(?P<id>[^/\s?#|]{1,128})(?:/_history/[^/]+)?"
)
_IN_JSON = re.compile(rb'"reference":"([^"\\]*(?:\\.[^"\\]*)*)"')
_URN_IN_JSON = re.compile(rb'"reference":"(urn:[^"\\]*)"')
_LOGICAL = b'"identifier":{'
KEY_LIMIT = 500

# Elements whose name says what a logical reference points at.
_TYPE_OF_ELEMENT = {
    "practitioner": "Practitioner",
    "organization": "Organization",
    "managingOrganization": "Organization",
    "serviceProvider": "Organization",
    "partOf": "",
    "location": "Location",
    "patient": "Patient",
    "beneficiary": "Patient",
    "encounter": "Encounter",
    "requester": "Practitioner",
}


class Target(NamedTuple):
    """A resource by type (empty when the reference does not say) and key.

    The key is a logical id, ``system|value`` of an identifier, or the reference as it is.
    """

    type: str
    key: str


@dataclass
class Context:
    """What a bundle says of its own entries: full URL → resource, and the servers it came from."""

    urls: dict[str, Target] = field(default_factory=dict)
    bases: set[str] = field(default_factory=set)
    parsed: dict[str, Target | None] = field(default_factory=dict)

    def note(self, url: str, target: Target) -> None:
        """Remember the full URL of an entry."""
        self.urls[url] = target
        self.parsed.clear()
        found = _LITERAL.fullmatch(url)
        if found and found["base"]:
            self.bases.add(found["base"])


def parse(reference: str, context: Context) -> Target | None:
    """The target of ``Reference.reference``; None for a contained one."""
    if reference not in context.parsed:
        context.parsed[reference] = _parse(reference, context)
    return context.parsed[reference]


def _parse(reference: str, context: Context) -> Target | None:
    if reference in context.urls:
        return context.urls[reference]
    if not reference or reference.startswith("#"):
        return None
    if reference.startswith(("urn:uuid:", "urn:oid:")):
        return Target("", reference.split(":", 2)[2][:KEY_LIMIT])
    found = _LITERAL.fullmatch(reference)
    if found:
        base = found["base"]
        elsewhere = base and context.bases and base not in context.bases
        return Target(found["type"], reference[:KEY_LIMIT] if elsewhere else found["id"])
    kind, question, query = reference.partition("?")
    if question and kind.isalpha():
        return Target(kind, _condition(query)[:KEY_LIMIT])
    return Target("", reference[:KEY_LIMIT])


def _condition(query: str) -> str:
    """``system|value`` of a search for an identifier; any other search as it is."""
    if query.startswith("identifier=") and "&" not in query:
        return unquote(query.removeprefix("identifier="))
    pairs = dict(parse_qsl(query))
    return pairs["identifier"] if set(pairs) == {"identifier"} else f"?{query}"


def logical(element: str, node: Node) -> Target | None:
    """The target of ``Reference.identifier``."""
    identifier = node.get("identifier")
    if not isinstance(identifier, dict) or "reference" in node:
        return None
    key = identifier_key(identifier)
    named = node.get("type")
    kind = named if isinstance(named, str) else _TYPE_OF_ELEMENT.get(element, "")
    return Target(kind, key) if key else None


def identifier_key(identifier: Node) -> str:
    """``system|value``; empty when there is no value."""
    value = identifier.get("value")
    system = identifier.get("system")
    if not isinstance(value, str) or not value:
        return ""
    key = f"{system if isinstance(system, str) else ''}|{value}"
    return key[:KEY_LIMIT].replace("\0", "")


def identifiers(node: Node) -> list[str]:
    """Every ``system|value`` a resource is known by."""
    given = node.get("identifier")
    listed = given if isinstance(given, list) else [given]
    keys = (identifier_key(each) for each in listed if isinstance(each, dict))
    return list(dict.fromkeys(key for key in keys if key))


def spelled(raw: bytes) -> set[bytes]:
    """Every distinct ``Reference.reference`` in compact JSON, contained resources included."""
    return set(_IN_JSON.findall(raw))


def linked(raw: bytes, context: Context) -> bytes:
    """Compact JSON with the bundle's own URNs as ``Type/id``, as a server keeps a transaction.

    (hl7.org/fhir/R4/http.html#trules: links within the bundle follow its resources.)
    """

    def literal(match: re.Match[bytes]) -> bytes:
        target = context.urls.get(match[1].decode())
        return b'"reference":"%s/%s"' % (target.type.encode(), target.key.encode()) if target else match[0]

    return _URN_IN_JSON.sub(literal, raw) if context.urls else raw


def may_be_logical(raw: bytes) -> bool:
    """Whether compact JSON can hold a logical reference at all."""
    return _LOGICAL in raw


def walk(node: Any, context: Context, path: str = "", element: str = "") -> Iterator[tuple[str, Target]]:
    """Each reference in a resource: the path of its element (list places left out), and its target."""
    if isinstance(node, list):
        for item in node:
            yield from walk(item, context, path, element)
    elif isinstance(node, dict):
        spelled_out = node.get("reference")
        target = parse(spelled_out, context) if isinstance(spelled_out, str) else logical(element, node)
        if target is not None:
            yield path, target
        for name, inner in node.items():
            if isinstance(inner, dict | list):
                yield from walk(inner, context, f"{path}.{name}" if path else name, name)


def of_patient(kind: str, element: str, node: Node, context: Context) -> Target | None:
    """Whom a resource is about; None when it does not say. ``Appointment``: its first patient."""
    if kind != "Appointment":
        return _target(element, fhir.child(node, element), context)
    for participant in fhir.children(node, element):
        target = _target("patient", fhir.child(participant, "actor"), context)
        if target and target.type == "Patient":
            return target
    return None


def _target(element: str, reference: Node, context: Context) -> Target | None:
    spelled_out = fhir.text(reference, "reference")
    if spelled_out:
        return parse(spelled_out, context)
    found = logical("patient" if element == "subject" else element, reference)
    return found
