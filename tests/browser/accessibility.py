"""What axe-core finds on a page as it stands, in both themes."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.visitors import Scheme

GRAVE = {"moderate", "serious", "critical"}
EVERY_RULE = "{ resultTypes: ['violations'] }"
COLOURS_ALONE = "{ resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block'] }"
LOOKED_FOR: dict[Scheme, str] = {"light": EVERY_RULE, "dark": COLOURS_ALONE}  # themes differ in nothing else


def findings(page: Page) -> list[str]:
    """What is more than minor, with the elements that it is about; fades are let come to their end first."""
    found = []
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
