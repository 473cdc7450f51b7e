"""The file of a procedure: what is wrong in it is named with its line and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.cases.procedure.rules.reading import LONGEST, ProcedureIsNotUnderstood, read_procedure

TEXT = (Path(__file__).parents[3] / "local/demo/bakkegaarden/procedure.yaml").read_text(encoding="utf-8")


def problems_of(text: str) -> list[str]:
    with pytest.raises(ProcedureIsNotUnderstood) as refused:
        read_procedure(text)
    return [str(problem) for problem in refused.value.problems]


def line_of(part: str, text: str = TEXT) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_file_that_was_cut_off_because_it_is_too_long_is_not_taken_for_the_whole() -> None:
    cut = TEXT + "# mere\n" * ((LONGEST - len(TEXT)) // 7 + 1)
    assert len(cut) > LONGEST
    assert problems_of(cut) == ["Linje 1: filen er længere end 60.000 tegn."]


def test_the_procedure_of_the_demo_association_is_understood() -> None:
    document = read_procedure(TEXT)

    assert document.version == "2026-1"
    assert sorted(document.municipalities) == [
        "aadal", "bakkelund", "engsted", "havnstrup", "kirkeby", "moellebro", "skovlund", "vesterhede",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("right", "wrong", "at", "place", "reason"),
    [
        ("acute: {minutes: 15}", "acute: {hours: 1}", "acute: {minutes: 15}", "clocks.triage.acute.hours", "kendes ikke her"),
        ("acute: {minutes: 15}", "acute: {minutes: femten}", "acute: {minutes: 15}", "clocks.triage.acute.minutes", "helt tal"),
        ("acute: {minutes: 15}", "acute: {}", "acute: {minutes: 15}", "clocks.triage.acute", "præcis én af"),
        ("acute: {minutes: 15}", "acute: {minutes: 15, days: 1}", "acute: {minutes: 15}", "clocks.triage.acute", "præcis én af"),
        ("acute: {minutes: 15}", "acute: {minutes: 0}", "acute: {minutes: 15}", "clocks.triage.acute.minutes", "for lille"),
        ("    acute: {minutes: 15}\n", "", "  triage:\n    acute", "clocks.triage.acute", "mangler"),
        ("acute: {minutes: 15}", "purple: {minutes: 15}", "acute: {minutes: 15}", "clocks.triage.purple",
         "kendes ikke; skriv 'acute', 'high', 'medium' eller 'low'"),
        ("see: [social_lead,", "see: [boss,", "see: [", "steps.see.0", "kendes ikke; skriv 'caretaker'"),
        ("see: [social_lead,", "see: [director,", "see: [", "steps.see.0", "kendes ikke"),
        ("see: [social_lead, social_caretaker]", "see: []", "see: [", "steps.see", "må ikke være tom"),
        ("steps:\n", "steps:\n  fly: [social_lead]\n", "  see: [", "steps.fly", "kendes ikke; skriv 'see'"),
        ("  note: [social_lead, social_caretaker]\n", "", "steps:\n", "steps.note", "mangler"),
        ("  note: [", "  note: [caretaker, ", "steps:\n", "steps", "en vicevært må ikke få socialt arbejde"),
        ("  low: [30]\n", "", "follow_up_days:", "follow_up_days.low", "mangler"),
        ("  high: [3, 14, 30]", "  high: [14, 3]", "follow_up_days:", "follow_up_days", "i rækkefølge"),
        ('version: "2026-1"', "version: 2026.1", 'version: "2026-1"', "version", "anførselstegn"),
        ("effective_on: 2026-01-01", "effective_on: snart", "effective_on:", "effective_on", "skal være en dato"),
        ("working_days_after_answer: 8", "working_days_after_answer: 2", "silence:\n", "silence", "i rækkefølge"),
        ("version: telefon-1", "version: mundtlig-1", "consent_wordings:", "consent_wordings", "to ordlyde har samme version"),
        ("  closed: Sagen er afsluttet. Tak for din opmærksomhed.\n", "", "notices:", "notices.closed", "mangler"),
        ('  friday: "08:00-13:00"\n', "", "office_hours:", "office_hours", "åbningstiden mangler for friday"),
        ('friday: "08:00-13:00"', 'friday: "13:00-08:00"', 'friday: "08:00-13:00"', "office_hours.friday", "skal åbne, før det lukker"),
        ('friday: "08:00-13:00"', "friday: 8-13", 'friday: "08:00-13:00"', "office_hours.friday", "har ikke den rigtige form"),
        ('friday: "08:00-13:00"', 'friday: "08:00-24:00"', 'friday: "08:00-13:00"', "office_hours.friday", "har ikke den rigtige form"),
        ('  friday: "08:00-13:00"', '  sunday: "08:00-13:00"', 'friday: "08:00-13:00"', "office_hours.sunday", "kendes ikke"),
        ("municipal.bostoette: {working_days: 30}", "municipal.x: {working_days: 30}", "municipal.bostoette: {working_days: 30}",
         "municipalities.bakkelund.answers.municipal.x", "kendes ikke"),
        ("unit: Visitationen, channel: digital_post", "unit: Visitationen, channel: fax", "unit: Visitationen, channel: digital_post",
         "municipalities.bakkelund.contacts.municipal.visitation.channel", "kendes ikke; skriv 'digital_post'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line_and_place(right: str, wrong: str, at: str, place: str, reason: str) -> None:
    assert right in TEXT

    (problem,) = [found for found in problems_of(TEXT.replace(right, wrong, 1)) if place in found]

    assert problem.startswith(f"Linje {line_of(at)}, {place}: ")
    assert reason in problem


def test_every_mistake_is_told_at_once() -> None:
    text = TEXT.replace("acute: {minutes: 15}", "acute: {hours: 1}", 1).replace("  low: [30]\n", "", 1)

    found = problems_of(text)

    assert len(found) == 2


def test_a_number_that_yaml_reads_as_another_is_refused_with_its_line() -> None:
    (found,) = problems_of(TEXT + "x: 015\n")
    assert found.startswith(f"Linje {len(TEXT.splitlines()) + 1}")
    assert "på to måder" in found


def test_a_key_that_stands_twice_is_refused_for_the_last_would_quietly_win() -> None:
    found = problems_of(TEXT.replace("  see: [", "  see: [system]\n  see: [", 1))

    assert found == [f"Linje {line_of('  see: [') + 1}, steps.see: står to gange."]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Linje 1: filen skal begynde med felter som version og title."),
        ("- a\n- b\n", "Linje 1: filen skal begynde med felter som version og title."),
        ("version: [", "Linje 1: filen er ikke gyldig YAML (se efter indrykning, kolon og anførselstegn)."),
        (
            "title: hej\nversion: !!python/object:os.system x\n",
            "Linje 2: filen har noget, som en procedure ikke behøver (ankre, egne typer eller for mange niveauer).",
        ),
        ("effective_on: 2026-02-30\n", "Linje 1: filen har en dato, som ikke findes."),
        ("title: \x00\n", "Linje 1: filen har tegn, som YAML ikke tillader."),
    ],
)
def test_a_file_that_is_no_procedure_is_refused_and_nothing_else_happens(text: str, told: str) -> None:
    assert problems_of(text) == [told]


@pytest.mark.parametrize(
    "hostile",
    [
        "a: " + "[" * 29000 + "]" * 29000,
        "a0: &a [x, x]\na1: [*a, *a]",
        "a: &r\n  b: *r",
        'a: !!int ""',
        "a: !!bool x",
        "!!set {version, title}",
        "a: !!timestamp x",
        "a: !!python/object:os.system x",
    ],
    ids=["deep", "aliases", "itself", "int", "bool", "set", "timestamp", "python"],
)
def test_what_no_procedure_needs_is_refused_before_it_is_read(hostile: str) -> None:
    (problem,) = problems_of(hostile)
    assert problem.startswith("Linje 1: ")
