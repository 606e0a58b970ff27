from odoo.fields import Command

from odoo.addons.base.tests.common import BaseCommon

from ..tools.file_reader import close_idle
from .replay import Replay

PORTAL = "base.group_portal"
OFFICER = "sajad_base.group_sajad_officer"
# a service for staff alone
STAFF = {"for_student": False, "for_graduate": False, "for_staff": True}


class SajadFactory:
    """Makes users, universities, processes and requests in `cls.env`."""

    @classmethod
    def setUpPlaces(cls):
        cls.organization = cls.env.ref("sajad_base.sajad_university_organization")
        cls.university = cls.make_university("Test University", "TU")
        cls.other_university = cls.make_university("Other University", "OU")
        cls.faculty = cls.university.faculty_ids
        cls.other_faculty = cls.other_university.faculty_ids

    @classmethod
    def setUpStudents(cls):
        cls.student = cls.make_student("1001", cls.university, cls.user_student)
        cls.other_student = cls.make_student(
            "2001", cls.other_university, cls.user_other_student
        )

    @classmethod
    def setUpUsers(cls):
        users = cls.make_users(
            {
                "student": PORTAL,
                "other_student": PORTAL,
                "officer": OFFICER,
                "stranger": OFFICER,
                "supervisor": OFFICER,
                "liaison": "sajad_base.group_sajad_liaison",
                "auditor": "sajad_base.group_sajad_auditor",
                "organization": "sajad_base.group_sajad_organization",
                "admin": "sajad_base.group_sajad_admin",
            }
        )
        for name, user in users.items():
            setattr(cls, f"user_{name}", user)
        cls.university.liaison_ids = cls.user_liaison

    @classmethod
    def make_users(cls, groups):
        """Create users at once, which costs a third of one by one.

        :param groups: {name: xmlid of the group}
        :return: {name: user}, whose login is the name behind "t_"
        """
        logins = {name: f"t_{name}" for name in groups}
        users = cls.env["res.users"].create(
            [cls._prepare_user(logins[name], group) for name, group in groups.items()]
        )
        return dict(zip(groups, users, strict=True))

    @classmethod
    def make_user(cls, login, groups):
        return cls.env["res.users"].create(cls._prepare_user(login, groups))

    @classmethod
    def _prepare_user(cls, login, groups):
        return {
            "login": login,
            "name": login,
            "email": "t.t@example.com",
            "password": login.ljust(8, "x"),
            "lang": "en_US",
            "group_ids": [
                Command.set([cls.env.ref(group).id for group in groups.split(",")])
            ],
        }

    @classmethod
    def make_university(cls, name, code):
        return cls.env["sajad.university"].create(
            {
                "name": name,
                "code": code,
                "faculty_ids": [Command.create({"name": f"{name} F", "code": "F"})],
            }
        )

    @classmethod
    def make_student(cls, number, university, user=None, **values):
        partner = (
            user.partner_id
            if user
            else cls.env["res.partner"].create({"name": f"Student {number}"})
        )
        return cls.env["sajad.student"].create(
            {
                "partner_id": partner.id,
                "student_number": number,
                "university_id": university.id,
                "faculty_id": university.faculty_ids[:1].id,
                **values,
            }
        )

    @classmethod
    def make_institution(cls, code, user, university=None, **values):
        """Create an institution with `user` as its named member."""
        return cls.env["sajad.institution"].create(
            {
                "name": f"Institution {code}",
                "code": code,
                "university_id": university.id if university else False,
                "member_ids": [Command.create({"user_id": user.id, **values})],
            }
        )

    @classmethod
    def make_role(cls, code, level="university"):
        return cls.env["sajad.role"].create(
            {"name": f"Role {code}", "code": code, "level": level}
        )

    @classmethod
    def make_process(cls, code, spec, publish=True, **values):
        """Create a process from `spec`: {stage code: {role, after, **step values}}.

        `after` is a list of stage codes; a role is made for each stage if none is
        given.
        """
        names = ("request_properties_definition", "required_properties")
        form = {name: values.pop(name) for name in names if name in values}
        process = cls.env["sajad.process"].create(
            {"name": f"Process {code}", "code": code, **values}
        )
        flow = cls.env["sajad.flow"].create({"process_id": process.id, **form})
        steps = {}
        for sequence, (name, options) in enumerate(spec.items()):
            values = dict(options)
            role = values.pop("role", None) or cls.make_role(f"{code}_{name}")
            after = values.pop("after", [])
            stage = cls.env["sajad.stage"].create(
                {
                    "name": f"Stage {name}",
                    "code": name,
                    "sequence": sequence,
                    "process_id": process.id,
                    "role_id": role.id,
                }
            )
            steps[name] = cls.env["sajad.flow.step"].create(
                {
                    "flow_id": flow.id,
                    "stage_id": stage.id,
                    "sequence": sequence,
                    "predecessor_ids": [Command.set([steps[n].id for n in after])],
                    **values,
                }
            )
        if publish:
            flow.action_publish()
        return process

    @classmethod
    def make_cartables(cls, process, university, user, **values):
        """Create the cartable of each stage's role, with `user` in charge."""
        return cls.env["sajad.cartable"].create(
            [
                cls._prepare_cartable(role, process, university, user, **values)
                for role in process.stage_ids.role_id
            ]
        )

    @classmethod
    def make_cartable(cls, role, process, university, user=None, **values):
        values = cls._prepare_cartable(role, process, university, user, **values)
        return cls.env["sajad.cartable"].create(values)

    @classmethod
    def make_offices(cls, users, process):
        """Create the cartable of each role at our university, at once.

        :param users: {role: who is in charge}
        """
        faculties = {"faculty": cls.faculty.id}
        return cls.env["sajad.cartable"].create(
            [
                cls._prepare_cartable(
                    role,
                    process,
                    cls.university,
                    user,
                    faculty_id=faculties.get(role.level, False),
                )
                for role, user in users.items()
            ]
        )

    @classmethod
    def _prepare_cartable(cls, role, process, university, user=None, **values):
        return {
            "role_id": role.id,
            "process_id": process.id,
            "university_id": university.id,
            "member_ids": [Command.create({"user_id": user.id})] if user else [],
            **values,
        }

    @classmethod
    def make_request(cls, process, requester=None, submit=True, **values):
        requester = requester or cls.student
        Request = cls.env["sajad.request"]
        request = Request.create(
            {
                "process_id": process.id,
                **requester._prepare_requester_vals(),
                "open_key": Request._get_open_key(process, requester),
                **values,
            }
        )
        if submit:
            cls.engine._submit(request)
        return request


class SajadCommon(SajadFactory, BaseCommon):
    """Two universities, an office per role, and a user of every kind.

    Tests never depend on demo data.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # no process that reads files outlives a test
        cls.addClassCleanup(close_idle)
        cls.engine = cls.env["sajad.engine"]
        cls.setUpPlaces()
        cls.setUpUsers()
        cls.setUpStudents()

    # ------------------------------------------------------------
    # SHORTHANDS AND ASSERTIONS
    # ------------------------------------------------------------

    def task(self, request, code, user=None):
        """Return the current work item of a stage, as `user` sees it."""
        task = request.sudo().task_ids.filtered(
            lambda t: t.current and t.stage_id.code == code
        )
        return task.with_user(user) if user else task

    def approve(self, request, *codes, user=None):
        for code in codes:
            self.task(request, code, user or self.user_officer).action_approve()

    def assertStates(self, request, **states):
        """Check the states of the current work items by stage code."""
        request.env.invalidate_all()
        found = {code: self.task(request, code).state for code in states}
        self.assertEqual(found, states)
        self.assertReplay(request)

    def assertReplay(self, request):
        """Check that history, folded, says what the work and the request say."""
        request.env.invalidate_all()
        request = request.sudo()
        # another version has other steps
        if "moved" in request.event_ids.mapped("kind"):
            return
        replay = Replay(request)
        self.assertEqual(
            {t.stage_id.code: replay.states[t] for t in replay.tasks if t.current},
            {t.stage_id.code: t.state for t in request.task_ids if t.current},
        )
        self.assertEqual(replay.state, request.state)

    def assertEvents(self, request, kinds):
        """Check the kinds of the history, in order."""
        request.env.invalidate_all()
        self.assertEqual(request.event_ids.mapped("kind"), kinds)
