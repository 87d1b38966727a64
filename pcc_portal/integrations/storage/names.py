"""File names as a person may see them. They are shown and offered for download; they are never a path."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad\u061c\u180e\ufff9-\ufffb]")


def clean_name(given: str, suffix: str) -> str:
    """The last part of a name, without what cannot be seen, ending as its content does (``.jpg``)."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", given[:4000]))
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    text = re.split(r"[/\\]", text)[-1]
    text = re.sub(r'[<>:"|?*;%]', "_", text).strip(" .")
    stem = text.rpartition(".")[0] if "." in text else text
    stem = " ".join(stem.split())[: LONGEST - len(suffix)].strip(" .")
    return f"{stem or 'file'}{suffix}"
