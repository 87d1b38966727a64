"""The pages that demo mode alone has: the sample people on the sign-in page, and the kit."""

from __future__ import annotations

from pcc_portal import routes
from pcc_portal.language import LOCALES, localized
from pcc_portal.settings import settings

_SAMPLE = {localized(routes.SIGN_IN, locale): localized(routes.SIGN_IN_SAMPLE, locale) for locale in LOCALES}
#: No page, so that the answer is the one for any address that leads nowhere.
NOWHERE = "/nowhere"
_ONLY_IN_DEMO = frozenset({*_SAMPLE.values(), routes.KIT})


def shown_for(path: str) -> str:
    """The path that answers to an address: sign-in has the sample people in demo mode, and nowhere else."""
    plain = path.rstrip("/") or "/"
    if settings().environment == "demo":
        return _SAMPLE.get(plain, path)
    return NOWHERE if plain in _ONLY_IN_DEMO else path
