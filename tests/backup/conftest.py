from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from tests import factories

# Before what the factories make begins, so that no personal detail is due to go.
NOW = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)


@pytest.fixture
def full_site(transactional_db: None, settings: Any, tmp_path: Path) -> Any:
    """A site with something of each kind, and uploads; gives the folder of these."""
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "data" / "media"
    pictures = settings.MEDIA_ROOT / "pictures"
    pictures.mkdir(parents=True)
    picture = factories.picture()
    for number, name in enumerate(picture.files):
        (settings.MEDIA_ROOT / name).write_bytes(bytes(range(256)) * (number + 3))
    (pictures / "empty.webp").write_bytes(b"")
    with time_machine.travel(NOW, tick=True):
        factories.staff(username="olive")
        factories.booking(about="Ünïcode ’quotes’ and \\ \n two lines")
        factories.sign_up()
        factories.queued_email(details={"a": [1, None]})
        factories.guide()
        yield settings.MEDIA_ROOT
