"""``serve``: the review screen in a browser, on this machine only unless somebody chooses otherwise."""

import os
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run

from markup_assistant.cli import serve
from markup_assistant.cli.context import CliContext
from markup_assistant.settings import Settings
from markup_assistant.texts import get_texts

textual_serve = pytest.importorskip("textual_serve", reason="the server is not installed")

START_SECONDS = 30


def free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind((serve.LOOPBACK, 0))
        port: int = taken.getsockname()[1]
        return port


def context(language: str = "da") -> CliContext:
    return CliContext(Settings(language=language), get_texts(language))


@pytest.fixture
def letters(home: Path) -> Path:
    folder = home / "mine breve æøå"
    folder.mkdir()
    (folder / "brev.txt").write_text("Din beboerlicens udløber.", encoding="utf-8")
    return folder


@pytest.fixture
def serving(home: Path, letters: Path) -> Iterator[Callable[..., tuple[subprocess.Popen[bytes], str]]]:
    """Start the server in a process of its own; gives the process and its address once it answers."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*options: str) -> tuple[subprocess.Popen[bytes], str]:
        port = free_port()
        running = subprocess.Popen(
            [sys.executable, "-m", "markup_assistant", "serve", str(letters), "--port", str(port), *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=home,
            env=os.environ.copy(),
        )
        started.append(running)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and running.poll() is None:
            with closing(socket.socket()) as probe:
                if probe.connect_ex((serve.LOOPBACK, port)) == 0:
                    return running, f"http://{serve.LOOPBACK}:{port}"
            time.sleep(0.05)
        running.kill()
        raise AssertionError(running.communicate()[1].decode())

    yield start
    for running in started:
        running.kill()
        running.communicate()


def test_the_server_runs_the_review_of_this_program_for_that_folder(letters: Path) -> None:
    command = serve.screen_command(context("en"), letters)
    if os.name != "nt":
        expected = [sys.executable, "-m", "markup_assistant", "--language", "en", "review", str(letters)]
        assert shlex.split(command) == expected
    assert str(letters) in command


@pytest.mark.skipif(os.name == "nt", reason="how other shells quote")
def test_a_folder_with_signs_of_the_shell_in_its_name_stays_one_word(home: Path) -> None:
    folder = home / "breve; echo $(whoami) '\" &"
    command = serve.screen_command(context(), folder)
    said = subprocess.run(f"printf '%s\\n' {command}", shell=True, capture_output=True, check=True)  # noqa: S602  # as the server runs it
    assert said.stdout.decode().splitlines()[-1] == str(folder)


def test_the_page_is_served_to_a_browser_on_this_machine(
    serving: Callable[..., tuple[subprocess.Popen[bytes], str]],
) -> None:
    running, address = serving()
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  # our own server
        page = answer.read().decode()
    assert "Markup Assistant" in page
    assert "websocket" in page
    running.terminate()
    _, talk = running.communicate(timeout=20)
    said = talk.decode()
    assert address in said
    assert "Advarsel" not in said
    assert "Traceback" not in said


def test_nobody_else_on_the_network_reaches_it_by_default(
    serving: Callable[..., tuple[subprocess.Popen[bytes], str]],
) -> None:
    _, address = serving()
    port = int(address.rpartition(":")[2])
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as outward:
        try:
            outward.connect(("192.0.2.1", 9))  # sends nothing: it only chooses the address of this machine
        except OSError:
            pytest.skip("this machine has no network")
        own = outward.getsockname()[0]
    if own.startswith("127."):
        pytest.skip("this machine has no address but its own")
    with closing(socket.socket()) as probe:
        probe.settimeout(5)
        assert probe.connect_ex((own, port)) != 0


def test_another_site_s_page_cannot_drive_the_review(
    serving: Callable[..., tuple[subprocess.Popen[bytes], str]],
) -> None:
    """A browser says from which page a connection was opened; one that is not ours is refused."""
    _, address = serving()
    assert b" 101 " in opened_from(address, address)
    assert b" 403 " in opened_from(address, "https://other.example")


def opened_from(address: str, origin: str) -> bytes:
    """Return the first line of the answer to a page of some origin that opens the connection of the screen."""
    host, _, port = address.removeprefix("http://").partition(":")
    lines = [
        "GET /ws?width=80&height=24 HTTP/1.1",
        f"Host: {host}:{port}",
        f"Origin: {origin}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    ]
    with closing(socket.create_connection((host, int(port)), timeout=10)) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        return connection.makefile("rb").readline()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "rådhus.example"])  # noqa: S104  # what is warned of
def test_whoever_lets_others_in_is_warned(cli: Run, letters: Path, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    served: list[Any] = []
    monkeypatch.setattr("textual_serve.server.Server.serve", lambda server: served.append(server))  # noqa: PLW0108  # bound to it
    outcome = cli("serve", str(letters), "--host", host)
    assert outcome.code == 0
    assert "Advarsel" in outcome.err
    assert host in outcome.err
    assert (served[0].host, served[0].port) == (host, 8000)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_on_ones_own_machine_there_is_nothing_to_warn_of(
    cli: Run, letters: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setattr("textual_serve.server.Server.serve", lambda self: None)
    outcome = cli("serve", str(letters), "--host", host)
    assert outcome.code == 0
    assert "Advarsel" not in outcome.err
    assert "Ctrl+C" in outcome.err


def test_a_port_that_is_taken_is_said_to_be_so(cli: Run, letters: Path, home: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind((serve.LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "markup_assistant", "serve", str(letters), "--port", str(port)],
            capture_output=True,
            check=False,
            cwd=home,
            env=os.environ.copy(),
            timeout=60,
        )
    assert done.returncode == 1
    said = done.stderr.decode()
    assert str(port) in said
    assert "Traceback" not in said


def test_a_folder_that_is_not_there_is_not_served(cli: Run, home: Path) -> None:
    outcome = cli("serve", str(home / "findes-ikke"))
    assert outcome.code == 1
    assert "findes-ikke" in outcome.err
