import threading
from contextlib import contextmanager
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

from .common import SajadFactory

CLEAN_UP = """
ALTER TABLE sajad_event DISABLE TRIGGER USER;
DELETE FROM sajad_event WHERE request_id IN %(requests)s;
ALTER TABLE sajad_event ENABLE TRIGGER USER;
DELETE FROM sajad_notice WHERE request_id IN %(requests)s;
DELETE FROM sajad_task WHERE request_id IN %(requests)s;
DELETE FROM sajad_request WHERE id IN %(requests)s;
DELETE FROM sajad_scope WHERE process_id = %(process)s;
DELETE FROM sajad_register WHERE university_id IN (
    SELECT id FROM sajad_university WHERE code IN ('TU', 'OU'));
"""


class RaceCommon(SajadFactory, BaseCase):
    """Two transactions at one moment, with two real cursors."""

    # of the first office
    form = []

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.ids = {}
        # users and places once: a user is slow to delete
        cls.addClassCleanup(cls.clean_up_places)
        with cls.environment() as env:
            cls.env = env
            cls.setUpPlaces()
            cls.setUpUsers()
            cls.setUpStudents()
            cls.ids["student"] = cls.student.id
            cls.ids["second"] = cls.make_student("1002", cls.university).id
            cls.ids["officer"] = cls.user_officer.id
            cls.ids["user"] = cls.user_student.id

    def setUp(self):
        super().setUp()
        # The test runner holds the lock of registries; the other thread needs it.
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
        self.ids = dict(type(self).ids)
        with self.environment() as env:
            type(self).env = env
            process = self.make_process(
                "race",
                {
                    "left": {
                        "numbering": True,
                        "task_properties_definition": self.form,
                    },
                    "right": {},
                    "end": {"after": ["left", "right"]},
                },
                exclusive_group="race",
            )
            university = self.university.with_env(env)
            self.make_cartables(process, university, self.user_officer.with_env(env))
            self.ids["process"] = process.id
        self.addCleanup(self.clean_up)

    @classmethod
    @contextmanager
    def environment(cls):
        with cls.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, DISABLED_MAIL_CONTEXT)

    def clean_up(self):
        """Leave the database as it was: these rows were committed."""
        with self.environment() as env:
            process = env["sajad.process"].browse(self.ids["process"])
            requests = env["sajad.request"].search([("process_id", "=", process.id)])
            ids = {"requests": tuple(requests.ids) or (0,), "process": process.id}
            cartables = env["sajad.cartable"].search([("process_id", "=", process.id)])
            roles = process.stage_ids.role_id
            env.cr.execute(CLEAN_UP, ids)
            env.invalidate_all()
            env.cr.execute(
                "UPDATE sajad_flow SET state = 'draft' WHERE process_id = %s",
                [process.id],
            )
            cartables.member_ids.unlink()
            cartables.unlink()
            process.flow_ids.unlink()
            process.stage_ids.unlink()
            process.unlink()
            groups = roles.group_id
            roles.unlink()
            groups.unlink()

    @classmethod
    def clean_up_places(cls):
        with cls.environment() as env:
            codes = ("TU", "OU")
            universities = env["sajad.university"].search([("code", "in", codes)])
            students = env["sajad.student"].search(
                [("university_id", "in", universities.ids)]
            )
            students.unlink()
            universities.faculty_ids.unlink()
            universities.unlink()
            users = env["res.users"].search([("login", "=like", "t\\_%")])
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    def make_committed_request(self, student="student"):
        with self.environment() as env:
            type(self).env = env
            process = env["sajad.process"].browse(self.ids["process"])
            type(self).engine = env["sajad.engine"]
            student = env["sajad.student"].browse(self.ids[student])
            return self.make_request(process, student).id

    def race(self, first, second, user="officer"):
        """Run `second` while `first` is done and not yet committed.

        :return: what both returned, or the `UserError` of the loser
        """
        started = threading.Event()
        results = {}

        def work():
            with self.registry.cursor() as cr, mute_logger("odoo.sql_db"):
                env = api.Environment(cr, self.ids[user], {})

                def attempt():
                    # the snapshot is taken before the first transaction commits
                    cr.execute("SELECT 1 FROM sajad_request LIMIT 1")
                    started.set()
                    return second(env)

                try:
                    results["second"] = retrying(attempt, env)
                except UserError as error:
                    results["second"] = error

        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.ids[user], {})
            results["first"] = first(env)
            thread = threading.Thread(target=work)
            thread.start()
            started.wait(10)
            # let the second transaction run into the lock
            thread.join(0.5)
            cr.commit()  # pylint: disable=invalid-commit
        thread.join(30)
        self.assertFalse(thread.is_alive())
        return results

    def task_of(self, env, request_id, code):
        return env["sajad.task"].search(
            [
                ("request_id", "=", request_id),
                ("stage_id.code", "=", code),
                ("current", "=", True),
            ]
        )


@tagged("post_install", "-at_install")
class TestRace(RaceCommon):
    """What two people do at one moment happens once.

    Guards the lost join: two offices that finish the last two parallel steps at the
    same time must open the step after them exactly once.
    """

    def test_last_two_parallel_steps(self):
        request_id = self.make_committed_request()
        self.race(
            lambda env: self.task_of(env, request_id, "left").action_approve(),
            lambda env: self.task_of(env, request_id, "right").action_approve(),
        )
        with self.environment() as env:
            end = self.task_of(env, request_id, "end")
            self.assertEqual(end.state, "ready")
            self.assertEqual(end.pending_count, 0)
            opened = env["sajad.event"].search(
                [("task_id", "=", end.id), ("kind", "=", "ready")]
            )
            self.assertEqual(len(opened), 1)

    def test_two_registration_numbers(self):
        """The second secretariat waits, is tried again, and leaves no gap."""
        ids = [self.make_committed_request(), self.make_committed_request("second")]
        first, second = (
            lambda env, id_=id_: self.task_of(env, id_, "left").action_approve()
            for id_ in ids
        )
        attempts = []

        def counted(env):
            attempts.append(env.cr)
            return second(env)

        self.race(first, counted)
        self.assertEqual(len(attempts), 2)
        with self.environment() as env:
            requests = env["sajad.request"].browse(ids)
            numbers = [r.registration_number.split("/")[1] for r in requests]
            self.assertEqual(numbers, ["0001", "0002"])
            register = env["sajad.register"].search(
                [("university_id", "=", requests.university_id.id)]
            )
            self.assertEqual(register.last_number, 2)

    def test_approve_against_return(self):
        request_id = self.make_committed_request()
        results = self.race(
            lambda env: env["sajad.engine"]._return_to_student(
                self.task_of(env, request_id, "left"), "Sign it."
            ),
            lambda env: self.task_of(env, request_id, "left").action_approve(),
        )
        self.assertIsInstance(results["second"], UserError)
        with self.environment() as env:
            self.assertEqual(self.task_of(env, request_id, "left").state, "student")
            self.assertEqual(env["sajad.request"].browse(request_id).state, "returned")

    def test_double_submission(self):
        def submit(env):
            return (
                env["sajad.request"]
                ._portal_submit(
                    # the process is not readable for students
                    env["sajad.process"].sudo().browse(self.ids["process"]),
                    env["sajad.student"].sudo().browse(self.ids["student"]),
                    {"note": "once"},
                    "token-of-the-form",
                )
                .name
            )

        results = self.race(submit, submit, user="user")
        self.assertEqual(results["first"], results["second"])
        with self.environment() as env:
            found = env["sajad.request"].search(
                [("process_id", "=", self.ids["process"])]
            )
            self.assertEqual(len(found), 1)
            self.assertEqual(len(found.task_ids), 3)

    def test_approve_against_move_to_a_new_version(self):
        """The work of the last moment is decided on one version or the other."""
        request_id = self.make_committed_request()
        with self.environment() as env:
            process = env["sajad.process"].browse(self.ids["process"])
            flow = process.published_flow_id.copy()
            flow.action_publish()
        results = self.race(
            lambda env: self.task_of(env, request_id, "left").action_approve(),
            lambda env: env["sajad.engine"]._migrate(
                env["sajad.request"].browse(request_id),
                env["sajad.flow"].browse(flow.id),
            ),
        )
        self.assertFalse([move.problem for move in results["second"].values()][0])
        with self.environment() as env:
            request = env["sajad.request"].browse(request_id)
            self.assertEqual(request.flow_id.id, flow.id)
            self.assertEqual(request.task_ids.step_id.flow_id.id, flow.id)
            self.assertEqual(self.task_of(env, request_id, "left").state, "done")
            end = self.task_of(env, request_id, "end")
            self.assertEqual(end.pending_count, 1)
            self.task_of(env, request_id, "right").with_user(
                self.ids["officer"]
            ).action_approve()
            self.assertEqual(self.task_of(env, request_id, "end").state, "ready")
