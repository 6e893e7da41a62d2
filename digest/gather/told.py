"""What the settings know of a source, put where its documents do not say it themselves."""

from __future__ import annotations

from dataclasses import replace

from digest.model import Document


def told(document: Document, source: str, outlet: str, language: str, section: str) -> Document:
    """The document as one of `source`, with its own outlet, language and section, or else these."""
    hints = replace(
        document.hints,
        outlet=document.hints.outlet or outlet,
        language=document.hints.language or language or None,
        section=document.hints.section or section or None,
    )
    return replace(document, source=source, hints=hints)
