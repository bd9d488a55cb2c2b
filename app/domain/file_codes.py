"""Codes of files: why one is refused whole, and what to know of one that was read."""

from app.domain.coded import Coded


class UnreadableCode(Coded):
    """Why a file is refused before anything in it is read."""

    CANNOT_BE_OPENED = ("cannot_be_opened", "The file cannot be opened.")
    EMPTY_FILE = (
        "empty_file",
        "The file has no content; perhaps it was sent before it was saved.",
    )
    FILE_TOO_LARGE = (
        "file_too_large",
        "The file is larger than files may be; split it by year or by trust.",
    )
    NO_CELLS = ("no_cells", "No visible cell of the file holds anything.")

    # Files that are something else than tables.
    PICTURE = ("picture", "The file is a picture; send the table itself, as .xlsx or .csv.")
    PDF = ("pdf", "The file is a PDF; send the table that it was made from, as .xlsx or .csv.")
    WEB_PAGE = (
        "web_page",
        (
            "The file is a web page, whatever its name says; open it in Excel and save it as an"
            " Excel Workbook (.xlsx)."
        ),
    )
    XML_FILE = (
        "xml_file",
        (
            "The file is XML, whatever its name says; open it in Excel and save it as an Excel"
            " Workbook (.xlsx)."
        ),
    )
    JSON_FILE = (
        "json_file",
        (
            "The file is JSON; send it as the body of the request that takes such figures, or the"
            " table as .xlsx or .csv."
        ),
    )
    ARCHIVE = ("archive", "The file is an archive; unpack it and send the table inside it.")
    OTHER_DOCUMENT = (
        "other_document",
        "The file is a document and no workbook; put the table into a workbook (.xlsx).",
    )
    NOT_TEXT = (
        "not_text",
        (
            "The file is neither a workbook nor a text; save it as an Excel Workbook (.xlsx) or as"
            " CSV UTF-8."
        ),
    )

    # Workbooks that are not taken.
    PASSWORD = (
        "password",
        (
            "The workbook is locked with a password. Open it in Excel, choose File, Info, Protect"
            " Workbook, Encrypt with Password, empty the box, and save it."
        ),
    )
    MACROS = (
        "macros",
        (
            "The workbook has macros, which are not taken; save it as an Excel Workbook (.xlsx)"
            " without macros."
        ),
    )
    OLD_WORKBOOK = (
        "old_workbook",
        (
            "The workbook has the format of Excel 2003 or older (.xls); save it as an Excel"
            " Workbook (.xlsx)."
        ),
    )
    BINARY_WORKBOOK = (
        "binary_workbook",
        "The workbook is a binary one (.xlsb); save it as an Excel Workbook (.xlsx).",
    )
    OPEN_DOCUMENT = (
        "open_document",
        "The file is an OpenDocument one; save it as an Excel Workbook (.xlsx), not as .ods.",
    )
    NUMBERS_DOCUMENT = (
        "numbers_document",
        "The file is one of Apple Numbers; export it as Excel (.xlsx).",
    )
    DAMAGED_WORKBOOK = (
        "damaged_workbook",
        (
            "The workbook is damaged or not whole; open it in Excel, let Excel repair it, save it"
            " and send it again."
        ),
    )
    UNPACKS_TOO_LARGE = (
        "unpacks_too_large",
        "The workbook unpacks to more than workbooks may; copy the figures alone into a new one.",
    )
    TOO_MANY_PARTS = (
        "too_many_parts",
        "The workbook has more parts than workbooks may; copy the figures alone into a new one.",
    )
    UNSAFE_XML = (
        "unsafe_xml",
        "The workbook declares entities or a document type, which no spreadsheet program does.",
    )
    UNFINISHED_CELL = (
        "unfinished_cell",
        (
            "A cell was still being calculated when the workbook was saved; open it in Excel, wait"
            " until it is done, and save it."
        ),
    )
    TOO_MANY_CELLS = (
        "too_many_cells",
        (
            "The table is larger than tables may be; delete what is far from it, or split it by"
            " year or by trust."
        ),
    )

    # Texts that are no CSV.
    UNKNOWN_ENCODING = (
        "unknown_encoding",
        "The text is neither in UTF-8, UTF-16 nor Windows-1252; save it as CSV UTF-8.",
    )
    OPEN_QUOTE = ("open_quote", "A quotation mark is opened and never closed.")
    STRAY_QUOTE = (
        "stray_quote",
        "A quotation mark stands inside a quoted cell; there it has to be written twice.",
    )
    LONG_CELL = (
        "long_cell",
        "A cell is longer than cells may be; perhaps a quotation mark before it is not closed.",
    )


class RemarkCode(Coded):
    """What should be known of how a file was read."""

    HIDDEN_SHEET = ("hidden_sheet", "A hidden sheet was not read.")
    HIDDEN_ROWS = ("hidden_rows", "Hidden or filtered rows were read like the others.")
    HIDDEN_COLUMNS = ("hidden_columns", "Hidden columns were read like the others.")
    SHEET_LEFT_OUT = ("sheet_left_out", "A sheet without such a table was not read.")
    UNKNOWN_COLUMN = ("unknown_column", "A column that is for nothing known was not read.")
    NOTE_LEFT_OUT = ("note_left_out", "A row with only a text was taken as a note.")
    ROW_NOT_ADDED = ("row_not_added", "Rows that repeat people counted in others were not added.")
    NAMED_OTHERWISE = ("named_otherwise", "The file is not of the kind that its name says.")
    READ_AS_WINDOWS_1252 = (
        "read_as_windows_1252",
        "The text is not in UTF-8 and was taken to be in Windows-1252.",
    )
