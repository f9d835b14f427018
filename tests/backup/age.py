"""The tool `age` for tests: the real one where it is installed, and always a stand-in that speaks like it."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

KINDS = ["stand-in", "real"] if shutil.which("age") and shutil.which("age-keygen") else ["stand-in"]
# No secret is kept by this: it only refuses what the real one refuses.
STAND_IN = f"""#!{sys.executable}
import hashlib, sys
def end(reason): sys.exit(f"age: error: {{reason}}")
told = [each.partition("=")[2] for each in sys.argv[1:] if "=" in each]
if "--decrypt" in sys.argv:
    word = open(told[0]).read().strip().removeprefix("AGE-SECRET-KEY-")
    with open(sys.argv[-1], "rb") as file:
        header, marks, body = file.readline(), file.readline().decode().split(), file.read()
    if word not in marks:
        end("no identity matched any of the recipients")
    body, mark = body[:-32], body[-32:]
    if hashlib.sha256(body).digest() != mark:
        end("failed to decrypt and authenticate payload chunk")
    sys.stdout.buffer.write(bytes(255 - each for each in body))
else:
    if not all(each.startswith("age1") for each in told):
        end("unknown recipient type")
    body = bytes(255 - each for each in sys.stdin.buffer.read())
    words = " ".join(each.removeprefix("age1") for each in told)
    sys.stdout.buffer.write(f"age-encryption.org/v1\\n{{words}}\\n".encode() + body + hashlib.sha256(body).digest())
"""


@dataclass(frozen=True, slots=True)
class Key:
    recipient: str
    identity: Path


def new_key(kind: str, folder: Path, name: str) -> Key:
    identity = folder / name
    if kind == "stand-in":
        identity.write_text(f"AGE-SECRET-KEY-{name}\n")
        return Key(f"age1{name}", identity)
    made = subprocess.run(["age-keygen", "-o", identity], capture_output=True, text=True, check=True)
    return Key(made.stderr.split()[-1], identity)


def program(folder: Path, script: str = STAND_IN, name: str = "age") -> Path:
    """A program of this name in a folder of its own, to be put first in PATH."""
    folder.mkdir()
    path = folder / name
    path.write_text(script)
    path.chmod(0o755)
    return folder
