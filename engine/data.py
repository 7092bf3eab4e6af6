"""Where the data folders are, in an installed wheel and in a checkout.

In: a folder's name. Out: its path. Nothing is read here.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def data_folder(name: str) -> Path:
    """The folder `name`: `protocols`, `schemas`, or `errors`, which is one of docs.

    A wheel carries it inside the package; a checkout has it beside the package. Raises
    `FileNotFoundError` where neither is there: the installation is broken.
    """
    for folder in (
        _PACKAGE / "_data" / name,
        _PACKAGE.parent / name,
        _PACKAGE.parent / "docs" / name,
    ):
        if folder.is_dir():
            return folder
    message = f"The data folder `{name}` is missing. Install the program again."
    raise FileNotFoundError(message)
