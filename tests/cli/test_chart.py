from hypothesis import given
from hypothesis import strategies as st

from app.cli.chart import HEIGHT, Line, draw

SHARES = st.dictionaries(
    st.integers(2015, 2030), st.floats(0, 1.5, allow_nan=False), min_size=1, max_size=12
)

LINES = st.lists(
    st.builds(Line, st.just("share"), st.sampled_from("●○◇"), SHARES, st.integers(1, 3)),
    min_size=1,
    max_size=3,
)

CHART = """\
 25 % ┤
      │                 ○          ○ own workforce 23.0 %
      │         ○ ⠄⠐ ⠂⠈ ⠁
      │   ⡀⠠ ⠂⠈
 20 % ┤ ○
      │                        ⢀◇  ◇ goal 18.0 %
      │                    ⢀⠠⠐⠈
 15 % ┤                ⢀●⠐⠈        ● leadership 15.0 %
      │           ⢀⣠⠤⠒⠊⠉
      │       ⣀⢤●⠙⠉
      │   ⢀⣠⠴⠚⠈
 10 % ┤ ●⠚⠉
      └───────────────────────────
       2022    2023    2024    2025
"""


def test_lines_are_told_apart_by_marks_and_labels() -> None:
    lines = [
        Line("own workforce", "○", {2022: 0.2, 2023: 0.22, 2024: 0.23}, every=3),
        Line("goal", "◇", {2022: 0.1, 2025: 0.18}, every=2),
        Line("leadership", "●", {2022: 0.1, 2023: 0.13, 2024: 0.15}),
    ]

    drawn = draw(lines, width=70)

    assert drawn == CHART.splitlines()


def test_one_census_is_one_mark() -> None:
    drawn = draw([Line("share", "●", {2024: 0.25})], width=60)

    assert [row.strip() for row in drawn if "●" in row] == ["25 % ┤ ●          ● share 25.0 %"]
    assert drawn[-1] == "       2024"


def test_a_goal_of_more_people_than_the_team_has_is_drawn() -> None:
    drawn = draw([Line("goal", "◇", {2022: 0.0, 2025: 9.0})], width=60)

    assert drawn[0] == "900 % ┤                        ⢀◇  ◇ goal 900.0 %"
    assert drawn[HEIGHT - 1].startswith("  0 % ┤ ◇")


@given(LINES, st.integers(40, 120))
def test_a_chart_has_its_size_and_every_label(lines: list[Line], width: int) -> None:
    drawn = draw(lines, width=width)

    assert len(drawn) == HEIGHT + 2
    assert sum(row.count("share") for row in drawn) == len(lines)
    assert all(not row.endswith(" ") for row in drawn)


@given(LINES)
def test_a_chart_keeps_to_a_width_that_has_room_for_its_years(lines: list[Line]) -> None:
    assert max(len(row) for row in draw(lines, width=70)) <= 70


@given(SHARES)
def test_the_last_line_has_all_its_marks(shares: dict[int, float]) -> None:
    drawn = draw([Line("share", "●", shares)], width=80)

    assert sum(row.count("●") for row in drawn[:HEIGHT]) == len(shares) + 1
