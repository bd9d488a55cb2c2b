"""What a page holds for its reader between two forms, so that nobody can alter it unnoticed.

A file that was previewed travels in the page that shows the preview: the service keeps nothing
of it that was not confirmed, and whichever process answers can store it.
"""

import hmac
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import sha256
from typing import Any, Final

_PURPOSE: Final = b"what a page of a session holds"
"""What keeps these seals apart from whatever else is made of a session's secret."""

_SEAL_BYTES: Final = sha256().digest_size


class BrokenSeal(Exception):
    """What a page held was altered, or is another session's."""


def seal(secret: str, told: dict[str, Any], content: bytes) -> str:
    """Return what a page can hold: what is told of a content, and the content, under a seal.

    Args:
        secret: Of the session whose page holds it.
        told: As JSON has it.
        content: Any bytes.
    """
    head = json.dumps(told).encode()
    packed = zlib.compress(len(head).to_bytes(4, "big") + head + content)
    return urlsafe_b64encode(_mark(secret, packed) + packed).decode()


def unseal(secret: str, sealed: str) -> tuple[dict[str, Any], bytes]:
    """Return what was sealed.

    Raises:
        BrokenSeal: It was not sealed so, or not for this session.
    """
    try:
        sent = urlsafe_b64decode(sealed.encode())
    except (NotBase64, UnicodeEncodeError) as error:
        raise BrokenSeal from error
    mark, packed = sent[:_SEAL_BYTES], sent[_SEAL_BYTES:]
    # Nothing is unpacked or read that this service has not packed itself.
    if not hmac.compare_digest(mark, _mark(secret, packed)):
        raise BrokenSeal
    whole = zlib.decompress(packed)
    start = 4 + int.from_bytes(whole[:4], "big")
    return json.loads(whole[4:start]), whole[start:]


def _mark(secret: str, packed: bytes) -> bytes:
    key = hmac.digest(secret.encode(), _PURPOSE, "sha256")
    return hmac.digest(key, packed, "sha256")
