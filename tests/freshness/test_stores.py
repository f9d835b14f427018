import socketserver
import threading
from uuid import uuid4

import pytest
from django.db import DatabaseError, InterfaceError, connection

from sendguide.freshness import generation, stores
from sendguide.freshness.models import Generation
from sendguide.freshness.redis_store import RedisStore
from sendguide.freshness.stores import Away, Believed, DatabaseStore, FileStore


def test_file_tells_every_change_to_everybody_who_looks(tmp_path):
    ours, theirs = (FileStore(tmp_path / "generation") for _ in range(2))
    seen = [theirs.read()]
    for _ in range(200):
        ours.renew()
        seen.append(theirs.read())
    assert len(set(seen)) == 201
    assert theirs.read() == seen[-1] == ours.read()


def test_file_that_cannot_be_looked_at_is_away(tmp_path):
    (tmp_path / "no folder").touch()
    with pytest.raises(Away):
        FileStore(tmp_path / "no folder" / "generation").read()


@pytest.mark.django_db
def test_database_tells_every_change(django_assert_num_queries):
    Generation.objects.all().delete()
    store = DatabaseStore()
    seen = [store.read()]
    for _ in range(3):
        store.renew()
        seen.append(store.read())
    assert len(set(seen)) == 4
    assert (seen[0], Generation.objects.count()) == ("", 1)
    with django_assert_num_queries(1):
        store.read()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [DatabaseError, InterfaceError])
def test_database_that_fails_is_away_and_its_connection_is_given_up(monkeypatch, error):
    def fail() -> str:
        raise error

    before = DatabaseStore().read()
    with monkeypatch.context() as broken:
        broken.setattr(Generation, "now", fail)
        with pytest.raises(Away):
            DatabaseStore().read()
    assert connection.connection is None
    assert DatabaseStore().read() == before


@pytest.mark.django_db
def test_reading_leaves_a_transaction_alone():
    Generation.renew("kept")
    assert (DatabaseStore().read(), Generation.objects.get().token) == ("kept", "kept")


class Elsewhere:
    """A store that says how often it was asked, and may be away."""

    def __init__(self) -> None:
        self.found, self.asked, self.is_away = "first", 0, False

    def read(self) -> str:
        self.asked += 1
        if self.is_away:
            raise Away
        return self.found

    def renew(self) -> None:
        self.found = uuid4().hex


@pytest.fixture
def seconds(monkeypatch):
    """What the clock says, in a list of one."""
    now = [100.0]
    monkeypatch.setattr(stores, "monotonic", lambda: now[0])
    return now


def test_what_was_read_is_believed_for_a_quarter_of_a_second(seconds):
    elsewhere = Elsewhere()
    believed = Believed(elsewhere)
    first = believed.read()
    elsewhere.renew()
    seconds[0] += 0.24
    assert (believed.read(), elsewhere.asked) == (first, 1)
    seconds[0] += 0.01
    assert (believed.read() != first, elsewhere.asked) == (True, 2)


def test_file_on_this_machine_is_looked_at_sooner(seconds):
    elsewhere = Elsewhere()
    believed = Believed(elsewhere, stores.FILE_BELIEVED_SECONDS)
    first = believed.read()
    elsewhere.renew()
    assert (believed.read(), elsewhere.asked) == (first, 1)
    seconds[0] += 0.02
    assert (believed.read() != first, elsewhere.asked) == (True, 2)


def test_whoever_changes_something_sees_it_at_once(seconds):
    believed = Believed(Elsewhere())
    first = believed.read()
    believed.renew()
    assert believed.read() != first


def test_what_another_thread_changes_while_one_reads_is_not_missed(seconds):
    class Changing(Elsewhere):
        def read(self) -> str:
            found = super().read()
            if self.asked == 1:
                believed.renew()
            return found

    believed = Believed(Changing())
    first = believed.read()
    assert believed.read() != first


def test_store_that_is_away_is_asked_once_a_second_and_what_was_kept_is_never_true_again(seconds):
    elsewhere = Elsewhere()
    believed = Believed(elsewhere)
    first = believed.read()
    elsewhere.is_away = True
    seconds[0] += 1
    for _ in range(3):
        with pytest.raises(Away):
            believed.read()
    assert elsewhere.asked == 2
    elsewhere.is_away = False
    seconds[0] += 1
    assert believed.read() not in {first, elsewhere.found}


class Redis(socketserver.StreamRequestHandler):
    """As much of a Redis server as keeps one value."""

    values: dict[bytes, bytes] = {}

    def handle(self) -> None:
        while line := self.rfile.readline():
            words = []
            for _ in range(int(line[1:])):
                length = int(self.rfile.readline()[1:])
                words.append(self.rfile.read(length + 2)[:-2])
            self.wfile.write(self._answer(*words))

    def _answer(self, command: bytes, *words: bytes) -> bytes:
        if command == b"GET":
            value = self.values.get(words[0])
            return b"$-1\r\n" if value is None else b"$%d\r\n%s\r\n" % (len(value), value)
        if command == b"SET":
            self.values[words[0]] = words[1]
        return b"-ERR unknown command\r\n" if command == b"HELLO" else b"+OK\r\n"


@pytest.fixture
def redis():
    """Its address and how to stop it."""
    Redis.values = {}
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Redis) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def _store(server: socketserver.TCPServer) -> RedisStore:
    return RedisStore(f"redis://127.0.0.1:{server.server_address[1]}/0")


def test_redis_tells_every_change(redis):
    ours, theirs = _store(redis), _store(redis)
    seen = [theirs.read()]
    for _ in range(3):
        ours.renew()
        seen.append(theirs.read())
    assert len(set(seen)) == 4


def test_redis_that_forgot_everything_begins_anew_for_all(redis):
    ours, theirs = _store(redis), _store(redis)
    before = ours.read()
    assert theirs.read() == before
    Redis.values = {}
    after = theirs.read()
    assert after != before
    assert ours.read() == after


def test_redis_that_is_not_there_is_away_and_what_is_done_stays_done(monkeypatch, caplog, tmp_path):
    with socketserver.TCPServer(("127.0.0.1", 0), Redis) as gone:
        pass
    monkeypatch.setattr(generation, "store", lambda: Believed(_store(gone)))
    assert generation.current() is None
    generation.renew()
    said = "Pages may be old for up to a minute: their generation could not be renewed (see CACHE_URL)."
    assert [record.getMessage() for record in caplog.records] == [said]


@pytest.mark.parametrize(
    ("address", "kind", "seconds"),
    [("file", "FileStore", 0.02), ("database", "DatabaseStore", 0.25), ("redis://127.0.0.1:1/0", "RedisStore", 0.25)],
)
def test_settings_choose_where_the_generation_is_kept(settings, address, kind, seconds):
    settings.CACHE_URL = address
    generation.store.cache_clear()
    made = generation.store()
    generation.store.cache_clear()
    assert (type(made.store).__name__, made.seconds) == (kind, seconds)
