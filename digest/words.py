"""The words around the stories, in the language of the settings, with its plurals, numbers and dates. Knows Babel.

One table a language, `templates/_words/<language>.toml`: the reader's own before the shipped one, key
by key. A value is a text with `{names}` in it, or a table of the language's plural forms over `{n}`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from digest.errors import RenderError
from digest.settings import Settings, nearest
from digest.shipped import folder

Forms = str | Mapping[str, str]

# `en` alone is American to Babel, where the month stands before the day.
_LOCALES = {"en": "en_GB"}
_NAME = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Words:
    """The table of one language; `where` is the file to mend."""

    language: str
    table: Mapping[str, Forms]
    where: str = ""

    def parts(self, key: str, /, **values: object) -> Iterator[object]:
        """The text of `key` cut at its `{names}`, each replaced by its value; numbers as the language writes them.

        `n` chooses among plural forms. Raises RenderError where the table lacks the key, the form or the value.
        """
        yield from self._filled(key, self._text(key, values), values)

    def say(self, key: str, /, **values: object) -> str:
        """The text of `key` with its values in place."""
        return "".join(str(part) for part in self.parts(key, **values))

    def write(self, key: str, /, **values: object) -> str:
        """The same as a sentence of prose: two to twelve in words, where the language has them in numerals.toml, and a capital first."""
        numerals = str(self.table.get("numerals", "")).split()
        told = {
            name: numerals[value - 2] if isinstance(value, int) and 2 <= value < len(numerals) + 2 else value
            for name, value in values.items()
        }
        text = "".join(str(part) for part in self._filled(key, self._text(key, values), told))
        return text[:1].upper() + text[1:]

    def _filled(self, key: str, text: str, values: Mapping[str, object]) -> Iterator[object]:
        for at, part in enumerate(_NAME.split(text)):
            if at % 2 == 0:
                if part:
                    yield part
            elif part not in values:
                raise RenderError(f"the words {key!r} ask for {{{part}}}, which is not given", where=self.where, fix="take it out of them")
            else:
                value = values[part]
                yield self.number(value) if isinstance(value, int) else value

    def number(self, value: int) -> str:
        """`1,234` as the language writes it."""
        return str(format_decimal(value, locale=_locale(self.language)))

    def day(self, value: date) -> str:
        """`18 November`."""
        return str(format_skeleton("MMMMd", value, locale=_locale(self.language)))

    def weekday(self, value: date) -> str:
        """`Wed`; one letter where the language's short name is longer than that: seven stand side by side on a phone."""
        short = str(format_date(value, "ccc", locale=_locale(self.language))).rstrip(".")
        return short if len(short) <= 3 else str(format_date(value, "ccccc", locale=_locale(self.language)))

    def days(self, first: date, last: date) -> str:
        """`16–22 November 2026`; one day where both are the same."""
        locale = _locale(self.language)
        if first >= last:
            return str(format_date(last, "long", locale=locale))
        differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
        # The CLDR has intervals with short months alone; the long ones stand in the same places.
        halves = [re.sub(r"(?<!M)MMM(?!M)", "MMMM", half) for half in locale.interval_formats["yMMMd"][differs]]
        written = "".join(str(format_date(value, half, locale=locale)) for value, half in zip((first, last), halves, strict=True))
        return written.replace("\u2009", " ")  # thin spaces, which not every face has

    def listed(self, items: list[str]) -> str:
        """`A, B, C` with the language's comma."""
        return self.say("comma").join(items)

    def _text(self, key: str, values: Mapping[str, object]) -> str:
        forms = self.table.get(key)
        if forms is None:
            raise RenderError(f"there are no words {key!r}{nearest(key, self.table)}", where=self.where, fix=f"add {key} = … to it")
        if isinstance(forms, str):
            return forms
        number = values.get("n")
        if not isinstance(number, int):
            raise RenderError(f"the words {key!r} count something, and no n is given", where=self.where, fix=f'say("{key}", n=…)')
        form = _locale(self.language).plural_form(number)
        if form not in forms:
            raise RenderError(f"the words {key!r} have no form {form!r}", where=self.where, fix=f"add {form} to {key}")
        return forms[form]


def words_of(settings: Settings) -> Words:
    """The words in the language of the settings; raises RenderError for a table that is no table."""
    language = settings.digest.language
    return _words(language, settings.path(settings.paths.templates), _stamp(settings.path(settings.paths.templates), language))


def plural_forms(language: str) -> frozenset[str]:
    """The forms that whole numbers take in a language, by the CLDR's names."""
    found = _locale(language).plural_form
    return frozenset(found(number) for number in range(201))


def _stamp(own: Path, language: str) -> float:
    """When the reader's own table was changed, so that a preview sees it."""
    try:
        return (own / "_words" / f"{language}.toml").stat().st_mtime
    except OSError:
        return 0.0


@cache
def _words(language: str, own: Path, _stamp: float) -> Words:
    table: dict[str, Forms] = {}
    for home in (folder("templates"), own):
        file = home / "_words" / f"{language}.toml"
        if file.is_file():
            table |= _read(file)
        if (roles := home / "_words" / "roles.toml").is_file():
            table |= _roles(roles, language)
        numerals = home / "_words" / "numerals.toml"
        if numerals.is_file() and (row := _read(numerals).get(language)):
            table["numerals"] = row
    return Words(language, table, str(file if file.is_file() else folder("templates") / "_words" / f"{language}.toml"))


def _roles(file: Path, language: str) -> dict[str, Forms]:
    """What a note on figures counts: one table for all languages, a row for each role."""
    rows = _read(file).items()
    return {f"role_{key.replace(' ', '_')}": row[language] for key, row in rows if isinstance(row, Mapping) and language in row}


def _read(file: Path) -> dict[str, Forms]:
    try:
        with file.open("rb") as stream:
            found = tomllib.load(stream)
    except (OSError, ValueError) as error:
        raise RenderError(f"is no table of words: {error}", where=str(file), fix="mend that line; texts stand in quotes") from error
    for key, forms in found.items():
        texts = forms.values() if isinstance(forms, dict) else [forms]
        if not all(isinstance(text, str) for text in texts):
            raise RenderError(f"the words {key!r} are no text", where=str(file), fix='write key = "text", or a table of plural forms')
    return found


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, language), sep="-" if "-" in language else "_")
