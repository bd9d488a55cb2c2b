"""Every code that an answer can carry, each with the sentence that explains it.

The codes of errors stand with them, in `app.domain.errors`; `app.domain.codebook` has all.
"""

from dataclasses import dataclass

from app.domain.coded import Coded


class WarningCode(Coded):
    """What a reader should know about a figure that is nevertheless given."""

    INDICATIVE = ("indicative", "Only three or four censuses stand behind the forecast.")
    OVERDISPERSED = (
        "overdispersed",
        "The yearly steps vary more than twice as much as expected; the bands were widened.",
    )
    SMALL_BASE = (
        "small_base",
        "The group has fewer than 50 people, so one person moves the share visibly.",
    )
    SMALL_GROUPS = (
        "small_groups",
        "Some groups that are compared have fewer than 10 people; their limits are rough.",
    )
    UNKNOWN_ETHNICITY = (
        "unknown_ethnicity",
        "The ethnicity of more than one person in ten is not known.",
    )
    UNKNOWN_SHARE_SHIFT = (
        "unknown_share_shift",
        "The share of people of unknown ethnicity moved by more than 3 percentage points.",
    )
    MERGER_IN_SERIES = (
        "merger_in_series",
        "The series crosses a merger; earlier censuses include the predecessors' counts.",
    )
    SPLIT_LEFT_OUT = (
        "split_left_out",
        "Part of another trust came in a way that leaves its earlier counts undivided.",
    )
    INCOMPLETE_RETURNS = (
        "incomplete_returns",
        "Not every organisation then open has sent a census, so it is left out.",
    )
    MISSING_CENSUS = ("missing_census", "A census inside the series is missing.")
    BASELINE_REVISED = (
        "baseline_revised",
        "The baseline's census was corrected, or first sent, after the target was submitted.",
    )
    PERIMETER_CHANGED = (
        "perimeter_changed",
        "What the trust covers has changed since the target's baseline.",
    )
    GOAL_ABOVE_REFERENCE = (
        "goal_above_reference",
        "The goal is above the share that it is compared with.",
    )
    GOAL_ABOVE_TEAM = (
        "goal_above_team",
        "The path asks for more people than the team had at the baseline.",
    )
    MILESTONES_WITHIN_ONE_PERSON = (
        "milestones_within_one_person",
        "The team is so small that milestones of different years take the same people.",
    )
    TARGET_WITHDRAWN = (
        "target_withdrawn",
        "The action plan serves a target that was withdrawn.",
    )
    SCALES_FAR_APART = (
        "scales_far_apart",
        "The parity years on the two scales are more than five years apart.",
    )
    PROVISIONAL = ("provisional", "The latest census has not been signed off by the board.")
    WORKFORCE_SHIFT = (
        "workforce_shift",
        "The workforce changed by more than 20% in a year without a merger.",
    )
    BAND_EMPTIED = ("band_emptied", "A band is empty that was not a census before.")
    LARGE_BOARD = ("large_board", "The board has more than 40 members.")
    RATIO_AS_PERCENTAGE = (
        "ratio_as_percentage",
        "A ratio lies outside 0.2 to 5; it may have been sent as a percentage.",
    )
    RATIO_INVERTED = (
        "ratio_inverted",
        "A ratio is within a tenth of the inverse of last year's; it may be upside down.",
    )


class Reason(Coded):
    """Why something is null."""

    NO_PEOPLE = ("no_people", "There is nobody in the group.")
    NO_ACTUALS = ("no_actuals", "No census has been sent.")
    NOT_IN_REGISTER = ("not_in_register", "The register does not say.")
    NO_EVENTS = ("no_events", "It happened to nobody, so there is nothing to compare.")
    NOT_SENT = ("not_sent", "Nothing has been sent for the census.")
    INCOMPLETE_RETURNS = (
        "incomplete_returns",
        "Not every organisation then open has sent what it takes.",
    )
    ALREADY_SENT = ("already_sent", "It has been sent, so nothing is awaited.")
    NOT_COVERED = ("not_covered", "No other trust's return counts the trust's staff.")
    NO_DUE_DATE = ("no_due_date", "The census has no due date yet.")
    NOT_DUE_YET = ("not_due_yet", "The due date has not passed.")
    DUE_DATE_PASSED = ("due_date_passed", "The due date has passed.")
    NO_CYCLE = ("no_cycle", "The census lies in no cycle.")
    NO_ACTION_PLAN = ("no_action_plan", "The trust has no action plan for the cycle.")
    NOT_PUBLISHED = ("not_published", "It has not been published.")
    NOT_SUBMITTED = ("not_submitted", "It has not been submitted.")
    ALREADY_REVIEWED = (
        "already_reviewed",
        "The national team has reviewed or returned it, so it does not wait.",
    )
    NO_TARGET = ("no_target", "No target is in force.")
    NO_TARGET_NEEDED = (
        "no_target_needed",
        "The trust stated that no target is needed, so there is no goal.",
    )
    NOT_IN_TARGET_CYCLE = (
        "not_in_target_cycle",
        "The latest census is before the target's baseline, so there is no path yet.",
    )
    IS_THE_REFERENCE = (
        "is_the_reference",
        "The workforce is what others are compared with; only a fixed reference applies to it.",
    )
    AT_OR_ABOVE_REFERENCE = (
        "at_or_above_reference",
        "The share has reached its reference already.",
    )
    TOO_FEW_YEARS = ("too_few_years", "Fewer than three censuses can be compared.")
    TOO_SMALL = ("too_small", "The group has fewer than 10 people.")
    GOAL_CENSUS_PASSED = ("goal_census_passed", "The goal's census has been held.")
    PERIMETER_CHANGED = (
        "perimeter_changed",
        "What the trust covers has changed since the target's baseline.",
    )
    TOO_FAR_AHEAD = ("too_far_ahead", "The goal's census is more than 30 years ahead.")
    NOT_NEEDED = ("not_needed", "Nothing has changed that would call for it.")
    NOT_KEPT = ("not_kept", "It was not kept when the figures were taken, which then stay.")
    SUPPRESSED = ("suppressed", "Not shown, to protect people in small groups.")
    NOT_PUBLIC = ("not_public", "Told to the national team, the area and the trust only.")
    ERASED = ("erased", "The person was erased; the counts were kept.")
    LATER_OR_NEVER = (
        "later_or_never",
        "Not reached within 30 years of the last census with that probability; perhaps never.",
    )
    NOT_CLOSING = ("not_closing", "The gap is not closing, so it has no year of closing.")
    REFERENCE_NOT_DEFINED = (
        "reference_not_defined",
        "The reference share is 0 or 1, so distances to it cannot be computed.",
    )
    AREA_SETS_NO_TARGETS = (
        "area_sets_no_targets",
        "Trusts set targets; an area is the sum of its trusts and has none of its own.",
    )
    AREA_CLOSED = (
        "area_closed",
        "The area has closed, so no trust lies in it by the boundaries of today.",
    )
    NO_TRUSTS = ("no_trusts", "No trust lies in the area.")
    LATER_CENSUS = (
        "later_census",
        "A later census is held, with which the outlook is told.",
    )
    FIRST_CENSUS = ("first_census", "There is no earlier census to compare with.")
    NO_TRUST_IN_BOTH = ("no_trust_in_both", "No trust of the area reported in both years.")


class Outlook(Coded):
    """What the trend says about parity."""

    NO_PEOPLE = ("no_people", "There is nobody in the group at the latest census.")
    DEPENDS_ON_UNKNOWN = (
        "depends_on_unknown",
        "The answer changes when people of unknown ethnicity are left out.",
    )
    AT_OR_ABOVE_REFERENCE = (
        "at_or_above_reference",
        "The share has reached its reference.",
    )
    TOO_FEW_YEARS = ("too_few_years", "Fewer than three censuses can be compared.")
    TOO_SMALL = ("too_small", "The group has fewer than 10 people at the latest census.")
    WITHIN_ONE_PERSON = (
        "within_one_person",
        "One more person would reach the reference.",
    )
    DEPENDS_ON_SCALE = (
        "depends_on_scale",
        "The gap is closing on one scale and widening on the other.",
    )
    PROJECTED = ("projected", "An even chance of parity is reached within 30 years.")
    BEYOND_HORIZON = (
        "beyond_horizon",
        "The gap is closing, but an even chance of parity is not reached within 30 years.",
    )
    NO_CLEAR_DIRECTION = (
        "no_clear_direction",
        "Neither closing nor widening can be told from chance.",
    )
    WIDENING = ("widening", "The gap is widening.")


class PointsOutlook(Coded):
    """What lines through the shares say about the gap in percentage points."""

    CLOSING = ("closing", "The gap narrows by at least 0.1 percentage points a year.")
    LEVEL = ("level", "The gap changes by less than 0.1 percentage points a year.")
    WIDENING = ("widening", "The gap grows by at least 0.1 percentage points a year.")


class GoalOutlook(Coded):
    """How probable it is that a goal will be reached."""

    LIKELY = ("likely", "The probability of reaching the goal is at least 0.8.")
    POSSIBLE = ("possible", "The probability of reaching the goal is from 0.2 to 0.8.")
    UNLIKELY = ("unlikely", "The probability of reaching the goal is below 0.2.")


class Position(Coded):
    """Where the latest census stands against the path, in whole people."""

    MET = ("met", "The goal has been reached.")
    AHEAD = ("ahead", "More BME people than the path requires.")
    ON_PATH = ("on_path", "Exactly as many BME people as the path requires.")
    BEHIND = ("behind", "Fewer BME people than the path requires.")


class FunnelPosition(Coded):
    """Where a trust's share lies in the funnel around the share of all trusts together."""

    INSIDE = ("inside", "The share lies within the 95% limits.")
    ABOVE_95 = ("above_95", "The share lies above the 95% limits, and within the 99.8% ones.")
    ABOVE_998 = ("above_998", "The share lies above the 99.8% limits.")
    BELOW_95 = ("below_95", "The share lies below the 95% limits, and within the 99.8% ones.")
    BELOW_998 = ("below_998", "The share lies below the 99.8% limits.")


class AppointmentVerdict(Coded):
    """What turnover alone can do for a goal."""

    NOT_BY_TURNOVER_ALONE = (
        "not_by_turnover_alone",
        "Even if every appointment went to BME staff, the goal would not be reached.",
    )
    GOAL_ALREADY_COVERED = (
        "goal_already_covered",
        "The BME staff expected to stay reach the goal already.",
    )
    BY_TURNOVER = ("by_turnover", "Appointments to vacancies can reach the goal.")


class ActualsState(Coded):
    """How far the actuals of a census have come."""

    PROVISIONAL = ("provisional", "Sent, but not yet signed off by the board.")
    SIGNED_OFF = ("signed_off", "Approved by the board.")
    PUBLISHED = ("published", "In a release of the census.")


class ReturnStatus(Coded):
    """How a trust's actuals stand at a census."""

    NOT_OPEN = ("not_open", "Nothing has been sent, and the census is not open yet.")
    AWAITED = ("awaited", "Nothing has been sent; the census is open and the time not over.")
    OVERDUE = ("overdue", "Nothing has been sent, and the due date has passed.")
    SENT_PROVISIONAL = ("sent_provisional", "Sent, but not yet signed off by the board.")
    SIGNED_OFF = ("signed_off", "Sent, and approved by the board.")
    COVERED = ("covered", "The return of another trust counts the trust's staff.")


class TargetState(Coded):
    """Where a version of a target is in its life."""

    DRAFT = ("draft", "Being prepared; not in force.")
    SUBMITTED = ("submitted", "In force since it was submitted.")
    REVIEWED = ("reviewed", "In force, and reviewed by the national team.")
    RETURNED = ("returned", "In force, and returned by the national team with comments.")
    SUPERSEDED = ("superseded", "Replaced by a newer version.")
    WITHDRAWN = ("withdrawn", "No longer in force.")


class ActionStatus(Coded):
    """How far an action of an action plan has come."""

    PLANNED = ("planned", "Not begun yet.")
    IN_PROGRESS = ("in_progress", "Under way.")
    EMBEDDED = ("embedded", "Done, and part of how the trust works.")
    STOPPED = ("stopped", "Given up, or overtaken by something else.")


class Evidence(Coded):
    """What a back-test of a method was made on."""

    SIMULATED = (
        "simulated",
        "Invented trusts: it shows that the method does what it says, not that the world obeys.",
    )


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning about a figure, as an answer carries it.

    Attributes:
        code: What kind of warning.
        detail: The sentence with this occurrence's facts.
    """

    code: WarningCode
    detail: str


class StorageReason(Coded):
    """Why the database cannot be used at the moment."""

    NOT_ANSWERING = ("not_answering", "The database does not answer.")
    BUSY = ("busy", "Others have kept the database busy for too long.")
    FULL = ("full", "The disk of the database is full.")
    READ_ONLY = ("read_only", "The database can be read, but not written.")
    FAILING = ("failing", "The disk of the database fails.")
    DAMAGED = ("damaged", "The database is damaged, or its file is none.")
    NOT_LASTING = (
        "not_lasting",
        "The file system of the database cannot keep it through a crash; use a local disk.",
    )
