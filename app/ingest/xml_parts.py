"""XML of a workbook, element by element, with nothing in it that could harm.

The standard library's parser reports what it meets; what a part holds is never built as a tree.
"""

from collections.abc import Callable, Mapping
from typing import Final, NoReturn
from xml.parsers import expat

from app.domain.errors import UnreadableFile
from app.domain.file_codes import UnreadableCode

OnStart = Callable[[Mapping[str, str]], None]
"""What is done when an element begins, given its attributes."""

_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


class Elements(dict[str, OnStart]):
    """What is done when elements begin, by their names without prefix."""

    def __init__(self, on_start: Mapping[str, OnStart], otherwise: OnStart) -> None:
        super().__init__(on_start)
        self._otherwise = otherwise

    def __missing__(self, name: str) -> OnStart:
        """Return what is done for a name with a prefix, or for any other."""
        prefix, _, local = name.rpartition(":")
        found = self[name] = self[local] if prefix else self._otherwise
        return found


class XmlPart:
    """One part, which is parsed once.

    Attributes:
        file: Name of the file, for the sentence if it is refused.
    """

    def __init__(self, file: str, part: bytes | None) -> None:
        self.file = file
        self._part = part
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.XmlDeclHandler = self._check_encoding

    def parse(
        self, on_start: Mapping[str, OnStart] | None = None, otherwise: OnStart = lambda _: None
    ) -> None:
        """Report every element.

        Args:
            on_start: What is done when an element begins, by its name without prefix.
            otherwise: What is done when an element of another name begins.

        Raises:
            UnreadableFile: The part is missing, is no XML in UTF-8, or declares a document type.
        """
        if self._part is None or self._part.startswith(_UTF_16):
            # The reader of workbooks takes UTF-16 for nothing, and would say that all is empty.
            self.refuse()
        if on_start:
            elements = Elements(on_start, otherwise)
            self._parser.StartElementHandler = lambda name, attributes: elements[name](attributes)
        try:
            self._parser.Parse(self._part, True)  # noqa: FBT003 -- positional only
        except expat.ExpatError as error:
            raise UnreadableFile(self.file, UnreadableCode.DAMAGED_WORKBOOK) from error

    def listen(self, on_text: Callable[[str], object] | None) -> None:
        """Have the text reported that comes next, or no text any more."""
        self._parser.CharacterDataHandler = on_text

    def refuse_when_unusual(self, is_unusual: Callable[[], bool]) -> None:
        """Refuse comments, instructions and CDATA where they may not be.

        The reader of workbooks passes over them and over what stands after them.
        """

        def check(*_: str) -> None:
            if is_unusual():
                self.refuse()

        self._parser.CommentHandler = check
        self._parser.ProcessingInstructionHandler = check
        self._parser.StartCdataSectionHandler = check

    def refuse(self) -> NoReturn:
        """Refuse the file because the part is not as it should be."""
        raise UnreadableFile(self.file, UnreadableCode.DAMAGED_WORKBOOK)

    def _refuse_doctype(self, *_: object) -> None:
        raise UnreadableFile(self.file, UnreadableCode.UNSAFE_XML)

    def _check_encoding(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in {"utf-8", "us-ascii"}:
            self.refuse()
