"""The pictures in docs/architecture.md, drawn from what the services say they are made of.

`python -m local.architecture` draws them anew; a test fails when the committed ones differ.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from local.machine import SERVICES, parts_of
from shared.history.service import Parts
from shared.messaging.message import Message

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "architecture.md"
DRAWN = "cases"
"""The service that is drawn from the inside; the others have the same shape."""
ERP = "erp"
LAYERS = {"queries": "what may be looked up", "commands": "load, decide, save", "rules": "what can happen, and what cannot"}
PLACE = re.compile(r"(<!-- drawn: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class House:
    """All services, and who says what to whom."""

    services: Sequence[Parts]

    @property
    def topics(self) -> list[str]:
        return sorted({topic for service in self.services for topic in (*service.topics, *topics_of(published(service)))})

    def speakers(self, topic: str) -> list[str]:
        """Who writes to a topic; one that nobody here writes to is the ERP's."""
        return [each.name for each in self.services if topic in topics_of(published(each))] or [ERP]

    def listeners(self, topic: str) -> list[str]:
        """Who reads a topic; one that nobody here reads is for the ERP."""
        return [each.name for each in self.services if topic in each.topics] or [ERP]


def published(service: Parts) -> list[type[Message]]:
    """The messages a service makes in its announcements, in the order in which they stand there."""
    module = inspect.getmodule(service.announce)
    assert module is not None  # noqa: S101 -- it was imported to get here
    found: dict[type[Message], None] = {}
    for call in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(call, ast.Call):
            made = _what_is_called(call.func, vars(module))
            if isinstance(made, type) and issubclass(made, Message):
                found[made] = None
    return list(found)


def _what_is_called(name: ast.expr, known: dict[str, object]) -> object:
    match name:
        case ast.Name():
            return known.get(name.id)
        case ast.Attribute():
            return getattr(_what_is_called(name.value, known), name.attr, None)
    return None


def topics_of(messages: Sequence[type[Message]]) -> set[str]:
    """Where these messages are sent."""
    return {message.TOPIC for message in messages}


def subjects(service: str) -> list[str]:
    """The subjects of a service, in order: its folders."""
    return sorted(each.parent.name for each in (ROOT / "services" / service).glob("*/__init__.py"))


def with_layer(service: str, layer: str) -> list[str]:
    """The subjects of a service that have this layer; a missing file says something."""
    folder = ROOT / "services" / service
    return [each for each in subjects(service) if (folder / each / f"{layer}.py").exists() or (folder / each / layer).is_dir()]


def whole(house: House) -> Iterator[str]:
    """The services, the topics between them, and who stands outside."""
    yield "flowchart LR"
    yield "  people([phones and browsers])"
    yield "  erp[[the association's ERP]]"
    yield "  mail([mail server])"
    for service in house.services:
        yield f'  {service.name}["<b>{service.name}</b> · {service.title}<br>{" · ".join(subjects(service.name))}"]'
    for topic in house.topics:
        yield f"  {_id(topic)}{{{{{topic}}}}}"
    yield f"  people --> {' & '.join(each.name for each in house.services if each.routers)}"
    for topic in house.topics:
        yield f"  {' & '.join(house.speakers(topic))} --> {_id(topic)} --> {' & '.join(house.listeners(topic))}"
    yield "  notifications -.-> mail"


def inside(service: Parts) -> Iterator[str]:
    """One service: what asks it, what decides, what is written together, and what goes out."""
    name = service.name

    def box(id: str, title: str, lines: Sequence[str]) -> str:
        return f'{id}["<b>{title}</b>{"".join(f"<br>{each}" for each in lines)}"]'

    yield "flowchart TB"
    yield "  browser([browser, phone])"
    yield f"  subgraph {name}_service[{name} · {service.title}]"
    yield f"    {box('serve', 'serve: api, pages', with_layer(name, 'api'))}"
    yield f"    {box('listen', 'listen: reactions', [each.__name__ for each in (service.reactions or {}).values()])}"
    yield f"    {box('clock', 'clock', [each.__name__ for each in service.clock_duties])}"
    for layer, what in LAYERS.items():
        yield f"    {box(layer, layer, [f'<i>{what}</i>', *with_layer(name, layer)])}"
    yield "    subgraph together[one transaction]"
    yield "      inbox[(inbox)]"
    yield "      events[(events, chained)]"
    yield f"      {box('rows', 'projections → rows', with_layer(name, 'projections'))}"
    yield f"      {box('outbox', 'announcements → outbox', [f'{len(published(service))} kinds of messages'])}"
    yield "    end"
    yield "    relay[relay]"
    yield "  end"
    yield "  vault[(vault: keys)]"
    yield "  browser --> serve"
    yield "  serve --> commands & queries"
    yield "  listen & clock --> commands"
    yield "  commands --> rules"
    yield "  commands --> events --> rows & outbox"
    yield "  listen --> inbox"
    yield "  queries --> rows"
    yield "  commands -. seal, open .-> vault"
    yield "  outbox --> relay"
    for topic in service.topics:
        yield f"  {_id(topic)}{{{{{topic}}}}} --> listen"
    for topic in sorted(topics_of(published(service))):
        yield f"  relay --> {_id(topic)}{{{{{topic}}}}}"


def table(house: House) -> Iterator[str]:
    """Each service in a row."""
    yield "| service | subjects | reacts to | publishes | the clock does |"
    yield "| --- | --- | --- | --- | --- |"
    for service in house.services:
        reacts = [each.__name__ for each in service.reactions or {}] or (["everything it consumes"] if service.react_batch else [])
        cells = (
            [f"**{service.name}**"],
            subjects(service.name),
            reacts,
            [each.__name__ for each in published(service)],
            [each.__name__.replace("_", " ") for each in service.clock_duties],
        )
        yield f"| {' | '.join(', '.join(cell) or '–' for cell in cells)} |"


def drawn(text: str) -> str:
    """A page with its pictures as the parts are now."""
    house = House([parts_of(name) for name in SERVICES])
    pictures = {
        "whole": _mermaid(whole(house)),
        "inside": _mermaid(inside(parts_of(DRAWN))),
        "table": "\n".join(table(house)) + "\n",
    }
    return PLACE.sub(lambda place: f"{place[1]}{pictures[place[2]]}{place[3]}", text)


def _mermaid(lines: Iterator[str]) -> str:
    return "\n".join(("```mermaid", *lines, "```")) + "\n"


def _id(topic: str) -> str:
    return topic.replace(".", "_")


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} is drawn.")
