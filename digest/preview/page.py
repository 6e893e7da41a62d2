"""The preview's own page: three hand-written files, sent as one."""

from __future__ import annotations

from pathlib import Path

from digest.preview.guard import page_policy


def page() -> tuple[str, str]:
    """The page, and the policy that lets its style and script, and no other, work."""
    home = Path(__file__).parent
    frame, style, script = ((home / name).read_text("utf-8") for name in ("page.html", "page.css", "page.js"))
    whole = frame.replace("<style></style>", f"<style>{style}</style>").replace("<script></script>", f"<script>{script}</script>")
    return whole, page_policy(style, script)
