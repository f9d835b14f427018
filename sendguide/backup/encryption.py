"""Backups that only the holder of a key can read, through `age` (https://age-encryption.org)."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sendguide.backup.refused import Refused

FIRST_BYTES = b"age-encryption.org/"


def is_encrypted(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(FIRST_BYTES)) == FIRST_BYTES


@contextmanager
def encrypted(out: BinaryIO, recipients: Sequence[str]) -> Iterator[BinaryIO]:
    """What the block writes comes to ``out`` so that only ``recipients`` (age1…, ssh-ed25519 …) can read it."""
    if not recipients:
        yield out
        return
    command = [_age(), *(f"--recipient={each}" for each in recipients)]
    with tempfile.TemporaryFile() as said:
        age = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=said)  # noqa: S603
        assert age.stdin is not None  # noqa: S101 - for the type checker
        try:
            # Broken pipes are not told: it says itself why it ended.
            with suppress(BrokenPipeError):
                yield age.stdin  # type: ignore[misc]  # a file of bytes by another name
            with suppress(BrokenPipeError):
                age.stdin.close()
            ended = age.wait()
        except BaseException:
            # Not the end of its input: what it would write then looks whole.
            age.kill()
            age.wait()
            raise
        if ended:
            raise Refused(f"age did not encrypt the backup: {_reason(said)}")


@contextmanager
def decrypted(path: Path, identity: Path | None) -> Iterator[BinaryIO]:
    """The backup as it was before it was encrypted, if it was. ``identity`` is the file with the secret key."""
    if not is_encrypted(path):
        with path.open("rb") as file:
            yield file
        return
    if identity is None:
        raise Refused("This backup is encrypted: name the file with its secret key with --identity.")
    with tempfile.TemporaryFile() as said:
        command = [_age(), "--decrypt", f"--identity={identity}", str(path.absolute())]
        age = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said)  # noqa: S603
        assert age.stdout is not None  # noqa: S101 - for the type checker
        try:
            yield age.stdout  # type: ignore[misc]  # a file of bytes by another name
        except Refused:
            # If age gave nothing, or less than all, the reason is its own.
            age.stdout.close()
            if age.wait() > 0 and (reason := _reason(said)):
                raise Refused(f"age did not decrypt the backup: {reason}") from None
            raise
        finally:
            age.stdout.close()
            age.wait()
        if age.returncode:
            raise Refused(f"age did not decrypt the backup: {_reason(said)}")


def _age() -> str:
    path = shutil.which("age")
    if path is None:
        raise Refused(
            "There is no age on this machine, which encrypts backups: install it (Debian and Ubuntu: apt install age). "
            "Nothing was changed."
        )
    return path


def _reason(said: BinaryIO) -> str:
    said.seek(0)
    lines = said.read().decode(errors="replace").splitlines()
    return next((line for line in lines if line.startswith("age: error:")), lines[0] if lines else "")
