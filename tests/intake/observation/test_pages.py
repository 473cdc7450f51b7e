"""The caretaker's pages: what stands on them, what a form does, and what a refused form keeps."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from shared.messaging.message import Message
from shared.messaging.messages import cases
from shared.running.listener import Listener
from shared.words.vocabulary.consent import AT_THE_DOOR
from tests.intake.known import CASE, HOME, OBSERVATION, VACATED_HOME, record, registers
from tests.support.services import ASSOCIATION, NOW, Running, browser

HTML = {"Accept": "text/html", "Accept-Language": "da"}
FORM: dict[str, Any] = {
    "id": str(OBSERVATION),
    "estate": "estate-1",
    "home_id": str(HOME),
    "observed_at": "2026-03-03T09:30",
    "signals": ["home.hoarding", "self.neglect"],
    "severity": "high",
    "consent_answer": "granted",
    "consent_wording": "mundtlig-1",
    "consent_scope": ["volunteer", "municipal.visitation"],
    "words": "Køkkenet er fyldt med poser <til> loftet.",
}


async def shown(client: httpx.AsyncClient, address: str, **query: str) -> str:
    answer = await client.get(address, headers=HTML, params=query or None)
    assert answer.status_code == 200, answer.text
    return answer.text


async def sent(client: httpx.AsyncClient, **changed: Any) -> httpx.Response:
    return await client.post("/intake/observations/new", data={**FORM, **changed}, headers=HTML)


def text_of(page: str) -> str:
    """The words of a page, as they are read."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


async def test_the_first_page_has_one_big_button_and_whom_to_ring(refused_caretaker: httpx.AsyncClient) -> None:
    page = await shown(refused_caretaker, "/intake/")
    assert 'class="button big" href="/intake/observations/new"' in page
    assert 'href="tel:112"' in page
    assert 'href="tel:114"' in page
    assert "Citha Testvang" in page
    assert "Du har ikke registreret noget endnu" in page


async def test_a_caretaker_of_one_estate_goes_straight_to_the_form_and_may_choose_another(refused_caretaker: httpx.AsyncClient) -> None:
    answer = await refused_caretaker.get("/intake/observations/new", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/intake/observations/new?estate=estate-1")
    form = await shown(refused_caretaker, "/intake/observations/new", estate="estate-1")
    assert re.search(r'form="written" name="choose" value="1" formnovalidate>Vælg en anden afdeling', form)
    typed = {"estate": "estate-1", "words": "Der lugter i opgangen.", "choose": "1"}
    chosen = (await refused_caretaker.post("/intake/observations/new", data=typed, headers=HTML)).text
    assert re.findall(r'class="estate" name="chosen_estate" value="([^"]*)"', chosen) == ["estate-1", "estate-3"]
    assert typed["words"] in chosen
    page = await shown(refused_caretaker, "/intake/observations/new", choose="1")
    assert re.findall(r'class="estate" href="[^"]+estate=([^"]+)"', page) == ["estate-1", "estate-3"]
    assert "Andre afdelinger" in page


async def test_who_has_several_estates_chooses_one(refusing_intake: Running) -> None:
    async with browser(refusing_intake, as_="staff-social-lead-1") as lead:
        page = await shown(lead, "/intake/observations/new")
    assert re.findall(r'class="estate" href="([^"]+)"', page) == [
        "/intake/observations/new?estate=estate-1",
        "/intake/observations/new?estate=estate-3",
    ]
    assert "3 boliger" in text_of(page)
    assert "1 bolig" in text_of(page)


async def test_the_form_has_every_home_every_signal_and_every_severity(refused_caretaker: httpx.AsyncClient) -> None:
    page = await shown(refused_caretaker, "/intake/observations/new", estate="estate-1")
    assert re.findall(r'<optgroup label="([^"]+)">', page) == ["Lyngstien"]
    assert [found.strip() for found in re.findall(r"<option value=\"[0-9a-f-]{36}\" data-number[^>]*>([^<]+)<", page)] == [
        "Lyngstien 2, st tv",
        "Lyngstien 2, 1. th",
        "Lyngstien 10",
    ]
    assert len(re.findall(r'type="checkbox" name="signals"', page)) == 23
    assert len(re.findall(r'type="radio" name="severity"', page)) == 4
    assert len(re.findall(r'type="radio" name="consent_answer"', page)) == 4
    assert re.findall(r'name="([a-z_]+)" value="([a-z]+)" checked', page) == [("place", "home")]
    assert 'value="2026-03-03T10:00"' in page
    assert "skriv hvad du så, ikke hvad du tror" in page.lower()


async def test_a_form_about_an_unknown_estate_is_not_there(refused_caretaker: httpx.AsyncClient, refusing_intake: Running) -> None:
    assert (await refused_caretaker.get("/intake/observations/new?estate=estate-2", headers=HTML)).status_code == 404
    async with browser(refusing_intake, as_="staff-social-lead-1") as lead:
        assert (await lead.get("/intake/observations/new?estate=Estate+2", headers=HTML)).status_code == 404
        assert (await lead.get("/intake/observations/new?estate=%00", headers=HTML)).status_code == 400


async def test_what_is_sent_leads_to_a_receipt(caretaker: httpx.AsyncClient) -> None:
    answer = await sent(caretaker)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/intake/observations/{OBSERVATION}/receipt")
    page = text_of(await shown(caretaker, answer.headers["location"]))
    assert "Kvittering 0000-000B" in page
    assert "Lyngstien 2, st tv" in page
    assert "Som regel samme arbejdsdag." in page
    assert "Kontoret taler kun med dem, beboeren har sagt ja til." in page


async def test_the_time_on_the_form_is_danish(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await sent(caretaker)
    assert (await intake.value("select observed_at from observations")).isoformat() == "2026-03-03T08:30:00+00:00"


async def test_a_form_that_is_sent_twice_is_one_observation(intake: Running, caretaker: httpx.AsyncClient) -> None:
    assert [(await sent(caretaker)).status_code for _ in range(2)] == [303, 303]
    assert await intake.value("select count(*) from observations") == 1


async def test_the_form_and_the_phone_say_the_same(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await sent(caretaker)
    again = await registers(caretaker, words=FORM["words"])
    assert again.status_code == 201
    assert await intake.value("select count(*) from observations") == 1


async def test_an_empty_form_is_told_everything_that_is_missing_at_once(refused_caretaker: httpx.AsyncClient) -> None:
    nothing = {"home_id": "", "signals": [], "severity": "", "consent_answer": "", "consent_scope": [], "words": ""}
    answer = await sent(refused_caretaker, **nothing)
    assert answer.status_code == 422
    assert re.findall(r'<a href="#f-(\w+)">', answer.text) == ["home_id", "signals", "severity", "consent_answer"]


async def test_a_refused_form_keeps_what_was_written(refused_caretaker: httpx.AsyncClient) -> None:
    answer = await sent(refused_caretaker, home_id=str(VACATED_HOME), observed_at="2025-03-03T10:00")
    page = answer.text
    assert answer.status_code == 422
    assert "Det er mere end 60 dage siden." in page
    assert f'value="{OBSERVATION}"' in page
    assert "Køkkenet er fyldt med poser &lt;til&gt; loftet." in page
    assert re.findall(r'name="signals" value="([^"]+)" checked', page) == ["home.hoarding", "self.neglect"]
    assert re.search(rf'<option value="{VACATED_HOME}" data-number[^>]* selected>', page)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"words": "æ" * 501}, "Teksten er for lang."),
        ({"words": "Kortet: 000190-1234"}, "Teksten ser ud til at indeholde et CPR-nummer."),
        ({"words": "poser\u202e"}, "Teksten indeholder usynlige styretegn."),
        ({"observed_at": "2026-03-03T10:06"}, "Tidspunktet ligger i fremtiden."),
        ({"observed_at": "2025-03-03T10:00"}, "Det er mere end 60 dage siden."),
        ({"observed_at": "i går"}, "Er ikke et gyldigt tidspunkt."),
        ({"observed_at": "0001-01-01T00:00"}, "Det er mere end 60 dage siden."),
        ({"consent_answer": "declined"}, "Der er krydset af, hvem det må gives videre til, men svaret var ikke ja."),
        ({"consent_answer": "declined"}, "men svaret var ikke ja."),
        ({"home_id": "018f0000-0000-7000-8000-00000000ffff"}, "Boligen findes ikke i registret."),
        ({"signals": ["dementia"]}, "Et af tegnene findes ikke på listen."),
    ],
)
async def test_a_refusal_stands_beside_the_form_in_its_own_words(
    refused_caretaker: httpx.AsyncClient, changed: dict[str, Any], sentence: str
) -> None:
    answer = await sent(refused_caretaker, **changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'class="mistakes"' in answer.text


async def test_who_was_not_asked_heard_no_phrase(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await sent(caretaker, consent_answer="not_asked", consent_scope=[])
    assert await intake.value("select consent_wording from observations") == ""


async def test_another_form_with_the_same_id_is_refused_on_its_page(caretaker: httpx.AsyncClient) -> None:
    await sent(caretaker)
    answer = await sent(caretaker, severity="low")
    assert answer.status_code == 409
    assert 'class="mistakes"' in answer.text


async def test_an_acute_one_is_taken_in_and_the_receipt_says_ring(caretaker: httpx.AsyncClient) -> None:
    answer = await sent(caretaker, severity="acute", signals=["death.suspected"])
    page = await shown(caretaker, answer.headers["location"])
    assert "Har du ringet 112?" in page
    assert "Gå ikke ind alene." in page


async def test_a_child_is_a_duty_of_ones_own(caretaker: httpx.AsyncClient) -> None:
    answer = await sent(caretaker, signals=["child.neglect"])
    assert "du har selv pligt til at underrette kommunen" in await shown(caretaker, answer.headers["location"])


ABOUT = {"case_id": CASE, "observation_id": OBSERVATION, "observer": "staff-caretaker-1"}


def raised(*, triage_due: datetime) -> cases.ConcernRaised:
    """What cases says when the observation waits there."""
    return cases.ConcernRaised(
        **ABOUT, observed_at=NOW, estate_id="estate-1", municipality="lyngkommune", severity="high", signals=("smell",),
        consent_answer="granted", triage_due=triage_due,
    )  # fmt: skip


async def taken_in(intake: Running) -> Listener:
    """Cases has said so; answers who hears the rest."""
    listener = Listener(intake.service)
    await listener.take_in([record(raised(triage_due=NOW + timedelta(hours=6)), id="case-1", key=CASE)])
    return listener


async def test_a_meeting_stands_first_until_its_day_is_over(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await sent(caretaker)
    listener = await taken_in(intake)

    async def planned(at: datetime, *, id: str) -> tuple[str, str]:
        said = cases.AccompanimentPlanned(case_id=CASE, visit_id=CASE, companion="staff-caretaker-1", at=at)
        await listener.take_in([record(said, id=id, key=CASE)])
        return text_of(await shown(caretaker, f"/intake/observations/{OBSERVATION}")), text_of(await shown(caretaker, "/intake/"))

    page, start = await planned(NOW + timedelta(days=2), id="case-2")
    assert page.index("Vil du med?") < page.index("torsdag den 5. marts 2026") < page.index("Sådan går det")
    assert "Vil du med til et møde?" in start
    page, start = await planned(NOW - timedelta(days=1), id="case-3")
    assert "Vil du med" not in page + start


async def test_what_he_answered_stands_there_and_leads_to_his_part_of_the_case(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await sent(caretaker)
    assert f"/cases/{CASE}/part" not in await shown(caretaker, f"/intake/observations/{OBSERVATION}")
    listener = await taken_in(intake)
    assert f'href="/cases/{CASE}/part"' in await shown(caretaker, f"/intake/observations/{OBSERVATION}")

    async def heard(number: int, said: Message) -> list[str]:
        await listener.take_in([record(said, id=f"case-{number}", key=CASE)])
        pages = [await shown(caretaker, address) for address in (f"/intake/observations/{OBSERVATION}", "/intake/")]
        return re.findall(r"Vil du med\?|Du kommer med|Du kan ikke komme med|Vil du med til et møde\?", "".join(pages))

    asked = cases.AccompanimentPlanned(case_id=CASE, visit_id=CASE, companion="staff-caretaker-1", at=NOW + timedelta(days=2))
    answer = {"case_id": CASE, "visit_id": CASE, "companion": "staff-caretaker-1", "handler": "staff-social-lead-1"}
    assert await heard(2, asked) == ["Vil du med?", "Vil du med til et møde?"]
    assert await heard(3, cases.AccompanimentAnswered(**answer, comes=True)) == ["Du kommer med", "Du kommer med"]
    assert await heard(4, cases.AccompanimentAnswered(**answer, comes=False)) == ["Du kan ikke komme med"]
    assert await heard(5, cases.CompanionReleased(**ABOUT, visit_id=CASE, companion="staff-caretaker-1")) == []


async def test_only_what_truly_happened_is_ticked(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await sent(caretaker)
    before = await shown(caretaker, f"/intake/observations/{OBSERVATION}")
    assert re.findall(r'class="step( step-done)?', before) == [" step-done", "", "", ""]
    assert "Kontoret har endnu ikke kvitteret." in before
    listener = await taken_in(intake)
    assert "Kontoret skal se den senest tirsdag den 3. marts 2026 kl. 16.00." in text_of(
        await shown(caretaker, f"/intake/observations/{OBSERVATION}")
    ).replace(" .", ".")
    await listener.take_in([record(cases.ConcernSeen(**ABOUT), id="case-2", key=CASE)])
    seen = await shown(caretaker, f"/intake/observations/{OBSERVATION}")
    assert re.findall(r'class="step( step-done)?', seen) == [" step-done", " step-done", "", ""]
    assert "Boligsocial leder" in seen
    await listener.take_in([record(cases.CaseClosed(**ABOUT, outcome="help_established"), id="case-3", key=CASE)])
    assert "Der er taget hånd om det." in await shown(caretaker, f"/intake/observations/{OBSERVATION}")
    assert "Der er taget hånd om det." in await shown(caretaker, "/intake/")
    reopened = cases.CaseReopened(**ABOUT, handler="staff-social-lead-1", contact_due=NOW + timedelta(days=3))
    await listener.take_in([record(reopened, id="case-4", key=CASE)])
    goes_on = await shown(caretaker, f"/intake/observations/{OBSERVATION}")
    assert re.findall(r'class="step( step-done)?', goes_on) == [" step-done", " step-done", " step-done", ""]
    assert "Der er taget hånd om det." not in goes_on
    assert "Sagen er åbnet igen, og en person har den." in goes_on
    assert "Sagen er åbnet igen, og en person har den." in await shown(caretaker, "/intake/")


async def test_a_missed_look_says_ring(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await sent(caretaker)
    missed = cases.DeadlineMissed(case_id=CASE, kind="triage", due=NOW, handler="")
    await Listener(intake.service).take_in([record(raised(triage_due=NOW), id="case-1", key=CASE), record(missed, id="case-2", key=CASE)])
    assert "Ingen har set den til tiden. Ring til den boligsociale leder." in await shown(caretaker, f"/intake/observations/{OBSERVATION}")


async def test_the_caretaker_sees_his_own_words_and_they_are_no_markup(caretaker: httpx.AsyncClient) -> None:
    await sent(caretaker)
    assert "poser &lt;til&gt; loftet" in await shown(caretaker, f"/intake/observations/{OBSERVATION}")


@pytest.mark.erases
async def test_what_is_erased_says_so(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await sent(caretaker)
    await intake.service.vault.destroy([OBSERVATION], association=ASSOCIATION, by="staff-dpo-1", reason="erasure")
    page = await shown(caretaker, f"/intake/observations/{OBSERVATION}")
    assert "Adressen er slettet" in page
    assert "Dine ord er slettet" in page
    assert "Adressen er slettet" in await shown(caretaker, "/intake/observations")


async def test_somebody_elses_observation_is_not_shown(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await sent(caretaker)
    async with browser(intake, as_="staff-caretaker-2") as other:
        for address in (f"/intake/observations/{OBSERVATION}", f"/intake/observations/{OBSERVATION}/receipt"):
            assert (await other.get(address, headers=HTML)).status_code == 404
        assert "Lyngstien" not in await shown(other, "/intake/")


async def test_older_ones_are_on_the_next_page(intake: Running, caretaker: httpx.AsyncClient) -> None:
    for number in range(6):
        await registers(caretaker, id=str(UUID(int=OBSERVATION.int + number)))
    start = await shown(caretaker, "/intake/")
    assert start.count('class="box own-card"') == 5
    assert 'href="/intake/observations"' in start
    assert (await shown(caretaker, "/intake/observations")).count('class="box own-card"') == 6


async def test_nobody_reads_a_page_without_signing_in(refusing_intake: Running) -> None:
    async with browser(refusing_intake) as stranger:
        for address in ("/intake/", "/intake/observations", "/intake/observations/new"):
            answer = await stranger.get(address, headers=HTML)
            assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/intake/sign-in")


async def test_who_has_no_observations_of_their_own_is_told_so(refusing_intake: Running) -> None:
    async with browser(refusing_intake, as_="staff-director-1") as director:
        assert (await director.get("/intake/", headers=HTML)).status_code == 403


async def test_every_page_looked_at_is_noted(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await sent(caretaker)
    for address in (
        "/intake/",
        "/intake/observations",
        f"/intake/observations/{OBSERVATION}",
        f"/intake/observations/{OBSERVATION}/receipt",
    ):
        await shown(caretaker, address)
    assert await intake.value("select count(*) from access_log") == 4


async def test_sent_again_about_the_same_place_is_asked_about_before_it_becomes_a_second(
    caretaker: httpx.AsyncClient, intake: Running
) -> None:
    await sent(caretaker)
    for changed in ({}, {"words": "Der er også en hund."}):
        again = await sent(caretaker, id="018f0000-0000-7000-8000-0000000000aa", **changed)
        assert again.status_code == 422
        assert "om samme sted for få minutter siden" in text_of(again.text)
        assert f'href="/intake/observations/{OBSERVATION}"' in again.text
        assert changed.get("words", FORM["words"].replace("<", "&lt;").replace(">", "&gt;")) in again.text
    assert await intake.value("select count(*) from observations") == 1
    once_more = await sent(caretaker, id="018f0000-0000-7000-8000-0000000000aa", as_new="true")
    assert once_more.status_code == 303
    assert await intake.value("select count(*) from observations") == 2


async def test_the_same_form_twice_is_one_and_gets_the_same_receipt(caretaker: httpx.AsyncClient, intake: Running) -> None:
    first, second = await sent(caretaker), await sent(caretaker)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    assert await intake.value("select count(*) from observations") == 1


async def test_a_form_that_lay_open_says_the_time_of_sending_unless_somebody_set_one(caretaker: httpx.AsyncClient, intake: Running) -> None:
    for _ in range(2):  # and the same, when it is sent again
        await sent(caretaker, observed_at="2026-03-03T07:10", shown_at="2026-03-03T07:10")
    assert (await intake.value("select observed_at from observations")) == NOW
    await sent(
        caretaker, id="018f0000-0000-7000-8000-0000000000aa", observed_at="2026-03-03T07:15", shown_at="2026-03-03T07:10", as_new="true"
    )
    assert (await intake.value("select min(observed_at) from observations")).isoformat() == "2026-03-03T06:15:00+00:00"


async def test_a_yes_that_names_nobody_outside_is_taken_for_the_words_of_the_form(caretaker: httpx.AsyncClient) -> None:
    page = await shown(caretaker, "/intake/observations/new", estate="estate-1")
    (wording,) = re.findall(r'name="consent_wording" value="([^"]*)"', page)
    assert wording == AT_THE_DOOR.version
    assert AT_THE_DOOR.text in text_of(page)
    answer = await sent(caretaker, consent_scope=[], consent_wording=wording)
    assert answer.status_code == 303
    assert "Kontoret spørger selv beboeren om lov" in text_of(await shown(caretaker, answer.headers["location"]))


async def test_what_is_wrong_is_told_with_what_is_missing(refused_caretaker: httpx.AsyncClient) -> None:
    answer = await sent(refused_caretaker, home_id="", severity="", observed_at="i går", words="x")
    for complaint in ("Vælg boligen.", "Vælg, hvor alvorligt det er.", "Er ikke et gyldigt tidspunkt."):
        assert complaint in text_of(answer.text)
    answer = await sent(refused_caretaker, signals=[], consent_answer="declined", words="å" * 501, observed_at="2025-03-03T10:00")
    for complaint in (
        "Sæt kryds ved mindst ét tegn",
        "Der er krydset af, hvem det må gives videre til, men svaret var ikke ja.",
        "Teksten er for lang.",
        "Det er mere end 60 dage",
    ):
        assert complaint in text_of(answer.text)
    assert re.search(
        r'<fieldset class="field signals wrong" aria-describedby="f-signals-hint f-signals-error" aria-invalid="true">', answer.text
    )


async def test_a_book_pasted_into_the_words_is_told_beside_them_and_the_rest_stays(refused_caretaker: httpx.AsyncClient) -> None:
    answer = await sent(refused_caretaker, words="æ" * 30_000)
    assert answer.status_code == 422
    assert "Teksten er for lang." in text_of(answer.text)
    assert "æ" * 30_000 in answer.text
    assert f'value="{HOME}"' in answer.text


async def test_another_language_keeps_what_was_typed(refused_caretaker: httpx.AsyncClient) -> None:
    page = await shown(refused_caretaker, "/intake/observations/new", estate="estate-1")
    assert re.search(r'<form [^>]*class="observation" id="written">', page)
    assert 'form="written" name="lang" value="en"' in page
    answer = await sent(refused_caretaker, lang="en")
    assert answer.status_code == 200
    assert "New observation" in text_of(answer.text)
    assert "Køkkenet er fyldt med poser" in answer.text
    assert 'class="mistakes"' not in answer.text
