"""What axe-core finds on a page as it stands, in both themes."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.visitors import PANEL, WIDE, Scheme

GRAVE = {"moderate", "serious", "critical"}
EVERY_RULE = "{ resultTypes: ['violations'] }"
COLOURS_ALONE = "{ resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block'] }"
LOOKED_FOR: dict[Scheme, str] = {"light": EVERY_RULE, "dark": COLOURS_ALONE}  # themes differ in nothing else


def findings(page: Page) -> list[str]:
    """What is more than minor, with the elements that it is about; fades are let come to their end first."""
    found = []
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    for scheme, rules in LOOKED_FOR.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        results: dict[str, Any] = page.evaluate(f"axe.run(document, {rules})")
        found += [
            f"{scheme}: {violation['id']}, {node['html'][:160]}: {node['failureSummary']}"
            for violation in results["violations"]
            if violation["impact"] in GRAVE
            for node in violation["nodes"]
        ]
    return found


def findings_wide_and_narrow(page: Page) -> list[str]:
    """The same with the page as wide as a desk's screen, and then as narrow as the panel."""
    found = []
    for width, height in (WIDE, PANEL):
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} px, {one}" for one in findings(page)]
    return found
