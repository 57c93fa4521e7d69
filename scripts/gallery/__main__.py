"""Take every scene at three widths, light and dark, into build/gallery, and a few into docs/images."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Page, async_playwright
from playwright.async_api import Error as PlaywrightError

from copilot.commands.serve import Running, running
from copilot.settings import MailSettings, Settings
from copilot.wiring.server import open_services
from scripts.browsers import NO_CHROMIUM, chromium_program
from scripts.gallery.filled import with_ears
from scripts.gallery.scenes import SCENES, Scene
from scripts.gallery.stage import Stage

ROOT = Path(__file__).resolve().parents[2]
GALLERY = ROOT / "build" / "gallery"
IMAGES = ROOT / "docs" / "images"
SIZES = ((380, 800), (768, 1024), (1440, 900))
THEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
NARROWEST = ("live", "list", "review-map", "settings")
"""Scenes that are looked at with 320 px, and with everything at twice its size, as well."""

KEPT = {
    ("list", "768-light"): "calls.jpg",
    ("new-one-meter", "768-dark"): "new-call.jpg",
    ("live", "380-dark"): "live.jpg",
    ("review-map", "1440-light"): "review.jpg",
    ("team", "1440-light"): "team.jpg",
    ("maturity", "1440-dark"): "maturity.jpg",
    ("account-promise", "1440-light"): "account.jpg",
}
"""What is shown in the documentation, by scene and view: the first window of it."""
MOST_BYTES = 200_000
CHROMIUM = ("--no-sandbox", "--use-fake-device-for-media-stream")
PATIENCE_MS = 90_000  # a change of the playbook is tried on a whole call
SETTLES_MS = 300


@dataclass(frozen=True, slots=True)
class View:
    name: str
    width: int
    height: int
    theme: Literal["light", "dark"]
    scale: int = 1


def views(scene: Scene) -> Sequence[View]:
    usual = [View(f"{w}-{theme}", w, h, theme) for w, h in SIZES for theme in THEMES]
    if scene.name not in NARROWEST:
        return usual
    return [*usual, View("320-light", 320, 640, "light"), View("380-large", 190, 400, "light", scale=2)]


@asynccontextmanager
async def opened(browser: Browser, view: View) -> AsyncIterator[Page]:
    context = await browser.new_context(
        viewport={"width": view.width, "height": view.height},
        device_scale_factor=view.scale,
        color_scheme=view.theme,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    await context.close()


async def take(scene: Scene, view: View, stage: Stage) -> str | None:
    """The picture; returns what is wrong with it, as far as a program can see."""
    page = stage.page
    await scene.act(stage)
    await page.wait_for_timeout(SETTLES_MS)
    kept = KEPT.get((scene.name, view.name))
    if kept is not None:
        await keep(page, IMAGES / kept)
    if scene.whole:  # in a window of that height, so that bars stand where they stand at the end of the page
        height = await page.evaluate("document.documentElement.scrollHeight")
        await page.set_viewport_size({"width": view.width, "height": max(height, view.height)})
        await page.wait_for_timeout(SETTLES_MS)
    await page.screenshot(path=GALLERY / f"{scene.name}-{view.name}.png", full_page=scene.whole)
    wide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return f"{scene.name}-{view.name} scrolls sideways" if wide else None


async def keep(page: Page, file: Path) -> None:
    picture = await page.screenshot(type="jpeg", quality=70)
    if len(picture) > MOST_BYTES:
        raise SystemExit(f"{file.name} has {len(picture)} bytes, more than {MOST_BYTES}")
    await asyncio.to_thread(file.write_bytes, picture)


async def all_of(scenes: Sequence[Scene], wanted: Sequence[str], program: str) -> list[str]:
    """Every scene in the views that are wanted; returns what is wrong."""
    troubles = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        for scene in scenes:
            chosen = [view for view in views(scene) if not wanted or view.name in wanted]
            for shared in [[view] for view in chosen] if scene.alone else [chosen]:
                async with fresh_server(scene) as server:
                    for view in shared:
                        async with opened(browser, view) as page:
                            troubles.append(await tried(scene, view, Stage(server, page)))
        await browser.close()
    return [trouble for trouble in troubles if trouble]


async def tried(scene: Scene, view: View, stage: Stage) -> str | None:
    """A scene that cannot be reached any more keeps nobody from the others."""
    try:
        return await take(scene, view, stage)
    except PlaywrightError as error:
        return f"{scene.name}-{view.name}: {error.message.splitlines()[0]}"


@asynccontextmanager
async def fresh_server(scene: Scene) -> AsyncIterator[Running]:
    """One with what the scene wants in it, whose mail server does not answer."""
    mail = MailSettings(host="127.0.0.1", port=9, security="none", sender="dana@acme.example")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(port=0, data=Path(folder), mail=mail)
        async with running(settings, with_ears if scene.hears else open_services) as server:
            if scene.before is not None:
                await scene.before(server)
            yield server


def index(scenes: Sequence[Scene]) -> str:
    shown = "".join(
        f"<h2>{escape(scene.words)}</h2><p>{''.join(_figure(scene, view) for view in views(scene))}</p>"
        for scene in scenes
    )
    style = "body{font:14px system-ui;margin:24px}img{height:360px;border:1px solid #999;margin:4px;vertical-align:top}"
    return f"<!doctype html><meta charset=utf-8><title>Gallery</title><style>{style}</style><h1>Gallery</h1>{shown}"


def _figure(scene: Scene, view: View) -> str:
    file = f"{scene.name}-{view.name}.png"
    return f'<a href="{file}"><img loading="lazy" src="{file}" alt="{escape(scene.words)}, {view.name}"></a>'


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("scenes", nargs="*", help="their names; all of them, where none is given")
    options.add_argument("--views", nargs="*", default=(), help="such as 380-light; all of them, where none is given")
    given = options.parse_args()
    wanted = given.scenes
    program = chromium_program()
    if program is None:
        raise SystemExit(NO_CHROMIUM)
    unknown = set(wanted) - {scene.name for scene in SCENES}
    if unknown:
        raise SystemExit(f"no scene {', '.join(sorted(unknown))}; there are {', '.join(s.name for s in SCENES)}")
    GALLERY.mkdir(parents=True, exist_ok=True)
    chosen = [scene for scene in SCENES if not wanted or scene.name in wanted]
    troubles = asyncio.run(all_of(chosen, given.views, program))
    (GALLERY / "index.html").write_text(index(SCENES), encoding="utf-8")
    sys.stdout.write("".join(f"{trouble}\n" for trouble in troubles) + f"{GALLERY / 'index.html'}\n")
    return int(bool(troubles))


if __name__ == "__main__":
    sys.exit(main())
