"""Settings that are missing are all named at once, and secrets are never shown."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from shared.ground.settings import Contact, Settings, SettingsAreMissing, from_environment
from shared.running.serving import OnlyLoopback, refuse_open_doors

GIVEN = {
    "BROBYGGER_DATABASE_URL": "postgresql://role:geheim@127.0.0.1/cases",
    "BROBYGGER_VAULT_URL": "postgresql://role:geheim@localhost/vault",
    "BROBYGGER_MASTER_KEY_FILE": "/keys/master",
    "BROBYGGER_COOKIE_SECRET_FILE": "/keys/cookie",
    "BROBYGGER_ASSOCIATIONS": "bakkegaarden, andre",
    "BROBYGGER_STAFF_FILE": "/staff.yaml",
    "BROBYGGER_KAFKA": "127.0.0.1:9092",
    "BROBYGGER_PUBLIC_ORIGIN": "http://127.0.0.1:8080",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in GIVEN.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_everything_that_is_missing_is_named_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("BROBYGGER_KAFKA")
    environment.delenv("BROBYGGER_VAULT_URL")
    environment.setenv("BROBYGGER_POOL_SIZE", "none")
    with pytest.raises(SettingsAreMissing) as refused:
        from_environment()
    assert all(name in str(refused.value) for name in ("BROBYGGER_KAFKA", "BROBYGGER_VAULT_URL", "BROBYGGER_POOL_SIZE"))


def test_secrets_are_not_shown(environment: pytest.MonkeyPatch) -> None:
    settings = from_environment()
    assert "geheim" not in repr(settings)
    assert settings.associations == ("bakkegaarden", "andre")


@pytest.mark.parametrize("listen", ["0.0.0.0:8000", "192.0.2.1:8000", "[::]:8000", ":8000"])
def test_role_cards_refuse_any_address_but_loopback(environment: pytest.MonkeyPatch, listen: str) -> None:
    with pytest.raises(OnlyLoopback):
        refuse_open_doors(from_environment(), listen)


@pytest.mark.parametrize("listen", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000", "unix:/run/x.sock"])
def test_role_cards_listen_on_this_machine(environment: pytest.MonkeyPatch, listen: str) -> None:
    refuse_open_doors(from_environment(), listen)


def test_role_cards_refuse_a_public_origin(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("BROBYGGER_PUBLIC_ORIGIN", "https://brobygger.example")
    with pytest.raises(OnlyLoopback):
        refuse_open_doors(from_environment(), "127.0.0.1:8000")


def test_an_association_has_a_name_and_a_number(environment: pytest.MonkeyPatch) -> None:
    assert from_environment().contacts == {}
    environment.setenv("BROBYGGER_CONTACTS", "bakkegaarden: Bakkegården, Nord, 70 00 00 00; andre:Andre,+4570000001")
    contacts = from_environment().contacts
    assert contacts == {"bakkegaarden": Contact("Bakkegården, Nord", "70 00 00 00"), "andre": Contact("Andre", "+4570000001")}
    environment.setenv("BROBYGGER_CONTACTS", "bakkegaarden, 70 00 00 00")
    with pytest.raises(SettingsAreMissing, match="BROBYGGER_CONTACTS"):
        from_environment()


def test_settings_do_not_change(environment: pytest.MonkeyPatch) -> None:
    settings: Settings = from_environment()
    with pytest.raises(ValueError, match="frozen"):
        settings.kafka = "elsewhere"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SMTP_USER": "brobygger", "SMTP_PASSWORD": "invented"}, "BROBYGGER_SMTP_TLS=required or implicit"),
        ({"SMTP_USER": "brobygger", "SMTP_TLS": "required"}, "BROBYGGER_SMTP_USER and BROBYGGER_SMTP_PASSWORD belong together"),
        ({"SMTP_PASSWORD": "invented"}, "BROBYGGER_SMTP_USER and BROBYGGER_SMTP_PASSWORD belong together"),
        ({"SMTP_CA_FILE": "/nowhere/ca.pem"}, "BROBYGGER_SMTP_CA_FILE names no file"),
        ({"SMTP_TLS": "perhaps"}, "BROBYGGER_SMTP_TLS"),
    ],
)
def test_a_password_never_goes_where_somebody_may_read_along(environment: pytest.MonkeyPatch, given: dict[str, str], said: str) -> None:
    for name, value in given.items():
        environment.setenv(f"BROBYGGER_{name}", value)
    with pytest.raises(SettingsAreMissing, match=re.escape(said)) as refused:
        from_environment()
    assert "invented" not in str(refused.value)


@pytest.mark.parametrize("kafka", ["kafka:9092", "127.0.0.1:9092,10.0.0.7:9092", "[2001:db8::1]:9092", "broker.example.dk:9093"])
def test_a_broker_over_a_network_in_the_clear_is_refused_with_what_to_do(environment: pytest.MonkeyPatch, kafka: str) -> None:
    environment.setenv("BROBYGGER_KAFKA", kafka)
    with pytest.raises(SettingsAreMissing, match=r"BROBYGGER_KAFKA leads to .*BROBYGGER_KAFKA_CA_FILE.*BROBYGGER_KAFKA_PASSWORD"):
        from_environment()


@pytest.mark.parametrize("kafka", ["127.0.0.1:9092", "localhost:9092", "[::1]:9092"])
def test_a_broker_on_this_machine_may_be_in_the_clear(environment: pytest.MonkeyPatch, kafka: str) -> None:
    environment.setenv("BROBYGGER_KAFKA", kafka)
    assert from_environment().kafka == kafka


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """Who vouches for somebody: here for nobody in particular."""
    key, name, now = ec.generate_private_key(ec.SECP256R1()), x509.Name([]), datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    signed = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(key, hashes.SHA256())
    file = tmp_path / "authority"
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    return file


def test_a_broker_that_knows_us_is_reached_over_a_network(environment: pytest.MonkeyPatch, tmp_path: Path, authority: Path) -> None:
    environment.setenv("BROBYGGER_KAFKA", "kafka:9092")
    environment.setenv("BROBYGGER_KAFKA_USER", "cases")
    environment.setenv("BROBYGGER_KAFKA_PASSWORD", "geheim")
    environment.setenv("BROBYGGER_KAFKA_CA_FILE", str(authority))
    assert "geheim" not in repr(from_environment())
    (tmp_path / "nothing").write_text("nobody")
    environment.setenv("BROBYGGER_KAFKA_CA_FILE", str(tmp_path / "nothing"))
    with pytest.raises(SettingsAreMissing, match="BROBYGGER_KAFKA_CA_FILE holds no certificate"):
        from_environment()
    environment.setenv("BROBYGGER_KAFKA_CA_FILE", str(tmp_path / "other"))
    with pytest.raises(SettingsAreMissing, match="BROBYGGER_KAFKA_CA_FILE names no file"):
        from_environment()
    environment.delenv("BROBYGGER_KAFKA_CA_FILE")
    with pytest.raises(SettingsAreMissing, match="a password goes through TLS only"):
        from_environment()
    environment.delenv("BROBYGGER_KAFKA_PASSWORD")
    with pytest.raises(SettingsAreMissing, match="BROBYGGER_KAFKA_USER and BROBYGGER_KAFKA_PASSWORD belong together"):
        from_environment()


@pytest.mark.parametrize("name", ["DATABASE_URL", "OWNER_DATABASE_URL", "VAULT_URL", "OWNER_VAULT_URL"])
@pytest.mark.parametrize("query", ["", "?sslmode=require", "?sslmode=verify-ca&sslrootcert=/x", "?host=10.0.0.7", "?ssl=verify-full"])
def test_a_database_over_a_network_in_the_clear_is_refused(environment: pytest.MonkeyPatch, name: str, query: str) -> None:
    environment.setenv(f"BROBYGGER_{name}", f"postgresql://role:geheim@postgres:5432/cases{query}")
    with pytest.raises(SettingsAreMissing, match=rf"BROBYGGER_{name} leads to postgres, over a network.*sslmode=verify-full") as refused:
        from_environment()
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://role:geheim@postgres:5432/cases?sslmode=verify-full&sslrootcert={authority}",
        "postgresql://role:geheim@[::1]:5432/cases",
        "postgresql://role:geheim@%2Frun%2Fpostgresql/cases",
        "postgresql:///cases?host=/run/postgresql",
    ],
)
def test_a_database_we_recognise_or_on_this_machine_is_taken(environment: pytest.MonkeyPatch, url: str, authority: Path) -> None:
    url = url.format(authority=authority)
    environment.setenv("BROBYGGER_DATABASE_URL", url)
    assert from_environment().database_url.get_secret_value() == url


def test_a_database_address_that_names_its_host_behind_is_looked_at_too(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("BROBYGGER_DATABASE_URL", "postgresql:///cases?host=10.0.0.7")
    with pytest.raises(SettingsAreMissing, match=r"leads to 10\.0\.0\.7"):
        from_environment()


def test_who_vouches_for_a_database_has_to_be_there(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("BROBYGGER_VAULT_URL", "postgresql://role:geheim@postgres/vault?sslmode=verify-full&sslrootcert=/nowhere")
    with pytest.raises(SettingsAreMissing, match="BROBYGGER_VAULT_URL: sslrootcert names no file"):
        from_environment()


@pytest.mark.parametrize("missing", ["SIGN_IN_FILE", "SIGN_IN_SECRET_FILE"])
@pytest.mark.parametrize("how", ["nowhere", "empty", "no file"])
def test_signing_in_at_a_provider_needs_two_files_with_something_in_them(
    environment: pytest.MonkeyPatch, tmp_path: Path, missing: str, how: str
) -> None:
    environment.setenv("BROBYGGER_SIGN_IN", "openid")
    for name in ("SIGN_IN_FILE", "SIGN_IN_SECRET_FILE"):
        (tmp_path / name).write_text("said")
        environment.setenv(f"BROBYGGER_{name}", str(tmp_path / name))
    assert from_environment().sign_in == "openid"
    match how:
        case "nowhere":
            environment.delenv(f"BROBYGGER_{missing}")
        case "empty":
            (tmp_path / missing).write_text("")
        case _:
            environment.setenv(f"BROBYGGER_{missing}", "/dev/null")
    with pytest.raises(SettingsAreMissing, match=f"BROBYGGER_{missing}"):
        from_environment()
