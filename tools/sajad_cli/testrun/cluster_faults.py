"""What is left after a part of the cluster was killed under work: a table."""

import base64
import contextlib
import os
import signal
import subprocess
import threading
import time

from ..ui import Problem
from . import mail_fault, promotion
from .approvals import LOST, Approvals
from .cluster_client import Person
from .fault_table import Row, table
from .spare import run_shell

OFFICER = ("cluster_officer", "cluster_officer")
ONE_BY_ONE = 24  # approvals during each fault
PATIENCE = 120
# what was cut off is looked for every five minutes; then there is work to do
RESUMED = 600


def check(part, cluster, tasks):
    """Let one part after the other fall; print what each cost."""
    faults = Faults(cluster, tasks)
    rows = []
    for name, fault in faults.all().items():
        try:
            row = fault(name)
        except LOST as problem:
            part.check(name, [repr(problem)])
            continue
        rows.append(row)
        part.check(name, row.wrong)
    for line in table(rows):
        part.tell(line)


class Faults:
    """The faults, one after the other, on one running cluster."""

    def __init__(self, cluster, tasks):
        self.cluster, self.tasks = cluster, list(tasks)
        self.programs = cluster.programs

    def all(self):
        """Each fault: what falls, and how it comes back."""
        primary, replica = self.cluster.primary, self.cluster.replica
        return {
            "kill -9 of a worker": self._while(self._kill_worker),
            "kill -9 of a node": self._while(
                self.programs["web1"].kill, self._starting("web1")
            ),
            "kill -9 of the replica": self._while(replica.kill, replica.start),
            "kill -9 of the primary": self._while(
                lambda: (primary.kill(), primary.start())
            ),
            "kill -9 of pgbouncer": self._while(
                lambda: (self.programs["pgbouncer"].kill(), self._pool_again())
            ),
            "kill -9 of the node of jobs": self._while(
                self.programs["work"].kill, self._starting("work")
            ),
            "kill -9 in a mass decision": self._mass_decision,
            "kill -9 between file and commit": self._file,
            "a request beyond its time": self._slow,
            "kill -9 of the mail server": lambda name: mail_fault.check(
                self.cluster, name
            ),
            # the last one: after it there is no replica
            "the replica instead of the primary": lambda name: promotion.check(
                self, name, ONE_BY_ONE
            ),
        }

    def person(self):
        """Somebody who decides, signed in at nginx."""
        return Person(self.cluster.port, "sajad", *OFFICER)

    # ------------------------------------------------------------
    # WHILE PEOPLE APPROVE
    # ------------------------------------------------------------

    def _while(self, fall, come_back=lambda: None):
        def fault(name):
            ids = [self.tasks.pop() for _number in range(ONE_BY_ONE)]
            approvals = Approvals(self.person, ids)
            with approvals:
                approvals.wait_for(ONE_BY_ONE // 4)
                before = len(approvals.acknowledged)
                fall()
                start = time.monotonic()
                approvals.wait_for(before + 1)
                seconds = time.monotonic() - start
                self._reports_answer()
                approvals.wait_for(ONE_BY_ONE * 3 // 4)
                come_back()
            acknowledged = list(approvals.acknowledged)
            self.again(set(ids) - set(acknowledged))
            lost, twice = self.judge(ids, acknowledged)
            count = len(acknowledged)
            return Row(name, count, approvals.refused, lost, twice, seconds)

        return fault

    def _reports_answer(self):
        """The figures are there whatever has fallen; from the primary, if need be."""
        self._try(lambda: self.person().call("sajad.report.request", "search", []))

    def again(self, ids):
        """Who got no answer tries again; what was done says so."""
        person = self._try(self.person)
        for task in ids:
            with contextlib.suppress(Problem):
                person.call("sajad.task", "action_approve", [task])

    def judge(self, ids, acknowledged):
        """Return how many of the acknowledged are lost, how many happened twice."""
        if not acknowledged:
            raise Problem("nothing was approved")
        done = set(self._ids("state = 'done'", ids))
        sql = f"""SELECT task_id FROM sajad_event WHERE kind = 'approved'
            AND task_id IN ({",".join(map(str, ids))})"""
        events = [int(x) for x in self.cluster.primary.query(sql).split()]
        lost = set(acknowledged) - (done & set(events))
        if missing := set(ids) - done:
            raise Problem(f"{len(missing)} could not be done afterwards")
        return len(lost), len(events) - len(set(events))

    def _ids(self, condition, ids):
        words = ",".join(map(str, ids))
        sql = f"SELECT id FROM sajad_task WHERE {condition} AND id IN ({words})"
        return [int(x) for x in self.cluster.primary.query(sql).split()]

    def _try(self, call):
        limit = time.monotonic() + PATIENCE
        while True:
            try:
                return call()
            except LOST:
                if time.monotonic() > limit:
                    raise
                time.sleep(0.3)

    def _starting(self, name):
        def come_back():
            self.programs[name].start()
            self.programs[name].wait()

        return come_back

    def _pool_again(self):
        self.programs["pgbouncer"].start()
        self.programs["pgbouncer"].wait()

    def _workers(self):
        """The processes of the nodes for people that answer them."""
        return {
            pid for name in ("web1", "web2") for pid in self.programs[name].children()
        }

    def _kill_worker(self):
        os.kill(self.programs["web1"].children()[0], signal.SIGKILL)

    # ------------------------------------------------------------
    # IN THE MIDDLE
    # ------------------------------------------------------------

    def _mass_decision(self, name):
        """Decisions in the background: killed within a part, and between two."""
        script = self.cluster.settings.project / "tests/cluster/decide.py"
        log, work = self.cluster.folder / "log/decide.log", self.programs["work"]
        with self._locked("sajad_event", "SHARE"):
            text = run_shell(self.cluster.odoo, script, log, "sajad")
            ids = [int(word) for word in text.rpartition("TASKS")[2].split()]
            self._wait(self._somebody_waits)
            work.kill()
        start = time.monotonic()
        self._starting("work")()
        self._wait(lambda: self._place() > 0, RESUMED)
        seconds = time.monotonic() - start
        work.kill()
        place = self._place()
        if place >= len(ids):
            raise Problem("the second kill met nothing")
        self._starting("work")()
        self._wait(lambda: self._place() >= len(ids), RESUMED)
        lost, twice = self.judge(ids, ids)
        return Row(name, len(ids), 0, lost, twice, seconds)

    def _somebody_waits(self):
        sql = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        return int(self.cluster.primary.query(sql)) > 0

    def _place(self):
        sql = "SELECT COALESCE(position, 0) FROM sajad_batch ORDER BY id DESC LIMIT 1"
        return int(self.cluster.primary.query(sql) or 0)

    def _wait(self, is_so, patience=PATIENCE):
        limit = time.monotonic() + patience
        while not is_so():
            if time.monotonic() > limit:
                raise Problem("it does not go on")
            time.sleep(0.05)

    def _file(self, name):
        """A letter whose file was written and never recorded; it is sent once more."""
        text, person, answers = os.urandom(25_000).hex(), self.person(), []
        done = [["state", "=", "done"]]
        (task,) = person.call(
            "sajad.task", "search_read", done, ["request_id"], limit=1
        )
        letter = (person, task["request_id"][0], text, answers)
        thread = threading.Thread(target=self._send, args=letter)
        store = self.cluster.data / "filestore"
        before = _count(store)
        # the file comes before the message
        with self._locked("mail_message", "SHARE"):
            thread.start()
            self._wait(lambda: _count(store) > before)
            for node in ("web1", "web2"):
                self.programs[node].kill()
            thread.join()
        start = time.monotonic()
        for node in ("web1", "web2"):
            self._starting(node)()
        found = self._try(lambda: self._find(person))
        seconds = time.monotonic() - start
        if answers or found:
            raise Problem(f"told {answers}, there are {found}")
        self._send(*letter)
        found = self._find(person)
        read = [base64.b64decode(record["datas"]).decode() for record in found]
        return Row(name, len(answers), 1, int(text not in read), len(read) - 1, seconds)

    def _find(self, person):
        named = [["name", "=", "cut.txt"]]
        return person.call("ir.attachment", "search_read", named, ["datas"])

    def _send(self, person, request, text, answers):
        with contextlib.suppress(*LOST):
            message = person.call(
                "sajad.request",
                "message_post",
                [request],
                body="a letter",
                attachments=[["cut.txt", text]],
            )
            answers.append(message)

    def _slow(self, name):
        """It costs one worker; the others go on, and nobody else notices."""
        person, other = self.person(), self.person()
        before, served = self._workers(), 0
        answers = []
        thread = threading.Thread(target=self._search, args=(person, answers))
        with self._locked("ir_filters", "ACCESS EXCLUSIVE"):
            start = time.monotonic()
            thread.start()
            while thread.is_alive():
                other.call("sajad.task", "search_count", [])
                served += 1
                time.sleep(0.2)
            seconds = time.monotonic() - start
        if answers:
            raise Problem("the slow request was answered")
        self._wait(lambda: len(self._workers()) == len(before))
        if len(before - self._workers()) != 1:
            raise Problem(f"it cost {len(before - self._workers())} processes")
        return Row(name, served, 1, 0, 0, seconds)

    def _search(self, person, answers):
        with contextlib.suppress(*LOST):
            answers.append(person.call("ir.filters", "search_count", []))

    @contextlib.contextmanager
    def _locked(self, table, mode):
        """Hold a table, so that whoever asks for it waits."""
        server = self.cluster.primary
        sql = f"BEGIN; LOCK TABLE {table} IN {mode} MODE; SELECT pg_sleep(300)"
        argv = server.client("psql", "-Xq", "-d", "sajad", "-c", sql)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        env, drop = server.binaries.environment, self.cluster.settings.drop
        with subprocess.Popen(argv, env=env, cwd="/", **quiet, **drop):
            self._wait(self._holders)
            try:
                yield
            finally:
                for pid in self._holders():
                    server.query(f"SELECT pg_terminate_backend({pid})")

    def _holders(self):
        sql = "SELECT pid FROM pg_stat_activity WHERE query ~ '^BEGIN; LOCK'"
        return self.cluster.primary.query(f"{sql} AND wait_event = 'PgSleep'").split()


def _count(folder):
    return sum(path.is_file() for path in folder.rglob("*"))
