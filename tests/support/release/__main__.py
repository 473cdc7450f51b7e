"""`make release-data`: let the code that is here live through the story, and keep the data it leaves for the releases after it."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import tomllib
from pathlib import Path

from shared.ground.logs import write_logs
from tests.support.installation import installation
from tests.support.kafka import running_broker
from tests.support.postgres import running_postgres
from tests.support.release.dump import MASTER_KEY, RELEASES, Release
from tests.support.release.story import LAST, Story
from tests.support.release.texts import CONTRACTS, TODAY, keep

PROJECT = Path(__file__).parents[3] / "pyproject.toml"


async def leave(release: Release) -> None:
    """Play the story on servers of its own, and write down what is in them at the end."""
    with tempfile.TemporaryDirectory(prefix="brobygger-release-") as made:
        folder = Path(made)
        async with running_postgres() as postgres, running_broker("embedded") as broker, installation(postgres, broker, folder) as place:
            story = Story(place)
            await story.happens()
            settings = place.services["cases"].settings
            assert settings.owner_vault_url is not None
            urls = {**place.owner_urls, "vault": settings.owner_vault_url.get_secret_value()}
            await release.write(urls, master_key=folder / MASTER_KEY, staff_file=settings.staff_file, left_at=LAST, requests=story.requests)


def main() -> None:
    """Write the data of the version in pyproject.toml, and keep the demo's texts where they are new."""
    version = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"]
    release = Release(RELEASES / version)
    if release.directory.exists():
        raise SystemExit(f"{release.directory} is there: what a release left is never written again. Is the version in {PROJECT.name} new?")
    write_logs(level="error")
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # that the broker goes is part of the story
    asyncio.run(leave(release))
    for kind, text in TODAY.items():
        keep(text, CONTRACTS / kind, version=version)
    kilobytes = sum(file.stat().st_size for file in release.directory.iterdir()) // 1000
    print(f"{release.directory}: {kilobytes} kB. Now: .venv/bin/pytest tests/contracts/test_releases.py")


if __name__ == "__main__":
    main()
