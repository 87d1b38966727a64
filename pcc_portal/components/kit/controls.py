"""What a person types into, taps or picks from. Native elements, named by the field around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from pcc_portal.components.kit.base import Text, classes, icon
from pcc_portal.language import _

Option = tuple[str, Text] | tuple[str, Text, Text]


def _required(attrs: dict[str, Any], required: bool, say: Text | None) -> dict[str, Any]:
    """Required fields carry the sentence to say when they are empty."""
    if required:
        attrs["required"] = True
        attrs["aria_invalid"] = "false"  # an empty one is not wrong before somebody has tried to send it
        attrs.setdefault(
            "data_required_say",
            say if say is not None else _("Please answer this question."),
        )
    return attrs


def text_input(
    name: str,
    type: str = "text",
    required: bool = False,
    required_say: Text | None = None,
    **attrs: Any,
) -> rx.Component:
    """One line of text; ``type`` tel, email, password, search, number as in HTML."""
    _required(attrs, required, required_say)
    attrs.setdefault("id", name)
    return rx.el.input(name=name, type=type, class_name=classes("input", attrs), **attrs)


def text_area(
    name: str,
    max_length: int | None = None,
    rows: int = 4,
    required: bool = False,
    required_say: Text | None = None,
    **attrs: Any,
) -> rx.Component:
    """Several lines; grows with the words, and says how many characters are left near the end."""
    _required(attrs, required, required_say)
    attrs.setdefault("id", name)
    area = rx.el.textarea(
        name=name,
        rows=rows,
        data_grow="true",
        class_name=classes("input area", attrs),
        **({"max_length": max_length, "data_counter": "true"} if max_length else {}),
        **attrs,
    )
    if not max_length:
        return area
    left = rx.el.p(
        data_count_for=attrs["id"],
        data_words=_("{n} characters left"),
        aria_live="polite",
        class_name="counter",
    )
    return rx.el.div(area, left, class_name="area-wrap")


def select(
    name: str,
    options: Sequence[Option] | rx.Var,
    placeholder: Text | None = None,
    required: bool = False,
    required_say: Text | None = None,
    **attrs: Any,
) -> rx.Component:
    """A native select; options are ``(value, label)`` pairs, or a var of pairs."""
    _required(attrs, required, required_say)
    attrs.setdefault("id", name)
    first = [rx.el.option(placeholder, value="")] if placeholder is not None else []
    if isinstance(options, rx.Var):
        rest = [rx.foreach(options, lambda pair: rx.el.option(pair[1], value=pair[0]))]
    else:
        rest = [rx.el.option(option[1], value=option[0]) for option in options]
    box = rx.el.select(*first, *rest, name=name, class_name=classes("input", attrs), **attrs)
    return rx.el.div(box, icon("chevron-down"), class_name="select-wrap")


def choice(
    name: str,
    options: Sequence[Option],
    kind: Literal["radio", "checkbox"] = "radio",
    value: str | Sequence[str] | None = None,
    required: bool = False,
    required_say: Text | None = None,
    compact: bool = False,
    **attrs: Any,
) -> rx.Component:
    """Big cards to tap, ``(value, label)`` or ``(value, label, hint)`` each; for ``field(group=True)``."""
    chosen = [value] if isinstance(value, str) else list(value or [])
    _required(attrs, required and kind == "radio", required_say)
    if required and kind == "checkbox":
        attrs.setdefault(
            "data_required_say",
            required_say if required_say is not None else _("Pick at least one."),
        )
    cards = [
        rx.el.label(
            rx.el.input(
                type=kind,
                name=name,
                value=option[0],
                id=name if index == 0 else f"{name}-{option[0]}",
                default_checked=option[0] in chosen,
                **attrs,
            ),
            rx.el.span(
                rx.el.span(option[1], class_name="choice-label"),
                *([rx.el.span(option[2], class_name="choice-hint")] if len(option) > 2 else []),
                class_name="choice-words",
            ),
            class_name="choice",
        )
        for index, option in enumerate(options)
    ]
    return rx.el.div(*cards, class_name="choices compact" if compact else "choices")


def check(name: str, label: Text, value: str = "yes", **attrs: Any) -> rx.Component:
    """A single tick box with its words beside it."""
    attrs.setdefault("id", name)
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, value=value, **attrs),
        rx.el.span(label, class_name="choice-label"),
        class_name="choice plain",
    )


def date_input(
    name: str, required: bool = False, required_say: Text | None = None, **attrs: Any
) -> rx.Component:
    """A native date; ``min`` and ``max`` as ``YYYY-MM-DD``."""
    return text_input(name, "date", required, required_say, **attrs)


def file_drop(
    name: str,
    accept: str = "image/jpeg,image/png,image/heic,application/pdf",
    capture: Literal["environment", "user"] | None = None,
    label: Text | None = None,
    hint: Text | None = None,
    max_mb: int = 6,
    multiple: bool = False,
    compact: bool = False,
    **attrs: Any,
) -> rx.Component:
    """A place to drop or pick a file, or take its picture; shows a preview, a way back, and progress.

    ``compact`` for a small one beside a text area.
    """
    attrs.setdefault("id", name)
    words = label if label is not None else _("Choose a file")
    picture = "paperclip" if compact else "camera" if capture else "upload"
    return rx.el.div(
        rx.el.label(
            icon(picture),
            rx.el.span(words, class_name="drop-label"),
            *([rx.el.span(hint, class_name="drop-hint")] if hint is not None else []),
            rx.el.input(
                type="file",
                name=name,
                accept=accept,
                multiple=multiple,
                **_file_limits(max_mb),
                **({"capture": capture} if capture else {}),
                **attrs,
            ),
            class_name="drop-target",
        ),
        rx.el.div(data_previews="true", class_name="previews"),
        _upload_bar(),
        class_name="file-drop compact" if compact else "file-drop",
        data_file_drop="true",
    )


def _file_limits(max_mb: int) -> dict[str, str]:
    """What the script says about a file before it is sent."""
    return {
        "data_max_bytes": str(max_mb * 1024 * 1024),
        "data_too_big": _("That file is larger than {n} MB. Choose a smaller one.", n=max_mb),
        "data_wrong_type": _("We cannot read that kind of file. Choose a photo or a PDF."),
    }


def _upload_bar() -> rx.Component:
    return rx.el.progress(data_upload="true", max=100, value=0, hidden=True, aria_label=_("Sending the file"))
