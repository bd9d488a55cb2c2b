"""Where tables would lie on a database of several hosts: see `docs/scaling.md`."""

from typing import Final

REFERENCE: Final = frozenset(
    {
        "organisation", "organisation_revision", "organisation_fact", "organisation_alias",
        "succession", "census", "census_revision", "census_extension", "cycle", "release",
        "expert", "expert_revision", "expert_support", "token", "token_organisation",
        "token_withdrawal",
    }
)  # fmt: skip
"""Tables that every host has a copy of; they do not grow with returns."""

LOGS: Final = frozenset({"change", "audit_entry"})
"""Tables that are written at their end, and read from there or by the thing that changed."""

OF_ONE_HOST: Final = LOGS | frozenset(
    {"ledger", "import_record", "import_item", "import_warning", "kept_answer", "page_session"}
)
"""Tables that lie on one host. All others are spread by trust."""
