"""What people type, parsed: each problem beside its field, and nothing taken that cannot be."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcc_portal.domain.appointment import AppointmentDraft, OfferDraft
from pcc_portal.domain.communication import LONGEST_BODY, MessageDraft, NoteDraft
from pcc_portal.domain.coverage import CoverageDraft
from pcc_portal.domain.errors import Invalid

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
REQUEST = {
    "care_type": "primary-care",
    "reason": "follow-up",
    "detail": "My knee",
    "modality": "video",
    "window1_on": "2026-11-30",
    "window1_part": "morning",
    "callback_phone": "+1 (617) 555-0100",
    "need_transport": "yes",
    "need_interpreter": "on",
    "interpreter_language": "Portuguese",
    "submission": str(uuid4()),
}


def problems(parse, form: dict[str, str], **more) -> dict[str, str]:
    """What is wrong with a form."""
    with pytest.raises(Invalid) as invalid:
        parse(form, **more)
    return invalid.value.by_field


class TestAppointment:
    def test_a_good_one(self):
        draft = AppointmentDraft.parse(REQUEST, today=TODAY)
        assert [window.as_dict() for window in draft.windows] == [{"on": "2026-11-30", "part": "morning"}]
        assert draft.needs == {"interpreter": "Portuguese", "transport": "yes"}

    def test_an_empty_one_names_every_field(self):
        assert set(problems(AppointmentDraft.parse, {}, today=TODAY)) == {
            "care_type", "reason", "detail", "modality", "window1_on", "callback_phone",
        }  # fmt: skip

    @pytest.mark.parametrize("day", ["2026-11-24", "2026-11-01", "2027-04-01", "tomorrow", "2026-13-01"])
    def test_days_that_cannot_be_asked_for(self, day: str):
        assert set(problems(AppointmentDraft.parse, REQUEST | {"window1_on": day}, today=TODAY)) == {
            "window1_on"
        }

    def test_a_second_day_needs_its_part(self):
        form = REQUEST | {"window2_on": "2026-12-01"}
        assert set(problems(AppointmentDraft.parse, form, today=TODAY)) == {"window2_part"}

    @pytest.mark.parametrize("phone", ["call me", "12", "<script>", "1" * 40])
    def test_phones(self, phone: str):
        assert "callback_phone" in problems(
            AppointmentDraft.parse, REQUEST | {"callback_phone": phone}, today=TODAY
        )

    def test_offers_are_local_times_to_come(self):
        form = {
            "start1": "2026-11-30T10:30",
            "minutes": "30",
            "place": "Room 4",
            "with_whom": "Dr. Osei",
            "how": "book",
        }
        draft = OfferDraft.parse(form, zone="America/New_York", now=NOW)
        assert draft.starts == (datetime(2026, 11, 30, 15, 30, tzinfo=UTC),)
        assert draft.book
        past = form | {"start1": "2026-11-23T10:30"}
        assert set(problems(OfferDraft.parse, past, zone="America/New_York", now=NOW)) == {"start1"}


class TestMessage:
    def test_a_reply_needs_words_only(self):
        assert set(problems(MessageDraft.parse, {"thread": str(uuid4()), "body": "  "})) == {"body"}

    def test_a_new_one_needs_more(self):
        assert set(problems(MessageDraft.parse, {})) == {"body", "category", "subject"}

    def test_too_long(self):
        form = {"thread": str(uuid4()), "body": "x" * (LONGEST_BODY + 1)}
        assert set(problems(MessageDraft.parse, form)) == {"body"}
        assert set(problems(NoteDraft.parse, form)) == {"body"}

    @given(st.dictionaries(st.text(max_size=20), st.text(max_size=50), max_size=8))
    def test_anything_is_parsed_or_refused(self, form: dict[str, str]):
        for parse in (MessageDraft.parse, NoteDraft.parse, CoverageDraft.parse):
            try:
                parse(form)
            except Invalid as invalid:
                assert all(invalid.by_field.values())


class TestCoverage:
    GOOD = {"payer_name": "A", "plan_type": "ppo", "member_id": "1", "relationship": "self"}

    @pytest.mark.parametrize(("digits", "fine"), [("610014", 1), ("61001412", 1), ("12", 0), ("61x014", 0)])
    def test_rx_bin_is_six_or_eight_digits(self, digits: str, fine: int):
        form = self.GOOD | {"rx_bin": digits}
        if fine:
            assert CoverageDraft.parse(form).rx_bin == digits
        else:
            assert set(problems(CoverageDraft.parse, form)) == {"rx_bin"}

    def test_another_holder_is_named(self):
        form = self.GOOD | {"relationship": "spouse"}
        assert set(problems(CoverageDraft.parse, form)) == {"holder_name"}
