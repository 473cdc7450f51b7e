"""What can be checked about a page by a machine: axe, room on a narrow screen, and the keyboard."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

WCAG_A_AND_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
EVERYTHING = {
    "runOnly": {"type": "tag", "values": WCAG_A_AND_AA},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
WHAT_A_SCREEN_CHANGES = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}}
"""Colours and room are other ones in the dark and on a phone; names, roles and structure stay."""

_FUNCTIONS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


@dataclass
class Findings:
    """What was checked and what was wrong; asserted at the end, so that one run shows everything."""

    pages: int = 0
    checks: int = 0
    wrong: list[str] = field(default_factory=list)

    def assert_nothing_wrong(self) -> None:
        assert self.checks > 0, "nothing was checked"
        assert self.wrong == [], "\n" + "\n".join(self.wrong)


async def axe(page: Page, findings: Findings, options: dict[str, Any], *, where: str) -> None:
    """Run axe and take note of what it found."""
    found = (await Axe().run(page, options=options)).response
    findings.checks += len(found["passes"]) + len(found["violations"]) + len(found["incomplete"])
    for violation in found["violations"]:
        places = "; ".join(f"{' '.join(map(str, node['target']))} {_why(node)}" for node in violation["nodes"][:4])
        findings.wrong.append(f"{where}: {violation['id']} ({violation['impact']}) {violation['help']}: {places}")


async def look_at(page: Page, findings: Findings) -> None:
    """Everything a machine can say about the page that stands there: in light and dark, narrow, and twice as large."""
    where = await _where(page)
    findings.pages += 1
    wide = page.viewport_size
    assert wide is not None
    await axe(page, findings, EVERYTHING, where=where)
    await page.emulate_media(color_scheme="dark")
    await page.set_viewport_size({"width": 320, "height": 640})
    await drawn(page)
    await axe(page, findings, WHAT_A_SCREEN_CHANGES, where=f"{where} (dark, 320 px)")
    await page.emulate_media(color_scheme="light")
    await _room(page, findings, where=f"{where} (320 px)")
    # 200 % zoom of a desktop is half its width in CSS pixels; larger text alone is the harder half.
    await page.set_viewport_size({"width": wide["width"] // 2, "height": wide["height"] // 2})
    await _room(page, findings, where=f"{where} (200 %)")
    await page.set_viewport_size(wide)
    await page.evaluate("document.documentElement.style.fontSize = '212.5%'")
    await _room(page, findings, where=f"{where} (text 200 %)")
    await page.evaluate("document.documentElement.style.fontSize = ''")


async def drawn(page: Page) -> None:
    """Wait until the page has been drawn as it is now: no colour is that of the screen before, or on its way from it."""
    await _asked(page, "drawn")


async def thumb_sized(page: Page, findings: Findings, *, least: int) -> None:
    """Whatever is to be hit is large enough, in CSS pixels."""
    findings.checks += 1
    findings.wrong += [f"{await _where(page)}: {small}" for small in await _asked(page, "tooSmall", least)]


async def by_keyboard(page: Page, findings: Findings, *, most: int = 150) -> int:
    """Walk the page with the Tab key: the skip link comes first and works, and the focus can always be seen. Answers how many stops."""
    where = await _where(page)
    await page.evaluate("document.activeElement?.blur()")
    await page.keyboard.press("Tab")
    skip = page.locator(".skip")
    if not await skip.evaluate("(link) => link === document.activeElement && link.getBoundingClientRect().top >= 0"):
        findings.wrong.append(f"{where}: the first stop is not the skip link: {await _asked(page, 'focus')}")
        return 0
    await page.keyboard.press("Enter")
    findings.checks += 1
    if await page.evaluate("document.activeElement?.id") != "main":
        findings.wrong.append(f"{where}: the skip link does not lead to the contents")
    stops = 0
    while stops < most:
        await page.keyboard.press("Tab")
        focused = await _asked(page, "focus")
        if focused is None:
            break
        stops += 1
        findings.checks += 1
        if not focused["ringed"]:
            findings.wrong.append(f"{where}: focus cannot be seen on {focused['what']}")
        if not focused["seen"]:
            findings.wrong.append(f"{where}: focus is out of sight on {focused['what']}")
    return stops


async def _room(page: Page, findings: Findings, *, where: str) -> None:
    findings.checks += 2
    findings.wrong += [f"{where}: scrolls sideways: {wide}" for wide in await _asked(page, "tooWide")]
    findings.wrong += [f"{where}: cut off: {cut}" for cut in await _asked(page, "cutOff")]


async def _asked(page: Page, name: str, value: object = None) -> Any:
    """Ask the function of this name in accessibility.js."""
    return await page.evaluate(f"([name, value]) => {{ {_FUNCTIONS}\n return asked[name](value); }}", [name, value])


async def _where(page: Page) -> str:
    return f"{page.url.partition('://')[2].partition('/')[2]} „{await page.title()}“"


def _why(node: dict[str, Any]) -> str:
    messages = [one["message"] for kind in ("any", "all", "none") for one in node.get(kind, [])]
    return f"[{node.get('html', '')[:100]}] {messages[0] if messages else ''}"
