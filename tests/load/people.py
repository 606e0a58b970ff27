"""What people do on the last day of a call, for Locust. Started by ./sajad load."""

import base64
import itertools
import json
import os
import random
import re
import time
from pathlib import Path

from locust import HttpUser, LoadTestShape, constant, events, task
from locust.exception import StopUser

STUDENTS = int(os.environ["LOAD_STUDENTS"])
EXPERTS = int(os.environ["LOAD_EXPERTS"])
SECONDS = int(os.environ["LOAD_SECONDS"])
ARRIVALS = float(os.environ["LOAD_ARRIVALS"])  # people a second in the peak
PASSWORD = os.environ["LOAD_PASSWORD"]
# seconds of each turn with imports and reports, and then without them
TURN = 25
BARE = os.environ["LOAD_BARE"]  # a node: a route that does nothing, in the same run
POINTS = (0.5, 0.95, 0.99)
THINK = (2, 8)  # seconds between two clicks
ALONE = 3  # who asks the bare route, the registrar, the auditor
ROWS = 2000  # of a list that is imported
A_PAPER = ("search_key", "ilike", "100012345")  # by the number of a student
START = time.time()


def is_busy_turn():
    """Whether imports and reports run now; both turns take the same seconds."""
    return int((time.time() - START) / TURN) % 2 == 1


def get_turn():
    """What is added to the name of a decision, and of what it is compared with."""
    return "with imports and reports" if is_busy_turn() else "without"


def make_pdf():
    """A page of paper that a reader opens."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    text, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj{body}endobj\n"
    start, count = len(text), len(objects) + 1
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    text += f"xref\n0 {count}\n0000000000 65535 f \n{rows}"
    text += f"trailer<</Root 1 0 R/Size {count}>>\nstartxref\n{start}\n%%EOF\n"
    return text.encode()


PDF = make_pdf()
students, experts = itertools.count(), itertools.count()


class Crowd(LoadTestShape):
    """People come at a rate, whatever the server answers: slowly, then all at once."""

    def tick(self):
        seconds = self.get_run_time()
        if seconds > SECONDS:
            return None
        early, late = min(seconds, SECONDS / 3), max(seconds - SECONDS / 3, 0)
        come = ARRIVALS * (early / 4 + late)
        return int(come) + EXPERTS + ALONE, max(ARRIVALS, 1)


class Person(HttpUser):
    """Somebody with a browser."""

    abstract = True
    host = os.environ["LOAD_HOST"]

    def on_start(self):
        self.client.verify = False
        self.wait_time = constant(0)

    def think(self):
        time.sleep(random.uniform(*THINK))

    def get(self, path, name, expected=""):
        """Open a page; a page of nginx or a sign-in form is an error."""
        with self.client.get(path, name=name, catch_response=True) as reply:
            if reply.status_code != 200:
                reply.failure(f"HTTP {reply.status_code}")
            elif expected and expected not in reply.text:
                reply.failure("another page")
            return reply

    def sign_in(self, login, name):
        """Sign in by the form."""
        page = self.get("/web/login", f"{name}: open the sign-in form")
        while page.status_code != 200:
            # the page of nginx loads itself again
            time.sleep(15)
            page = self.get("/web/login", f"{name}: open the sign-in form")
        values = {
            "login": login,
            "password": PASSWORD,
            "csrf_token": get_token(page.text),
        }
        with self.client.post(
            "/web/login",
            values,
            name=f"{name}: sign in",
            catch_response=True,
            allow_redirects=False,
        ) as reply:
            if reply.status_code != 303:
                reply.failure(f"HTTP {reply.status_code}")
                raise StopUser

    def call(self, name, model, method, *args, **kwargs):
        """Call a method as the web client does."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        path = f"/web/dataset/call_kw/{model}/{method}"
        with self.client.post(
            path, json={"params": params}, name=name, catch_response=True
        ) as reply:
            if reply.status_code != 200:
                reply.failure(f"HTTP {reply.status_code}")
                return None
            answer = reply.json()
            if "error" in answer:
                reply.failure(answer["error"]["data"]["message"][:80])
            return answer.get("result")


def get_token(text):
    """The token of a form."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text) or re.search(
        r'csrf_token: "([^"]+)"', text
    )
    return found[1] if found else ""


class Student(Person):
    """Signs in, looks around, applies with a file (clicking twice), looks, pays."""

    weight = 1

    @task
    def whole_visit(self):
        number = next(students)
        if number >= STUDENTS:
            raise StopUser
        self.sign_in(f"load_student{number}", "student")
        self.think()
        self.get("/my", "student: portal home")
        self.think()
        self.get("/my/services", "student: catalogue")
        self.think()
        self.apply()
        self.think()
        self.get("/my/requests", "student: my requests")
        # somebody who does not believe it, and a second tab
        for _time in range(2):
            self.get("/my/requests", "student: my requests, again")
        self.think()
        self.pay()
        self.think()
        self.open_paper()
        while True:
            time.sleep(random.uniform(5, 15))
            self.get("/my/requests", "student: my requests, again")

    def apply(self):
        page = self.get("/my/services/load/apply", "student: form", "submit_token")
        token = re.search(r'name="submit_token"[^>]*value="([^"]+)"', page.text)
        if not token:
            return
        self.think()
        values = {
            "csrf_token": get_token(page.text),
            "submit_token": token[1],
            "note": "آخرین روز",
        }
        for click in ("send with a file", "send, second click"):
            with self.client.post(
                "/my/services/load/apply",
                values,
                files={"files": ("scan.pdf", PDF, "application/pdf")},
                name=f"student: {click}",
                catch_response=True,
                allow_redirects=False,
            ) as reply:
                if reply.status_code != 303:
                    said = re.findall(
                        r'class="(?:invalid-feedback|mb-0)[^>]*>([^<]+)', reply.text
                    )
                    reply.failure(f"HTTP {reply.status_code} {' '.join(said)[:80]}")

    def pay(self):
        page = self.get("/my/requests", "student: my requests, again")
        for number in sorted(set(re.findall(r"/my/requests/(\d+)", page.text))):
            reply = self.get(f"/my/requests/{number}", "student: one request")
            if f"/my/requests/{number}/pay" in reply.text:
                self.think()
                self.get(f"/my/requests/{number}/pay", "student: page of payment")

    def open_paper(self):
        """See what the dossier lacks, and open a paper of it: nginx sends the file."""
        page = self.get("/my/dossiers", "student: my dossier")
        for path in re.findall(r"/my/dossiers/\d+/items/\d+", page.text):
            page = self.get(path, "student: one document")
            if found := re.search(r"/sajad/dossier/file/\d+", page.text):
                self.think()
                self.get(found[0], "student: its file", "%PDF")
                return


class Expert(Person):
    """Works off the inbox: one by one, and several at once."""

    fixed_count = EXPERTS

    @task
    def work(self):
        number = next(experts)
        if number >= EXPERTS:
            raise StopUser
        self.sign_in(f"load_expert{number}", "expert")
        while True:
            self.decide(number)

    def decide(self, number):
        found = self.call(
            "expert: inbox",
            "sajad.task",
            "web_search_read",
            domain=[["state", "=", "ready"]],
            specification={"display_name": {}, "state": {}},
            limit=80,
        )
        ids = [record["id"] for record in (found or {}).get("records", [])]
        # two experts rarely take the same
        mine = [n for n in ids if n % EXPERTS == number]
        if not mine:
            time.sleep(3)
            return
        self.think()
        # the same decision, told apart by what runs beside it
        self.call(
            f"expert: approve one, {get_turn()}",
            "sajad.task",
            "action_approve",
            mine[:1],
        )
        self.think()
        if len(mine) > 10:
            self.call("expert: approve ten", "sajad.task", "action_approve", mine[1:11])
        self.think()


class Registrar(Person):
    """Imports one list of students after the other, in every second turn."""

    fixed_count = 1

    @task
    def work(self):
        self.sign_in("load_registrar0", "registrar")
        found = self.call(
            "registrar: university",
            "sajad.university",
            "search",
            [["code", "=", "LOAD"]],
        )
        for number in itertools.count():
            while not is_busy_turn():
                time.sleep(1)
            self.import_list(number, (found or [False])[0])

    def import_list(self, number, university_id):
        Import = "sajad.student.import"
        rows = "".join(f"8{number:03}{n:05};زهرا;کریمی;F\n" for n in range(ROWS))
        content = f"شماره دانشجویی;نام;نام خانوادگی;دانشکده\n{rows}".encode()
        values = {
            "file": base64.b64encode(content).decode(),
            "file_name": "list.csv",
            "university_id": university_id,
        }
        record = self.call("registrar: send a list", Import, "create", values)
        if not record:
            time.sleep(3)
            return
        self.call("registrar: examine 2,000 rows", Import, "action_check", [record])
        self.call("registrar: record them", Import, "action_import", [record])
        state = "running"
        while state == "running":
            time.sleep(2)
            read = self.call("registrar: how far", Import, "read", [record], ["state"])
            state = read[0]["state"] if read else "running"


class Auditor(Person):
    """Reads the figures of the country again and again, in every second turn."""

    fixed_count = 1

    @task
    def work(self):
        self.sign_in("load_auditor0", "auditor")
        while True:
            if is_busy_turn():
                self.read_reports()
            time.sleep(1)

    def read_reports(self):
        for model, by, measure in (
            ("sajad.report.request", "university_id", "duration_p50:avg"),
            ("sajad.report.open", "stage_id", "late:sum"),
            ("sajad.stat.day", "day:month", "decided:sum"),
        ):
            self.call(
                f"auditor: {model}",
                model,
                "formatted_read_group",
                [],
                groupby=[by],
                aggregates=["__count", measure],
            )
        shown = {"display_name": {}, "state": {}, "student_id": {}}
        for name, domain in (("documents", []), ("a document", [A_PAPER])):
            self.call(
                f"auditor: {name}",
                "sajad.dossier.document",
                "web_search_read",
                domain=domain,
                specification=shown,
                limit=80,
                count_limit=10_001,
            )
        self.call(
            "auditor: bottlenecks",
            "sajad.bottleneck",
            "web_search_read",
            domain=[],
            specification={"display_name": {}, "waiting": {}, "late": {}},
            limit=80,
        )


class Bare(Person):
    """What the same machine manages at most: a route that only knows who asks."""

    fixed_count = 1

    @task
    def ask(self):
        self.sign_in("load_expert0", "bare")
        path, body = f"{BARE}/web/session/get_session_info", json.dumps({"params": {}})
        # the cookie is for TLS alone, and a node speaks without
        cookie = f"session_id={self.client.cookies.get('session_id')}"
        headers = {"Content-Type": "application/json", "Cookie": cookie}
        while True:
            name = f"bare: who am I, {get_turn()}"
            self.client.post(path, body, headers=headers, name=name)
            time.sleep(1)


@events.quitting.add_listener
def keep(environment, **_kw):
    """Write down what each step took, in milliseconds, and what went wrong."""
    stats = environment.stats
    steps = {
        name: {
            "count": entry.num_requests,
            "errors": entry.num_failures,
            "points": [entry.get_response_time_percentile(p) or 0 for p in POINTS],
        }
        for (name, _method), entry in sorted(stats.entries.items())
    }
    errors = [f"{e.occurrences} × {e.name}: {e.error}" for e in stats.errors.values()]
    result = {"steps": steps, "errors": errors, "rate": stats.total.total_rps}
    Path(os.environ["LOAD_RESULT"]).write_text(json.dumps(result), encoding="utf-8")
