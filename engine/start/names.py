"""Names that become files: an authority's name, and the short name made from it.

In: what a person typed. Out: the name, or what is wrong with it and how to mend it.
"""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 80
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_PUNCTUATION = " -'’&,.()"
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")  # no file can be called so on Windows
_TRUTHS = {"on", "off", "yes", "no", "true", "false", "null", "y", "n"}


def name_fault(name: str) -> str | None:
    """Why this cannot be the name of an authority, and what would do."""
    if not name.strip() or not name[0].isalpha():
        return "Give the authority's name, such as `North Yorkshire`."
    if len(name) > MOST_CHARACTERS:
        return f"A name has at most {MOST_CHARACTERS} characters; give the short form."
    for character in name:
        if not (character.isalnum() or character in _PUNCTUATION):
            shown = f"`{character}`" if character.isprintable() else f"U+{ord(character):04X}"
            return f"{shown} cannot stand in a name. Give it in letters: `North Yorkshire`."
    return None


def id_of(name: str) -> str | None:
    """The short name: `north-yorkshire`; None where letters have no plain form."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and "))
    plain = "".join(c for c in plain.casefold() if not unicodedata.combining(c) and c not in "'’")
    if any(c.isalnum() and not c.isascii() for c in plain):
        return None
    id_ = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return id_ if id_fault(id_) is None else None


def id_fault(id_: str) -> str | None:
    """Why this cannot be the short name of a protocol, and what would do."""
    if not _ID.fullmatch(id_):
        return (
            "Begin with a letter and use small letters, figures and single hyphens only, such as "
            "`north-yorkshire`."
        )
    if len(id_) > MOST_CHARACTERS:
        return f"A short name has at most {MOST_CHARACTERS} characters."
    if _DEVICES.fullmatch(id_) or id_ in _TRUTHS:
        return (
            f"Some programs take `{id_}` for something else. Choose another, such as `our-{id_}`."
        )
    return None


def quoted(text: str) -> str:
    """A text as YAML, in quotation marks where it would otherwise be read as something else."""
    if re.fullmatch(r"[^\W\d_][\w ’.()&/-]*", text) and text == text.strip():
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
