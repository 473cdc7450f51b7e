"""The sign-in file: which provider says who people are, and which of its groups give which hats. The association writes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from shared.ground.provenance import Actor
from shared.ground.yaml_text import composed, keys_that_stand_twice, said_by
from shared.privacy.staff import STANDS_IN, StaffDirectory, WornHat
from shared.privacy.staff_file import Line, StaffId
from shared.words.vocabulary.people import Role

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
READS, WRITES = "brobygger.read", "brobygger.write"
"""What a program may be given by the provider: to look, and to change."""

Claim = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:/-]{1,120}$")]
"""The name of a claim; where it holds no such name, dots lead into what is nested: `realm_access.roles`."""
Value = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class SignInFileIsWrong(Exception):
    """The sign-in file cannot be used; the message names the file, the lines and what is wrong with them."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GivenHat(_Part):
    """Who is in this group may wear this hat, if the association has given it to them as well."""

    group: Value
    """A group or an app role, as the provider says it in the token."""
    association: Line
    role: Role
    estates: frozenset[StaffId] = frozenset()
    """Only hats with no other estates than these; any where none stand here."""


class Machine(_Part):
    """A program that asks by itself, with a token of its own."""

    client: Value
    """What the provider calls it."""
    id: StaffId
    """What the history calls it."""
    association: Line
    role: Role
    estates: frozenset[StaffId] = frozenset()

    def actor(self) -> Actor:
        return Actor(id=self.id, role=self.role, association=self.association, name=self.id, estates=self.estates)


class SignInFile(_Part):
    """What the association agreed with its provider."""

    issuer: Value
    """As the provider says it of itself, to the letter."""
    client: Value
    """What the provider calls us."""
    person: Claim = "sub"
    """The claim that says who somebody is: their id in the staff, or what `people` has for it."""
    groups: Claim = "groups"
    scope: Value = "openid"
    people: Mapping[Value, StaffId] = {}
    hats: Annotated[tuple[GivenHat, ...], Field(min_length=1, max_length=2000)]
    audience: Value | None = None
    """For whom the tokens of programs are; they are refused while none is named."""
    machines: tuple[Machine, ...] = ()

    def mistakes(self, associations: Collection[str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What no single field can see: where, and what is wrong."""
        address = urlsplit(self.issuer)
        if address.scheme != "https" and not (address.scheme == "http" and address.hostname in LOOPBACK):
            yield ("issuer",), "must begin with https://"
        if "openid" not in self.scope.split():
            yield ("scope",), "must hold openid"
        if self.machines and self.audience in (None, self.client):
            yield ("audience",), "is needed for machines, and is another than client"
        given: tuple[tuple[str, Sequence[GivenHat | Machine]], ...] = (("hats", self.hats), ("machines", self.machines))
        for name, several in given:
            for number, one in enumerate(several):
                if one.role is Role.SYSTEM:
                    yield (name, number, "role"), "nobody can be the system"
                if one.association not in associations:
                    yield (name, number, "association"), "is not served here"
        for name in ("client", "id"):
            said = [getattr(machine, name) for machine in self.machines]
            for number, text in enumerate(said):
                if text in said[:number]:
                    yield ("machines", number, name), "stands twice"

    def person_in(self, claims: Mapping[str, Any]) -> str:
        """Whose id a token names; empty where it names nobody."""
        said = _claim(claims, self.person)
        return self.people.get(said, said) if isinstance(said, str) else ""

    def groups_in(self, claims: Mapping[str, Any]) -> frozenset[str] | None:
        """The groups in a token; `None` where the provider left them out because they were too many (Entra ID's overage)."""
        said = _claim(claims, self.groups)
        left_out = claims.get("_claim_names")
        if said is None and isinstance(left_out, Mapping) and self.groups in left_out:
            return None
        many = said if isinstance(said, list) else [said]
        return frozenset(one for one in many if isinstance(one, str))

    def hats_of(self, person: str, groups: Iterable[str], staff: StaffDirectory, at: datetime) -> list[WornHat]:
        """What somebody may wear now: their hats in the staff, as far as a group gives them, and those they may wear for somebody else."""
        given = [hat for hat in self.hats if hat.group in frozenset(groups)]
        worn = staff.hats_of(person, at)
        own = [one for one in worn if one.absent is None and any(_gives(hat, one) for hat in given)]
        mine = {(one.person.association, one.hat.role) for one in own}
        lent = [one for one in worn if one.absent is not None and any(_lends(one, association, role) for association, role in mine)]
        return [*own, *lent]


def _gives(given: GivenHat, worn: WornHat) -> bool:
    alike = (given.association, given.role) == (worn.person.association, worn.hat.role)
    return alike and (not given.estates or worn.hat.estates <= given.estates)


def _lends(worn: WornHat, association: str, role: Role) -> bool:
    """Whether a hat that one was given lets one wear that of who is away."""
    return worn.person.association == association and role in STANDS_IN.get(worn.hat.role, {worn.hat.role})


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    if name in claims:
        return claims[name]
    first, _, rest = name.partition(".")
    within = claims.get(first)
    return _claim(within, rest) if rest and isinstance(within, Mapping) else None


def read_sign_in_file(path: Path, *, associations: Collection[str]) -> SignInFile:
    """Read and check the file; raises `SignInFileIsWrong` with every mistake at once, each with its line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        root = composed(text)
        twice = [f"line {line}: '{key}' stands twice" for key, line in keys_that_stand_twice(text)]
        content = said_by(root) if root else None
    except (OSError, ValueError) as error:
        raise SignInFileIsWrong(f"{path}: cannot be read as UTF-8 text") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise SignInFileIsWrong(f"{path}: line {mark.line + 1 if mark else 1}: is not plain YAML") from error
    if twice:
        raise SignInFileIsWrong(f"{path}:\n  " + "\n  ".join(twice))
    try:
        read = SignInFile.model_validate(content)
        wrong = list(read.mistakes(associations))
    except ValidationError as error:
        wrong = [(detail["loc"], detail["msg"]) for detail in error.errors(include_input=False, include_url=False)]
    if wrong:
        lines = [f"line {_line(root, where)}: {'.'.join(map(str, where)) or 'file'}: {what}" for where, what in wrong]
        raise SignInFileIsWrong(f"{path}:\n  " + "\n  ".join(lines))
    return read


def _line(node: yaml.Node | None, where: tuple[str | int, ...]) -> int:
    """The line of what stands there, or of the nearest thing around it."""
    line = node.start_mark.line + 1 if node else 1
    for step in where:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if str(key.value) == str(step)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line
