"""The style sheet knows where a line begins and ends, and not what is left or right."""

from __future__ import annotations

import re

from pcc_portal.reflex_internals import ROOT

_PHYSICAL = re.compile(
    r"(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)|(?<![\w-])(?:left|right))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
_SIDES = re.compile(r"(?<![\w-])(?:margin|padding|inset)\s*:\s*([^;}]+)")


def test_no_side_has_a_fixed_name() -> None:
    styles = (ROOT / "assets" / "portal.css").read_text("utf-8")
    assert _PHYSICAL.findall(styles) == []


def test_no_side_is_set_apart_by_its_place_in_a_row_of_four() -> None:
    styles = (ROOT / "assets" / "portal.css").read_text("utf-8")
    uneven = []
    for value in _SIDES.findall(styles):
        sides = re.findall(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+", value.strip())
        if len(sides) == 4 and sides[1] != sides[3]:
            uneven.append(value)
    assert uneven == []
