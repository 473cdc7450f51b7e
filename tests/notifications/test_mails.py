"""A mail says that there is something to look at, and where; never a word about anybody."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID

import pytest

from services.notifications.mails import WORDS, Letter, Matter, domain_of, written
from shared.words.vocabulary.notice import NoticeKind

NOTICE = UUID("d0000000-0000-4000-8000-000000000001")


def letter(
    kind: NoticeKind = NoticeKind.CONCERN_RAISED, *, severity: str = "", link: str = "/cases/c0000000-0000-4000-8000-000000000001"
) -> EmailMessage:
    return letter_about(Matter(kind, severity, link))


def letter_about(*matters: Matter, reply_to: str = "") -> EmailMessage:
    return written(
        Letter(
            id=NOTICE,
            matters=matters,
            to="lead-1@example.test",
            sender="Brobygger <brobygger@bakkegaarden.example>",
            reply_to=reply_to,
            association="bakkegaarden",
            origin="https://brobygger.example/",
            at=datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
        )
    )


def parts(mail: EmailMessage) -> tuple[str, str]:
    """The plain text and the HTML, as a mail program reads them."""
    read = message_from_bytes(mail.as_bytes(), policy=default)
    text, html = read.get_body(("plain",)), read.get_body(("html",))
    assert text is not None
    assert html is not None
    return str(text.get_content()), str(html.get_content())


def test_every_kind_has_its_words() -> None:
    assert set(WORDS) == set(NoticeKind)
    assert len({words.subject for words in WORDS.values()}) == len(NoticeKind)


def test_the_headers_say_who_it_is_from_that_it_is_automatic_and_which_notice_it_is() -> None:
    mail = letter()
    assert dict(mail.items()) | {"Content-Type": ""} == {
        "From": "Brobygger <brobygger@bakkegaarden.example>",
        "To": "lead-1@example.test",
        "Subject": "En bekymring venter på vurdering",
        "Date": "Tue, 03 Mar 2026 09:00:00 +0000",
        "Message-ID": "<d0000000-0000-4000-8000-000000000001@bakkegaarden.example>",
        "List-Id": "Brobygger <bakkegaarden.brobygger.bakkegaarden.example>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": "da, en",
        "MIME-Version": "1.0",
        "Content-Type": "",
    }
    assert mail.get_content_type() == "multipart/alternative"


def test_the_same_notice_is_the_same_mail_to_the_byte() -> None:
    assert letter(severity="acute").as_bytes() == letter(severity="acute").as_bytes()


def test_the_text_is_danish_first_then_english_with_one_link() -> None:
    text, _ = parts(letter())
    assert text == (
        "Der er kommet en bekymring, eller nogen vil ringes op. Den venter på, at du vurderer den.\n"
        "\n"
        "Åbn den her (du skal være logget på):\n"
        "https://brobygger.example/cases/c0000000-0000-4000-8000-000000000001\n"
        "\n"
        "Beskeden indeholder med vilje ingen personoplysninger. Den er sendt automatisk og kan ikke besvares.\n"
        "\n"
        "-- \n"
        "A concern, or somebody who wants to be called, is waiting for triage. Open the link above. This message was sent automatically.\n"
    )


def test_several_broken_histories_are_told_in_the_subject_and_not_counted() -> None:
    mail = letter_about(
        *(Matter(NoticeKind.CHAIN_BROKEN, "", f"/cases/{n}") for n in range(3)), Matter(NoticeKind.FOLLOW_UP_MISSED, "", "/cases/4")
    )
    assert mail["Subject"] == letter_about(Matter(NoticeKind.CHAIN_BROKEN, "", "/cases/1"))["Subject"]


def test_several_things_are_one_list_with_the_most_serious_word_in_front() -> None:
    mail = letter_about(
        Matter(NoticeKind.FOLLOW_UP_MISSED, "", "/cases/1"),
        Matter(NoticeKind.CONCERN_RAISED, "high", "/cases/2"),
        Matter(NoticeKind.CONCERN_RAISED, "medium", "/cases/3"),
    )
    text, html = parts(mail)
    assert mail["Subject"] == "ALVORLIG: 3 beskeder fra Brobygger"
    assert text.startswith(
        "Der er 3 ting at se på. Åbn dem her (du skal være logget på):\n"
        "\n"
        "En opfølgning er ikke sket inden for fristen.\n"
        "https://brobygger.example/cases/1\n"
        "\n"
        "ALVORLIG: Der er kommet en bekymring, eller nogen vil ringes op. Den venter på, at du vurderer den.\n"
        "https://brobygger.example/cases/2\n"
        "\n"
        "Der er kommet en bekymring, eller nogen vil ringes op. Den venter på, at du vurderer den.\n"
        "https://brobygger.example/cases/3\n"
    )
    assert "There are 3 things to look at. Open the links above." in text
    assert [f'<a href="https://brobygger.example/cases/{number}">' in html for number in (1, 2, 3)] == [True] * 3


def test_an_answer_goes_where_somebody_reads_it() -> None:
    mail = letter_about(Matter(NoticeKind.CASE_OPENED, "", "/cases/1"), reply_to="boligsocial@bakkegaarden.example")
    assert mail["Reply-To"] == "boligsocial@bakkegaarden.example"
    assert all("kan ikke besvares" not in said for said in parts(mail))


def test_the_parts_say_nothing_that_belongs_to_the_whole() -> None:
    read = message_from_bytes(letter().as_bytes(), policy=default)
    assert [part["MIME-Version"] for part in read.iter_parts()] == [None, None]


def test_the_html_says_the_same_with_the_same_link_and_loads_nothing() -> None:
    _, html = parts(letter())
    assert '<a href="https://brobygger.example/cases/c0000000-0000-4000-8000-000000000001">' in html
    assert "Der er kommet en bekymring, eller nogen vil ringes op." in html
    assert '<p lang="en">A concern, or somebody who wants to be called, is waiting for triage.' in html
    assert not any(loads in html for loads in ("<img", "<script", "<link", "src="))


@pytest.mark.parametrize(
    ("severity", "subject"),
    [
        ("acute", "AKUT: En bekymring venter på vurdering"),
        ("high", "ALVORLIG: En bekymring venter på vurdering"),
        ("medium", "En bekymring venter på vurdering"),
        ("low", "En bekymring venter på vurdering"),
        ("", "En bekymring venter på vurdering"),
        ("something new", "En bekymring venter på vurdering"),
    ],
)
def test_only_what_cannot_wait_is_said_in_the_subject_as_one_word(severity: str, subject: str) -> None:
    assert letter(severity=severity)["Subject"] == subject


def test_what_stands_in_a_link_cannot_break_out_of_the_html() -> None:
    _, html = parts(letter(link='/cases/"><script>x</script>'))
    assert "<script>" not in html


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_mail_has_words_in_both_languages_and_no_line_is_folded_inside_the_link(kind: NoticeKind) -> None:
    text, html = parts(letter(kind))
    for said in (WORDS[kind].danish, WORDS[kind].english):
        assert said in text
        assert said in html
    assert "https://brobygger.example/cases/c0000000-0000-4000-8000-000000000001\n" in text


@pytest.mark.parametrize(
    ("sender", "domain"),
    [("Brobygger <a@b.example>", "b.example"), ("a@b.example", "b.example"), ('"A @ B" <a@b.example>', "b.example")],
)
def test_the_domain_of_a_sender(sender: str, domain: str) -> None:
    assert domain_of(sender) == domain
