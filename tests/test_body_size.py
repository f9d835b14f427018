import pytest
from django.conf import settings

from tests import factories

MOST = settings.PICTURE_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.django_db
@pytest.mark.parametrize(("length", "status"), [(MOST, 405), (MOST + 1, 413), ("odd", 405), ("", 405)])
def test_request_larger_than_any_picture_is_refused_unread(client, length, status):
    response = client.generic("POST", factories.guide().get_absolute_url(), b"x", CONTENT_LENGTH=str(length))
    assert response.status_code == status
    if status == 413:
        assert response.content.decode().startswith("This is too large. A picture may have at most 15 MB.")
