"""Forms on pages: what was filled in, and how it stands on its page again when it is refused.

One function shows the page, and shows it again when the sent form is refused; everything typed is kept, each
mistake stands beside its field and in a summary at the top, and the answer has the status of the problem (422, 409, 412):

    class ContactForm(BaseModel):
        kind: Literal["phone", "visit"]
        reached: bool = False
        words: str = ""
        version: int

    @pages.get("/{case_id}/contact", openapi_extra={"x-action": Action.WORK_ON_CASE})
    async def contact_form(request: Request, case_id: UUID, context: RequestContext, service: Running) -> HTMLResponse:
        case = ...                                        # read, allow(context, Action.WORK_ON_CASE, ...)
        return page(request, "contact.html", case=case, form=starting(id=uuid7(), kind="phone"))

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
from datetime import date, datetime
from typing import Annotated, Any, TypeVar, get_origin
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from shared.ground.errors import ChangedMeanwhile, Refusal, SameIdOtherContent, VersionMovedOn
from shared.ground.fields import FORM
from shared.web.problems import BodyIsBroken, FormIsWrong, mistakes_of, problem_of
from shared.words.language import Language, language_of, translated

M = TypeVar("M", bound=BaseModel)

_SHOWN_BESIDE = (Refusal, FormIsWrong, VersionMovedOn, ChangedMeanwhile, SameIdOtherContent)
_SEVERAL = (list, tuple, set, frozenset)


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
        self.names: dict[str, str] = {}
        """What the fields are called on the page, as far as it was drawn; a summary that is drawn last can name them."""

    def __bool__(self) -> bool:
        return True

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
        """The form as a model: empty fields count as not filled in, lists take every value. Raises `FormIsWrong`."""
        values: dict[str, Any] = {}
        for name, field in model.model_fields.items():
            texts = [text for text in self._values.get(field.alias or name, []) if text.strip()]
            if (get_origin(field.annotation) or field.annotation) in _SEVERAL:
                values[name] = texts
            elif texts:
                values[name] = texts[-1]
        try:
            return model.model_validate(values, by_name=True, context=FORM)
        except ValidationError as error:
            raise FormIsWrong(mistakes_of(error)) from None

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
        async with request.form(max_files=4, max_fields=200) as sent:
            values: dict[str, list[str]] = {}
            for name, value in sent.multi_items():
                if isinstance(value, str):
                    values.setdefault(name, []).append(value)
    except HTTPException as error:
        raise BodyIsBroken from error
    form = Filled(values, language=language_of(request))
    request.state.form = form
    return form


Filling = Annotated[Filled, Depends(filling)]
"""The argument of a route that a form on a page is sent to."""


@asynccontextmanager
async def refusals_beside(form: Filled, show_again: Callable[[], Awaitable[Response]]) -> AsyncIterator[None]:
    """What is refused inside is shown on the form's own page, which `show_again` makes (see the module's words)."""
    try:
        yield
    except _SHOWN_BESIDE as error:
        form.refuse(error)
        response = await show_again()
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
        case date() | UUID() | int() | float():
            return str(value)
        case _:
            return str(value)
