"""Light and dark: the media queries are answered, and not a word of an article changes."""

from __future__ import annotations

from digest.preview.scheme import shown_in

PAGE = """<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) { .a { color: white } }
@media (max-width: 480px) and ( Prefers-Color-Scheme:light ) { .a { color: black } }
</style>
<p>Write (prefers-color-scheme: dark) and color-scheme: light dark;</p>
"""


def test_the_chosen_scheme_is_true_and_the_other_is_not() -> None:
    dark = shown_in("dark", PAGE)
    assert "@media (min-width: 0) { .a { color: white } }" in dark
    assert "@media (max-width: 480px) and (max-width: 0) { .a { color: black } }" in dark
    light = shown_in("light", PAGE)
    assert "@media (max-width: 0) { .a { color: white } }" in light
    assert "and (min-width: 0) { .a { color: black } }" in light


def test_declarations_and_meta_tags_name_the_scheme() -> None:
    dark = shown_in("dark", PAGE)
    assert ":root { color-scheme: dark; supported-color-schemes: dark; }" in dark
    assert dark.count('content="dark"') == 2


def test_words_stay() -> None:
    assert PAGE.splitlines()[-1] in shown_in("dark", PAGE)
    assert shown_in("dark", "<p>no style</p>") == "<p>no style</p>"
