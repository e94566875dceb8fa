"""Ends of connections: know when the caller is gone, or cut the line on it."""

from starlette.requests import Request


async def gone(request: Request) -> None:
    """Return once the caller has closed the connection; its body must have been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        continue


async def sever(request: Request) -> None:
    """Close the connection without an answer, as a crash on the way would.

    ASGI has no word for this, so the server's own transport is asked; whatever is sent afterwards reaches nobody.
    """
    transport = getattr(getattr(request.receive, "__self__", None), "transport", None)
    if transport is None:
        raise RuntimeError("only a server that shows its transport (uvicorn) can cut a connection")
    transport.abort()
    await gone(request)
