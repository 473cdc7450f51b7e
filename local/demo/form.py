"""Reads a form on a page as a browser would send it: what is hidden, filled in, ticked or chosen already."""

from __future__ import annotations

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Collects the fields of the form that is sent to one address."""

    def __init__(self, action: str) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, list[str]] = {}
        self._action = action
        self._inside = False
        self._select = ""
        self._first_option: str | None = None
        self._chosen: str | None = None
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = (given.get("action") or self._action) == self._action and (given.get("method") or "").lower() == "post"
        if not self._inside:
            return
        name, value = given.get("name") or "", given.get("value") or ""
        match tag:
            case "input" if name and (given.get("type") not in ("checkbox", "radio", "submit") or "checked" in given):
                self.fields.setdefault(name, []).append(value)
            case "select":
                self._select, self._first_option, self._chosen = name, None, None
            case "option" if self._select:
                self._first_option = value if self._first_option is None else self._first_option
                if "selected" in given:
                    self._chosen = value
            case "textarea":
                self._textarea = name
                self.fields.setdefault(name, []).append("")

    def handle_data(self, data: str) -> None:
        if self._inside and self._textarea:
            self.fields[self._textarea][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            chosen = self._chosen if self._chosen is not None else self._first_option
            if chosen is not None:
                self.fields.setdefault(self._select, []).append(chosen)
            self._select = ""
        elif tag == "textarea" and self._textarea:
            written = self.fields[self._textarea]
            written[-1] = written[-1].removeprefix("\n")  # as browsers do
            self._textarea = ""
        elif tag == "form":
            self._inside = False


def filled_in(page: str, *, action: str) -> dict[str, list[str]]:
    """What the form on this page would send if nobody changed anything."""
    reader = FormReader(action)
    reader.feed(page)
    reader.close()
    return reader.fields
