"""Forms on pages: what was filled in, and how it stands on its page again when it is refused.

One function shows the page, and shows it again when the sent form is refused; everything typed is kept, each
mistake stands beside its field and in a summary at the top, and the answer has the status of the problem (422, 409, 412):

    class ContactForm(BaseModel):
        kind: Literal["phone", "visit"]
        reached: bool = False
        words: str = ""
        version: int

    @pages.get("/{case_id}/contact", openapi_extra={"x-action": Action.WORK_ON_CASE}, dependencies=[A_SHEET])
    async def contact_form(request: Request, case_id: UUID, context: RequestContext, service: Running) -> HTMLResponse:
        case = ...                                        # read, allow(context, Action.WORK_ON_CASE, ...)
        return page(request, "contact.html", case=case, form=starting(id=new_id(request), kind="phone"))

    @pages.post("/{case_id}/contact", openapi_extra={"x-action": Action.WORK_ON_CASE})
    async def contact(request: Request, case_id: UUID, context: RequestContext, service: Running, form: Filling) -> Response:
        async with refusals_beside(form, lambda: contact_form(request, case_id, context, service)):
            sent = form.read(ContactForm)
            await service.do(record_contact, RecordContact(case_id=case_id, version=sent.version, ...), context)
        return go_to(f"/things/{case_id}", notice=marked("Kontakten er noteret."))

and the template, with the macros of `forms.html`, each of which takes `form` first:

    {% from "forms.html" import summary, hidden, radio_cards, textarea, submit %}
    {{ summary(form) }}
    <form method="post">
      {{ hidden(form, "id") }}
      <input type="hidden" name="version" value="{{ case.version }}">   {# the newest, also when shown again #}
      {{ radio_cards(form, "kind", _("Hvordan?"), [("phone", _("Telefon"), ""), ("visit", _("Besøg"), "")]) }}
      {{ textarea(form, "words", _("Hvad blev aftalt?"), hint=_("Skriv hvad du så, ikke hvad du tror.")) }}
      {{ submit(_("Gem kontakten")) }}
    </form>
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar, get_origin
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from shared.ground.errors import ChangedMeanwhile, NotFound, Refusal, SameIdOtherContent, VersionMovedOn
from shared.ground.fields import FORM
from shared.ground.provenance import Actor
from shared.web.kept import KEPT, LANGUAGE, OPENED_BY, derived_id, keep, kept, opened_opener, opener
from shared.web.problems import BodyIsBroken, FormIsWrong, Mistake, OpenedByAnother, TypedByAnother, mistakes_of, problem_of, sentence_of
from shared.words.language import LANGUAGES, Language, language_of, translated

M = TypeVar("M", bound=BaseModel)

_SHOWN_BESIDE = (Refusal, FormIsWrong, OpenedByAnother, VersionMovedOn, ChangedMeanwhile, SameIdOtherContent)
_HARMLESS = "x"
"""Words that no rule about words refuses."""
_SEVERAL = (list, tuple, set, frozenset)


class SignedOutMeanwhile(Refusal):
    """Du var blevet logget ud, så det er ikke sendt. Alt, hvad du skrev, står her."""

    next_step = "Se det igennem, og send igen."


class NothingIsKept(Refusal):
    """Du var blevet logget ud, og det, du skrev, kan ikke vises mere. Intet er sendt."""

    next_step = "Udfyld formularen igen."


class OnlyShown(Exception):
    """A form is to be shown as it stands, in another language; nothing is asked for."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One line of the summary: what is wrong, what to do, and the field to jump to, if it is about one."""

    sentence: str
    next_step: str = ""
    field: str = ""


class ShownAgain(Exception):
    """A form was refused and stands on its page again; carries the finished answer out of the route."""

    def __init__(self, response: Response) -> None:
        super().__init__("form shown again")
        self.response = response


class Filled:
    """What stands in a form: a list of texts for each field, and what is wrong with them."""

    def __init__(self, values: Mapping[str, list[str]] | None = None, *, language: Language = "da") -> None:
        self._values = dict(values or {})
        self._language = language
        self.complaints: list[Complaint] = []
        self.id_if_changed: UUID | None = None
        """What it is sent as next when it turns out to be another than what was sent with its id."""
        self.held: Exception | None = None
        """Why nothing is to be done with it yet, whatever it says; raised where it is read."""
        self.names: dict[str, str] = {}
        """What the fields are called on the page, as far as it was drawn; a summary that is drawn last can name them."""

    def __bool__(self) -> bool:
        return True

    @property
    def values(self) -> Mapping[str, list[str]]:
        """Everything that stands in it."""
        return self._values

    def take(self, name: str) -> str:
        """The text of a field that is no part of what somebody filled in; it is gone from the form then."""
        return (self._values.pop(name, None) or [""])[-1]

    def put(self, **values: object) -> None:
        """Let something else stand in some fields."""
        self._values |= starting(**values).values

    def value(self, name: str, default: object = "") -> str:
        """The text of a field with one value; a field that is not there at all has the default."""
        found = self._values.get(name)
        return _as_text(default) if found is None else (found[-1] if found else "")

    def chosen(self, name: str) -> list[str]:
        """Everything chosen in a field that takes several."""
        return self._values.get(name, [])

    def error(self, name: str) -> str:
        """What is wrong with a field, in the reader's language; empty when nothing is."""
        return " ".join(complaint.sentence for complaint in self.complaints if complaint.field == name)

    def named(self, name: str, text: str) -> str:
        """Take note of what a field is called on the page; shows nothing."""
        self.names[name] = text
        return ""

    def next_step(self, name: str) -> str:
        """What to do about a field."""
        return next((complaint.next_step for complaint in self.complaints if complaint.field == name), "")

    def read(self, model: type[M]) -> M:
        """The form as a model: empty fields count as not filled in, lists take every value.

        Raises `FormIsWrong` with everything that is wrong with its fields, or the refusal of the only one; and what holds it back.
        """
        self.must_be_sent()
        return self.as_it_stands(model)

    def must_be_sent(self) -> None:
        """Raises what holds it back; for a button that has nothing to read."""
        if self.held is not None:
            raise self.held

    def count(self, one: object) -> None:
        """Of several that are filled in on a page this one counts; its fields are called `<name>-<one>`."""
        self._values |= {name.removesuffix(f"-{one}"): texts for name, texts in self._values.items() if name.endswith(f"-{one}")}

    def leaves(self, one: object = None) -> bool:
        """Whether something is written still, once what was written about this one is taken in."""
        for name in [name for name in self._values if name.endswith(f"-{one}")]:
            del self._values[name]
            self._values.pop(name.removesuffix(f"-{one}"), None)
        return any(text.strip() for texts in self._values.values() for text in texts)

    def as_it_stands(self, model: type[M]) -> M:
        """The same, whatever holds it back: for what only says which page it stands on."""
        values: dict[str, Any] = {}
        for name, field in model.model_fields.items():
            texts = [text for text in self._values.get(field.alias or name, []) if text.strip()]
            if (get_origin(field.annotation) or field.annotation) in _SEVERAL:
                values[name] = texts
            elif texts:
                values[name] = texts[-1]
        refused: list[Refusal] = []
        mistakes: list[Mistake] = []
        while True:
            try:
                read = model.model_validate(values, by_name=True, context=FORM)
            except ValidationError as error:
                mistakes = mistakes_of(error)
            except Refusal as refusal:
                # A field that refuses ends the reading; with something harmless in its place the others are heard too.
                if not refusal.field or values.get(refusal.field) in (None, _HARMLESS):
                    raise
                refused.append(refusal)
                values[refusal.field] = _HARMLESS
                continue
            break
        if not refused and not mistakes:
            return read
        if len(refused) == 1 and not mistakes:
            raise refused[0]
        raise FormIsWrong([*(Mistake(sentence_of(refusal), field=refusal.field) for refusal in refused), *mistakes])

    def refuse(self, error: Exception) -> None:
        """Take note of what is wrong, to be shown beside the fields."""
        problem = problem_of(error)
        next_step = translated(problem.next_step, self._language, problem.values)
        if problem.mistakes:
            several = isinstance(error, FormIsWrong)  # there each field says itself what to do
            self.complaints += [
                Complaint(translated(mistake.sentence, self._language, mistake.values), "" if several else next_step, mistake.field)
                for mistake in problem.mistakes
            ]
        else:
            self.complaints.append(Complaint(translated(problem.detail, self._language, problem.values), next_step))


def starting(**values: object) -> Filled:
    """A form as it is first shown. Lists are several values; `None` is an empty field."""
    return Filled(
        {
            name: [_as_text(one) for one in value] if isinstance(value, Iterable) and not isinstance(value, str) else [_as_text(value)]
            for name, value in values.items()
        }
    )


async def filling(request: Request) -> Filled:
    """What was just sent. Files are not among it: a route that takes one has an `UploadFile` argument."""
    try:
        async with request.form(max_files=4, max_fields=1000) as sent:
            values: dict[str, list[str]] = {}
            for name, value in sent.multi_items():
                if isinstance(value, str):
                    values.setdefault(name, []).append(value)
    except HTTPException as error:
        raise BodyIsBroken from error
    only_in = values.pop(LANGUAGE, [""])[-1]
    if only_in in LANGUAGES:
        request.state.language = only_in
    form = Filled(values, language=language_of(request))
    if id := form.value("id"):
        form.id_if_changed = id_if_changed(request, id)
    request.state.form = form
    actor: Actor | None = getattr(request.state, "actor", None)
    if actor is not None:
        form.held = _held(request, form, actor)
    if form.held is None and only_in in LANGUAGES:
        form.held = OnlyShown()
    return form


def id_if_changed(request: Request, id: UUID | str) -> UUID:
    """What follows an id that something else was sent with: sent again and again, it is one more, and only one."""
    return derived_id(request.app.state.service.settings.cookie_secret_file, "changed", str(id))


def _held(request: Request, form: Filled, actor: Actor) -> Exception | None:
    """Why a form is only shown: it was kept while somebody signed in again, or it was opened in another hat.

    Raises `TypedByAnother`: what one person typed is shown to no other.
    """
    secret_file = request.app.state.service.settings.cookie_secret_file
    opened_by, sealed = form.take(OPENED_BY), form.take(KEPT)
    if sealed:
        found = kept(secret_file, sealed)
        if found is not None and not found.is_of(actor):
            raise TypedByAnother(sealed, found.address)
        if found is None or found.address.partition("?")[0] != request.url.path:
            return NothingIsKept()
        form.put(**found.values)
        return SignedOutMeanwhile()
    by = opened_opener(secret_file, opened_by)
    if not opened_by or by == opener(actor):
        return None
    if by is None or not by.is_person(actor):
        address = address_of(request)
        raise TypedByAnother(keep(secret_file, by, address=address, values=form.values) if by else "", address)
    return OpenedByAnother(actor.name or actor.id)


def address_of(request: Request) -> str:
    """Where it was sent to."""
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


Filling = Annotated[Filled, Depends(filling)]
"""The argument of a route that a form on a page is sent to."""


@asynccontextmanager
async def refusals_beside(form: Filled, show_again: Callable[[], Awaitable[Response]]) -> AsyncIterator[None]:
    """What is refused inside is shown on the form's own page, which `show_again` makes (see the module's words)."""
    try:
        yield
    except OnlyShown as only:
        raise ShownAgain(await show_again()) from only
    except _SHOWN_BESIDE as error:
        form.refuse(error)
        if isinstance(error, SameIdOtherContent):
            form.put(id=form.id_if_changed)  # what was changed after going back is not lost
        try:
            response = await show_again()
        except NotFound:
            raise error from None  # the page went with what it was about; what was refused is still said
        response.status_code = problem_of(error).status
        raise ShownAgain(response) from error


def _as_text(value: object) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "true"
        case datetime():
            return value.isoformat(timespec="minutes")
        case _:
            return str(value)
