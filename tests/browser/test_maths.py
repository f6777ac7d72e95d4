"""Formulas in real Chromium: KaTeX passes the strictest policy, comes with its fonts, and is read by screen readers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.watching import Watch

TYPESET = """async ([tex, display]) => {
  const known = document.querySelector('link[rel=modulepreload][href*="/js/"]').href;
  const { typeset } = await import(known.replace(/js\\/.*$/, 'js/figures/maths.js'));
  const place = document.createElement('p');
  place.id = 'formula';
  document.querySelector('#formula')?.remove();
  document.body.append(place);
  await typeset(place, tex, { display });
  await document.fonts.ready;
  return place.ariaBusy;
}"""

FORMULAS = [
    r"a_i = \frac{e^{z_i}}{\sum_{k} e^{z_k}}",
    r"\frac{\partial C}{\partial w_{ij}^L} = \left(a_i^L - y_i\right) a_j^{L-1}",
    r"\sum_{k \neq i} \sqrt{\mathbf{w}^{\top} \odot \mathcal{L}}, \quad \begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\mathtt{w[j, i]} \text{ 是权重} \underbrace{x + y}_{\text{sum}} \cancel{0 \cdot \ln 0} \boxed{\delta}",
]


def typeset(page: Page, tex: str, *, display: bool = True) -> None:
    assert page.evaluate(TYPESET, [tex, display]) is None


@pytest.mark.parametrize("tex", FORMULAS)
@pytest.mark.parametrize("path", ["/", "/softmax"])
def test_a_formula_passes_the_policy_and_is_read_as_mathml(visit: Visit, path: str, tex: str) -> None:
    page = visit(path)
    typeset(page, tex)
    expect(page.locator("#formula .katex-html")).to_be_visible()
    expect(page.locator("#formula math annotation")).to_have_text(tex)


def test_its_fonts_come_from_the_same_server_and_only_with_a_formula(visit: Visit, watch: Watch) -> None:
    page = visit("/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in watch.requests if "katex" in url]
    typeset(page, FORMULAS[0])
    fonts = [url for url in watch.requests if "/katex/fonts/" in url]
    assert fonts
    assert all(url.startswith(watch.address) and url.endswith(".woff2") for url in fonts)
    assert page.evaluate("document.fonts.check('16px KaTeX_Math')")


def test_marks_become_attributes_and_links_are_refused(visit: Visit, watch: Watch) -> None:
    page = visit("/")
    typeset(page, r"\htmlData{symbol=a,index=i}{a_i} + \htmlClass{here}{z}")
    expect(page.locator('#formula [data-symbol="a"][data-index="i"]')).to_have_text("ai")
    expect(page.locator("#formula .here")).to_have_text("z")
    watch.allow("not allowed|trust")
    typeset(page, r"\href{/elsewhere}{a}")
    expect(page.locator("#formula a")).to_have_count(0)


def test_a_formula_is_copied_once_and_as_its_tex(visit: Visit) -> None:
    page = visit("/")
    page.evaluate(TYPESET, [r"\htmlData{n=1}{a_i} - y_i", False])
    copied = page.evaluate(
        """() => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector('#formula'));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          const clipboardData = new DataTransfer();
          document.dispatchEvent(new ClipboardEvent('copy', { clipboardData, cancelable: true }));
          return clipboardData.getData('text/plain');
        }"""
    )
    assert copied == "a_i - y_i"
