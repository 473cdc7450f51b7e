"""What each service says of its API: an independent linter finds no error in it, and a client can be written from it alone."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from services.origin import NAVIGATION
from shared.ground.text_input import holds_cpr_number
from shared.web.openapi import openapi
from shared.web.web import web_app
from tests.support import node
from tests.support.postgres import PostgresServer
from tests.support.services import browser, running_service

SERVICES = ("intake", "cases", "notifications", "reporting")
REDOCLY = "node_modules/@redocly/cli/bin/cli.js"
NO_LICENCE = ("warn", "info-license", "Info object should contain `license` field.")
"""The project names none yet."""

Json = dict[str, Any]


@pytest.fixture(scope="module")
async def documents(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """The document of each service, as it is fetched by whoever asks."""
    found = {}
    for name in SERVICES:
        parts = importlib.import_module(f"services.{name}.app").parts()
        async with running_service(parts, postgres, tmp_path_factory.mktemp(name)) as running, browser(running) as anybody:
            found[name] = (await anybody.get(f"/{name}/api/openapi.json")).json()
    return found


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    """Each path, method and operation."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


@pytest.mark.parametrize("name", SERVICES)
def test_an_independent_linter_finds_no_error(documents: dict[str, Json], tmp_path: Path, name: str) -> None:
    node.installed()
    file = tmp_path / f"{name}.json"
    file.write_text(json.dumps(documents[name]))
    said = json.loads(node.node(REDOCLY, "lint", "--extends=recommended", "--format=json", str(file)))
    assert [(problem["severity"], problem["ruleId"], problem["message"]) for problem in said["problems"]] == [NO_LICENCE]


def test_the_linter_is_really_asked(documents: dict[str, Json], tmp_path: Path) -> None:
    node.installed()
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps({**documents["intake"], "servers": []}))
    with pytest.raises(AssertionError, match="failed"):
        node.node(REDOCLY, "lint", "--extends=recommended", str(wrong))


@pytest.mark.parametrize("name", SERVICES)
def test_every_operation_has_a_plain_name_of_its_own_and_words(documents: dict[str, Json], name: str) -> None:
    names = [operation["operationId"] for _, _, operation in operations(documents[name])]
    assert len(set(names)) == len(names)
    assert all(each.isidentifier() and "__" not in each for each in names)
    assert all(operation["description"] for _, _, operation in operations(documents[name]))
    described = {tag["name"] for tag in documents[name]["tags"] if tag["description"]}
    assert {tag for _, _, operation in operations(documents[name]) for tag in operation["tags"]} == described


@pytest.mark.parametrize("name", SERVICES)
def test_every_field_is_described(documents: dict[str, Json], name: str) -> None:
    schemas = documents[name]["components"]["schemas"]
    fields = [(f"{of}.{field}", said) for of, schema in schemas.items() for field, said in schema.get("properties", {}).items()]
    assert [field for field, said in fields if not said.get("description")] == []


def bodies() -> Iterator[tuple[str, type[BaseModel], Json]]:
    """What is sent to each address of the API, as its model, and the operation as it is told."""
    for name in SERVICES:
        parts = importlib.import_module(f"services.{name}.app").parts()
        routes = web_app(parts, NAVIGATION).state.routes
        told = openapi(routes, title=name, origin="", sign_in="", examples=parts.request_examples)["paths"]
        for route in routes:
            if route.include_in_schema and route.body_field:
                [method] = route.methods
                yield f"{method} {route.path_format}", route.body_field.field_info.annotation, told[route.path_format][method.lower()]


def test_every_body_has_an_example_that_its_model_takes() -> None:
    asked = {where: (model, told["requestBody"]["content"]["application/json"]) for where, model, told in bodies()}
    assert len(asked) > 100
    assert [where for where, (_, told) in asked.items() if "example" not in told] == []
    for where, (model, told) in asked.items():
        taken = model.model_validate_json(json.dumps(told["example"]))
        assert taken.model_fields_set == told["example"].keys(), where  # nothing is said that nobody reads
        assert not holds_cpr_number(json.dumps(told["example"], ensure_ascii=False)), where
    examples = {each for name in SERVICES for each in importlib.import_module(f"services.{name}.app").parts().request_examples}
    assert examples <= {model.__name__ for model, _ in asked.values()}


def test_what_is_sent_says_which_codes_are_taken(documents: dict[str, Json]) -> None:
    observation = documents["intake"]["components"]["schemas"]["ObservationIn"]["properties"]
    triage = documents["cases"]["components"]["schemas"]["TriageConcern"]["properties"]
    assert observation["severity"]["enum"] == triage["severity"]["enum"] == ["acute", "high", "medium", "low"]
    assert "withdrawn" not in observation["consent_answer"]["enum"]
    assert "home.hoarding" in observation["signals"]["items"]["enum"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_operation_says_who_may_ask_and_what_can_go_wrong(documents: dict[str, Json], name: str) -> None:
    for path, method, operation in operations(documents[name]):
        where = f"{method} {path}"
        told = set(operation["responses"])
        if "/api/" not in path:
            assert operation["security"] == [], where
            continue
        assert operation["security"] == [{"signIn": []}, {"program": []}], where
        assert told >= {"400", "401", "403", "422", "500", "503"}, where
        assert ("404" in told) >= ("{" in path), where
        assert ("409" in told) == (method != "get"), where
        assert ({"412", "428"} <= told) == any(parameter.get("name") == "If-Match" for parameter in operation["parameters"]), where


@pytest.mark.parametrize("name", SERVICES)
def test_a_client_learns_where_it_is_and_how_to_sign_in(documents: dict[str, Json], name: str) -> None:
    assert [server["url"] for server in documents[name]["servers"]] == ["http://127.0.0.1:8080"]
    way_in = documents[name]["components"]["securitySchemes"]["signIn"]
    assert (way_in["type"], way_in["in"], way_in["name"]) == ("apiKey", "cookie", "brobygger")
    assert "http://127.0.0.1:8080/intake/sign-in" in way_in["description"]


def test_a_change_names_its_version_and_is_told_the_next(documents: dict[str, Json]) -> None:
    step = documents["cases"]["paths"]["/cases/api/cases/{case_id}/triage"]["post"]
    [version] = [parameter for parameter in step["parameters"] if parameter.get("name") == "If-Match"]
    assert version["required"] is True
    assert "ETag" in step["responses"]["204"]["headers"]
