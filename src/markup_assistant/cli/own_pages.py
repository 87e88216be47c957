"""A server of the review screen that answers its own pages alone.

A page of another site, open in the same browser, may open a connection to an address of this machine; the browser
then says where the page came from (RFC 6455, section 10.2), and such a one is refused.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class OwnPagesServer(Server):
    """Textual's server, which by itself answers pages of every origin."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(refuse_strangers)
        return app


@web.middleware
async def refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what a page of another origin asks for, and what comes under a name that is not the server's own."""
    origin = request.headers.get("Origin", "")
    if origin and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden
    return await handler(request)
