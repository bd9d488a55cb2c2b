"""The kinds of fault that a request can have, each with the sentence that explains it."""

from app.domain.coded import Coded


class FaultCode(Coded):
    """What is wrong with one part of a request."""

    # The form of the request. Where the parser's own name says what is wrong, it is kept.
    NOT_JSON = ("not_json", "The body is not JSON.")
    DUPLICATE_MEMBER = ("duplicate_member", "The body has the same member twice.")
    TOO_DEEP = ("too_deep", "The body is nested more deeply than any body here is.")
    TOO_MANY_PARAMETERS = ("too_many_parameters", "There are more parameters than are read.")
    IDEMPOTENCY_KEY_MALFORMED = (
        "idempotency_key_malformed",
        "An idempotency key is 1 to 255 printable characters of ASCII, and sent once.",
    )
    MODEL_ATTRIBUTES_TYPE = (
        "model_attributes_type",
        "Something else was sent where an object is wanted; bodies are application/json.",
    )
    LIST_TYPE = ("list_type", "Something else was sent where a list is wanted.")
    STRING_TYPE = ("string_type", "Something else was sent where a text is wanted.")
    BOOL_TYPE = ("bool_type", "Something else was sent where true or false is wanted.")
    FLOAT_TYPE = ("float_type", "Something else was sent where a number is wanted.")
    DATE_TYPE = ("date_type", "Something else was sent where a day is wanted.")
    MISSING = ("missing", "A required member or parameter was left out.")
    UNKNOWN_MEMBER = ("unknown_member", "The body has a member that is not in the description.")
    UNKNOWN_CODE = ("unknown_code", "The code that was sent is not one of those allowed there.")
    LITERAL_ERROR = ("literal_error", "The word that was sent is not one of those allowed there.")
    NOT_A_WHOLE_NUMBER = (
        "not_a_whole_number",
        "Whole numbers are sent without quotes and without decimals.",
    )
    INT_PARSING_SIZE = ("int_parsing_size", "The number has too many digits to be read.")
    FLOAT_PARSING = ("float_parsing", "The text is not a number.")
    FINITE_NUMBER = ("finite_number", "Neither infinity nor NaN is a number here.")
    BOOL_PARSING = ("bool_parsing", "The text is neither true nor false.")
    TOO_SMALL = ("too_small", "The number is below the smallest one allowed.")
    TOO_LARGE = ("too_large", "The number is above the largest one allowed.")
    TOO_MANY_PLACES = ("too_many_places", "The number has more decimal places than are allowed.")
    TOO_SHORT = ("too_short", "The list has fewer items than are needed.")
    TOO_LONG = ("too_long", "The list has more items than are allowed.")
    STRING_TOO_SHORT = ("string_too_short", "The text has fewer characters than are needed.")
    STRING_TOO_LONG = ("string_too_long", "The text has more characters than are allowed.")
    STRING_PATTERN_MISMATCH = (
        "string_pattern_mismatch",
        "The text does not have the form that the description gives for it.",
    )
    STRING_UNICODE = ("string_unicode", "The text has half a character, which cannot be stored.")
    DATE_FROM_DATETIME_PARSING = (
        "date_from_datetime_parsing",
        "The text is not a day; days are sent as 2026-03-31.",
    )
    DATE_FROM_DATETIME_INEXACT = (
        "date_from_datetime_inexact",
        "An instant was sent where a day is wanted; days are sent as 2026-03-31.",
    )
    DATETIME_FROM_DATE_PARSING = (
        "datetime_from_date_parsing",
        "The text is not an instant; instants are sent as 2026-11-23T09:00:00Z.",
    )
    TIMEZONE_AWARE = ("timezone_aware", "The instant does not say its time zone, such as Z.")
    VALUE_ERROR = ("value_error", "The value cannot be right; the detail says why.")
    NOT_A_CURSOR = ("not_a_cursor", "The cursor is not the `next` of a page.")
    AS_OF_IN_FUTURE = ("as_of_in_future", "The instant asked for has not come.")

    # Figures and boards.
    CENSUS_NOT_OPEN = ("census_not_open", "The census does not accept figures yet, or never will.")
    TRUST_NOT_OPEN = ("trust_not_open", "The trust was not open on the day that counts.")
    DUPLICATE_CELL = ("duplicate_cell", "The same cell was sent twice.")
    BAND_NOT_OF_STAFF_GROUP = (
        "band_not_of_staff_group",
        "The staff group does not have the band: medical staff have grades, others have bands.",
    )
    ETHNIC_GROUP_OR_CATEGORY = (
        "ethnic_group_or_category",
        "A cell has either an ethnic group or an ethnic category.",
    )
    GROUP_AND_CATEGORY = (
        "group_and_category",
        "Within one band ethnic groups and ethnic categories cannot be mixed.",
    )
    SUBSET_LARGER_THAN_WHOLE = (
        "subset_larger_than_whole",
        "A part has more people than the whole that it is part of.",
    )
    TOTAL_DISAGREES = ("total_disagrees", "A total is not what the cells come to.")
    NOT_A_PREDECESSOR = (
        "not_a_predecessor",
        "Figures can cover the trust itself and its predecessors only.",
    )
    NOT_OPEN_AT_CENSUS = (
        "not_open_at_census",
        "The return cannot cover an organisation that was not open at the census.",
    )
    CORRECTION_NOTE_MISSING = (
        "correction_note_missing",
        "What is public is corrected with a note for everybody to read.",
    )
    NOT_BEFORE = ("not_before", "The revision compared with is not before the other one.")
    REASON_MISSING = ("reason_missing", "A change of what is held needs a reason.")
    BOARD_DATE_OUT_OF_RANGE = (
        "board_date_out_of_range",
        "The board approves a census from its day on, and not after today.",
    )

    # Indicators.
    INDICATOR_MISSING = ("indicator_missing", "At least one indicator is sent.")
    PERIOD_AFTER_CENSUS = (
        "period_after_census",
        "The period of an indicator is over by the day of the census.",
    )
    NOBODY_COUNTED = ("nobody_counted", "An indicator in which nobody is counted says nothing.")
    SHARE_OF_NOBODY = ("share_of_nobody", "Where nobody responded there is no share.")

    # Organisations.
    CODE_SHAPE = ("code_shape", "The ODS code does not look like one of the kind.")
    KIND_IS_FIXED = ("kind_is_fixed", "The kind of what is in the register does not change.")
    TYPE_OF_TRUSTS_ONLY = ("type_of_trusts_only", "Only trusts have a type.")
    WRONG_KIND = ("wrong_kind", "An organisation of another kind belongs there.")
    CLOSED_BEFORE_OPENED = ("closed_before_opened", "The organisation closes before it opens.")
    BEFORE_WHAT_IT_CHANGES = (
        "before_what_it_changes",
        "A change takes effect later than what it changes did.",
    )
    SUCCEEDS_ITSELF = ("succeeds_itself", "An organisation does not succeed itself.")
    DUPLICATE_CODE = ("duplicate_code", "The same organisation was named twice.")

    # Censuses and cycles.
    BEFORE_FIRST_CENSUS = ("before_first_census", "The first census was that of 2015.")
    YEAR_NOT_NEXT = ("year_not_next", "Censuses are entered one after the other.")
    OPENS_BEFORE_CENSUS = ("opens_before_census", "A census opens on its day or later.")
    OPENS_AFTER_FIGURES = ("opens_after_figures", "Figures of the census are held from earlier.")
    DUE_BEFORE_OPENING = ("due_before_opening", "A census is due on the day it opens or later.")
    DUE_MISSING = ("due_missing", "Extensions need a due date that they extend.")
    PUBLISHED_IN_FUTURE = ("published_in_future", "The day of publication has not come.")
    PUBLISHED_BEFORE_OPENING = (
        "published_before_opening",
        "Figures are published on the day the census opens or later.",
    )
    TRUST_NOT_FOUND = ("trust_not_found", "No trust has the ODS code.")
    DUPLICATE_TRUST = ("duplicate_trust", "The same trust was named twice.")
    EXTENSION_BEFORE_DUE = ("extension_before_due", "An extension ends on the due date or later.")
    CODE_MISMATCH = ("code_mismatch", "The code of a cycle is made of its two years.")
    NOT_THREE_YEARS = ("not_three_years", "A cycle takes three years.")
    AMBITION_OVER = ("ambition_over", "The year of the ambition was over before the cycle.")

    # Targets.
    MEASURE_CANNOT_BE_NARROWED = (
        "measure_cannot_be_narrowed",
        "The measure has no staff groups to narrow it to.",
    )
    CYCLE_NOT_FOUND = ("cycle_not_found", "There is no such cycle.")
    ONE_GOAL = ("one_goal", "A target has one goal: a share, a headcount or a word.")
    ONE_FORM = ("one_form", "A milestone is either a share or a headcount.")
    REASON_WITH_GOAL = (
        "reason_with_goal",
        "A reason is given when no target is needed, and only then.",
    )
    REASON_OF_FURTHER_VERSION = (
        "reason_of_further_version",
        "A version says why it takes the place of the one before, if there is one.",
    )
    NOT_THE_GOALS_FORM = ("not_the_goals_form", "Milestones have the form of the goal.")
    OUTSIDE_CYCLE = ("outside_cycle", "A milestone is not at a census of the cycle.")
    DUPLICATE_YEAR = ("duplicate_year", "Two milestones are of the same year.")
    DIFFERS_FROM_GOAL = ("differs_from_goal", "The last milestone is the goal itself.")
    NOT_RISING = ("not_rising", "A path never falls from one milestone to the next.")
    BELOW_BASELINE = ("below_baseline", "Neither goal nor milestones lie below the baseline.")
    BELOW_REFERENCE = (
        "below_reference",
        "A measure below its reference needs a goal in figures.",
    )
    NOBODY_AT_BASELINE = (
        "nobody_at_baseline",
        "Nobody was in the group at the baseline, so a share has no path from there.",
    )
    BASELINE_MISSING = (
        "baseline_missing",
        "No actuals are held for the baseline's census, and no baseline was stated.",
    )
    ACTUALS_ARE_HELD = (
        "actuals_are_held",
        "The baseline comes from the actuals that are held and is not stated.",
    )
    SHARE_WITH_FIXED = ("share_with_fixed", "A fixed reference has a share, and no other has.")
    SOURCE_MISSING = ("source_missing", "A fixed reference says where its share comes from.")
    STAFF_GROUP_MISSING = (
        "staff_group_missing",
        "The reference own_staff_group needs a measure that is narrowed to a staff group.",
    )
    IN_THE_FUTURE = ("in_the_future", "The day has not come.")

    # Proposals and what-if.
    AFTER_CYCLE_START = ("after_cycle_start", "The cycle starts before the strategy's first year.")
    BEFORE_CYCLE_END = ("before_cycle_end", "The cycle ends after the strategy's last year.")
    NO_ACTUALS = ("no_actuals", "Nothing is proposed, since no actuals of the census are held.")
    NO_PEOPLE = ("no_people", "Nothing is proposed, since there is nobody in the group.")
    NO_TARGET = ("no_target", "Nothing is proposed, since there is no target to start from.")
    NO_TARGET_NEEDED = (
        "no_target_needed",
        "Nothing is proposed, since the trust stated that no target is needed.",
    )
    NOT_NEEDED = ("not_needed", "Nothing is proposed, since nothing changed that calls for it.")
    IS_THE_REFERENCE = (
        "is_the_reference",
        "Nothing is proposed, since the measure is what others are compared with.",
    )
    NOBODY_APPOINTED = (
        "nobody_appointed",
        "A team that shrinks as fast as people leave appoints nobody.",
    )

    # Questions about progress.
    REFERENCE_SHARE_MISSING = ("reference_share_missing", "A fixed reference needs its share.")
    REFERENCE_SHARE_UNUSED = (
        "reference_share_unused",
        "A share goes with a fixed reference only.",
    )
    TARGET_NOT_SHOWN = (
        "target_not_shown",
        "The target is neither the closing nor the current one of the measure.",
    )
    TARGET_VERSION_NOT_FOUND = (
        "target_version_not_found",
        "No target was submitted in that version.",
    )

    # Action plans.
    ONE_AIM = ("one_aim", "An action aims at either a measure or an indicator.")
    STAFF_GROUP_OF_MEASURE = ("staff_group_of_measure", "A staff group narrows a measure only.")
    UNKNOWN_TARGET = ("unknown_target", "The trust has no such target.")
    TARGET_OF_ANOTHER_CYCLE = (
        "target_of_another_cycle",
        "The target is for another cycle than the plan.",
    )
    DUPLICATE_TARGET = ("duplicate_target", "The same target was named twice.")
    DUPLICATE_ACTION = ("duplicate_action", "Two actions have the same identifier.")
    DUPLICATE_REVIEW = ("duplicate_review", "Two reviews are of the same year.")
    OWNER_IS_AN_ADDRESS = (
        "owner_is_an_address",
        "The owner of an action is a role, not a person's address.",
    )
    DUE_OUT_OF_RANGE = ("due_out_of_range", "The due date is out of reach of the plan's cycle.")
    NOT_A_WEB_ADDRESS = ("not_a_web_address", "The address is not one of a page on the web.")
    TOO_EARLY = ("too_early", "The time of the review has not come.")
    NO_TARGET_IN_FORCE = (
        "no_target_in_force",
        "A plan is reviewed once a target that it serves is in force.",
    )
    REVIEW_MISSING = ("review_missing", "A review that is stored was left out.")

    # Experts and tokens.
    NOT_A_NAME = ("not_a_name", "The name is not a text of 1 to 200 printable characters.")
    NOT_AN_EMAIL = ("not_an_email", "The text is not an e-mail address.")
    DUPLICATE_EMAIL = ("duplicate_email", "Another expert is recorded with the e-mail.")
    ENDS_BEFORE_START = ("ends_before_start", "The last day lies before the first.")
    OVERLAPPING_SUPPORT = (
        "overlapping_support",
        "The same trust is supported twice at the same time.",
    )
    IN_THE_PAST = ("in_the_past", "The instant has passed.")
    ROLE_WITHOUT_TOKEN = ("role_without_token", "The role has no tokens.")
    ORGANISATIONS_MISSING = ("organisations_missing", "The token has to name organisations.")
    ORGANISATIONS_UNUSED = (
        "organisations_unused",
        "The token is for all organisations and names none.",
    )
    ONE_TRUST_ONLY = ("one_trust_only", "The token is for one trust.")
    EXPIRES_TOO_LATE = ("expires_too_late", "The token would be good for longer than is allowed.")
    NO_ISSUER = ("no_issuer", "The service accepts nobody's signed tokens.")
    NOT_A_SUBJECT = ("not_a_subject", "No issuer calls an application so.")
    SUBJECT_TAKEN = ("subject_taken", "Another token stands for the subject.")

    # Staff lists.
    NOT_CSV = ("not_csv", "The file is no table of rows with commas, semicolons or tabs.")
    NO_ROWS = ("no_rows", "There are headings, and no figures under them.")
    ROW_WIDTH = ("row_width", "A row has more or fewer cells than the header.")
    COLUMN_MISSING = ("column_missing", "A column that is needed was not found, or several were.")
    BLANK_CELL = ("blank_cell", "Rows have nothing in a column that is needed.")
    UNKNOWN_WORD = ("unknown_word", "Rows have words that nobody has said the meaning of.")
    BAD_MEANING = ("bad_meaning", "A line of a table of words does not say what a word means.")

    # Files.
    SHEET_NOT_FOUND = ("sheet_not_found", "The file has no visible sheet of the name.")
    HEADINGS_NOT_FOUND = (
        "headings_not_found",
        "No row of the sheet has the headings of a table of the kind that is imported.",
    )
    DUPLICATE_COLUMN = ("duplicate_column", "Two columns of a table are for the same thing.")
    SECOND_TABLE = ("second_table", "A second table with other headings stands in the sheet.")
    SAID_OTHERWISE = (
        "said_otherwise",
        "Two rows of one trust and census have another source, other notes, trusts or periods.",
    )
    NOT_A_CENSUS = ("not_a_census", "The cell is neither the year nor the day of a census.")
    NOT_OF_INDICATOR = (
        "not_of_indicator",
        "The row has something that its indicator does not have, such as a share of a pool.",
    )
    SECTION_MISSING = (
        "section_missing",
        "No heading above the row says which staff group its people are in.",
    )
    CONTROL_TOTAL_MISSING = (
        "control_total_missing",
        "Nothing states what the headcounts come to, so that a lost row would not be noticed.",
    )
    NOT_ALLOWED = ("not_allowed", "The caller may not write for the trust.")
    INVENTED_AND_REAL = (
        "invented_and_real",
        "The file has figures of invented trusts beside those of real ones.",
    )

    # Cells of files.
    EMPTY_CELL = ("empty_cell", "The cell is empty where something is wanted.")
    SUPPRESSED_NUMBER = (
        "suppressed_number",
        "A mark such as * or [c] stands where a number is wanted.",
    )
    AMBIGUOUS_NUMBER = ("ambiguous_number", "The number can be read in two ways.")
    PERCENTAGE_FOR_NUMBER = (
        "percentage_for_number",
        "A percentage stands where a number of people is wanted.",
    )
    DATE_FOR_NUMBER = ("date_for_number", "A date stands where a number is wanted.")
    DATE_FOR_TEXT = (
        "date_for_text",
        "A date stands where a text is wanted; spreadsheets turn texts such as 1-2 into dates.",
    )
    TRUTH_FOR_NUMBER = ("truth_for_number", "TRUE or FALSE stands where a number is wanted.")
    NOT_A_PERCENTAGE = ("not_a_percentage", "The cell is no percentage from 0 to 100.")
    PRINTED_SHARE_DISAGREES = (
        "printed_share_disagrees",
        "A printed percentage is not that of the counts beside it, rounded or cut off.",
    )
    NOT_A_SHARE = ("not_a_share", "The cell is no share from 0 to 1 and no percentage.")
    NUMBER_FOR_DAY = ("number_for_day", "A number stands where a day is wanted.")
    AMBIGUOUS_DAY = ("ambiguous_day", "The day can be read in two ways, British or American.")
    TIME_OF_DAY = ("time_of_day", "The cell has the format of a time.")
    ERROR_VALUE = ("error_value", "The cell shows an error, such as #N/A.")
    FORMULA_WITHOUT_RESULT = (
        "formula_without_result",
        "The cell has a formula without its result.",
    )
    COVERED_BY_MERGE = ("covered_by_merge", "The cell is covered by a merged one.")
