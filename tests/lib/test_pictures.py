import random
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from sendguide.lib.pictures import BadPicture, encode_picture
from tests import picture_files
from tests.picture_files import ACCEPTED, REFUSED, encoded, jpeg, photo

MOST = 50_000_000


def opened(content, width):
    picture = Image.open(BytesIO(encode_picture(BytesIO(content), max_pixels=MOST).files[width]))
    picture.load()
    return picture


@pytest.mark.parametrize("kind", [kind for kind in REFUSED if kind != "nothing"])
def test_file_that_is_no_whole_picture_is_refused_with_a_sentence(kind):
    _, content, words = REFUSED[kind]
    with pytest.raises(BadPicture) as refused:
        encode_picture(BytesIO(content), max_pixels=MOST)
    assert words in str(refused.value)


@pytest.mark.parametrize("kind", ACCEPTED)
def test_accepted_file_becomes_plain_webp(kind):
    _, content = ACCEPTED[kind]
    for width, file in encode_picture(BytesIO(content), max_pixels=MOST).files.items():
        picture = Image.open(BytesIO(file))
        assert (picture.format, picture.width, picture.n_frames) == ("WEBP", width, 1)
        assert not {"exif", "xmp", "icc_profile"} & set(picture.info)
        assert b"<script>" not in file
        assert b"Camera" not in file


@pytest.mark.parametrize(
    ("width", "widths"), [(1, [1]), (480, [480]), (481, [480, 481]), (1600, [480, 960, 1600]), (5000, [480, 960, 1600])]
)
def test_picture_comes_in_up_to_three_widths_and_never_wider_than_it_is(width, widths):
    found = encode_picture(BytesIO(jpeg(width, max(1, width // 2))), max_pixels=MOST)
    assert list(found.files) == widths
    assert found.height == max(1, round(widths[-1] * max(1, width // 2) / width))


def test_photo_of_a_phone_is_turned_upright():
    picture = opened(picture_files.phone_jpeg(), 48)
    assert picture.size == (48, 64)
    top, bottom = picture.convert("RGB").getpixel((24, 5)), picture.convert("RGB").getpixel((24, 60))
    assert top[0] > 200 > bottom[0]
    assert bottom[2] > 200 > top[2]


def test_photo_is_turned_before_its_width_is_measured():
    notes = Image.Exif()
    notes[0x0112] = 6
    found = encode_picture(BytesIO(jpeg(3200, 1000, exif=notes)), max_pixels=MOST)
    assert list(found.files) == [480, 960, 1000]
    assert found.height == 3200


def test_see_through_parts_stay():
    picture = opened(picture_files.palette_png(), 64)
    assert picture.mode == "RGBA"
    assert picture.getpixel((5, 5))[3] == 0
    assert picture.getpixel((60, 5))[3] == 255


def test_grey_of_sixteen_bits_keeps_its_strength():
    assert opened(picture_files.sixteen_bit_png(), 64).convert("L").getpixel((5, 5)) == pytest.approx(128, abs=3)


def test_cmyk_keeps_its_colours():
    red = opened(encoded(photo(mode="CMYK"), "JPEG"), 64).getpixel((10, 20))
    assert red[0] > 200 > red[1]


@pytest.mark.parametrize(
    "profile",
    [ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), b"broken"],
    ids=["sRGB", "broken"],  # the first holds the second at which it was made
)
def test_colour_profile_is_applied_or_ignored_and_never_kept(profile):
    picture = opened(jpeg(icc_profile=profile), 64)
    assert "icc_profile" not in picture.info
    assert picture.getpixel((10, 20))[0] > 200


def test_limit_on_pixels_is_named():
    with pytest.raises(BadPicture, match=r"This picture has 64 × 48 pixels\. Make it smaller"):
        encode_picture(BytesIO(jpeg()), max_pixels=3071)
    assert encode_picture(BytesIO(jpeg()), max_pixels=3072).height == 48


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow remarks on broken notes inside the file
def test_damaged_bytes_never_break_the_encoder():
    """What is spoilt at random is accepted or refused; nothing else comes out."""
    chance = random.Random(1)
    kinds = [picture_files.phone_jpeg(), picture_files.palette_png(), picture_files.animated_webp()]
    outcomes = set()
    for content in kinds * 60:
        spoilt = bytearray(content)
        for _ in range(chance.choice([1, 2, 8])):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        try:
            encode_picture(BytesIO(bytes(spoilt)), max_pixels=1_000_000)
            outcomes.add("accepted")
        except BadPicture:
            outcomes.add("refused")
    assert outcomes == {"accepted", "refused"}
