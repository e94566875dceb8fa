"""Keep the playground on this machine: loopback hosts only, same origin only, a strict policy for the page."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
OURS = frozenset({"same-origin", "none"})
"""What a browser says of a call by the page itself, or of an address somebody typed."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


class Guard:
    """ASGI middleware around everything the playground serves."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif why := _fault(scope):
            await PlainTextResponse(why, status_code=403)(scope, receive, send)
        else:
            await self.app(scope, receive, _with_policy(send))


def _fault(scope: Scope) -> str | None:
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if host.rsplit(":", 1)[0] not in LOOPBACK and host not in LOOPBACK:
        return "only loopback hosts are served"
    # a link or picture on any page can call by GET, and then no origin is told; browsers say this instead
    if headers.get("sec-fetch-site", "none") not in OURS:
        return "only the page served here may call"
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return "only the page served here may call"
    return None


def _with_policy(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Content-Security-Policy", POLICY)
            headers.setdefault("X-Content-Type-Options", "nosniff")
            headers.setdefault("Referrer-Policy", "no-referrer")
        await send(message)

    return guarded
