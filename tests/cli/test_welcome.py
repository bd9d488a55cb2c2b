import pytest

from app.cli.welcome import Start, address, welcome
from app.settings import Settings

BODY = (
    '{"source": "Board register, 31 March 2026", "members": ['
    '{"voting": true, "executive": true, "ethnic_group": "bme", "headcount": 1}, '
    '{"voting": true, "executive": true, "ethnic_group": "white", "headcount": 5}, '
    '{"voting": true, "executive": false, "ethnic_group": "bme", "headcount": 2}, '
    '{"voting": true, "executive": false, "ethnic_group": "white", "headcount": 6}]}'
)

FIRST = f"""\
Parity is at http://127.0.0.1:8000

It holds invented trusts (synthetic).

  curl http://127.0.0.1:8000/v1/trusts/ZZ001/progress/leadership
  curl 'http://127.0.0.1:8000/v1/organisations?kind=trust&limit=3'

A first token, with the national role; it is shown this once:

  parity_SECRET

  curl -X PUT -H 'Authorization: Bearer parity_SECRET' -H 'Content-Type: application/json' \
-d '{BODY}' http://127.0.0.1:8000/v1/trusts/ZZ001/board/2026
"""

LATER = f"""\
Parity is at http://127.0.0.1:8000

It holds invented trusts (synthetic).

  curl http://127.0.0.1:8000/v1/trusts/ZZ001/progress/leadership
  curl 'http://127.0.0.1:8000/v1/organisations?kind=trust&limit=3'

The rest takes a token, which this makes:

  TOKEN=$('my venv/bin/parity' tokens create --role national --name me --plain)

  curl -X PUT -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
-d '{BODY}' http://127.0.0.1:8000/v1/trusts/ZZ001/board/2026
"""

REGISTER_ONLY = """\
Parity is at http://127.0.0.1:8000

  curl 'http://127.0.0.1:8000/v1/organisations?kind=trust&limit=3'
  curl http://127.0.0.1:8000/v1/cycles

The rest takes a token, which this makes:

  TOKEN=$('my venv/bin/parity' tokens create --role national --name me --plain)

  curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8000/v1/trusts/R0A/progress/leadership
"""


def started(trust: str, secret: str | None = None) -> Start:
    return Start(trust, is_demonstration=trust == "ZZ001", year=2026, secret=secret)


@pytest.mark.parametrize(
    ("start", "told"),
    [
        pytest.param(started("ZZ001", "parity_SECRET"), FIRST, id="first start"),
        pytest.param(started("ZZ001"), LATER, id="later start"),
        pytest.param(started("R0A"), REGISTER_ONLY, id="register only"),
    ],
)
def test_a_start_tells_where_the_service_is_and_what_to_try(start: Start, told: str) -> None:
    assert welcome(Settings(), start, program="my venv/bin/parity") == told


def test_invented_trusts_that_are_treated_as_real_take_a_token() -> None:
    open_line = "  curl http://127.0.0.1:8000/v1/trusts/ZZ001/progress/leadership\n"
    with_token = open_line.replace("curl ", "curl -H 'Authorization: Bearer parity_SECRET' ")

    told = welcome(
        Settings(invented_figures="as_real"), started("ZZ001", "parity_SECRET"), program="parity"
    )

    without = FIRST.replace(open_line, "")
    assert told == without.replace("  curl -X PUT", f"{with_token}  curl -X PUT")


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080"),
        ("0.0.0.0", "http://127.0.0.1:8080"),  # noqa: S104 - the setting of a container
        ("::", "http://[::1]:8080"),
        ("2001:db8::1", "http://[2001:db8::1]:8080"),
        ("parity.example", "http://parity.example:8080"),
    ],
)
def test_the_address_is_one_that_this_machine_reaches(host: str, told: str) -> None:
    assert address(Settings(host=host, port=8080)) == told
