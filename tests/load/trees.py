"""Case files as trees of JSON, right and wrong, for property tests.

The small dictionary's facts with values that fit or nearly fit, in their own place or in another.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from engine.load.shapes import Checklist, Companion, Entry, Shapes
from engine.model.fact import Dictionary, Fact, Part

Tree = dict[str, Any]

DAYS = ("2025-01-06", "2024-02-29", "2099-12-31")
BAD_DAYS = (
    "2025-02-30",
    "2025-02-29",
    "1900-02-29",
    "2100-01-01",
    "10/03/2025",
    "2025-3-1",
    "soon",
)
SPANS = ("2025-02", "2025-02-03/2025-02-17")
BAD_SPANS = ("2025-13", "2025-02/2025-03", "2025-02-03/2025-02-30", "2025-02-03 / 2025-02-17")
WORDS = ("yes", "no", "refused", "not_known", "Yes", "", "null", "other", "social_worker")
OUTCOMES = ("section_17_assessment", "section_47_enquiry", "teacher")
SCALARS: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from((*DAYS, *BAD_DAYS, *SPANS, *BAD_SPANS, *WORDS, *OUTCOMES)),
    st.booleans(),
    st.integers(-5, 20_000),
    st.none(),
)
LABELS = st.sampled_from(
    (
        "a1",
        "child-1",
        "no",
        "true",
        "x" * 65,
        "A12345678901B",
        "9434765919",
        "Jane Smith",
        "",
        7,
        True,
    )
)
STRANGE_KEYS = st.sampled_from(
    (
        "received",
        "concluded",
        "birthday_18",
        "cases",
        "surname",
        "agencies",
        "closed_by",
        "made",
        "X y",
    )
)


def right_trees(dictionary: Dictionary) -> st.SearchStrategy[Tree]:
    """Cases that have nothing wrong with them."""
    return _Trees(dictionary, wrong=False).case()


def any_trees(dictionary: Dictionary) -> st.SearchStrategy[Any]:
    """Cases and households with now and then something wrong, and other trees."""
    case = _Trees(dictionary, wrong=True).case()
    household = st.fixed_dictionaries(
        {"cases": st.lists(case, max_size=3)}, optional={"case": LABELS}
    )
    return st.one_of(case, case, household, household, st.lists(case, max_size=2))


class _Trees:
    def __init__(self, dictionary: Dictionary, *, wrong: bool) -> None:
        self.dictionary = dictionary
        self.shapes = Shapes(dictionary)
        self.wrong = wrong

    def case(self) -> st.SearchStrategy[Tree]:
        """A case: its own keys and its record."""
        labels = LABELS if self.wrong else st.sampled_from(("a1", "2", "x.y_z-3"))
        own: dict[str, st.SearchStrategy[Any]] = {
            "case": labels,
            "authority": self._or_scalar(st.sampled_from(("norfolk", "la-926"))),
            "as_of": self._or_scalar(st.sampled_from(DAYS)),
            "covers": self._or_scalar(st.lists(self._cover(), max_size=3, unique_by=_name)),
            "complete": self._or_scalar(
                st.lists(
                    self._or_scalar(st.sampled_from([*self.dictionary.lists, *self._names(["x"])])),
                    max_size=2,
                    unique_by=str,
                )
            ),
        }
        record = {key: self._entry(entry) for key, entry in self.shapes.of(None).items()}
        tree = _some_of({**own, **record})
        if self.wrong:
            return self._spoilt(tree)
        return tree.map(_with_a_day)

    def _cover(self) -> st.SearchStrategy[Any]:
        names = sorted({part.covers for part in self.dictionary.parts.values()})
        facts = [fact.path for fact in self.dictionary.facts.values() if fact.kind != "derived"]
        if not self.wrong:
            facts = [path for path in facts if not path.startswith("decision.answered")]
        day = self._or_scalar(st.sampled_from(DAYS))
        windows = st.fixed_dictionaries({"hospital": st.fixed_dictionaries({"from": day})})
        bare = st.sampled_from([*names, *facts, *self._names(["child.ready", "referrals", "x"])])
        plain = bare if self.wrong else bare.filter(lambda name: name != "hospital")
        return self._or_scalar(st.one_of(plain, windows))

    def _names(self, names: list[str]) -> list[str]:
        return names if self.wrong else []

    def _entry(self, entry: Entry) -> st.SearchStrategy[Any]:
        if isinstance(entry, Checklist):
            members = {key: self._entry(member) for key, member in entry.entries.items()}
            return self._or_scalar(self._spoilt(_some_of(members)))
        if isinstance(entry, Part):
            item = {key: self._entry(below) for key, below in self.shapes.of(entry.name).items()}
            tree = self._spoilt(_some_of(item))
            return self._or_scalar(st.lists(tree, max_size=2) if entry.is_list else tree)
        return self._or_scalar(_values(entry))

    def _or_scalar(self, strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        """Now and then a scalar instead, where something may be wrong."""
        if not self.wrong:
            return strategy
        return st.integers(0, 9).flatmap(lambda n: strategy if n else SCALARS)

    def _spoilt(self, tree: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        """Now and then a key that does not belong."""
        if not self.wrong:
            return tree
        stranger = st.dictionaries(STRANGE_KEYS, SCALARS, min_size=1, max_size=1)
        return st.integers(0, 9).flatmap(
            lambda n: tree if n else st.tuples(tree, stranger).map(lambda two: {**two[1], **two[0]})
        )


@st.composite
def _some_of(draw: st.DrawFn, entries: dict[str, st.SearchStrategy[Any]]) -> Tree:
    """A mapping of a few of `entries`."""
    keys = draw(st.lists(st.sampled_from(list(entries)), max_size=4, unique=True))
    return {key: draw(entries[key]) for key in keys}


def _name(cover: Any) -> str:
    """What an entry of `covers` names."""
    return next(iter(cover), "") if isinstance(cover, dict) else str(cover)


def _values(entry: Fact | Companion) -> st.SearchStrategy[Any]:
    """Values that fit the fact."""
    if isinstance(entry, Companion):
        return st.sampled_from(
            DAYS if entry.ending == "planned" else (*entry.role_words, "not_known")
        )
    if entry.kind == "date":
        return st.sampled_from((*DAYS, "not_known"))
    if entry.kind == "circumstance":
        return st.sampled_from(
            (*entry.values, "not_known")
            if entry.values
            else ("yes", "no", "not_known", True, False)
        )
    words = ("yes", "no", "not_known", True, False)
    refused = ("refused",) if entry.kind == "event" else ()
    return st.sampled_from((*DAYS, *SPANS, *words, *refused))


def _with_a_day(tree: Tree) -> Tree:
    """A file may only say what it covers if it says up to when."""
    return {**tree, "as_of": DAYS[0]} if "covers" in tree else tree
