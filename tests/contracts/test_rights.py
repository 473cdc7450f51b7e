"""Who may write where: a change of the contract that lets somebody more onto a topic is seen here."""

from __future__ import annotations

import pytest

from services.rights import main, rights
from shared.messaging.rights import Kind, Operation, Pattern
from shared.messaging.topics import TOPICS

WRITERS = {
    "brobygger.intake": {"intake"},
    "brobygger.staff": {"intake"},
    "brobygger.cases": {"cases"},
    "brobygger.notifications": {"notifications"},
    "brobygger.reporting": {"reporting"},
    "brobygger.erasure": {"intake"},
    "brobygger.reporters": {"intake"},
    "brobygger.chain": {"intake", "cases", "notifications", "reporting"},
    "brobygger.looks": {"intake", "notifications", "reporting"},
    "erp.inbound": {"erp"},
    "brobygger.erp": {"cases"},
}


def _who(operation: Operation, name: str, kind: Kind = Kind.TOPIC) -> set[str]:
    return {right.who for right in rights() if (right.operation, right.name, right.kind) == (operation, name, kind)}


def test_on_each_topic_only_those_write_who_say_something_there() -> None:
    assert {topic: _who(Operation.WRITE, topic) for topic in TOPICS} == WRITERS


def test_what_outsiders_are_asked_is_read_by_the_erp_alone_and_it_reads_nothing_else() -> None:
    assert _who(Operation.READ, "brobygger.erp") == {"erp"}
    assert [right.name for right in rights() if right.who == "erp" and right.operation is Operation.READ] == ["brobygger.erp", "erp"]


def test_a_group_belongs_to_one_service() -> None:
    groups = [right for right in rights() if right.kind is Kind.GROUP]
    assert {right.name: right.who for right in groups if right.pattern is Pattern.NAME} == {
        f"brobygger.{who}": who for who in ("intake", "cases", "notifications", "reporting")
    }
    assert [right.who for right in groups if right.pattern is Pattern.BEGINNING] == ["erp"]


def test_they_are_printed_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "erp            write    topic  erp.inbound\n" in capsys.readouterr().out
    assert main(["aply"]) == 2
