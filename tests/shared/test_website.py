"""Pages: forms that keep what was typed, two languages, dates as people say them, and static files."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from babel.messages.pofile import read_po

from services.origin import NAVIGATION
from shared.ground import spoken
from shared.web.forms import Filled, starting
from shared.words.language import CATALOGUE, Language
from shared.words.translations.extraction import ROOT, sentences
from shared.words.vocabulary.people import Role
from tests.support.services import Running, browser

HTML = {"Accept": "text/html"}
CARETAKER = "staff-caretaker-1"
SENT = {"id": "019c0000-0000-7000-8000-000000000001", "severity": "high", "signals": "smell", "words": "Hun bad om hjælp."}


async def sent(site: Running, form: dict[str, str], *, language: Language = "da") -> httpx.Response:
    async with browser(site, as_=CARETAKER) as client:
        return await client.post("/intake/form", data=form, headers={**HTML, "Accept-Language": language})


# --- forms --------------------------------------------------------------------------------------------------------------


async def test_a_form_begins_with_what_the_route_gives_it(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        text = (await client.get("/intake/form", headers=HTML)).text
    assert re.search(r'name="signals" value="smell" checked', text)
    assert not re.search(r'name="signals" value="pests" checked', text)
    assert "mistakes" not in text


async def test_a_form_that_is_done_leads_on_and_says_so_once(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        done = await client.post("/intake/form", data=SENT, headers=HTML)
        assert done.status_code == 303
        first = await client.get(done.headers["location"], headers=HTML)
        second = await client.get(done.headers["location"], headers=HTML)
    assert "Observationen er modtaget." in first.text
    assert "Observationen er modtaget." not in second.text


async def test_a_refused_form_keeps_everything_typed_and_says_it_beside_the_field_and_at_the_top(site: Running) -> None:
    answer = await sent(site, {**SENT, "words": "Kald <hende> på 000000-0000", "along": "true", "phone": "12345678"})
    assert answer.status_code == 422
    assert "Kald &lt;hende&gt; på 000000-0000</textarea>" in answer.text
    assert 'value="019c0000-0000-7000-8000-000000000001"' in answer.text
    assert re.search(r'value="high" checked', answer.text)
    assert re.search(r'name="along" value="true" checked', answer.text)
    assert 'value="12345678"' in answer.text
    assert '<a href="#f-words">Teksten ser ud til at indeholde et CPR-nummer.</a>' in answer.text
    assert re.search(r'id="f-words-error".*Teksten ser ud til', answer.text)
    assert re.search(r'aria-describedby="f-words-hint f-words-error f-words-count" aria-invalid="true"', answer.text)
    assert "<title>Fejl: " in answer.text


async def test_every_field_that_is_wrong_is_named_at_once(site: Running) -> None:
    answer = await sent(site, {"id": "x", "severity": "purple"})
    assert answer.status_code == 422
    assert '<a href="#f-id">Er ikke et gyldigt id.</a>' in answer.text
    assert '<a href="#f-severity">Vælg en af mulighederne.</a>' in answer.text


async def test_a_refusal_about_no_field_stands_at_the_top(site: Running) -> None:
    answer = await sent(site, {**SENT, "words": "lukket"})
    assert answer.status_code == 422
    assert "<li>Sagen er lukket." in answer.text


async def test_what_changed_meanwhile_is_told_on_the_form_itself(site: Running) -> None:
    answer = await sent(site, {**SENT, "words": "ændret"})
    assert answer.status_code == 412
    assert "Det, du så på, er ændret siden." in answer.text
    assert "ændret</textarea>" in answer.text


async def test_a_form_that_cannot_be_read_is_unreadable(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.post("/intake/form", content=b"x", headers={**HTML, "Content-Type": "multipart/form-data; boundary=y"})
    assert answer.status_code == 400


async def test_a_page_has_no_style_or_script_of_its_own(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        text = (await client.get("/intake/form", headers=HTML)).text
    assert " style=" not in text
    assert "<style" not in text
    assert not re.search(r"<script(?! src=)", text)
    assert not re.search(r"\son\w+=", text)


def test_a_form_is_empty_until_somebody_fills_it() -> None:
    form = Filled()
    assert form.value("words") == ""
    assert form.value("version", 3) == "3"
    assert form.chosen("signals") == []


def test_a_form_begins_with_values_of_any_kind() -> None:
    form = starting(ok=True, no=False, none=None, at=datetime(2026, 3, 3, 9, 12, tzinfo=UTC), on=date(2026, 3, 3), several=["a", "b"])
    assert [form.value(name) for name in ("ok", "no", "none", "at", "on")] == ["true", "", "", "2026-03-03T09:12+00:00", "2026-03-03"]
    assert form.chosen("several") == ["a", "b"]


# --- two languages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "headers", "language"),
    [
        ("", {}, "da"),
        ("", {"Accept-Language": "de, fr"}, "da"),
        ("", {"Accept-Language": "en-GB, da"}, "en"),
        ("", {"Accept-Language": "da-DK, en"}, "da"),
        ("", {"Accept-Language": "en", "Cookie": "lang=da"}, "da"),
        ("?lang=en", {"Accept-Language": "da"}, "en"),
        ("?lang=xx", {}, "da"),
    ],
)
async def test_a_page_is_in_the_readers_language(site: Running, query: str, headers: dict[str, str], language: str) -> None:
    async with browser(site) as client:
        answer = await client.get(f"/intake/sign-in{query}", headers={**HTML, **headers})
    assert f'<html lang="{language}">' in answer.text
    assert ("Who are you today?" in answer.text) == (language == "en")


async def test_a_chosen_language_is_remembered(site: Running) -> None:
    async with browser(site) as client:
        await client.get("/intake/sign-in?lang=en", headers=HTML)
        answer = await client.get("/intake/sign-in", headers=HTML)
    assert '<html lang="en">' in answer.text


async def test_another_language_is_the_same_page_with_what_was_chosen_on_it(site: Running) -> None:
    async with browser(site) as client:
        page = (await client.get("/intake/sign-in?severity=acute&severity=high&next=%2Fcases%2F%3Fa%3D1%26b&lang=da", headers=HTML)).text
    assert '<a href="/intake/sign-in?severity=acute&amp;severity=high&amp;next=%2Fcases%2F%3Fa%3D1%26b&amp;lang=en"' in page


async def test_a_refusal_speaks_the_readers_language(site: Running) -> None:
    answer = await sent(site, {**SENT, "words": "000000-0000"}, language="en")
    assert "The text seems to contain a CPR number." in answer.text


def test_every_danish_sentence_has_english_words() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    untold = [found for found in sentences() if not _translated(catalogue.get(_key(found.sentence)))]
    assert untold == [], "run `python -m shared.words.translations`, and fill in the English words"


def test_english_words_have_the_same_places_for_values() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    places = re.compile(r"%\(\w+\)[sd]")
    wrong = [
        message.id
        for message in catalogue
        if isinstance(message.id, str) and message.string and set(places.findall(message.id)) != set(places.findall(str(message.string)))
    ]
    assert wrong == []


def test_sentences_are_found_in_templates_in_code_and_in_refusals(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    folder = tmp_path / "services" / "cases" / "case" / "templates"
    folder.mkdir(parents=True)
    (folder / "a.html").write_text("""<p>{{ _("Sager") }} {{ _("%(n)s sager", n=2) }}</p>""", encoding="utf-8")
    (folder.parent / "rules.py").write_text(
        'class First(Refusal):\n    """Nej\n    tak."""\n    next_step = "Spørg igen."\n'
        'class Second(First):\n    """Slet ikke."""\nx = marked("Gemt.")\n',
        encoding="utf-8",
    )
    assert {found.sentence for found in sentences(tmp_path)} == {"Sager", "%(n)s sager", "Nej tak.", "Spørg igen.", "Slet ikke.", "Gemt."}
    assert (ROOT / "shared" / "web" / "templates" / "layout.html").is_file()


def _key(sentence: str | tuple[str, str]) -> str:
    return sentence if isinstance(sentence, str) else sentence[0]


def _translated(message: object) -> bool:
    string = getattr(message, "string", "")
    return all(string) if isinstance(string, tuple) else bool(string)


# --- days, times and numbers --------------------------------------------------------------------------------------------

SPRING = datetime(2026, 3, 3, 8, 12, tzinfo=UTC)
SUMMER_NIGHT = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (spoken.moment(SPRING), "tirsdag den 3. marts 2026 kl. 9.12"),
        (spoken.moment(SPRING, language="en"), "Tuesday 3 March 2026 at 09:12"),
        (spoken.short_moment(SUMMER_NIGHT), "2. jul. 2026 kl. 0.30"),
        (spoken.day(SUMMER_NIGHT), "torsdag den 2. juli 2026"),
        (spoken.day(date(2026, 3, 3)), "tirsdag den 3. marts 2026"),
        (spoken.short_day(date(2026, 3, 3), language="en"), "3 Mar 2026"),
        (spoken.due_day(date(2026, 3, 3)), "tirs. 3. mar. 2026"),
        (spoken.due_moment(SPRING, language="en"), "Tue 3 Mar 2026, 09:12"),
        (spoken.clock(SPRING), "9.12"),
        (spoken.machine_time(SPRING), "2026-03-03T09:12+01:00"),
        (spoken.machine_time(date(2026, 3, 3)), "2026-03-03"),
        (spoken.in_working_days(2), "om 2 arbejdsdage"),
        (spoken.in_working_days(1), "om 1 arbejdsdag"),
        (spoken.in_working_days(0), "i dag"),
        (spoken.in_working_days(-1), "for 1 arbejdsdag siden"),
        (spoken.in_working_days(-3, language="en"), "3 working days ago"),
        (spoken.lasting(timedelta(seconds=30)), "under 1 min"),
        (spoken.lasting(timedelta(minutes=45)), "45 min"),
        (spoken.lasting(timedelta(hours=3, minutes=20)), "3 t 20 min"),
        (spoken.lasting(timedelta(days=2, hours=4)), "2 d 4 t"),
        (spoken.number(1234.5), "1.234,5"),
        (spoken.percent(0.45), "45\u00a0%"),
        (spoken.kroner(50000), "50.000\u00a0kr."),
    ],
)
def test_days_times_and_numbers_are_said_as_people_say_them(said: str, words: str) -> None:
    assert said == words


# --- the way around and static files ------------------------------------------------------------------------------------


def test_each_role_sees_its_own_way_around() -> None:
    assert [link.text for link in NAVIGATION.links_for(Role.CARETAKER)][:2] == ["Mine observationer", "Ny observation"]
    assert NAVIGATION.home_of(Role.SOCIAL_LEAD) == "/cases/"
    assert NAVIGATION.home_of(Role.DIRECTOR) == "/reporting/"
    assert "/cases/" not in [link.address for link in NAVIGATION.links_for(Role.DIRECTOR)]


async def test_a_page_says_who_is_signed_in_and_in_what_role(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        text = (await client.get("/intake/form", headers=HTML)).text
    assert "Asger Testvang" in text
    assert "Vicevært" in text
    assert "Log ud" in text


async def test_a_static_file_is_kept_for_as_long_as_its_content_is_the_same(site: Running) -> None:
    async with browser(site) as client:
        text = (await client.get("/intake/sign-in", headers=HTML)).text
        address = re.search(r'href="(/intake/static/brobygger\.css\?v=\w+)"', text)
        assert address
        by_content = await client.get(address[1])
        by_name = await client.get("/intake/static/brobygger.css")
        again = await client.get("/intake/static/brobygger.css", headers={"If-None-Match": by_name.headers["etag"]})
    assert by_content.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert by_content.headers["content-type"].startswith("text/css")
    assert by_name.headers["cache-control"] == "no-cache"
    assert again.status_code == 304


@pytest.mark.parametrize("file", ["../website.py", "%2e%2e/website.py", "nothing.css", ""])
async def test_only_static_files_are_served(site: Running, file: str) -> None:
    async with browser(site) as client:
        assert (await client.get(f"/intake/static/{file}")).status_code == 404
