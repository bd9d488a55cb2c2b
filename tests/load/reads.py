"""What is read: mostly the progress of a trust, by everybody; the rest as a day brings it."""

from typing import Final

from app.demonstration.values import CENSUS_YEARS
from app.domain.callers import Role
from app.domain.measures import Measure
from tests.load.errands import PAGE, REFUSED, Caller, Chance, Draw, Errand, Kind
from tests.load.writes import NEWEST, PLACES

EVERYBODY: Final = frozenset(Role)
NATIONAL: Final = frozenset({Role.NATIONAL})
KNOWN: Final = frozenset({Role.TRUST_DATA, Role.TRUST, Role.NATIONAL})
OUTSIDERS: Final = frozenset({Role.ANONYMOUS, Role.TRUST_DATA, Role.TRUST})
TRUSTS: Final = frozenset({Role.TRUST_DATA, Role.TRUST})
WATCHERS: Final = frozenset({Role.AREA, Role.NATIONAL})

LAST: Final = CENSUS_YEARS[-1]
CSV: Final = {"Accept": "text/csv"}
HTML: Final = {"Accept": "text/html"}
CHARTS: Final = ("trajectory", "people", "bands", "chances")


def _one_of(caller: Caller, chance: Chance) -> str:
    """Return a trust of which the caller may read everything."""
    return chance.random.choice(caller.own or chance.trusts)


def _measure(chance: Chance) -> str:
    return chance.random.choice(tuple(Measure)).value


def _progress(_: Caller, chance: Chance) -> Errand:
    path = f"/v1/trusts/{chance.trust()}/progress/{_measure(chance)}"
    return Errand("get_progress", path)


def _favourite(_: Caller, chance: Chance) -> Errand:
    """Ask for what many ask for at the same time."""
    return Errand("get_progress", f"/v1/trusts/{chance.trusts[0]}/progress/leadership")


def _all_progress(caller: Caller, chance: Chance) -> Errand:
    return Errand("list_progress", f"/v1/trusts/{_one_of(caller, chance)}/progress")


def _what_if(caller: Caller, chance: Chance) -> Errand:
    path = f"/v1/trusts/{_one_of(caller, chance)}/progress/leadership/what-if"
    sent = {"json": {"bme_share_of_appointments": 0.25}}
    return Errand("post_what_if", path, method="POST", sent=sent)


def _actuals(_: Caller, chance: Chance) -> Errand:
    year = chance.random.choice(CENSUS_YEARS)
    return Errand("get_actuals", f"/v1/trusts/{chance.trust()}/actuals/{year}")


def _actuals_file(_: Caller, chance: Chance) -> Errand:
    path = f"/v1/trusts/{chance.trust()}/actuals/{LAST}"
    return Errand("get_actuals", path, headers=CSV, name="get_actuals as CSV")


def _own_again(caller: Caller, chance: Chance) -> Errand:
    """Read back what the caller alone has sent."""
    noun = chance.random.choice(PLACES)
    place = f"/v1/trusts/{chance.random.choice(caller.own)}/{noun}/{NEWEST}"
    return Errand(f"get_{noun}", place, name="own figures read back", place=place)


def _board(_: Caller, chance: Chance) -> Errand:
    return Errand("get_board", f"/v1/trusts/{chance.trust()}/board/{LAST}")


def _wres(caller: Caller, chance: Chance) -> Errand:
    return Errand("get_wres_report", f"/v1/trusts/{_one_of(caller, chance)}/wres/{LAST}")


def _targets(caller: Caller, chance: Chance) -> Errand:
    return Errand("list_targets", f"/v1/trusts/{_one_of(caller, chance)}/targets")


def _england(_: Caller, chance: Chance) -> Errand:
    path = f"/v1/england/progress?measure={_measure(chance)}"
    return Errand("get_england_progress", path, name="get_england_progress of a measure")


def _all_england(_: Caller, __: Chance) -> Errand:
    return Errand("get_england_progress", "/v1/england/progress")


def _england_file(_: Caller, __: Chance) -> Errand:
    name = "get_england_progress as CSV"
    return Errand("get_england_progress", "/v1/england/progress", headers=CSV, name=name)


def _area(caller: Caller, chance: Chance) -> Errand:
    code = caller.area or chance.random.choice(chance.areas)
    return Errand("get_area_progress", f"/v1/areas/{code}/progress")


def _organisations(_: Caller, chance: Chance) -> Errand:
    size = chance.random.choice((20, 100))
    return Errand("list_organisations", f"/v1/organisations?kind=trust&limit={size}")


def _organisation(_: Caller, chance: Chance) -> Errand:
    return Errand("get_organisation", f"/v1/organisations/{chance.trust()}")


def _measures(_: Caller, __: Chance) -> Errand:
    return Errand("list_measures", "/v1/measures")


def _method(_: Caller, __: Chance) -> Errand:
    return Errand("get_method", "/v1/methods/1")


def _changes(_: Caller, __: Chance) -> Errand:
    return Errand("get_changes", "/v1/changes?limit=100")


def _returns(_: Caller, __: Chance) -> Errand:
    return Errand("get_returns", f"/v1/england/returns/{LAST}")


def _chart(_: Caller, chance: Chance) -> Errand:
    kind, form = chance.random.choice(CHARTS), chance.random.choice(("svg", "svg", "png"))
    path = f"/v1/trusts/{chance.trust()}/progress/leadership/charts/{kind}?format={form}"
    return Errand("get_chart", path)


def _board_page(_: Caller, chance: Chance) -> Errand:
    return Errand("get_board_page", f"/v1/trusts/{chance.trust()}/board-page")


def _funnel(_: Caller, __: Chance) -> Errand:
    return Errand("get_funnel", f"/v1/england/funnel/leadership?year={LAST}")


def _peers(_: Caller, chance: Chance) -> Errand:
    return Errand("get_peers", f"/v1/trusts/{chance.trust()}/peers?measure=leadership")


def _audit(_: Caller, __: Chance) -> Errand:
    return Errand("get_audit", "/v1/audit?limit=50")


def _imports(_: Caller, __: Chance) -> Errand:
    return Errand("list_imports", "/v1/imports?limit=20")


def _refused(_: Caller, chance: Chance) -> Errand:
    path = f"/v1/trusts/{chance.trust()}/peers?measure=leadership"
    return Errand("get_peers", path, REFUSED, name="get_peers, refused")


def _page(path: str, name: str) -> Draw:
    def draw(_: Caller, chance: Chance) -> Errand:
        return Errand(PAGE, path.format(trust=chance.trust()), headers=HTML, name=name)

    return draw


READS: Final = (
    Kind(24, EVERYBODY, _progress),
    Kind(10, EVERYBODY, _favourite),
    Kind(4, KNOWN, _all_progress),
    Kind(2, KNOWN, _what_if),
    Kind(8, EVERYBODY, _actuals),
    Kind(1, EVERYBODY, _actuals_file),
    Kind(8, KNOWN, _own_again),
    Kind(3, EVERYBODY, _board),
    Kind(2, KNOWN, _wres),
    Kind(5, KNOWN, _targets),
    Kind(3, EVERYBODY, _england),
    Kind(1, EVERYBODY, _all_england),
    Kind(1, EVERYBODY, _england_file),
    Kind(3, EVERYBODY, _area),
    Kind(4, EVERYBODY, _organisations),
    Kind(3, EVERYBODY, _organisation),
    Kind(2, EVERYBODY, _measures),
    Kind(1, EVERYBODY, _method),
    Kind(3, EVERYBODY, _changes),
    Kind(1, WATCHERS, _returns),
    Kind(2, EVERYBODY, _chart),
    Kind(1, EVERYBODY, _board_page),
    Kind(1, NATIONAL, _funnel),
    Kind(1, NATIONAL, _peers),
    Kind(1, NATIONAL, _audit),
    Kind(1, KNOWN, _imports),
    Kind(1, OUTSIDERS, _refused),
    Kind(2, EVERYBODY, _page("/trusts/{trust}", "page of a trust")),
    Kind(2, EVERYBODY, _page("/trusts/{trust}/measures/leadership", "page of a measure")),
    Kind(1, EVERYBODY, _page("/england", "page of England")),
)
"""Kinds of reads; the weights are about the hundredths of all of them."""
