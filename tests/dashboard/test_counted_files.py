"""Files that pages send are counted for whoever runs the service, like all others."""

from app.api.metrics import Metrics
from app.main import read_clock
from tests.api.setting import Service
from tests.dashboard import setting
from tests.dashboard.sending import COUNTS, SAID, begin, confirm, send
from tests.metrics import read_registry

service = setting.service


def test_files_that_pages_send_are_counted_by_what_became_of_them(service: Service) -> None:
    app = service.client.app
    engine = app.state.engine  # type: ignore[attr-defined] # of any application
    metrics = Metrics(
        app.state,  # type: ignore[attr-defined] # likewise
        engines={"primary": engine},
        own_engine=engine,
        clock=read_clock,
    )
    app.state.metrics = metrics  # type: ignore[attr-defined] # likewise
    path = begin(service, "ZZ901")
    refused = send(service, path, COUNTS, **SAID | {"expected_bme": "1"})
    preview = send(service, path, COUNTS, **SAID)
    stored, again = confirm(service, preview), confirm(service, preview)
    app.state.metrics = None  # type: ignore[attr-defined] # likewise

    found = read_registry(metrics.registry)
    assert [one.status_code for one in (refused, preview, stored, again)] == [422, 200, 303, 409]
    assert {name: n for name, n in found.items() if name.startswith("parity_imports_total")} == {
        'parity_imports_total{kind="actuals",outcome="refused"}': 2,
        'parity_imports_total{kind="actuals",outcome="previewed"}': 1,
        'parity_imports_total{kind="actuals",outcome="stored"}': 1,
    }
