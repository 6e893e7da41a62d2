"""The addresses: exact files, strict headers, and not a word of the request in any answer."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from digest import preview
from digest.errors import DigestError
from digest.preview.desk import Desk
from digest.preview.events import Events
from digest.preview.newsroom import Built
from digest.preview.web import pages

from .newsrooms import PAGE, built

FILES = {file.name: file for file in built().parcel.files}
ADDRESSES = ["/", "/state.json", *(f"/{name}" for name in FILES), "/nothing", "/a/b", "/issue.html/"]


def ask(path: str, method: str = "GET", build: Callable[[], Built] = built, **how: Any) -> httpx.Response:
    return asyncio.run(_ask(preview.app(build, lambda _: None), path, method, **how))


async def _ask(app: Any, path: str, method: str, **how: Any) -> httpx.Response:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8765") as client:
        return await client.request(method, path, **how)


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_served_byte_for_byte(name: str) -> None:
    answer = ask(f"/{name}")
    assert answer.status_code == 200
    assert answer.content == FILES[name].content
    assert answer.headers["content-type"].split(";")[0] == FILES[name].media_type


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", "OPTIONS", "PURGE"])
@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("host", ["localhost:8765", "evil.example"])
def test_every_answer_has_the_headers(path: str, method: str, host: str) -> None:
    answer = ask(path, method, headers={"Host": host})
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src ")
    assert "unsafe-inline" not in policy.replace("style-src 'unsafe-inline'", "")
    if host == "evil.example":
        assert answer.status_code == 421
    elif method not in {"GET", "HEAD"}:
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"
    if answer.status_code != 200:
        assert answer.headers["content-type"].startswith("text/plain")


def test_the_files_may_run_and_fetch_nothing() -> None:
    policy = ask("/issue.html").headers["content-security-policy"]
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src 'none';" in policy
    assert "frame-ancestors 'self'" in policy


def test_the_page_runs_its_own_script_and_no_other() -> None:
    answer = ask("/")
    policy = answer.headers["content-security-policy"]
    for tag in ("style", "script"):
        found = re.findall(rf"<{tag}>(.*?)</{tag}>", answer.text, re.DOTALL)
        assert len(found) == 1
        assert found[0].strip()
        assert base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode() in policy
    assert not re.search(r"\sstyle=|\son\w+=|innerHTML\s*=|https?://(?!www\.w3\.org)", answer.text)
    assert "'unsafe-inline'" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("path", ["/<script>alert(1)</script>", "/%3Cb%3Emark", "/issue.html/?mark", "//evil.example/mark"])
def test_no_answer_echoes_the_request(path: str) -> None:
    answer = ask(path, headers={"X-Mark": "mark"})
    assert answer.status_code == 404
    assert "location" not in answer.headers
    assert "mark" not in answer.text
    assert "script" not in answer.text


def test_a_fault_says_nothing_and_is_loud_in_the_server() -> None:
    desk = Desk(built, print)
    desk.state = lambda: 1 / 0  # type: ignore[method-assign,assignment,return-value]
    answer = asyncio.run(_ask(pages(desk, Events()), "/state.json", "GET"))
    assert answer.status_code == 500
    assert answer.text == "Internal Server Error"
    assert answer.headers["x-content-type-options"] == "nosniff"
    with pytest.raises(ZeroDivisionError):
        asyncio.run(_loud(pages(desk, Events())))


async def _loud(app: Any) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        await client.get("/state.json")


def test_the_scheme_changes_a_copy_of_the_html_alone() -> None:
    dark = ask("/issue.html?scheme=dark").text
    assert "@media (min-width: 0)" in dark
    assert "On (prefers-color-scheme: dark)" in dark
    assert ask("/issue.html?scheme=sepia").text == PAGE
    assert ask("/issue.html").text == PAGE
    assert ask("/issue.txt?scheme=dark").content == FILES["issue.txt"].content


def test_without_a_build_there_is_a_page_and_a_mistake() -> None:
    def broken() -> Built:
        raise DigestError("is wrong", where="digest.toml")

    assert ask("/", build=broken).status_code == 200
    assert ask("/issue.html", build=broken).status_code == 404
    assert ask("/state.json", build=broken).json()["mistake"]["where"] == "digest.toml"


def test_events_have_a_head() -> None:
    answer = ask("/events", "HEAD")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")


def test_importing_the_preview_costs_little() -> None:
    import subprocess  # noqa: PLC0415
    import sys  # noqa: PLC0415

    code = "import sys, digest.preview; print([name for name in ('starlette', 'uvicorn', 'watchfiles', 'jinja2') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)  # noqa: S603 - our own code
    assert done.stdout.strip() == "[]"
