"""The register: what is entered, what is refused, and what is no news."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from services.intake.home.rules.estate import (
    Estate,
    EstateIsGarbled,
    EstateIsNotNamed,
    EstateNumberIsMalformed,
    Home,
    HomeBelongsToAnotherEstate,
    HomeHasNoStreet,
    HomeIsGarbled,
    HomeIsListedTwice,
    MunicipalityIsTwo,
    TooManyHomes,
    estate_stream,
)
from services.intake.home.rules.tenancy import (
    LONG_AGO,
    DeathIsNotYet,
    Occupant,
    Place,
    Tenancy,
    TenancyEndsBeforeItStarts,
    TenancyIsOfAnotherHome,
)
from shared.ground.text_input import TextHoldsControlCharacters
from shared.privacy.personal import Personal, Sealed
from tests.support.given import AN_ID, Fact, fact, given, news

HOME = UUID("018f0000-0000-7000-8000-000000000001")
OTHER_HOME = UUID("018f0000-0000-7000-8000-000000000002")
TENANCY = UUID("018f0000-0000-7000-8000-0000000000a1")
PLACE = Place(home_id=HOME, estate_id="estate-1", municipality="lyngkommune")

REGISTERED = fact(Estate.Registered, estate_id="estate-1", name="Bakken", municipality="lyngkommune")
NUMBER_ONE = {"home_id": str(HOME), "street": "Lyngstien", "number": "1", "floor": "", "door": ""}
HOMES = fact(Estate.HomesRegistered, estate_id="estate-1", homes=[NUMBER_ONE])
MATTER = AN_ID
TOLD = {
    "tenancy": Personal(MATTER, str(TENANCY)), "home": Personal(MATTER, str(HOME)),
    "estate_id": Personal(MATTER, "estate-1"), "municipality": Personal(MATTER, "lyngkommune"),
}  # fmt: skip


def that(day: date, of: UUID = MATTER) -> Personal:
    """A day as it is told: sealed."""
    return Personal(of, day.isoformat())


def known(_: Sealed) -> None:
    """Opens nothing: what is told here is not sealed yet."""


STARTED = fact(Tenancy.Started, **TOLD, started_on=that(date(2024, 5, 1)))


def ended(on: date) -> Fact:
    return fact(Tenancy.Ended, tenancy=TOLD["tenancy"], estate_id=TOLD["estate_id"], ended_on=that(on))


def home(home_id: UUID = HOME, *, street: str = "Lyngstien", number: str = "1", floor: str = "", door: str = "") -> Home:
    return Home(home_id=home_id, street=street, number=number, floor=floor, door=door)


def test_an_estate_is_entered() -> None:
    estate = Estate.register(association="bakkegaarden", estate_id="estate-1", name="Bakken", municipality="lyngkommune")
    assert news(estate) == [REGISTERED]


def test_the_same_number_in_two_associations_is_two_estates() -> None:
    assert estate_stream("bakkegaarden", "estate-1") != estate_stream("skovparken", "estate-1")


def test_an_estate_keeps_its_history_when_it_is_registered_again() -> None:
    assert estate_stream("bakkegaarden", "estate-1") == UUID("3608889c-011d-5a2d-8f3a-50302dfe2594")


@pytest.mark.parametrize(("name", "municipality"), [("", "lyngkommune"), ("Bakken", ""), ("  ", "lyngkommune")])
def test_an_estate_without_name_or_municipality_is_refused(name: str, municipality: str) -> None:
    with pytest.raises(EstateIsNotNamed):
        Estate.register(association="bakkegaarden", estate_id="estate-1", name=name, municipality=municipality)


@pytest.mark.parametrize("number", ["", "1", "Estate-1", "a/b", "a\x00b", "a" * 64, "-a"])
def test_an_estate_number_has_a_plain_shape(number: str) -> None:
    with pytest.raises(EstateNumberIsMalformed):
        Estate.register(association="bakkegaarden", estate_id=number, name="Bakken", municipality="lyngkommune")


def test_names_hold_no_control_characters() -> None:
    with pytest.raises(TextHoldsControlCharacters):
        Estate.register(association="bakkegaarden", estate_id="estate-1", name="Bak\x00ken", municipality="lyngkommune")


def test_an_estate_gets_another_name() -> None:
    estate = given(Estate, REGISTERED)
    estate.describe(name="Nye Bakken", municipality="lyngkommune")
    assert news(estate) == [fact(Estate.Described, estate_id="estate-1", name="Nye Bakken", municipality="lyngkommune")]


def test_the_same_name_again_is_no_news() -> None:
    estate = given(Estate, REGISTERED)
    estate.describe(name="Bakken", municipality="lyngkommune")
    assert news(estate) == []


def test_a_name_is_not_taken_away() -> None:
    estate = given(Estate, REGISTERED)
    with pytest.raises(EstateIsNotNamed):
        estate.describe(name=" ", municipality="lyngkommune")


def test_homes_are_entered() -> None:
    estate = given(Estate, REGISTERED)
    estate.register_homes([home()], elsewhere=frozenset())
    assert news(estate) == [HOMES]


def test_the_same_homes_again_are_no_news() -> None:
    estate = given(Estate, REGISTERED, HOMES)
    estate.register_homes([home()], elsewhere=frozenset())
    assert news(estate) == []


def test_only_the_home_whose_address_reads_differently_is_a_new_fact() -> None:
    estate = given(Estate, REGISTERED, HOMES)
    estate.register_homes([home(), home(OTHER_HOME, number="2", floor="1", door="tv")], elsewhere=frozenset())
    estate.register_homes([home(street="Lyngvænget"), home(OTHER_HOME, number="2", floor="1", door="tv")], elsewhere=frozenset())
    assert news(estate) == [
        fact(
            Estate.HomesRegistered,
            estate_id="estate-1",
            homes=[{"home_id": str(OTHER_HOME), "street": "Lyngstien", "number": "2", "floor": "1", "door": "tv"}],
        ),
        fact(
            Estate.HomesRegistered,
            estate_id="estate-1",
            homes=[{"home_id": str(HOME), "street": "Lyngvænget", "number": "1", "floor": "", "door": ""}],
        ),
    ]


def test_a_home_that_is_left_out_stays() -> None:
    estate = given(Estate, REGISTERED, HOMES)
    estate.register_homes([], elsewhere=frozenset())
    assert news(estate) == []


def test_a_home_that_is_listed_twice_is_refused() -> None:
    estate = given(Estate, REGISTERED)
    with pytest.raises(HomeIsListedTwice) as refused:
        estate.register_homes([home(), home(number="2")], elsewhere=frozenset())
    assert refused.value.field == "homes/1/home_id"


@pytest.mark.parametrize(("street", "number", "missing"), [("", "1", "street"), ("Lyngstien", "", "number"), (" ", "1", "street")])
def test_a_home_without_street_or_number_is_refused_and_pointed_at(street: str, number: str, missing: str) -> None:
    estate = given(Estate, REGISTERED)
    with pytest.raises(HomeHasNoStreet) as refused:
        estate.register_homes([home(OTHER_HOME), home(street=street, number=number)], elsewhere=frozenset())
    assert refused.value.field == f"homes/1/{missing}"


@pytest.mark.parametrize("street", ["Lyng\u00a0stien", "Lyng  stien", "Lyng\tstien ", " Lyng\u2009stien"])
def test_blanks_make_no_other_street(street: str) -> None:
    estate = given(Estate, REGISTERED)
    estate.register_homes([home(street=street)], elsewhere=frozenset())
    before = estate.homes
    estate.register_homes([home(street="Lyng stien")], elsewhere=frozenset())
    assert len(news(estate)) == 1
    assert [one["street"] for one in before.values()] == ["Lyng stien"]


@pytest.mark.parametrize("street", ["S\ufffdndergade", "SÃ¸ndergade", "Â§ Vej", "Ã˜stergade", "Ã†blevej", "Ã…gade"])
def test_an_address_that_was_read_in_the_wrong_encoding_is_refused_and_pointed_at(street: str) -> None:
    estate = given(Estate, REGISTERED)
    with pytest.raises(HomeIsGarbled) as refused:
        estate.register_homes([home(), home(OTHER_HOME, street=street)], elsewhere=frozenset())
    assert refused.value.field == "homes/1/street"


@pytest.mark.parametrize("street", ["Ærøvej", "Århusgade", "Châteauvej", "Õ", "Müllers Alle"])
def test_letters_of_any_language_are_no_wrong_encoding(street: str) -> None:
    estate = given(Estate, REGISTERED)
    estate.register_homes([home(street=street)], elsewhere=frozenset())
    assert len(news(estate)) == 1


@pytest.mark.parametrize(("name", "municipality", "field"), [("SÃ¸parken", "Aarhus", "name"), ("Bakken", "\ufffdrhus", "municipality")])
def test_an_estate_that_was_read_in_the_wrong_encoding_is_refused_and_pointed_at(name: str, municipality: str, field: str) -> None:
    with pytest.raises(EstateIsGarbled) as refused:
        given(Estate, REGISTERED).describe(name=name, municipality=municipality)
    assert refused.value.field == field


@pytest.mark.parametrize("name", ["Lyngkommune", "LYNGKOMMUNE", " lyngkommune Kommune"])
def test_a_municipality_by_another_of_its_names_is_no_news(name: str) -> None:
    estate = given(Estate, REGISTERED)
    estate.describe(name="Bakken", municipality=name)
    assert news(estate) == []


def test_a_number_and_a_name_of_two_municipalities_are_refused_and_pointed_at() -> None:
    with pytest.raises(MunicipalityIsTwo) as refused:
        given(Estate, REGISTERED).describe(name="Bakken", municipality="751 Odense")
    assert refused.value.field == "municipality"


def test_a_home_of_another_estate_is_refused() -> None:
    estate = given(Estate, REGISTERED)
    with pytest.raises(HomeBelongsToAnotherEstate) as refused:
        estate.register_homes([home(OTHER_HOME), home()], elsewhere=frozenset({HOME}))
    assert refused.value.field == "homes/1/home_id"


HOME_ENDED = fact(Estate.HomesEnded, estate_id="estate-1", homes=[str(HOME)])


def test_a_home_ends() -> None:
    estate = given(Estate, REGISTERED, HOMES)
    estate.register_homes([home()], elsewhere=frozenset(), ended={HOME})
    assert news(estate) == [HOME_ENDED]


def test_a_home_that_ended_ends_once() -> None:
    estate = given(Estate, REGISTERED, HOMES, HOME_ENDED)
    estate.register_homes([home()], elsewhere=frozenset(), ended={HOME})
    assert news(estate) == []


def test_a_home_that_ended_stays_as_it_is_where_a_list_does_not_mention_it() -> None:
    estate = given(Estate, REGISTERED, HOMES, HOME_ENDED)
    estate.register_homes([home(OTHER_HOME)], elsewhere=frozenset())
    assert estate.ended == {str(HOME)}


def test_a_home_that_is_listed_again_is_a_home_again() -> None:
    estate = given(Estate, REGISTERED, HOMES, HOME_ENDED)
    estate.register_homes([home()], elsewhere=frozenset())
    assert (news(estate), estate.ended) == ([HOMES], set())


def test_a_home_may_be_known_only_since_it_ended() -> None:
    estate = given(Estate, REGISTERED)
    estate.register_homes([home()], elsewhere=frozenset(), ended={HOME, OTHER_HOME})
    assert news(estate) == [HOMES, HOME_ENDED]


@pytest.mark.parametrize(
    ("street", "number", "floor", "door"),
    [("Lyngstien", "12A", "1", "tv"), ("lyngstien", "12 a", "1.", "t.v."), ("Lyngstien", "12a", "1. sal", "venstre")],
)
def test_homes_that_nobody_can_tell_apart_are_named(street: str, number: str, floor: str, door: str) -> None:
    estate = given(Estate, REGISTERED)
    twin = home(OTHER_HOME, street=street, number=number, floor=floor, door=door)
    estate.register_homes([home(number="12A", floor="1", door="tv"), twin, home(UUID(int=3), number="12B")], elsewhere=frozenset())
    assert [[one.home_id for one in homes] for homes in estate.at_one_address()] == [[HOME, OTHER_HOME]]
    estate.register_homes([home(number="12A", floor="1", door="tv")], elsewhere=frozenset(), ended={HOME})
    assert estate.at_one_address() == []


@pytest.mark.parametrize(("how_many", "is_refused"), [(4999, False), (5000, False), (5001, True)])
def test_a_list_holds_at_most_five_thousand_homes(how_many: int, is_refused: bool) -> None:
    estate = given(Estate, REGISTERED)
    homes = [home(UUID(int=number)) for number in range(how_many)]
    if is_refused:
        with pytest.raises(TooManyHomes):
            estate.register_homes(homes, elsewhere=frozenset())
    else:
        estate.register_homes(homes, elsewhere=frozenset())
        assert len(news(estate)) == 1


def test_a_tenancy_starts() -> None:
    tenancy = Tenancy.start(MATTER, tenancy_id=TENANCY, place=PLACE, on=date(2024, 5, 1))
    assert news(tenancy) == [STARTED]


@pytest.mark.parametrize("no_day", [date(1, 1, 1), date(1753, 1, 1), date(1900, 1, 1), date(9999, 12, 31)])
def test_a_start_on_what_systems_write_for_no_day_is_told_without_one(no_day: date) -> None:
    without = fact(Tenancy.Started, **TOLD, started_on=that(LONG_AGO))
    assert news(Tenancy.start(MATTER, tenancy_id=TENANCY, place=PLACE, on=no_day)) == [without]
    heard_first = given(Tenancy, fact(Tenancy.HeardOf, tenancy=TOLD["tenancy"]))
    heard_first.start_later(tenancy_id=TENANCY, place=PLACE, on=no_day, known=known)
    assert news(heard_first) == [fact(Tenancy.StartHeardLater, **TOLD, started_on=that(LONG_AGO))]
    begun = given(Tenancy, STARTED)
    begun.start_again(home_id=HOME, on=no_day, known=known)
    assert news(begun) == []
    without_day = given(Tenancy, without)
    without_day.start_again(home_id=HOME, on=date(2024, 5, 1), known=known)
    assert news(without_day) == [fact(Tenancy.StartMoved, **TOLD, started_on=that(date(2024, 5, 1)))]


def test_a_tenancy_that_starts_twice_is_no_news() -> None:
    tenancy = given(Tenancy, STARTED)
    tenancy.start_again(home_id=HOME, known=known, on=date(2024, 5, 1))
    assert news(tenancy) == []


def test_a_tenancy_does_not_move_to_another_home() -> None:
    tenancy = given(Tenancy, STARTED)
    with pytest.raises(TenancyIsOfAnotherHome):
        tenancy.start_again(home_id=OTHER_HOME, known=known, on=date(2024, 5, 1))


def test_the_first_day_is_corrected() -> None:
    tenancy = given(Tenancy, STARTED)
    tenancy.start_again(home_id=HOME, known=known, on=date(2024, 6, 1))
    assert news(tenancy) == [fact(Tenancy.StartMoved, **TOLD, started_on=that(date(2024, 6, 1)))]


def test_a_tenancy_ends() -> None:
    tenancy = given(Tenancy, STARTED)
    tenancy.end(on=date(2026, 2, 28), known=known)
    assert news(tenancy) == [ended(date(2026, 2, 28))]


def test_a_tenancy_that_ends_twice_is_no_news() -> None:
    tenancy = given(Tenancy, STARTED, ended(date(2026, 2, 28)))
    tenancy.end(on=date(2026, 2, 28), known=known)
    assert news(tenancy) == []


def test_the_newest_word_about_the_last_day_counts() -> None:
    tenancy = given(Tenancy, STARTED, ended(date(2026, 2, 28)))
    tenancy.end(on=date(2026, 3, 31), known=known)
    assert news(tenancy) == [ended(date(2026, 3, 31))]


@pytest.mark.parametrize(("last_day", "is_refused"), [(date(2024, 4, 30), True), (date(2024, 5, 1), False), (date(2024, 5, 2), False)])
def test_a_tenancy_does_not_end_before_it_starts(last_day: date, is_refused: bool) -> None:
    tenancy = given(Tenancy, STARTED)
    if is_refused:
        with pytest.raises(TenancyEndsBeforeItStarts):
            tenancy.end(on=last_day, known=known)
    else:
        tenancy.end(on=last_day, known=known)
        assert len(news(tenancy)) == 1


def test_the_first_day_is_not_moved_behind_the_last() -> None:
    tenancy = given(Tenancy, STARTED, ended(date(2026, 2, 28)))
    with pytest.raises(TenancyEndsBeforeItStarts):
        tenancy.start_again(home_id=HOME, known=known, on=date(2026, 3, 1))


ENDED_FIRST = fact(Tenancy.EndHeardFirst, tenancy=TOLD["tenancy"], ended_on=that(date(2026, 2, 28)))
STARTED_LATER = fact(Tenancy.StartHeardLater, **TOLD, started_on=that(date(2024, 5, 1)))
ENDED = ended(date(2026, 2, 28))


def starts_later(tenancy: Tenancy, *, on: date = date(2024, 5, 1)) -> None:
    tenancy.start_later(tenancy_id=TENANCY, place=PLACE, on=on, known=known)


def test_an_end_may_be_heard_before_the_start() -> None:
    tenancy = Tenancy.begin_with_end(MATTER, tenancy_id=TENANCY, on=date(2026, 2, 28))
    assert news(tenancy) == [ENDED_FIRST]
    assert not tenancy.is_started


def test_the_start_that_comes_later_gives_the_end_its_home() -> None:
    tenancy = given(Tenancy, ENDED_FIRST)
    starts_later(tenancy)
    assert news(tenancy) == [STARTED_LATER, ENDED]


def test_an_end_that_is_heard_first_twice_is_no_news() -> None:
    tenancy = given(Tenancy, ENDED_FIRST)
    tenancy.end(on=date(2026, 2, 28), known=known)
    assert news(tenancy) == []


def test_the_newest_word_about_the_last_day_counts_before_the_start_too() -> None:
    tenancy = given(Tenancy, ENDED_FIRST)
    tenancy.end(on=date(2026, 3, 31), known=known)
    starts_later(tenancy)
    assert news(tenancy) == [
        fact(Tenancy.EndMovedBeforeStart, ended_on=that(date(2026, 3, 31))),
        STARTED_LATER,
        ended(date(2026, 3, 31)),
    ]


def test_both_again_after_an_end_that_was_heard_first_are_no_news() -> None:
    tenancy = given(Tenancy, ENDED_FIRST, STARTED_LATER, ENDED)
    tenancy.start_again(home_id=HOME, known=known, on=date(2024, 5, 1))
    tenancy.end(on=date(2026, 2, 28), known=known)
    assert news(tenancy) == []


@pytest.mark.parametrize(("first_day", "is_refused"), [(date(2026, 2, 27), False), (date(2026, 2, 28), False), (date(2026, 3, 1), True)])
def test_a_tenancy_whose_end_was_heard_first_does_not_start_behind_it(first_day: date, is_refused: bool) -> None:
    tenancy = given(Tenancy, ENDED_FIRST)
    if is_refused:
        with pytest.raises(TenancyEndsBeforeItStarts):
            starts_later(tenancy, on=first_day)
    else:
        starts_later(tenancy, on=first_day)
        assert len(news(tenancy)) == 2


PART, OTHER_PART = UUID("9a000000-0000-7000-8000-000000000001"), UUID("9a000000-0000-7000-8000-000000000002")
ANNA = Occupant(person_id=UUID("b0000000-0000-4000-8000-000000000001"), role="tenant")
BENT = Occupant(person_id=UUID("b0000000-0000-4000-8000-000000000002"), role="co_tenant")


def moved_in(part_id: UUID, occupant: Occupant) -> Fact:
    return fact(Tenancy.PersonMovedIn, part_id=part_id, person=Personal(part_id, str(occupant.person_id)), role=occupant.role)


def test_who_lives_there_is_told_each_under_a_key_of_their_own() -> None:
    tenancy = given(Tenancy, STARTED)
    tenancy.tell_occupants({PART: ANNA, OTHER_PART: BENT})
    assert news(tenancy) == [moved_in(PART, ANNA), moved_in(OTHER_PART, BENT)]


def test_who_is_not_told_of_any_more_has_moved_out() -> None:
    tenancy = given(Tenancy, STARTED, moved_in(PART, ANNA), moved_in(OTHER_PART, BENT))
    tenancy.tell_occupants({OTHER_PART: BENT})
    assert news(tenancy) == [fact(Tenancy.PersonMovedOut, part_id=PART)]


def test_who_is_something_else_in_it_than_before_is_news_and_the_same_again_is_none() -> None:
    tenancy = given(Tenancy, STARTED, moved_in(PART, ANNA), moved_in(OTHER_PART, BENT))
    sole = Occupant(person_id=BENT.person_id, role="tenant")
    tenancy.tell_occupants({PART: ANNA, OTHER_PART: sole})
    assert news(tenancy) == [moved_in(OTHER_PART, sole)]


def described(size_band: str, *, is_protected: bool, news: bool) -> Fact:
    return fact(
        Tenancy.HouseholdDescribed,
        tenancy=TOLD["tenancy"],
        size_band=Personal(MATTER, size_band),
        is_protected=is_protected,
        protection_is_news=news,
    )


def test_what_is_told_of_the_household_is_kept_and_what_is_left_out_is_as_it_was() -> None:
    tenancy = given(Tenancy, STARTED)
    tenancy.describe_household(size_band="3-4", is_protected=None, known=known)
    tenancy.describe_household(size_band=None, is_protected=True, known=known)
    tenancy.describe_household(size_band="3-4", is_protected=True, known=known)
    assert news(tenancy) == [described("3-4", is_protected=False, news=False), described("3-4", is_protected=True, news=True)]


def who(part_id: UUID, occupant: Occupant) -> dict[str, object]:
    return {"part_id": part_id, "person": Personal(part_id, str(occupant.person_id)), "tenancy": TOLD["tenancy"]}


DIED_ON = date(2026, 3, 1)


def test_who_lived_alone_and_who_leaves_somebody_behind_is_told_with_a_death() -> None:
    tenancy = given(Tenancy, STARTED, moved_in(PART, ANNA), moved_in(OTHER_PART, BENT))
    tenancy.note_death(PART, person_id=ANNA.person_id, on=DIED_ON, today=DIED_ON, known=known)
    tenancy.note_death(OTHER_PART, person_id=BENT.person_id, on=DIED_ON, today=DIED_ON, known=known)
    assert news(tenancy) == [
        fact(Tenancy.PersonDied, **who(PART, ANNA), died_on=that(DIED_ON, PART), lived_alone=False),
        fact(Tenancy.PersonDied, **who(OTHER_PART, BENT), died_on=that(DIED_ON, OTHER_PART), lived_alone=True),
    ]


def test_a_death_told_again_is_no_news_and_another_day_is() -> None:
    tenancy = given(Tenancy, STARTED, fact(Tenancy.PersonDied, **who(PART, ANNA), died_on=that(DIED_ON, PART), lived_alone=True))
    tenancy.note_death(PART, person_id=ANNA.person_id, on=DIED_ON, today=DIED_ON, known=known)
    tenancy.note_death(PART, person_id=ANNA.person_id, on=date(2026, 2, 27), today=DIED_ON, known=known)
    assert news(tenancy) == [fact(Tenancy.PersonDied, **who(PART, ANNA), died_on=that(date(2026, 2, 27), PART), lived_alone=True)]


@pytest.mark.parametrize("no_day", [date(1, 1, 1), date(1753, 1, 1), date(1900, 1, 1), date(9999, 12, 31)])
def test_a_day_that_systems_write_for_no_day_is_none(no_day: date) -> None:
    tenancy = given(Tenancy, STARTED)
    tenancy.end(on=no_day, known=known)
    assert news(tenancy) == []
    tenancy.end(on=date(2026, 6, 30), known=known)
    tenancy.end(on=no_day, known=known)
    assert [happened.kind for happened in news(tenancy)] == [Tenancy.Ended, Tenancy.EndTakenBack]
    assert [happened.kind for happened in news(Tenancy.begin_with_end(MATTER, tenancy_id=TENANCY, on=no_day))] == [Tenancy.HeardOf]
    with pytest.raises(DeathIsNotYet):
        tenancy.note_death(PART, person_id=ANNA.person_id, on=no_day, today=DIED_ON, known=known)


def test_nobody_has_died_tomorrow() -> None:
    tenancy = given(Tenancy, STARTED, moved_in(PART, ANNA))
    with pytest.raises(DeathIsNotYet):
        tenancy.note_death(PART, person_id=ANNA.person_id, on=DIED_ON + timedelta(days=1), today=DIED_ON, known=known)


def test_a_death_is_taken_back_once_and_only_where_it_was_told() -> None:
    tenancy = given(Tenancy, STARTED, fact(Tenancy.PersonDied, **who(PART, ANNA), died_on=that(DIED_ON, PART), lived_alone=True))
    for part_id, occupant in ((OTHER_PART, BENT), (PART, ANNA), (PART, ANNA)):
        tenancy.take_death_back(part_id, person_id=occupant.person_id)
    assert news(tenancy) == [fact(Tenancy.DeathTakenBack, **who(PART, ANNA), lives_alone=True)]


def test_a_guardian_is_news_when_they_decide_something_else() -> None:
    tenancy = given(Tenancy, STARTED, moved_in(PART, ANNA))
    for may_decide in (("economy",), ("economy",), ("economy", "housing")):
        tenancy.appoint_guardian(PART, person_id=ANNA.person_id, may_decide=may_decide)
    assert news(tenancy) == [
        fact(Tenancy.GuardianAppointed, **who(PART, ANNA), may_decide=["economy"], lives_alone=True),
        fact(Tenancy.GuardianAppointed, **who(PART, ANNA), may_decide=["economy", "housing"], lives_alone=True),
    ]


def test_a_death_may_be_told_before_the_days_of_the_tenancy_are() -> None:
    tenancy = Tenancy.hear_of(MATTER, tenancy_id=TENANCY)
    tenancy.note_death(PART, person_id=ANNA.person_id, on=DIED_ON, today=DIED_ON, known=known)
    starts_later(tenancy)
    assert [happened.kind for happened in news(tenancy)] == [Tenancy.HeardOf, Tenancy.PersonDied, Tenancy.StartHeardLater]


def test_a_tenancy_that_was_told_in_the_clear_goes_on_and_is_sealed_from_then_on() -> None:
    before = {**TOLD, "estate_id": "estate-1", "municipality": "lyngkommune"}
    tenancy = given(
        Tenancy,
        fact(Tenancy.Started, **before, started_on=date(2024, 5, 1)),
        fact(Tenancy.Ended, tenancy=TOLD["tenancy"], estate_id="estate-1", ended_on=date(2026, 2, 28)),
        fact(Tenancy.HouseholdDescribed, tenancy=TOLD["tenancy"], size_band="2", is_protected=False, protection_is_news=False),
        fact(Tenancy.PersonDied, **who(PART, ANNA), died_on=DIED_ON, lived_alone=True),
    )
    tenancy.start_again(home_id=HOME, on=date(2024, 5, 1), known=known)
    tenancy.end(on=date(2026, 2, 28), known=known)
    tenancy.describe_household(size_band="2", is_protected=None, known=known)
    tenancy.note_death(PART, person_id=ANNA.person_id, on=DIED_ON, today=DIED_ON, known=known)
    assert news(tenancy) == []
    tenancy.end(on=date(2026, 3, 31), known=known)
    assert news(tenancy)[0].facts["ended_on"] == that(date(2026, 3, 31))


def test_an_end_that_is_taken_back_is_none_and_of_none_it_is_no_news() -> None:
    tenancy = given(Tenancy, STARTED)
    tenancy.take_end_back()
    assert news(tenancy) == []
    tenancy.end(on=date(2026, 4, 30), known=known)
    tenancy.take_end_back()
    assert [happened.kind for happened in news(tenancy)] == [Tenancy.Ended, Tenancy.EndTakenBack]
    assert tenancy.ended_on is None
