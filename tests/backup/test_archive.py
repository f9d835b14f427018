"""The file itself: whole, or refused, whichever byte is another one."""

import io
import json
import subprocess
import tarfile

import pytest

from sendguide.backup.archive import ABOUT, DAMAGED, NO_BACKUP, SEAL_LENGTH, About, unpack, written
from sendguide.backup.refused import Refused

TOLD = About("sqlite", "1.2", "2026-12-01T03:30:00+00:00", ["guides.0001_initial"], {"guides_guide": 14}, "mark")


def archive(**parts):
    out = io.BytesIO()
    with written(out, TOLD) as writer:
        for name, content in parts.items():
            writer.add(name.replace("__", "/"), io.BytesIO(content))
    return out.getvalue()


WHOLE = archive(database=b"rows" * 300, uploads__a=b"picture", uploads__b__c=b"")


def unpacked(content, folder):
    (folder / "uploads").mkdir(parents=True)
    return unpack(io.BytesIO(content), database=folder / "database", uploads=folder / "uploads")


def test_parts_come_out_as_they_went_in(tmp_path):
    assert unpacked(WHOLE, tmp_path) == TOLD
    assert (tmp_path / "database").read_bytes() == b"rows" * 300
    assert (tmp_path / "uploads" / "a").read_bytes() == b"picture"
    assert (tmp_path / "uploads" / "b" / "c").read_bytes() == b""


def test_tar_reads_it_and_the_last_line_is_the_checksum_of_the_rest(tmp_path):
    (tmp_path / "backup.tar").write_bytes(WHOLE)
    listed = subprocess.run(["tar", "tf", tmp_path / "backup.tar"], capture_output=True, text=True, check=True)
    names = ["about.json", "database", "uploads/a", "uploads/b/c", "parts.json"]
    assert (listed.stdout.split(), listed.stderr) == (names, "")
    command = f"head --bytes=-{SEAL_LENGTH} backup.tar | sha256sum"
    told = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert told.stdout.split()[0] == WHOLE.decode("latin-1").splitlines()[-1][-64:]


# Every 97th, which comes by every part, header and filling, and the last ones.
@pytest.mark.parametrize(
    "place", sorted({*range(0, len(WHOLE), 97), *range(len(WHOLE) - 66, len(WHOLE), 13), len(WHOLE) - 1})
)
def test_one_changed_byte_anywhere_is_refused(place, tmp_path):
    spoilt = bytearray(WHOLE)
    spoilt[place] ^= 1
    with pytest.raises(Refused):
        unpacked(bytes(spoilt), tmp_path)


@pytest.mark.parametrize("length", sorted({*range(0, len(WHOLE), 211), len(WHOLE) - 65, len(WHOLE) - 1}))
def test_cut_short_anywhere_is_refused(length, tmp_path):
    with pytest.raises(Refused):
        unpacked(WHOLE[:length], tmp_path)


def test_something_behind_the_end_is_refused(tmp_path):
    with pytest.raises(Refused, match="damaged"):
        unpacked(WHOLE + b"more", tmp_path)


def test_damage_is_called_so(tmp_path):
    spoilt = WHOLE.replace(b"picture", b"pixture")
    with pytest.raises(Refused) as refused:
        unpacked(spoilt, tmp_path)
    assert str(refused.value) == DAMAGED.format("its checksum is another one, or its end is missing")


def other_tar(name, content=b"x", kind=tarfile.REGTYPE):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        entry = tarfile.TarInfo(name)
        entry.size, entry.type, entry.linkname = len(content), kind, "/etc/passwd"
        tar.addfile(entry, io.BytesIO(content))
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"SQLite format 3\0" * 100, other_tar("letter.txt"), other_tar(ABOUT, b"", tarfile.SYMTYPE)],
    ids=["nothing", "text", "database", "tar", "link"],
)
def test_any_other_file_is_no_backup(content, tmp_path):
    with pytest.raises(Refused) as refused:
        unpacked(content, tmp_path)
    assert str(refused.value) == NO_BACKUP


@pytest.mark.parametrize("name", ["uploads__..__..__out", "__etc__passwd", "uploads", "other", "uploads__..__database"])
def test_nothing_is_written_outside_of_its_place(name, tmp_path):
    """Also if somebody has made the file, seal and all."""
    with pytest.raises(Refused):
        unpacked(archive(**{name: b"x"}), tmp_path / "in" / "there")
    assert {path.name for path in tmp_path.rglob("*")} == {"in", "there", "uploads"}


def test_newer_make_of_file_is_refused_in_words(tmp_path):
    told = json.dumps({"format": 2}).encode()
    with pytest.raises(Refused, match=r"of another make \(2; this version of the site reads 1\)"):
        unpacked(other_tar(ABOUT, told), tmp_path)


def test_block_that_fails_makes_no_whole_file(tmp_path):
    out = io.BytesIO()

    def fail():
        with written(out, TOLD) as writer:
            writer.add("database", io.BytesIO(b"rows"))
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - ours
        fail()
    with pytest.raises(Refused):
        unpacked(out.getvalue(), tmp_path)
