"""The methods that a path takes, for the `Allow` of an answer that another one is not."""

from fastapi import Request
from fastapi.routing import iter_route_contexts


def list_methods(request: Request) -> list[str]:
    """Return the methods of all routes of the request's path, in the order of the alphabet.

    The framework names those of the first route alone.

    Source: RFC 9110, 10.2.1; whatever answers a GET answers a HEAD.
    """
    path, found = request.url.path, set[str]()
    for context in iter_route_contexts(request.app.routes):
        if context.path_regex.match(path):
            found |= context.methods or set()
    return sorted(found | {"HEAD"} if "GET" in found else found)
