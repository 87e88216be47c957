"""The other thread of the screen: it thinks about one thing after the other, in the order in which it was asked."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Thinker:
    """Calls functions one after the other, so that what they work on never needs a lock."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="thinker")

    async def think(self, function: Callable[..., T], *arguments: object) -> T:
        """Return what a function returns, once all that was asked before is done."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    def stop(self) -> None:
        """Take nothing more; what is under way is finished."""
        self._thread.shutdown(wait=False)
