"""The addresses of the preview. The only module that knows Starlette.

No answer holds a word of the request, and there is nothing that a request could change.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digest.preview.desk import Desk
from digest.preview.events import Events
from digest.preview.guard import HEADERS, is_ours
from digest.preview.page import page
from digest.preview.scheme import SCHEMES, shown_in

App = ASGIApp
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def pages(desk: Desk, events: Events, host: str = "", lifespan: Lifespan | None = None) -> App:
    """The whole preview; `host` is answered beside the names of this machine."""
    routes = [
        Route("/", _page(), methods=["GET"]),
        Route("/state.json", partial(_state, desk), methods=["GET"]),
        Route("/events", partial(_events, events), methods=["GET"]),
        Route("/{name}", partial(_file, desk), methods=["GET"]),
    ]
    found = Starlette(routes=routes, lifespan=lifespan)
    found.router.redirect_slashes = False  # a redirect would echo the address
    return _Guarded(found, host)


def _page() -> Callable[[Request], Response]:
    content, policy = page()

    def show(_: Request) -> Response:
        return Response(content, media_type="text/html", headers={"Content-Security-Policy": policy})

    return show


async def _state(desk: Desk, _: Request) -> Response:
    return JSONResponse(desk.state())


async def _events(events: Events, request: Request) -> Response:
    if request.method == "HEAD":
        return Response(media_type="text/event-stream")
    return StreamingResponse(events.stream(), media_type="text/event-stream")


async def _file(desk: Desk, request: Request) -> Response:
    """A file of the issue, byte for byte; `?scheme=` asks for a copy of the HTML that is light or dark."""
    file = desk.file(request.path_params["name"])
    if file is None:
        return PlainTextResponse("There is no such page.\n", 404)
    scheme = request.query_params.get("scheme")
    content: bytes | str = file.content
    if file.media_type == "text/html" and scheme in SCHEMES:
        content = shown_in(scheme, file.content.decode("utf-8"))
    return Response(content, media_type=file.media_type)


class _Guarded:
    """Stands around everything, so that errors and refusals carry the headers too."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app, self._host = app, host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        app = self._app
        if not is_ours(Headers(scope=scope).getlist("host"), self._host):
            app = PlainTextResponse("The preview answers to localhost only.\n", 421)
        elif scope["method"] not in {"GET", "HEAD"}:
            app = PlainTextResponse("The preview is for reading only.\n", 405, {"Allow": "GET, HEAD"})
        await app(scope, receive, partial(_with_headers, send))


async def _with_headers(send: Send, message: Message) -> None:
    if message["type"] == "http.response.start":
        headers = MutableHeaders(scope=message)
        for name, value in HEADERS:
            headers.setdefault(name, value)
    await send(message)
