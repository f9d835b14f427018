from pathlib import Path

import pytest

from tests.guides.content.folders import content


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A whole, faultless content folder."""
    return content(tmp_path / "content")
