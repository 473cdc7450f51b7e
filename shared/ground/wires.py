"""What goes over a network goes through TLS, to somebody whose certificate is right and has not ended (decision 0044)."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography import x509

ENDS_SOON = timedelta(days=30)
"""Before the end of a certificate that somebody has to make …"""
SHOULD_BE_RENEWED = timedelta(days=21)
"""… and of one that is renewed by itself thirty days before: then something is wrong with that."""


class WireIsRefused(ConnectionError):
    """The other end is not who it should be, or does not believe who we are; the message says why and who, and nothing secret."""


def is_this_machine(host: str) -> bool:
    """Whether nothing sent there leaves the machine: loopback, or a socket in the file system."""
    name = host.strip("[]")
    if not name or name == "localhost" or name.startswith("/"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def database_in_the_clear(url: str) -> str:
    """The host this address of PostgreSQL leads to without TLS that knows whom it speaks to; empty where there is none."""
    address, said = urlsplit(url), _said(url)
    places = address.netloc.rpartition("@")[2].split(",") if address.netloc else []
    hosts = [unquote(_host(place)) for place in places] + said.get("host", "").split(",")
    far = [host for host in hosts if not is_this_machine(host)]
    return far[0] if far and said.get("sslmode") != "verify-full" else ""


def authority_of(url: str) -> str:
    """The file of who vouches for the database at this address; empty where it names none."""
    return _said(url).get("sslrootcert", "")


def _said(url: str) -> dict[str, str]:
    """What stands behind the question mark."""
    return {name: values[-1] for name, values in parse_qs(urlsplit(url).query).items()}


def holds_certificates(file: Path) -> bool:
    """Whether somebody could be believed because of this file."""
    try:
        return bool(ssl.create_default_context(cafile=str(file)).get_ca_certs())
    except OSError:
        return False


def brokers_elsewhere(bootstrap: str) -> list[str]:
    """Which of these brokers are not on this machine."""
    return [host for host in (_host(place.strip().rpartition("//")[2]) for place in bootstrap.split(",")) if not is_this_machine(host)]


def _host(place: str) -> str:
    """Without its port; an IPv6 address stands in brackets."""
    return place.partition("]")[0] + "]" if place.startswith("[") else place.partition(":")[0]


def ends_at(certificate: Mapping[str, Any] | None) -> datetime | None:
    """When a certificate ends, as Python tells it of the other end of a connection."""
    said = (certificate or {}).get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(said), UTC) if said else None


def end_of(file: Path | None) -> datetime | None:
    """When the first certificate in a file ends; `None` where there is none, or none that can be read just now."""
    try:
        return x509.load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc if file else None
    except (OSError, ValueError):
        return None


def ends_soon(end: datetime | None, now: datetime, *, within: timedelta = ENDS_SOON) -> bool:
    """Whether it is time for a new one."""
    return end is not None and end - now < within


def why(error: BaseException | None) -> str | None:
    """Why an encrypted connection was refused, in words for a log: of these, nothing is about anybody. `None` for everything else."""
    while error is not None:
        if isinstance(error, WireIsRefused):
            return str(error)
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"its certificate is not believed: {error.verify_message}"
        if isinstance(error, ssl.SSLError):
            return "it does not speak TLS as we do"
        error = error.__cause__ or error.__context__
    return None
