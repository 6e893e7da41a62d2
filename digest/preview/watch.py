"""Tells when a file that the issue rests on has changed. The only module that knows watchfiles."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import aclosing
from pathlib import Path

from watchfiles import Change, awatch
from watchfiles import main as watchfiles_main

_TICK = 1000  # milliseconds; how soon a folder that was just made is noticed
_PASSING = ("~", ".part", ".tmp", ".swp")  # what editors and downloads leave for a moment
_Watch = Callable[[Change, str], bool]
"""The only module"""
