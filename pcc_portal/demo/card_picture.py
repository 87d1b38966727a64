"""A specimen insurance card, drawn: an invented insurer, a sample patient, no real plan."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = (860, 542)
GROUNDS = ("#0f5a57", "#1d3f8f", "#6a2f4f", "#3d4d1f")
INK, FAINT = "#141a24", "#5b6472"


def card_picture(
    payer: str, plan: str, name: str, member_id: str, group: str, blurred: bool = False
) -> bytes:
    """The front of a card as PNG; ``blurred`` as a shaking hand would take it."""
    image = Image.new("RGB", SIZE, "#fbfcfd")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 96), fill=GROUNDS[sum(payer.encode()) % len(GROUNDS)])
    _words(draw, 36, 28, payer, 36, "#ffffff")
    _words(draw, 590, 38, plan[:18], 22, "#ffffff")
    for x, y, label, value in (
        (36, 122, "Member name", name.upper()),
        (36, 210, "Member ID", member_id),
        (36, 298, "Group number", group or "none"),
        (520, 122, "RxBIN", "610279"),
        (520, 210, "RxPCN", "9999ADV"),
        (520, 298, "RxGRP", "RX4471"),
    ):
        _words(draw, x, y, label, 18, FAINT)
        _words(draw, x, y + 24, value, 30, INK)
    draw.line((36, 400, SIZE[0] - 36, 400), fill="#c4cad3", width=2)
    _words(draw, 36, 418, "Office visit $25   Specialist $40   Urgent care $60   Emergency $250", 20, INK)
    _words(draw, 36, 480, "SPECIMEN   Member services 1-800-555-0142", 18, FAINT)
    if blurred:
        image = image.filter(ImageFilter.GaussianBlur(7))
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def _words(draw: ImageDraw.ImageDraw, x: int, y: int, text: str, size: int, colour: str) -> None:
    draw.text((x, y), text, fill=colour, font=ImageFont.load_default(size))
