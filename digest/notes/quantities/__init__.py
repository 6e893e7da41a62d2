"""The quantity reader: what a text counts, measures, prices and dates. Pure; knows no story."""

from __future__ import annotations

from digest.notes.quantities.amounts import Amount, Hedge, compatible
from digest.notes.quantities.classes import PERSONS
from digest.notes.quantities.quantity import Quantity, read
from digest.notes.quantities.roles import Role

__all__ = ["PERSONS", "Amount", "Hedge", "Quantity", "Role", "compatible", "read"]
