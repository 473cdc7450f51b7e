"""What went wrong, as problem+json (RFC 9457) or in words for a page; the only place that knows HTTP's numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

import orjson
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from shared.ground.database import AWAY
from shared.ground.errors import (
    BehindGlass,
    ChangedMeanwhile,
    HistoryIsBroken,
    IdIsOfSomethingElse,
    NotAllowed,
    NotFound,
    Refusal,
    SameIdOtherContent,
    VersionMovedOn,
)
from shared.privacy.master_key import MasterKeyIsAway
from shared.privacy.personal import KeyIsDestroyed
from shared.web.pagination import CursorIsForged
from shared.words.language import Language, marked, translated

MEDIA_TYPE = "application/problem+json"

OK = HTTPStatus.OK.value
SEE_OTHER = HTTPStatus.SEE_OTHER.value
NOT_MODIFIED = HTTPStatus.NOT_MODIFIED.value
WRONG_METHOD = HTTPStatus.METHOD_NOT_ALLOWED.value
TOO_OFTEN = HTTPStatus.TOO_MANY_REQUESTS.value
SHORTEST_WAIT = 2
"""Seconds that whoever asked too often is told to wait at least."""
MOST_OF_A_NAME = 64
"""Characters of a name nobody knows that are repeated to whoever sent it."""


class NotSignedIn(Exception):
    """Nobody is signed in, or the sign-in is too old. Becomes 401, or the way to the sign-in page."""


class ProviderIsAway(Exception):
    """Where people sign in does not answer, or says nothing we can use. Becomes 503."""


class VersionIsMissing(Exception):
    """A change came without `If-Match`. Becomes 428."""


class VersionIsMalformed(Exception):
    """`If-Match` is not a quoted whole number. Becomes 400."""


class BodyIsTooLarge(Exception):
    """More was sent than may be sent here. Becomes 413."""


class ComesFromElsewhere(Exception):
    """Another site tried to use somebody's sign-in. Becomes 403."""


class WrongHost(Exception):
    """The request names a host that this installation does not answer for. Becomes 421."""


class WrongMediaType(Exception):
    """A JSON address was sent something else. Becomes 415."""


class TooMuchAtOnce(Exception):
    """More is under way than can be answered while somebody waits for it. Becomes 503, at once."""


class TooOften(Exception):
    """One person, or one program, asks for more than its share, and may go on after so many `seconds`. Becomes 429; what was sent stays."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too often")
        self.seconds = max(SHORTEST_WAIT, math.ceil(seconds))


class LooksAhead(Exception):
    """A browser asks for a page that nobody opened yet. Becomes 503, which it throws away; a person who opens it is answered."""


class BodyIsBroken(Exception):
    """What was sent cannot be read at all. Becomes 400."""


class UnknownParameter(Exception):
    """The query names something that this address does not know; left out in silence it would look as if it had been done. Becomes 400."""

    def __init__(self, unknown: Iterable[str], *, known: Iterable[str]) -> None:
        super().__init__("unknown parameter")
        self.unknown = tuple(name[:MOST_OF_A_NAME] for name in unknown)
        self.known = tuple(sorted(known))


class TypedByAnother(Exception):
    """A form was opened by one person and sent while another is signed in. Becomes 409: it is shown to nobody else.

    `kept` is what was typed, sealed for whoever did; empty when nobody knows who that was. `address` is where it is sent to.
    """

    def __init__(self, kept: str, address: str) -> None:
        super().__init__("typed by another")
        self.kept = kept
        self.address = address


class OpenedByAnother(Exception):
    """A form was opened and sent by one person in two hats. Becomes 409; what was typed stays."""

    def __init__(self, now: str) -> None:
        super().__init__("opened by another")
        self.now = now


class FormIsWrong(Exception):
    """A form was filled in wrongly; `mistakes` say where. Becomes 422."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("form is wrong")
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong with what was sent: where, and a Danish sentence. Never the value itself."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    pointer: str = ""
    parameter: str = ""
    field: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """A problem in RFC 9457's terms; texts are Danish and are translated when they are shown."""

    status: int
    code: str
    title: str
    detail: str = ""
    next_step: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    newest_version: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    way_on: str = ""
    """Where its page leads besides; a path."""
    way_on_is: str = ""
    """What that is called."""

    def as_json(self, *, language: Language = "da", trace_id: str = "") -> dict[str, Any]:
        """The problem in RFC 9457's terms, without what it does not have."""
        body: dict[str, Any] = {
            "type": f"urn:brobygger:problem:{self.code}",
            "title": translated(self.title, language),
            "status": self.status,
            "detail": translated(self.detail, language, self.values),
            "code": self.code,
            "nextStep": translated(self.next_step, language, self.values),
            "traceId": trace_id,
            "newestVersion": self.newest_version,
            "errors": [_mistake_as_json(mistake, language) for mistake in self.mistakes] or None,
        }
        return {key: value for key, value in body.items() if value not in ("", None)}

    def as_response(self, *, language: Language = "da", trace_id: str = "") -> Response:
        """The problem as problem+json."""
        content = orjson.dumps(self.as_json(language=language, trace_id=trace_id))
        return Response(content, status_code=self.status, media_type=MEDIA_TYPE, headers=dict(self.headers))


def _mistake_as_json(mistake: Mistake, language: Language) -> dict[str, str]:
    where = {"pointer": mistake.pointer} if mistake.pointer else {"parameter": mistake.parameter} if mistake.parameter else {}
    return {"detail": translated(mistake.sentence, language, mistake.values), **where}


_WRONG_FORM = Problem(
    status=422,
    code="not-filled-in-rightly",
    title=marked("Noget er ikke udfyldt rigtigt"),
    detail=marked("Et eller flere felter mangler eller har en forkert form."),
    next_step=marked("Ret de nævnte felter, og send igen."),
)
_NOT_FOUND = Problem(
    status=404,
    code="not-found",
    title=marked("Det findes ikke"),
    detail=marked("Det, du leder efter, findes ikke her, eller du har ikke adgang til at se det."),
    next_step=marked("Gå tilbage til oversigten, og vælg derfra."),
)
_BROKEN = Problem(
    status=400,
    code="unreadable-request",
    title=marked("Forespørgslen kan ikke læses"),
    detail=marked("Indholdet er ikke gyldigt JSON eller en gyldig formular."),
    next_step=marked("Ret formatet, og send igen."),
)
UNEXPECTED = Problem(
    status=500,
    code="unexpected",
    title=marked("Noget gik galt hos os"),
    detail=marked("Det er ikke din fejl, og det er skrevet ned med sporingsnummeret."),
    next_step=marked("Prøv igen. Bliver det ved, så ring til driften og oplys sporingsnummeret."),
)
UNAVAILABLE = Problem(
    status=503,
    code="unavailable",
    title=marked("Systemet kan ikke svare lige nu"),
    detail=marked("Databasen kan ikke nås. Det, der er kvitteret for, er gemt."),
    next_step=marked("Vent et øjeblik, og prøv igen. Er det akut, så ring."),
    headers={"Retry-After": "5"},
)
KEYS_ARE_AWAY = Problem(
    status=503,
    code="keys-are-away",
    title=marked("Systemet kan ikke svare lige nu"),
    detail=marked("Nøglerne til det, der står om mennesker, kan ikke nås. Det, der er kvitteret for, er gemt."),
    next_step=marked("Vent et øjeblik, og prøv igen. Er det akut, så ring."),
    headers={"Retry-After": "30"},
)

_PROBLEMS: dict[type[Exception], Problem] = {
    NotFound: _NOT_FOUND,
    NotAllowed: Problem(
        status=403,
        code="not-allowed",
        title=marked("Det har du ikke adgang til"),
        detail=marked("Din rolle giver ikke adgang til det her, eller ikke til dette formål."),
        next_step=marked("Har du brug for adgang, så tal med den boligsociale leder."),
    ),
    NotSignedIn: Problem(
        status=401,
        code="not-signed-in",
        title=marked("Du er ikke logget ind"),
        detail=marked("Du er ikke logget ind, eller det er for længe siden."),
        next_step=marked("Log ind, og prøv igen."),
        headers={"WWW-Authenticate": 'Cookie realm="brobygger"'},
    ),
    ProviderIsAway: Problem(
        status=503,
        code="provider-is-away",
        title=marked("Login-tjenesten svarer ikke"),
        detail=marked(
            "Foreningens login-tjeneste svarer ikke, så ingen kan logge ind lige nu. Er du allerede logget ind, kan du arbejde videre."
        ),
        next_step=marked("Vent et øjeblik, og prøv igen. Er det akut, så ring."),
        headers={"Retry-After": "30"},
    ),
    ChangedMeanwhile: Problem(
        status=409,
        code="changed-meanwhile",
        title=marked("En anden nåede det først"),
        detail=marked("Nogen ændrede det samme samtidig, så din ændring er ikke gemt."),
        next_step=marked("Se, hvad der er ændret, og send igen."),
    ),
    SameIdOtherContent: Problem(
        status=409,
        code="same-id-other-content",
        title=marked("Den er allerede sendt med et andet indhold"),
        detail=marked("Det her er allerede sendt én gang med et andet indhold. Det første er gemt."),
        next_step=marked("Begynd forfra på en ny, hvis der er noget at tilføje."),
    ),
    IdIsOfSomethingElse: Problem(
        status=409,
        code="id-is-of-something-else",
        title=marked("Id'et tilhører noget andet"),
        detail=marked("Det id, der er sendt, har noget andet her i forvejen. Der er ikke gemt noget."),
        next_step=marked("Begynd forfra, så der bliver lavet et nyt id."),
        mistakes=(Mistake(marked("Tilhører noget andet."), pointer="#/id", field="id"),),
    ),
    VersionIsMissing: Problem(
        status=428,
        code="version-is-missing",
        title=marked("Versionen mangler"),
        detail=marked("En ændring skal sige, hvilken version den bygger på."),
        next_step=marked("Hent den nyeste version, og send dens ETag med i If-Match."),
    ),
    VersionIsMalformed: Problem(
        status=400,
        code="version-is-malformed",
        title=marked("Versionen kan ikke læses"),
        detail=marked('If-Match skal være et helt tal i anførselstegn, som "7".'),
        next_step=marked("Send den ETag, du fik, uændret tilbage."),
    ),
    BodyIsTooLarge: Problem(
        status=413,
        code="too-large",
        title=marked("Det er for stort"),
        detail=marked("Der er sendt mere, end der må sendes her."),
        next_step=marked("Skriv kortere, eller del det op."),
        headers={"Connection": "close"},
    ),
    ComesFromElsewhere: Problem(
        status=403,
        code="comes-from-elsewhere",
        title=marked("Det kom fra et andet websted"),
        detail=marked("Forespørgslen kom ikke fra Brobyggers egne sider og er afvist."),
        next_step=marked("Åbn siden i Brobygger, og prøv derfra."),
    ),
    WrongHost: Problem(
        status=421,
        code="wrong-host",
        title=marked("Forkert adresse"),
        detail=marked("Med rollekort svarer Brobygger kun på maskinens egen adresse."),
        next_step=marked("Brug 127.0.0.1 eller localhost."),
    ),
    WrongMediaType: Problem(
        status=415,
        code="wrong-media-type",
        title=marked("Forkert indholdstype"),
        detail=marked("Her sendes JSON."),
        next_step=marked("Send med Content-Type: application/json."),
    ),
    TooMuchAtOnce: Problem(
        status=503,
        code="too-much-at-once",
        title=marked("Der er meget travlt lige nu"),
        detail=marked("Der spørges om mere på én gang, end der kan svares på. Det, du lige sendte, er ikke gemt."),
        next_step=marked("Vent et øjeblik, og send igen. Er det akut, så ring."),
        headers={"Retry-After": "5"},
    ),
    LooksAhead: Problem(
        status=503,
        code="looks-ahead",
        title=marked("Siden hentes, når du åbner den"),
        detail=marked("Browseren ville hente siden på forhånd. Det ville stå som et opslag, du ikke har lavet."),
        next_step=marked("Åbn siden."),
    ),
    BodyIsBroken: _BROKEN,
    CursorIsForged: Problem(
        status=400,
        code="cursor-is-forged",
        title=marked("Listen kan ikke fortsættes herfra"),
        detail=marked("Mærket for, hvor listen fortsætter, er ændret eller hører til en anden liste."),
        next_step=marked("Begynd forfra på listen."),
    ),
    HistoryIsBroken: Problem(
        status=500,
        code="history-broken",
        title=marked("Historien er ændret uden om Brobygger"),
        detail=marked("Der er fjernet noget fra den, så den kan ikke vises, og der kan ikke skrives i den."),
        next_step=marked("Hjælp beboeren imens, og sig det til den, der driver Brobygger. Haster det, så opret en ny observation."),
    ),
    KeyIsDestroyed: Problem(
        status=410,
        code="person-is-erased",
        title=marked("Personens oplysninger er slettet"),
        detail=marked("Der kan ikke skrives mere om en person, hvis oplysninger er slettet."),
        next_step=marked("Opret en ny observation, hvis der er en ny bekymring."),
    ),
}

HANDLED: tuple[type[Exception], ...] = (
    *_PROBLEMS,
    Refusal,
    VersionMovedOn,
    UnknownParameter,
    FormIsWrong,
    OpenedByAnother,
    TooOften,
    TypedByAnother,
    RequestValidationError,
    HTTPException,
)
"""Everything `problem_of` has an answer to; whatever else comes up is a bug."""


def problem_of(error: Exception) -> Problem:
    """What an error means to the one who asked; an unknown error tells nothing about itself."""
    match error:
        case Refusal():
            return _refused(error)
        case VersionMovedOn(newest=newest):
            return Problem(
                status=412,
                code="version-moved-on",
                title=marked("Der er kommet en nyere version"),
                detail=marked("Det, du så på, er ændret siden."),
                next_step=marked("Se, hvad der er ændret, og send igen, hvis det stadig er rigtigt."),
                newest_version=newest,
                headers={"ETag": f'"{newest}"'},
            )
        case UnknownParameter(unknown=unknown, known=known):
            return Problem(
                status=400,
                code="unknown-parameter",
                title=marked("Parameteren kendes ikke"),
                detail=marked("Adressen har en parameter, som ikke kendes her: %(unknown)s. Der er ikke svaret på noget."),
                next_step=marked("Brug kun de parametre, der kendes her: %(known)s."),
                values={"unknown": ", ".join(unknown), "known": ", ".join(known)},
                mistakes=tuple(Mistake(marked("Kendes ikke her."), parameter=name) for name in unknown),
            )
        case TypedByAnother():
            return Problem(
                status=409,
                code="typed-by-another",
                title=marked("Der venter noget, som en anden har skrevet"),
                detail=marked("Det er ikke sendt, og det vises ikke for dig."),
                next_step=marked("Lad den, der skrev det, logge ind og sende det."),
            )
        case OpenedByAnother(now=now):
            return Problem(
                status=409,
                code="opened-by-another",
                title=marked("Formularen blev åbnet i en anden rolle"),
                detail=marked("Du er nu logget ind som %(now)s. Du åbnede formularen i en anden rolle, så den er ikke sendt."),
                next_step=marked("Er det dig, der skal sende den, så send igen. Ellers log ud."),
                values={"now": now},
            )
        case TooOften(seconds=seconds):
            return Problem(
                status=TOO_OFTEN,
                code="too-often",
                title=marked("Vent et øjeblik"),
                detail=marked("Der er bedt om mere herfra på kort tid, end én kan få svar på. Det, du lige bad om, er ikke gjort."),
                next_step=marked("Vent %(seconds)s sekunder, og prøv igen. Er det akut, så ring."),
                values={"seconds": seconds},
                headers={"Retry-After": str(seconds)},
            )
        case FormIsWrong(mistakes=mistakes):
            return _with(_WRONG_FORM, mistakes)
        case RequestValidationError():
            return _invalid(error)
        case HTTPException():
            return _by_number(error)
        case BehindGlass(way_on=way_on):
            return replace(
                _NOT_FOUND,
                next_step=marked("Er det en sag, som ikke kan vente, så bryd glasset og skriv hvorfor. Ellers spørg den, der har sagen."),
                way_on=way_on,
                way_on_is=marked("Bryd glasset"),
            )
        case MasterKeyIsAway():
            return KEYS_ARE_AWAY
        case _ if isinstance(error, AWAY):
            return UNAVAILABLE
        case _:
            return next((_PROBLEMS[kind] for kind in type(error).__mro__ if kind in _PROBLEMS), UNEXPECTED)


def every_problem() -> list[Problem]:
    """Each kind of problem once, as examples for those who write programs; a refusal by a rule of its own is like that of a form."""
    with_values = (VersionMovedOn(newest=7), UnknownParameter(["as_of"], known=["from", "to"]), TooOften(10))
    return [*_PROBLEMS.values(), _WRONG_FORM, *(problem_of(error) for error in with_values), UNAVAILABLE, KEYS_ARE_AWAY, UNEXPECTED]


def sentence_of(refusal: Refusal) -> str:
    """The Danish sentence a refusal says, on one line."""
    return " ".join(str(refusal).split())


def code_of(kind: type[Exception]) -> str:
    """The stable name of a kind of error: `CaseIsClosed` is `case-is-closed`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", kind.__name__).lower()


def _refused(refusal: Refusal) -> Problem:
    sentence = sentence_of(refusal)
    mistakes = (Mistake(sentence, pointer=f"#/{refusal.field}", field=refusal.field),) if refusal.field else ()
    return Problem(status=422, code=code_of(type(refusal)), title=sentence, detail=sentence, next_step=refusal.next_step, mistakes=mistakes)


def _invalid(error: RequestValidationError) -> Problem:
    details = error.errors()
    if any(detail["type"] == "json_invalid" for detail in details):
        return _BROKEN
    if any(detail["loc"] == ("body",) and isinstance(detail.get("input"), bytes) for detail in details):
        return _PROBLEMS[WrongMediaType]  # a body of another type is handed on as the bytes it is
    if any(detail["loc"][:1] == ("path",) for detail in details):
        return _NOT_FOUND
    return _with(_WRONG_FORM, mistakes_in(details))


def _by_number(error: HTTPException) -> Problem:
    if error.status_code == 404:
        return _NOT_FOUND
    if error.status_code == 400:
        return _BROKEN
    if error.status_code == WRONG_METHOD:
        return Problem(
            status=WRONG_METHOD,
            code="wrong-method",
            title=marked("Det kan man ikke gøre her"),
            detail=marked("Adressen findes, men ikke til dette."),
            next_step=marked("Gå tilbage til oversigten, og vælg derfra."),
            headers=dict(error.headers or {}),
        )
    return Problem(status=error.status_code, code="refused", title=UNEXPECTED.title, headers=dict(error.headers or {}))


def _with(problem: Problem, mistakes: Iterable[Mistake]) -> Problem:
    return Problem(
        status=problem.status,
        code=problem.code,
        title=problem.title,
        detail=problem.detail,
        next_step=problem.next_step,
        mistakes=tuple(mistakes),
    )


# What pydantic calls a mistake → what we call it. The values come from our own schema, never from what was sent.
_SENTENCES: dict[str, str] = {
    "missing": marked("Skal udfyldes."),
    "string_too_short": marked("Skal være mindst %(min_length)s tegn."),
    "string_too_long": marked("Må højst være %(max_length)s tegn."),
    "string_pattern_mismatch": marked("Har ikke den rigtige form."),
    "string_type": marked("Skal være tekst."),
    "uuid_parsing": marked("Er ikke et gyldigt id."),
    "uuid_type": marked("Er ikke et gyldigt id."),
    "int_parsing": marked("Skal være et helt tal."),
    "int_type": marked("Skal være et helt tal."),
    "int_from_float": marked("Skal være et helt tal."),
    "bool_parsing": marked("Skal være ja eller nej."),
    "bool_type": marked("Skal være ja eller nej."),
    "date_parsing": marked("Er ikke en gyldig dato."),
    "date_from_datetime_parsing": marked("Er ikke en gyldig dato."),
    "date_type": marked("Er ikke en gyldig dato."),
    "datetime_parsing": marked("Er ikke et gyldigt tidspunkt."),
    "datetime_from_date_parsing": marked("Er ikke et gyldigt tidspunkt."),
    "datetime_type": marked("Er ikke et gyldigt tidspunkt."),
    "timezone_aware": marked("Tidspunktet skal have en tidszone."),
    "enum": marked("Vælg en af mulighederne."),
    "literal_error": marked("Vælg en af mulighederne."),
    "list_type": marked("Skal være en liste."),
    "tuple_type": marked("Skal være en liste."),
    "too_short": marked("Vælg mindst %(min_length)s."),
    "too_long": marked("Vælg højst %(max_length)s."),
    "greater_than_equal": marked("Skal være mindst %(ge)s."),
    "less_than_equal": marked("Må højst være %(le)s."),
    "greater_than": marked("Skal være mere end %(gt)s."),
    "less_than": marked("Skal være mindre end %(lt)s."),
    "extra_forbidden": marked("Her er der et felt, som ikke kendes."),
}
_ANYTHING_ELSE = marked("Er ikke udfyldt rigtigt.")


def mistakes_in(details: Iterable[Any]) -> list[Mistake]:
    """pydantic's error details as mistakes: where and what, without the values that were sent."""
    return [_mistake(detail) for detail in details]


def mistakes_of(error: ValidationError) -> list[Mistake]:
    """The mistakes of a form that was read into a model."""
    details = error.errors(include_input=False, include_url=False)
    return [_mistake({**detail, "loc": ("body", *detail["loc"])}) for detail in details]


def _mistake(detail: Mapping[str, Any]) -> Mistake:
    place, *path = detail["loc"]
    if detail["type"] == "extra_forbidden":
        path = path[:-1]  # the name of an unknown field is the sender's own text
    sentence = _SENTENCES.get(detail["type"], _ANYTHING_ELSE)
    limits = {name: value for name, value in detail.get("ctx", {}).items() if f"%({name})s" in sentence}
    if place != "body":
        return Mistake(sentence, limits, parameter=str(path[0]) if path else str(place))
    pointer = "#" + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
    return Mistake(sentence, limits, pointer=pointer, field=str(path[0]) if path else "")
