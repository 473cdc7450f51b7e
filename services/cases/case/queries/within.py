"""The rule of access as a condition on rows of `case_list`: the same as `can`, so that no list shows what a page refuses."""

from __future__ import annotations

from typing import Any

from shared.privacy.access import Reach
from shared.words.vocabulary.case import ENDED
from shared.words.vocabulary.observation import Severity

_ENDED = ", ".join(f"'{status}'" for status in sorted(ENDED))

WITHIN = f"""association = :association
  and (:estates::text[] is null or estate_id = any(:estates) or handler = any(:handlers) or attended_by = any(:handlers)
    or (:is_for_acute::bool and severity = '{Severity.ACUTE}' and status not in ({_ENDED})))
  and (home_id is null or home_id <> all(:shut_from::uuid[])) and case_id <> all(:shut_from::uuid[])
"""


def within(reach: Reach) -> dict[str, Any]:
    """The values that `WITHIN` names."""
    return {
        "association": reach.association,
        "estates": sorted(reach.estates) if reach.estates is not None else None,
        "handlers": sorted(reach.handlers),
        "is_for_acute": reach.is_for_acute,
        "shut_from": sorted(reach.shut_from),
    }
