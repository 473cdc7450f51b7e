"""The pictures in docs/architecture.md, drawn from what the services say they are made of: a new step or message changes none of them.

`python -m local.architecture` draws them anew; a test fails when the committed ones differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from local.parts import SERVICES, parts_of
from shared.history.service import Parts
from shared.messaging.contract import channels_of

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "architecture.md"
DRAWN = "cases"
"""The service that is drawn from the inside; the others have the same shape."""
ERP = "erp"
"""Who stands on the other side of a topic that none of us publishes to, or consumes."""
LAYERS = {"queries": "what may be looked up", "commands": "load, decide, save", "rules": "what can happen, and what cannot"}
PLACE = re.compile(r"(<!-- drawn: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def subjects(service: str) -> list[str]:
    """The subjects of a service, in order: its folders."""
    return sorted(each.parent.name for each in (ROOT / "services" / service).glob("*/__init__.py"))


def with_layer(service: str, layer: str) -> list[str]:
    """The subjects of a service that have this layer; a missing file says something."""
    folder = ROOT / "services" / service
    return [each for each in subjects(service) if (folder / each / f"{layer}.py").exists() or (folder / each / layer).is_dir()]


def whole(services: Sequence[Parts]) -> Iterator[str]:
    """The services, the topics between them, and who stands outside."""
    yield "flowchart LR"
    yield "  people([phones and browsers])"
    yield "  erp[[the association's ERP]]"
    yield "  mail([mail server])"
    for service in services:
        yield f'  {service.name}["<b>{service.name}</b> · {service.title}<br>{" · ".join(subjects(service.name))}"]'
    yield f"  people --> {' & '.join(each.name for each in services if each.routers)}"
    for channel in channels_of(services):
        topic = f"{_id(channel.topic)}{{{{{channel.topic}}}}}"
        yield f"  {' & '.join(channel.published or [ERP])} --> {topic} --> {' & '.join(channel.consumed or [ERP])}"
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
    yield f"    {box('listen', 'listen: reactions', [])}"
    yield f"    {box('clock', 'clock', [each.__name__ for each in service.clock_duties])}"
    for layer, what in LAYERS.items():
        yield f"    {box(layer, layer, [f'<i>{what}</i>', *with_layer(name, layer)])}"
    yield "    subgraph together[one transaction]"
    yield "      inbox[(inbox)]"
    yield "      events[(events, chained)]"
    yield f"      {box('rows', 'projections → rows', with_layer(name, 'projections'))}"
    yield f"      {box('outbox', 'announcements → outbox', [])}"
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
    for topic in _published(service):
        yield f"  relay --> {_id(topic)}{{{{{topic}}}}}"


def table(services: Sequence[Parts]) -> Iterator[str]:
    """Each service in a row."""
    yield "| service | subjects | consumes from | publishes to | the clock does |"
    yield "| --- | --- | --- | --- | --- |"
    for service in services:
        cells = (
            [f"**{service.name}**"],
            subjects(service.name),
            [f"`{topic}`" for topic in service.topics],
            [f"`{topic}`" for topic in _published(service)],
            [each.__name__.replace("_", " ") for each in service.clock_duties],
        )
        yield f"| {' | '.join(', '.join(cell) or '–' for cell in cells)} |"


def drawn(text: str) -> str:
    """A page with its pictures as the parts are now."""
    services = [parts_of(name) for name in SERVICES]
    pictures = {
        "whole": _mermaid(whole(services)),
        "inside": _mermaid(inside(parts_of(DRAWN))),
        "table": "\n".join(table(services)) + "\n",
    }
    return PLACE.sub(lambda place: f"{place[1]}{pictures[place[2]]}{place[3]}", text)


def _mermaid(lines: Iterator[str]) -> str:
    return "\n".join(("```mermaid", *lines, "```")) + "\n"


def _published(service: Parts) -> list[str]:
    return sorted({message.TOPIC for message in service.publishes})


def _id(topic: str) -> str:
    return topic.replace(".", "_")


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} is drawn.")
