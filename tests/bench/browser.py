"""From a click to the first card, and to an open form, in headless Chromium."""

import itertools
import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import websocket
from pages import sign_in
from served import Served
from server import say
from structure import get_user
from timing import Case, interleave, report

from odoo.fields import Command

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
ROUNDS = 15
BOARD, FORM = "Browser: from the click to the first card", "Browser: opening a form"
OURS, PEER = "my inbox, a work item", "project, a task"
INBOX = "sajad_base.sajad_task_action"
PROJECT = "project.act_project_project_2_project_task_all"
# a form of two fields and no messages: what the web client itself takes
TAG = "project, a tag"
OPEN_TAG = """odoo.__WOWL_DEBUG__.root.env.services.action.doAction({
    type: 'ir.actions.act_window', res_model: 'project.tags', res_id: %s,
    views: [[false, 'form']],
})"""

# what is shown already does not count; then each picture of the screen is looked at
TIME = """
(async () => {
  for (const old of document.querySelectorAll(".o_action")) old.dataset.old = "1";
  const found = () => document.querySelector(".o_action:not([data-old]) %(wanted)s");
  const start = performance.now();
  %(act)s;
  while (!found()) {
    if (performance.now() - start > 60000) throw new Error("nothing appeared");
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - start;
})()
"""
OPEN = (
    "odoo.__WOWL_DEBUG__.root.env.services.action"
    ".doAction(%s, {clearBreadcrumbs: true, viewType: 'kanban'%s})"
)
CARD = ".o_kanban_record:not(.o_kanban_ghost)"
CLICK = f'document.querySelector("{CARD}").click()'
SHEET = ".o_form_renderer"


def find_chromium():
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """Headless Chromium, driven over its debugging port."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="bench-chromium")
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        flags += ["--remote-debugging-port=0", "--remote-allow-origins=*"]
        flags += [f"--user-data-dir={self.folder}", "--window-size=1366,900"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(
            [find_chromium(), *flags, "about:blank"], **quiet
        )
        self.numbers = itertools.count(1)
        page = self._find_page()
        self.socket = websocket.create_connection(page, timeout=120)
        return self

    def __exit__(self, *_details):
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _find_page(self):
        told = Path(self.folder, "DevToolsActivePort")
        for _tenth in range(300):
            if told.exists() and (lines := told.read_text().split()):
                url = f"http://127.0.0.1:{lines[0]}/json/list"
                with urllib.request.urlopen(url) as answer:
                    for target in json.load(answer):
                        # Chromium's own bubbles are pages, too, and never drawn
                        if target["url"] == "about:blank":
                            return target["webSocketDebuggerUrl"]
            time.sleep(0.1)
        raise SystemExit("Chromium does not answer.")

    def send(self, method, **params):
        """Return what Chromium answers to a command."""
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": params}
        self.socket.send(json.dumps(message))
        while (answer := json.loads(self.socket.recv())).get("id") != number:
            pass
        return answer.get("result", answer)

    def run(self, script):
        """Return the value of a script, awaited."""
        result = self.send(
            "Runtime.evaluate",
            expression=script,
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in result:
            raise SystemExit(json.dumps(result["exceptionDetails"])[:1000])
        return result["result"].get("value")


class Click(Case):
    """From an action in the web client to what appears."""

    def __init__(self, name, env, browser, act, wanted, before=None):
        super().__init__(name, env, None)
        self.browser = browser
        self.script = TIME % {"act": act, "wanted": wanted}
        self.before = before

    def measure(self):
        """Return (seconds, no queries)."""
        if self.before:
            self.browser.run(self.before)
        return self.browser.run(self.script) / 1000, 0


def measure_browser(env, config, rounds=ROUNDS):
    """Print how long the screens take in the browser, beside Odoo's own board."""
    if "project.task" not in env or not find_chromium():
        say("The browser needs Chromium, and project as the peer: not measured.")
        return
    user = get_user(env, "big")
    user.group_ids = [Command.link(env.ref("project.group_project_user").id)]
    cards = count_cards(env(user=user))
    project = make_project(env, user, cards)
    tag = OPEN_TAG % make_tag(env).id
    session = sign_in(env, user)
    env.cr.commit()
    with Served(config, env.cr.dbname) as served, Browser() as browser:
        browser.send(
            "Network.setCookie", name="session_id", value=session, url=served.url
        )
        browser.send("Page.bringToFront")
        browser.send("Page.navigate", url=f"{served.url}/odoo")
        wait_for_client(browser)
        say(f"{cards} cards on both boards, {rounds} rounds")
        more = f", additionalContext: {{active_id: {project.id}}}"
        inbox = OPEN % (json.dumps(INBOX), "")
        peer = OPEN % (json.dumps(PROJECT), more)
        boards = [
            Click(OURS, env, browser, inbox, CARD),
            Click(PEER, env, browser, peer, CARD),
        ]
        forms = [
            Click(case.name, env, browser, CLICK, SHEET, before=case.script)
            for case in boards
        ]
        before = boards[1].script
        forms.insert(1, Click(TAG, env, browser, tag, SHEET, before=before))
        for title, cases in ((BOARD, boards), (FORM, forms)):
            interleave(cases, rounds)
            for line in report(title, cases, cases[-1]):
                say(line)


def wait_for_client(browser):
    ready = "!!(window.odoo?.__WOWL_DEBUG__?.root?.env?.services?.action)"
    for _tenth in range(1200):
        if browser.run(ready):
            return
        time.sleep(0.1)
    raise SystemExit("The web client does not start.")


def count_cards(env):
    """Return how many cards the inbox shows at once: 80 in each column at most."""
    Task = env["sajad.task"]
    domain = [("is_in_own_cartable", "=", True), ("is_of_today", "=", True)]
    return min(Task.search_count(domain, limit=80), 80)


def make_tag(env):
    tags = env["project.tags"]
    return tags.search([], limit=1) or tags.create({"name": "Tag"})


def make_project(env, user, cards):
    """Return a project of the user with so many tasks in one column."""
    name = f"Board of {cards} cards"
    project = env["project.project"].search([("name", "=", name)], limit=1)
    if not project:
        stage = env["project.task.type"].create({"name": name})
        values = {"name": name, "user_id": user.id, "type_ids": stage.ids}
        project = env["project.project"].create(values)
        env["project.task"].create(
            [
                {
                    "name": f"Task {number}",
                    "project_id": project.id,
                    "stage_id": stage.id,
                    "user_ids": user.ids,
                }
                for number in range(cards)
            ]
        )
    return project
