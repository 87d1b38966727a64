"""The care plan: aims and what to do, goals with progress, problems, medicines, allergies, the team."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from pcc_portal import routes
from pcc_portal.cards.care_plan import GoalCard, MemberCard, PlanCard, TermCard
from pcc_portal.components import kit
from pcc_portal.domain import glossary
from pcc_portal.language import _, current_locale, localized
from pcc_portal.pages.patient.frame import frame
from pcc_portal.state.care_plan import CarePlanState

FEW = 8
RECORD = glossary.LANGUAGE


def care_plan_page() -> rx.Component:
    """The patient's care plan."""
    return frame(
        "care-plan",
        _("My care plan"),
        _aims(),
        _terms(_("My medicines"), CarePlanState.medicines, "medicine"),
        _terms(_("My conditions"), CarePlanState.conditions, "condition"),
        _terms(_("My allergies"), CarePlanState.allergies, "allergy"),
        kit.section(
            _("My care team"),
            rx.el.ul(rx.foreach(CarePlanState.team, _member), class_name="plain-list rows"),
            id="team",
        ),
        rx.cond(
            CarePlanState.past.length() > 0,
            rx.el.details(
                rx.el.summary(_("Plans that have ended")),
                rx.el.ul(rx.foreach(CarePlanState.past, rx.el.li)),
            ),
        ),
        path=routes.CARE_PLAN,
        lead=_("From your medical record. Words in gray are the clinical terms."),
        ready=CarePlanState.ready,
        wide=True,
    )


def _aims() -> rx.Component:
    """What is worked on and where to, or that there is no plan yet."""
    return rx.cond(
        CarePlanState.plans.length() + CarePlanState.goals.length() > 0,
        rx.fragment(
            kit.hint("care-plan", _("Not clear? Press Ask next to it. Your coordinator explains it to you.")),
            _parts(),
            kit.section(_("What we work on"), _list(CarePlanState.plans, _plan, "grid-2"), id="plans"),
            rx.cond(
                CarePlanState.goals.length() > 0,
                kit.section(_("My goals"), _list(CarePlanState.goals, _goal, "grid-2"), id="goals"),
            ),
        ),
        kit.empty_state(
            "heart-pulse",
            _("No care plan yet"),
            _("Your care team makes one with you. Ask your coordinator about it."),
            kit.link_button(_("Write a message"), routes.MESSAGE_NEW, "secondary"),
        ),
    )


def _parts() -> rx.Component:
    """The parts of this long page, one press away each."""
    parts = [
        ("goals", _("Goals"), CarePlanState.goals),
        ("medicine", _("Medicines"), CarePlanState.medicines),
        ("condition", _("Conditions"), CarePlanState.conditions),
        ("allergy", _("Allergies"), CarePlanState.allergies),
        ("team", _("Care team"), CarePlanState.team),
    ]
    links = [
        rx.cond(items.length() > 0, rx.el.li(kit.anchor(label, href=f"#{name}", class_name="chip")))
        for name, label, items in parts
    ]
    return rx.el.nav(rx.el.ul(*links, class_name="plain-list chips"), aria_label=_("On this page"))


def _list(items: rx.Var, build: Callable, class_name: str = "stack") -> rx.Component:
    return rx.el.ul(rx.foreach(items, build), class_name=f"plain-list {class_name}")


def _ask(kind: str, key: rx.Var[str], about: rx.Var[str]) -> rx.Component:
    """The way from a card to a message about it."""
    return kit.link_to(
        rx.fragment(
            kit.icon("message-square"),
            rx.el.span(_("Ask"), kit.hidden_text(_(" my coordinator about ")), kit.hidden_text(about)),
        ),
        f"{localized(routes.MESSAGE_NEW)}?about={kind}:{key}",
        class_name="ask",
    )


def _plan(plan: rx.Var[PlanCard]) -> rx.Component:
    return rx.el.li(
        kit.card(
            rx.el.div(
                rx.el.h3(plan.title, class_name="card-title"),
                _ask("care-plan", plan.id, plan.title),
                class_name="card-head",
            ),
            rx.el.p(
                rx.cond(plan.term != plan.title, rx.el.span(plan.term, " · ", lang=RECORD), ""),
                plan.since,
                class_name="meta",
            ),
            rx.cond(plan.reasons != "", rx.el.p(_("Because of: "), plan.reasons)),
            rx.cond(
                plan.activities.length() > 0,
                rx.el.ul(
                    rx.foreach(
                        plan.activities,
                        lambda activity: rx.el.li(
                            rx.el.span(activity.text),
                            rx.cond(activity.status != "", kit.tag(activity.status, "neutral")),
                        ),
                    ),
                    class_name="activities",
                    aria_label=_("What to do"),
                ),
            ),
        ),
        key=plan.id,
    )


def _goal(goal: rx.Var[GoalCard]) -> rx.Component:
    return rx.el.li(
        kit.card(
            rx.el.div(
                rx.el.h3(goal.text, class_name="card-title"),
                _ask("goal", goal.id[:36], goal.text),
                class_name="card-head",
            ),
            rx.el.div(
                rx.cond(goal.latest != "", rx.el.p(goal.latest, class_name="goal-value")),
                rx.cond(goal.status != "", kit.tag(goal.status, goal.tone)),
                class_name="cluster",
            ),
            rx.cond(
                (goal.measured != "") | (goal.target != ""),
                rx.el.p(
                    goal.target,
                    rx.cond((goal.measured != "") & (goal.target != ""), " · ", ""),
                    goal.measured,
                    class_name="meta",
                ),
            ),
            rx.cond(
                goal.points != "",
                kit.sparkline(goal.points, goal.text, goal.facts, target_y=goal.target_y),
            ),
            rx.cond(goal.term != "", rx.el.p(goal.term, lang=RECORD, class_name="meta")),
            class_name="goal",
        ),
        key=goal.id,
    )


def _terms(title: str, items: Any, kind: str) -> rx.Component:
    """A list of the record; what is beyond the first eight is one press away."""
    return rx.cond(
        items.length() > 0,
        kit.section(
            title,
            _rows(items[:FEW], kind),
            rx.cond(
                items.length() > FEW,
                rx.el.details(rx.el.summary(_("Show the others")), _rows(items[FEW:], kind)),
            ),
            id=kind,
        ),
    )


def _rows(items: rx.Var[list[TermCard]], kind: str) -> rx.Component:
    return rx.el.ul(rx.foreach(items, lambda item: _term(item, kind)), class_name="plain-list rows terms")


def _term(item: rx.Var[TermCard], kind: str) -> rx.Component:
    words = rx.cond(item.plain != "", item.plain, item.term)
    return rx.el.li(
        rx.el.div(
            rx.el.p(words, lang=rx.cond(item.plain != "", current_locale(), RECORD), class_name="row-title"),
            rx.el.p(
                rx.cond(item.plain != "", rx.el.span(item.term, lang=RECORD), ""),
                rx.cond((item.plain != "") & (item.note != ""), " · ", ""),
                item.note,
                class_name="meta",
            ),
            class_name="row-main",
        ),
        _ask(kind, item.id, words),
        class_name="row still",
        key=item.id,
    )


def _member(member: rx.Var[MemberCard]) -> rx.Component:
    return rx.el.li(
        kit.avatar(member.initials, "staff"),
        rx.el.div(
            rx.el.p(rx.el.strong(member.name)),
            rx.el.p(member.role, class_name="meta"),
            rx.cond(
                member.phone != "",
                kit.link_out(
                    rx.fragment(member.reach, " ", member.phone),
                    f"tel:{member.phone}",
                    class_name="icon-link",
                ),
                rx.el.p(member.reach, class_name="meta"),
            ),
            class_name="row-main",
        ),
        class_name="row still",
    )
