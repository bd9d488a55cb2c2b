from app.domain.bands import EthnicGroup
from app.domain.boards import Board, Member, find_cautions, find_member_faults, seat
from app.domain.codes import Caution, WarningCode
from app.domain.counts import Count
from app.domain.errors import Fault
from app.domain.measures import Measure

BME, WHITE = EthnicGroup.BME, EthnicGroup.WHITE
SEATS = {
    (True, True): Count(4, 1, 0),
    (True, False): Count(5, 2, 0),
    (False, True): Count(1, 0, 1),
    (False, False): Count(0, 1, 0),
}


def test_members_of_one_kind_are_seated_together() -> None:
    members = [
        Member(voting=True, executive=True, ethnic_group=BME, headcount=3),
        Member(voting=True, executive=True, ethnic_group=WHITE, headcount=4),
        Member(voting=False, executive=True, ethnic_group=WHITE, headcount=1),
    ]

    assert seat(members) == {(True, True): Count(4, 3), (False, True): Count(1)}


def test_a_board_is_counted_whole_voting_or_executive() -> None:
    board = Board("minutes", SEATS)

    assert board.count(Measure.BOARD) == Count(10, 4, 1)
    assert board.count(Measure.BOARD_VOTING) == Count(9, 3, 0)
    assert board.count(Measure.BOARD_EXECUTIVE) == Count(5, 1, 1)


def test_seats_without_people_make_no_difference() -> None:
    assert Board("minutes", {**SEATS, (False, False): Count()}) == Board(
        "minutes", {kind: count for kind, count in SEATS.items() if kind != (False, False)}
    )


def test_the_same_cell_twice_is_a_fault() -> None:
    member = Member(voting=True, executive=True, ethnic_group=BME, headcount=3)
    other = Member(voting=True, executive=False, ethnic_group=BME, headcount=3)

    assert find_member_faults([member, None, other, member, member]) == [
        Fault(
            f"/members/{index}",
            "duplicate_cell",
            "The same cell stands at /members/0; send each cell once.",
        )
        for index in (3, 4)
    ]


def test_a_board_of_more_than_forty_is_unusual() -> None:
    assert find_cautions(Board("minutes", {(True, True): Count(40)})) == ()
    assert find_cautions(Board("minutes", {(True, True): Count(41)})) == (
        Caution(WarningCode.LARGE_BOARD, "The board has 41 members; more than 40 is unusual."),
    )
