"""Formulas as MathML: no script and no font has to be loaded for them."""

import html
import re

from latex2mathml.converter import convert

# what pymdownx.arithmatex makes of $..$ and $$..$$
FORMULA = re.compile(r'<(span|div) class="arithmatex">\\([(\[])(.*?)\\[)\]]</\1>', re.DOTALL)
# a prime is a raised sign already
PRIME = re.compile(r"<msup><mi>(\w)</mi><mi>&#x02032;</mi></msup>")


def drawn(page: str) -> str:
    """Return the HTML of a page with its formulas drawn."""
    return FORMULA.sub(_mathml, page)


def _mathml(found: re.Match[str]) -> str:
    tag, kind, latex = found.groups()
    display = "block" if kind == "[" else "inline"
    mathml = convert(html.unescape(latex), display=display)
    mathml = PRIME.sub(r"<mrow><mi>\1</mi><mo>&#x02032;</mo></mrow>", mathml)
    return f'<{tag} class="formula">{mathml}</{tag}>'
