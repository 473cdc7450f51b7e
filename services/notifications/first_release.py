"""What notifications stored in the first release, and until matters had keys: which home a case is about, in the clear (decision 0023)."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from shared.history.first_release import FirstRelease, Ids, OldEvent, Open
from shared.messaging.message import event_id
from shared.privacy.first_release import whereabouts

ABOUT_A_CASE = "/cases/"


def write_anew(event: OldEvent, _opened: Open, _ids: Ids) -> None:
    """The shape of today: the home is sealed as the case told it."""
    state = event.state
    case, home = state.get("case_id"), state.pop("home_id", None)
    state["case_id"] = case
    state.setdefault("meant_for", state["recipient"])
    told_of = case or _case(state)
    state["home"] = whereabouts(told_of, f"{event_id(told_of, 1)}/home", home) if home else None
    state["class_version"] = 4


def _case(state: dict[str, Any]) -> UUID:
    """Before a notice said which case it is about, it led to the case or to its observation."""
    about: UUID = state["about"]
    return about if state["link"].startswith(ABOUT_A_CASE) else uuid5(about, "case")


KNOWN = FirstRelease(before=("intake", "cases"), behind=("reporting",), old={"notice.requested": 4}, write_anew=write_anew)
