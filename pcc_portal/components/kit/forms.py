"""Forms that the browser itself can send; the client script only makes them kinder."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.forms import Form

from pcc_portal.components.kit.actions import button
from pcc_portal.components.kit.base import Child, Text, classes
from pcc_portal.language import _


class NativeForm(Form):
    """A form without Reflex's submit handler, which would stop the browser from sending it."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> NativeForm:
        """Make the form and drop the handler that the framework adds."""
        form = super().create(*children, **props)
        form.event_triggers.pop("on_submit", None)
        return form


def post_form(
    *children: Child,
    action: Text,
    draft: Text | None = None,
    stay: bool = False,
    steps: bool = False,
    **attrs: Any,
) -> rx.Component:
    """A form posted to one of our own routes.

    ``draft`` names the slot it is kept in while being written, ``stay`` keeps the person on the page after
    it was sent, ``steps`` shows one :func:`step` at a time.
    """
    data: dict[str, Any] = {"data_send": "true"}
    if draft is not None:
        data["data_draft"] = draft
    if stay:
        data["data_stay"] = "true"
    if steps:
        data["data_steps"] = "true"
    return NativeForm.create(
        rx.el.div(data_summary="true", hidden=True, tab_index=-1, class_name="error-summary"),
        rx.el.input(type="hidden", name="submission"),
        *([hidden("draft", draft)] if draft is not None else []),
        *([_step_head()] if steps else []),
        *children,
        *([_step_foot()] if steps else []),
        rx.el.div(data_say="true", hidden=True, class_name="form-say"),
        *([_draft_state()] if draft is not None else []),
        action=action,
        method="post",
        enc_type="multipart/form-data",
        no_validate=True,
        class_name=classes("form", attrs),
        **data,
        **attrs,
    )


def _draft_state() -> rx.Component:
    return rx.el.p(data_draft_state="true", class_name="draft-state", aria_live="polite")


def _step_head() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            data_step_count="true",
            class_name="step-count",
            data_words=_("Step {n} of {m}"),
        ),
        rx.el.progress(
            data_step_bar="true",
            max=1,
            value=0,
            aria_hidden="true",
            class_name="step-bar",
        ),
        data_step_head="true",
        hidden=True,
        class_name="step-head",
    )


def _step_foot() -> rx.Component:
    return rx.el.div(
        button(_("Continue"), data_step_next="true"),
        button(_("Back"), "quiet", "arrow-left", data_step_back="true"),
        data_step_foot="true",
        hidden=True,
        class_name="step-foot",
    )


def step(title: Text, *fields: Child, lead: Text | None = None, **attrs: Any) -> rx.Component:
    """One question of a form with ``steps``; without script all of them show, one under the other."""
    return rx.el.fieldset(
        rx.el.legend(title, class_name="step-title", tab_index=-1),
        *([rx.el.p(lead, class_name="lead")] if lead is not None else []),
        *fields,
        class_name=classes("step", attrs),
        **attrs,
    )


def check_answers(title: Text | None = None, *notes: Child) -> rx.Component:
    """The last step: what was answered, each with a way to change it. The script fills it."""
    return rx.el.fieldset(
        rx.el.legend(
            title if title is not None else _("Check your answers"),
            class_name="step-title",
            tab_index=-1,
        ),
        rx.el.dl(
            data_answers="true",
            class_name="summary-list",
            data_change=_("Change"),
            data_none=_("Not answered"),
        ),
        *notes,
        data_check="true",
        class_name="step check",
    )


def field(
    label: Text,
    control: Child,
    name: str,
    hint: Text | None = None,
    optional: bool = False,
    group: bool = False,
    bare: bool = False,
    **attrs: Any,
) -> rx.Component:
    """A question: label, hint, the control, and an empty place for its error.

    ``group=True`` for several controls under one question (choices, day parts): a fieldset with a legend.
    ``bare`` where the control shows its own words: the label is for screen readers only.
    """
    native = None if group else _native(control)
    own_id = _id_of(native, name)
    words = [
        rx.el.span(label, data_label="true"),
        *([" ", rx.el.span(_("(optional)"), class_name="optional")] if optional else []),
    ]
    if group:
        head = rx.el.legend(*words, class_name="field-label")
    else:
        head = rx.el.label(*words, html_for=own_id, class_name="sr-only" if bare else "field-label")
    if hint is not None:
        _describe(native, f"{own_id}-hint", attrs)
    return (rx.el.fieldset if group else rx.el.div)(
        head,
        *([_hint(hint, f"{own_id}-hint")] if hint is not None else []),
        rx.el.p(
            custom_attrs={"id": f"{own_id}-error"}, data_error_for=name, hidden=True, class_name="field-error"
        ),
        control,
        data_field=name,
        class_name=classes("field bare" if bare else "field", attrs),
        **attrs,
    )


def _hint(text: Text, own_id: str) -> rx.Component:
    return rx.el.p(text, custom_attrs={"id": own_id}, class_name="field-hint")


def _native(control: object) -> rx.Component | None:
    """The first native control inside a piece."""
    if not isinstance(control, rx.Component):
        return None
    if control.tag in ("input", "select", "textarea"):
        return control
    return next((found for child in control.children if (found := _native(child)) is not None), None)


def _id_of(native: rx.Component | None, name: str) -> str:
    """The control's own id when it was given one, else the field's name."""
    own = getattr(native, "id", None)
    value = own._var_value if isinstance(own, rx.vars.base.LiteralVar) else own
    return value if isinstance(value, str) else name


def _describe(native: rx.Component | None, hint_id: str, attrs: dict[str, Any]) -> None:
    """Tie the hint to the control, or to the group when there is none."""
    if native is None:
        attrs.setdefault("aria_describedby", hint_id)
    else:
        native.custom_attrs.setdefault("aria-describedby", hint_id)


def hidden(name: str, value: Text) -> rx.Component:
    """A value that goes along unseen."""
    return rx.el.input(type="hidden", name=name, value=value, read_only=True)


def form_actions(*buttons: Child) -> rx.Component:
    """The row of buttons at the end of a form."""
    return rx.el.div(*buttons, class_name="form-actions")


def words_for_script() -> dict[str, Any]:
    """What the client script may have to say, in the language being spoken, as data attributes."""
    return {
        "data_sending": _("Sending…"),
        "data_retrying": _("Not sent yet. Your words are still here. Trying again…"),
        "data_try_now": _("Try now"),
        "data_signed_out": _("You were signed out. Sign in again; your words are kept."),
        "data_sign_in": _("Sign in"),
        "data_sent": _("Sent."),
        "data_problem": _("Something went wrong on our side. Nothing was sent. Your words are still here."),
        "data_summary": _("There is something to fix"),
        "data_error": _("Error:"),
        "data_connected": _("You are connected again."),
        "data_required": _("Please answer this question."),
        "data_draft_saved": _("Draft saved"),
        "data_remove": _("Remove"),
        "data_cancel": _("Cancel"),
        "data_uploading": _("Adding…"),
        "data_uploaded": _("{n}% sent"),
    }
