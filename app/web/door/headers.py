"""Security headers: a content policy without any ``unsafe-…`` keyword, Trusted Types, and the isolation headers.

Plotly puts one empty style sheet into the page and sets style attributes; the policy names their hashes, worked out
from the strings themselves, and only on pages that draw charts. A browser test draws every kind of chart and fails when
a new release of Plotly needs another.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

__all__ = ["COMMON", "policy", "transport"]

COMMON = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def transport(seconds: int) -> dict[str, str]:
    """For a browser that came by https: come by nothing else for so long; 0: nothing is said, and what was said before
    holds until it ends. Other names of the domain are not ours to bind.
    """
    return {"strict-transport-security": f"max-age={seconds}"} if seconds else {}


CHART_SHEETS = ("",)
IMAGE_RENDERING = (
    "optimizeSpeed",
    "-moz-crisp-edges",
    "-o-crisp-edges",
    "-webkit-optimize-contrast",
    "optimize-contrast",
    "crisp-edges",
    "pixelated",
)
CHART_ATTRIBUTES = (
    "",
    "font-weight:bold",  # <b> in a title or label
    "font-style:italic",  # <i>
    "font-size:70%",  # <sub> and <sup>
    "cursor:pointer",  # a link
    "".join(f"image-rendering: {value}; " for value in IMAGE_RENDERING),  # heat maps
)

FIXED = (
    "default-src 'none'",
    "script-src 'self'",
    "script-src-attr 'none'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types default",
)


def policy(*, charts: bool, embedders: Sequence[str] = ()) -> str:
    """The Content-Security-Policy of a page. ``embedders`` are the origins whose pages may frame it."""
    sheets, attributes = "style-src-elem 'self'", "style-src-attr 'none'"
    if charts:
        sheets += hashes(CHART_SHEETS)
        attributes = "style-src-attr 'unsafe-hashes'" + hashes(CHART_ATTRIBUTES)
    ancestors = " ".join(["frame-ancestors", *(embedders or ["'none'"])])
    return "; ".join((*FIXED, ancestors, sheets, attributes))


def hashes(texts: tuple[str, ...]) -> str:
    """The texts as a policy's source expressions."""
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return "".join(f" 'sha256-{digest}'" for digest in digests)
