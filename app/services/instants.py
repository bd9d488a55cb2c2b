"""Questions as of an instant."""

from datetime import datetime

from app.domain.errors import UnacceptableQuestion, as_of_in_future


def refuse_future(as_of: datetime | None, now: datetime) -> None:
    """Refuse a question as of an instant that has not come: its answer could still change.

    Raises:
        UnacceptableQuestion: It has not come.
    """
    if as_of is not None and as_of > now:
        raise UnacceptableQuestion([as_of_in_future(as_of, now)])
