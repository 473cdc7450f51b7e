"""Whether Docker is there for the tests, and has the images they would need."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess

RYUK = "testcontainers/ryuk:0.8.1"


@functools.cache
def docker_has(image: str) -> bool:
    """Docker answers and has this image; nothing is pulled, for a pull may take longer than the tests."""
    docker = shutil.which("docker")
    if docker is None or os.environ.get("BROBYGGER_TEST_DOCKER") == "no":
        return False
    try:
        seen = subprocess.run([docker, "image", "inspect", image], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return seen.returncode == 0


def settle_testcontainers() -> None:
    """Without the image of its reaper, testcontainers would try to pull it; we remove our containers ourselves."""
    if not docker_has(RYUK):
        from testcontainers.core.config import testcontainers_config

        testcontainers_config.ryuk_disabled = True
