"""What a service needs from its environment: one frozen object, or a clear refusal that names every variable at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from shared.ground import wires

PREFIX = "BROBYGGER_"
Kind = TypeVar("Kind", bound="KafkaSettings")


class SettingsAreMissing(Exception):
    """The environment does not hold what the service needs; the message lists every variable."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A housing association, as people outside know it."""

    name: str
    phone: str


class KafkaSettings(BaseSettings):
    """What whoever speaks to the broker needs; more of it than this only the services need."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", populate_by_name=True)

    kafka: str
    """Bootstrap address of the broker."""
    kafka_ca_file: Path | None = None
    """Who vouches for the broker: certificates in PEM. With it everything goes through TLS."""
    kafka_user: str = ""
    """Who we are to the broker (SCRAM-SHA-512); what we may say and hear there is noted with this name."""
    kafka_password: SecretStr = SecretStr("")
    kafka_idempotence: bool = True
    """Off for the embedded broker, which has no idempotent producers."""
    kafka_fetch_wait_ms: int = Field(default=500, ge=1, le=5000)
    kafka_replication: int = Field(default=1, ge=1)
    kafka_partitions: int = Field(default=12, ge=1)

    @model_validator(mode="after")
    def _kafka_knows_us_and_we_know_it(self) -> Self:
        if bool(self.kafka_user) != bool(self.kafka_password.get_secret_value()):
            raise ValueError(f"{PREFIX}KAFKA_USER and {PREFIX}KAFKA_PASSWORD belong together")
        if self.kafka_user and not self.kafka_ca_file:
            raise ValueError(f"{PREFIX}KAFKA_USER needs {PREFIX}KAFKA_CA_FILE: a password goes through TLS only")
        if self.kafka_ca_file and not self.kafka_ca_file.is_file():
            raise ValueError(f"{PREFIX}KAFKA_CA_FILE names no file")
        if self.kafka_ca_file and not wires.holds_certificates(self.kafka_ca_file):
            raise ValueError(f"{PREFIX}KAFKA_CA_FILE holds no certificate in PEM that can be read")
        elsewhere = wires.brokers_elsewhere(self.kafka)
        if elsewhere and not (self.kafka_ca_file and self.kafka_user):
            raise ValueError(
                f"{PREFIX}KAFKA leads to {elsewhere[0]}, over a network: set {PREFIX}KAFKA_CA_FILE, {PREFIX}KAFKA_USER and"
                f" {PREFIX}KAFKA_PASSWORD (deploy/new-secrets makes them); in the clear is for a broker on this machine only"
            )
        return self


class Settings(KafkaSettings):
    """The same for every service; values differ. Secrets have no default and never appear in `repr`."""

    database_url: SecretStr
    """PostgreSQL of this service, as its limited role."""
    owner_database_url: SecretStr | None = None
    """The same database as its owner; only `migrate` and `rebuild` use it."""
    vault_url: SecretStr
    """PostgreSQL of the keys."""
    owner_vault_url: SecretStr | None = None
    master_key_file: Path
    """32 bytes in base64 that wrap every data key."""
    cookie_secret_file: Path
    """Signs the sign-in cookie and cursors; the same file for all services of an origin."""
    associations: Annotated[tuple[str, ...], NoDecode]
    """The housing associations this installation serves, separated by commas."""
    contacts: Annotated[dict[str, Contact], NoDecode] = {}
    """What each association is called and where one rings, for the page that needs no sign-in: `andre: Boligforeningen, 70 00 00 00; …`."""
    staff_file: Path
    """Who works here (shared/privacy/staff.py)."""
    listen: str = "127.0.0.1:8000"
    """`address:port`, or `unix:/path/of/socket`."""
    public_origin: str
    """Where people reach the pages, such as https://brobygger.example."""
    sign_in: Literal["role_cards", "openid"] = "role_cards"
    """How people sign in; role cards refuse any address but loopback. `openid` is a provider of the association's own."""
    sign_in_file: Path | None = None
    """Which provider, and which of its groups give which hats (docs/sign-in.md); `openid` needs it."""
    sign_in_secret_file: Path | None = None
    """The secret that the provider gave us; `openid` needs it."""
    certificate_file: Path | None = None
    """The certificate that the proxy shows to people, without its key: ready warns before it ends. An empty file is none."""
    person_a_minute: int = Field(default=300, ge=60)
    """Requests that one person may make of one service in a minute; who makes more is told to wait (shared/web/fairness.py)."""
    program_a_minute: int = Field(default=3000, ge=60)
    """The same for one program."""
    smtp: str = Field(default="", pattern=r"^(.+:\d{1,5})?$")
    """`host:port` of the mail server; only notifications needs it."""
    smtp_tls: Literal["offered", "required", "implicit"] = "offered"
    """STARTTLS where the server offers it, STARTTLS or no mail at all, or TLS from the first byte (port 465)."""
    smtp_ca_file: Path | None = None
    """Who vouches for the mail server, where it is not one of the authorities of this machine: certificates in PEM; empty for none."""
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    """How we sign in at the mail server, where it asks for that; only inside TLS that is not left to the server's offer."""
    smtp_name: str = ""
    """What we call ourselves in EHLO; the domain of `mail_from` when empty."""
    mail_from: str = "Brobygger <brobygger@localhost>"
    mail_reply_to: str = ""
    """Where an answer to a mail goes, for it cannot be read here; nowhere when empty."""
    keep_sent_days: int = Field(default=400, ge=1)
    """How long what was said is kept, so that it can be said again."""
    pool_size: int = Field(default=8, ge=2)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    otlp_endpoint: str = Field(
        default="",
        pattern=r"^(https?://[^\s/@?#]+(/[^\s@?#]*)?)?$",
        validation_alias=AliasChoices(f"{PREFIX}OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"),
    )
    """Where spans are sent (OTLP over HTTP), such as http://collector:4318; nothing is traced when empty."""

    @field_validator("associations", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("contacts", mode="before")
    @classmethod
    def _read_contacts(cls, value: object) -> object:
        return dict(_contact(part) for part in value.split(";") if part.strip()) if isinstance(value, str) else value

    @field_validator("associations")
    @classmethod
    def _some(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise ValueError("name at least one association")
        return value

    @model_validator(mode="after")
    def _databases_are_known(self) -> Self:
        for name in ("database_url", "owner_database_url", "vault_url", "owner_vault_url"):
            url: SecretStr | None = getattr(self, name)
            if url and (host := wires.database_in_the_clear(url.get_secret_value())):
                raise ValueError(
                    f"{PREFIX}{name.upper()} leads to {host}, over a network: end it with ?sslmode=verify-full&sslrootcert= and the file of"
                    " who vouches for the database (deploy/new-secrets does); in the clear is for a database on this machine only"
                )
            if url and (authority := wires.authority_of(url.get_secret_value())) and not wires.holds_certificates(Path(authority)):
                raise ValueError(f"{PREFIX}{name.upper()}: sslrootcert names no file with certificates in PEM")
        return self

    @model_validator(mode="after")
    def _a_provider_is_named(self) -> Self:
        for name, file in (("SIGN_IN_FILE", self.sign_in_file), ("SIGN_IN_SECRET_FILE", self.sign_in_secret_file)):
            if self.sign_in == "openid" and (file is None or not file.is_file()):
                raise ValueError(f"{PREFIX}SIGN_IN=openid needs {PREFIX}{name}, the path of a file")
            if self.sign_in == "openid" and file and not file.stat().st_size:
                raise ValueError(f"{PREFIX}SIGN_IN=openid needs {PREFIX}{name}, and {file} is empty")
        return self

    @model_validator(mode="after")
    def _passwords_go_through_tls(self) -> Self:
        if self.smtp_user and self.smtp_tls == "offered":
            raise ValueError(f"{PREFIX}SMTP_USER needs {PREFIX}SMTP_TLS=required or implicit: a password goes through TLS only")
        if bool(self.smtp_user) != bool(self.smtp_password.get_secret_value()):
            raise ValueError(f"{PREFIX}SMTP_USER and {PREFIX}SMTP_PASSWORD belong together")
        if self.smtp_ca_file and not self.smtp_ca_file.is_file():
            raise ValueError(f"{PREFIX}SMTP_CA_FILE names no file")
        return self


def _contact(text: str) -> tuple[str, Contact]:
    association, _, rest = text.partition(":")
    name, _, phone = rest.rpartition(",")
    if not (association.strip() and name.strip() and re.fullmatch(r"\+?[\d ]{8,20}", phone.strip())):
        raise ValueError("write `association: its name, its number`, several of them with a semicolon between")
    return association.strip(), Contact(name.strip(), phone.strip())


def from_environment() -> Settings:
    """Read the environment (and files in /run/secrets); raises `SettingsAreMissing` naming all that is wrong."""
    return _read(Settings)


def kafka_from_environment() -> KafkaSettings:
    """The same for whoever only speaks to the broker."""
    return _read(KafkaSettings)


def _read(kind: type[Kind]) -> Kind:
    secrets = Path("/run/secrets")
    try:
        return kind(_secrets_dir=secrets if secrets.is_dir() else None)
    except ValidationError as error:
        wrong = [_said(problem["loc"], problem["msg"]) for problem in error.errors(include_input=False)]
        raise SettingsAreMissing("these settings are missing or wrong:\n" + "\n".join(wrong)) from None


def _said(where: tuple[int | str, ...], message: str) -> str:
    """A line about one variable, or about several that do not go together."""
    return f"  {PREFIX}{str(where[0]).upper()}: {message}" if where else f"  {message.removeprefix('Value error, ')}"
