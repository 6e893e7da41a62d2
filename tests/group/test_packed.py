"""Arrays come back as they were, or not at all."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from digest.group import packed as module
from digest.group.packed import packed, unpacked

ARRAYS = st.dictionaries(
    st.text(max_size=5),
    st.sampled_from([np.uint8, np.uint16, np.int32, np.int64, np.uint64, np.float32, np.bool_]).flatmap(
        lambda kind: arrays(kind, st.integers(0, 5))
    ),
    max_size=4,
)


@given(ARRAYS)
def test_what_is_packed_comes_back(found: dict[str, np.ndarray]) -> None:
    kind, back = unpacked(*packed("some", found))
    assert kind == "some"
    assert list(back) == list(found)
    for name, array in found.items():
        assert back[name].dtype == array.dtype
        assert back[name].tobytes() == array.tobytes()


def test_what_is_damaged_is_nothing() -> None:
    name, content = packed("some", {"one": np.arange(9)})
    for broken in (b"", content[:-1], content[:40], content[:50] + b"x" + content[51:], b"x" * 200):
        assert unpacked(name, broken) == ("", {})
    assert unpacked("neighbours", content) == ("", {})


@pytest.mark.parametrize("content", [b"", b"x" * 99, b"\xff" * 99, (2).to_bytes(16, "little") + json.dumps({}).encode()])
def test_what_another_program_wrote_is_nothing(content: bytes) -> None:
    assert unpacked(hashlib.sha256(content).hexdigest(), content) == ("", {})


def test_what_another_version_wrote_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = packed("some", {"one": np.arange(9)})
    assert unpacked(*kept)[0] == "some"
    monkeypatch.setattr(module, "program", lambda: "another")
    assert unpacked(*kept) == ("", {})
