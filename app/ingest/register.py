"""The register of organisations that the package ships."""

from dataclasses import dataclass
from functools import cache

from app.domain.organisations import Organisation, Succession
from app.ingest.areas import ENGLAND, build_regions, read_icbs
from app.ingest.successions import read_icb_successions, read_trust_successions
from app.ingest.trusts import read_trusts


@dataclass(frozen=True, slots=True)
class Register:
    """Every organisation, and who took over from whom.

    Attributes:
        organisations: England, the regions, the ICBs and the trusts, in this order, so that
            whatever one belongs to comes before it.
        successions: Those of trusts, oldest first, then those of ICBs.
    """

    organisations: tuple[Organisation, ...]
    successions: tuple[Succession, ...]


@cache
def read_register() -> Register:
    """Return the register as the shipped reference files have it."""
    of_trusts, of_icbs = read_trust_successions(), read_icb_successions()
    return Register(
        organisations=(
            ENGLAND,
            *build_regions(),
            *read_icbs(),
            *read_trusts(of_trusts, of_icbs),
        ),
        successions=of_trusts + of_icbs,
    )
