"""Which browsers pages are looked at with."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

NO_CHROMIUM = "no Chromium: install one, or name it in COPILOT_TEST_CHROMIUM"
NO_FIREFOX = "no Firefox: install firefox-esr"
NO_WEBKIT = "no WebKit: install webkit2gtk-driver"


def chromium_program() -> str | None:
    """The one that COPILOT_TEST_CHROMIUM names, else the one that is installed, if any."""
    program = os.environ.get("COPILOT_TEST_CHROMIUM") or shutil.which("chromium")
    return program if program is not None and Path(program).exists() else None


def windowless_chromium() -> str | None:
    """One that draws pages but no windows around them, in less time, unless COPILOT_TEST_CHROMIUM names another.

    It has no microphone and shares no tabs.
    """
    light = None if os.environ.get("COPILOT_TEST_CHROMIUM") else shutil.which("chromium-headless-shell")
    return light or chromium_program()


def firefox_program() -> str | None:
    """The one that is installed, if any."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


def webkit_programs() -> tuple[str, str] | None:
    """A window with WebKit in it, and what drives it, if both are installed."""
    window = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)
    driver = shutil.which("WebKitWebDriver")
    return (str(window), driver) if window and driver else None
