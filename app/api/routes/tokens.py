"""Callers' tokens: made, listed, rotated and revoked."""

import re
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.auth import CallerDep
from app.api.cursors import After, next_cursor, not_a_cursor
from app.api.deps import Now, ReadSession, WriteSession
from app.api.guarding import SecretRoute
from app.api.problems import documented
from app.api.schemas.tokens import NewTokenOut, RotationIn, TokenIn, TokenListOut, TokenOut
from app.domain.errors import (
    AnswerNotKept,
    NotAllowed,
    TokenEnded,
    TokenInvalid,
    TokenNotFound,
    TokenWithoutSecret,
    UnacceptableToken,
)
from app.domain.tokens import LONGEST_LIFE
from app.services import tokens

router = APIRouter(prefix="/v1/tokens", tags=["tokens"], route_class=SecretRoute)

_ID = re.compile(r"[0-9a-f]{12}")

TokenId = Annotated[
    str,
    Path(
        pattern=rf"^{_ID.pattern}$",
        description="Identifier of the token; it stands in its secret too.",
        examples=["0123456789ab"],
    ),
]


def _never_kept(response: Response) -> None:
    """Let nobody keep an answer that has a secret in it."""
    response.headers["Cache-Control"] = "no-store"


def _after(cursor: str | None) -> tuple[datetime, str] | None:
    """Return the token after which a page begins: when it was made, and its identifier."""
    if cursor is None:
        return None
    made, _, id_ = cursor.partition(" ")
    try:
        at = datetime.fromisoformat(made)
        if at.utcoffset() == timedelta(0) and _ID.fullmatch(id_):
            return at, id_
    except ValueError as error:
        raise not_a_cursor() from error
    raise not_a_cursor()


@router.get("", summary="List tokens", responses=documented(TokenInvalid, NotAllowed))
def list_tokens(
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    after: After,
    limit: Annotated[int, Query(ge=1, le=500, description="How many a page.")] = 100,
) -> TokenListOut:
    """The tokens of which the caller may know, oldest first, without their secrets.

    The national team is shown all. A trust is shown those that are for it, those of systems that
    serve several trusts included, and nothing of the other trusts.
    """
    found = tokens.list_tokens_of(session, after=_after(after), limit=limit + 1, by=caller)
    page = found[:limit]
    return TokenListOut(
        items=[TokenOut.from_domain(one, now) for one in page],
        next=next_cursor(tokens.key_of(page[-1])) if len(found) > limit else None,
    )


@router.post(
    "",
    summary="Make a token",
    status_code=201,
    responses=documented(TokenInvalid, NotAllowed, UnacceptableToken, AnswerNotKept),
)
def post_token(
    body: TokenIn,
    caller: CallerDep,
    now: Now,
    session: WriteSession,
    request: Request,
    response: Response,
) -> NewTokenOut:
    """Make a token; its secret is in this answer alone.

    The national team makes any. A trust makes those that are for itself, with the role `trust` or
    `trust_data`. With a `subject`, signed tokens of that subject take the place of a secret.
    """
    wanted, secret = body.to_wanted(now), None
    if body.subject is None:
        made = tokens.make_token(session, wanted=wanted, by=caller, now=now)
        token, secret = made.token, made.secret
    else:
        token = tokens.register_subject(
            session,
            wanted=wanted,
            subject=body.subject,
            issuer=request.app.state.settings.jwt_issuer,
            by=caller,
            now=now,
        )
    _never_kept(response)
    response.headers["Location"] = f"/v1/tokens/{token.id}"
    return NewTokenOut.from_new(token, secret, now)


@router.get(
    "/{token_id}",
    summary="Get a token",
    responses=documented(TokenNotFound, TokenInvalid, NotAllowed),
)
def get_token(token_id: TokenId, caller: CallerDep, now: Now, session: ReadSession) -> TokenOut:
    """One token, without its secret; to a trust, only one that is for it."""
    found = tokens.get_token(session, token_id=token_id, by=caller)
    return TokenOut.from_domain(found, now)


@router.post(
    "/{token_id}/rotation",
    summary="Rotate a token",
    responses=documented(
        TokenNotFound,
        TokenEnded,
        TokenWithoutSecret,
        TokenInvalid,
        NotAllowed,
        UnacceptableToken,
        AnswerNotKept,
    ),
)
def post_token_rotation(
    token_id: TokenId,
    body: RotationIn,
    caller: CallerDep,
    now: Now,
    session: WriteSession,
    response: Response,
) -> NewTokenOut:
    """Give a token a new secret, which is in this answer alone.

    The secret before stays good for some hours, so that it can be replaced without a gap; the one
    before that ends at once. A token for several trusts is rotated by the national team.
    """
    made = tokens.rotate_token(
        session,
        token_id=token_id,
        overlap=body.overlap,
        renewal=body.expires_at,
        latest=now + LONGEST_LIFE,
        by=caller,
        now=now,
    )
    _never_kept(response)
    return NewTokenOut.from_new(made.token, made.secret, now)


@router.delete(
    "/{token_id}",
    summary="Revoke a token",
    status_code=204,
    response_class=Response,
    responses=documented(TokenNotFound, TokenInvalid, NotAllowed)
    | {204: {"description": "The token is refused from now on, or was before."}},
)
def delete_token(token_id: TokenId, caller: CallerDep, now: Now, session: WriteSession) -> None:
    """Take a token back, with every secret that it had; every process refuses it at once.

    A trust takes back a token that is for it alone. From a token for several trusts it withdraws
    its own consent: the token no longer reaches it, and to the trust it is not there any more.
    """
    tokens.revoke_token(session, token_id=token_id, by=caller, now=now)
