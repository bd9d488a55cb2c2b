import re
from importlib import import_module
from pkgutil import iter_modules

import pytest

from app import domain
from app.domain.codebook import CODES
from app.domain.coded import Coded
from app.domain.codes import Outlook, PointsOutlook, Reason, WarningCode

SPELLING = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")


def values(enumeration: type[Coded]) -> set[str]:
    return {code.value for code in enumeration}


@pytest.mark.parametrize("code", [code for enumeration in CODES for code in enumeration])
def test_every_code_is_snake_case_and_has_a_sentence(code: Coded) -> None:
    assert SPELLING.fullmatch(code)
    assert code.sentence[0].isupper()
    assert code.sentence.endswith(".")
    assert type(code)(code.value) is code


def test_every_enumeration_is_listed() -> None:
    for module in iter_modules(domain.__path__):
        import_module(f"{domain.__name__}.{module.name}")

    assert set(CODES) == set(Coded.__subclasses__())
    assert len(set(CODES)) == len(CODES)


def test_the_outlooks_are_those_of_the_method_in_its_order() -> None:
    assert [outlook.value for outlook in Outlook] == [
        "no_people",
        "depends_on_unknown",
        "at_or_above_reference",
        "too_few_years",
        "too_small",
        "within_one_person",
        "depends_on_scale",
        "projected",
        "beyond_horizon",
        "no_clear_direction",
        "widening",
    ]
    assert [word.value for word in PointsOutlook] == ["closing", "level", "widening"]


def test_the_reasons_and_warnings_of_the_domain_are_all_there() -> None:
    assert values(Reason) >= {
        "no_people", "no_target", "is_the_reference", "too_few_years", "too_small",
        "goal_census_passed", "perimeter_changed", "suppressed", "later_or_never",
    }  # fmt: skip
    assert values(WarningCode) >= {
        "indicative", "overdispersed", "small_base", "unknown_ethnicity", "unknown_share_shift",
        "merger_in_series", "incomplete_returns", "missing_census", "baseline_revised",
        "perimeter_changed", "goal_above_reference", "scales_far_apart", "provisional",
        "workforce_shift", "band_emptied", "large_board", "ratio_as_percentage",
        "ratio_inverted",
    }  # fmt: skip
