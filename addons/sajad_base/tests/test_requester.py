import uuid
from datetime import timedelta

from lxml import html
from psycopg2 import IntegrityError

from odoo import http
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..tools.clock import get_country_today
from .common import PORTAL, SajadCommon

INSTITUTION = {"for_student": False, "for_graduate": False, "for_institution": True}
STUDENTS = ("student", "graduate")
YESTERDAY = timedelta(days=-1)


class RequesterCommon(SajadCommon):
    """A desk of the Organization for everybody, and one of the universities."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        role = cls.make_role("desk", "organization")
        everybody = {"for_institution": True, "for_staff": True}
        cls.desk = cls.make_process(
            "desk",
            {"desk": {"role": role, "allow_return": True, "allow_refuse": True}},
            exclusive_group="desk",
            **everybody,
        )
        cls.user_desk = cls.make_user("t_desk", "sajad_base.group_sajad_officer")
        cls.make_cartable(role, cls.desk, cls.organization, cls.user_desk)
        cls.local = cls.make_process("local", {"only": {}}, **everybody)
        cls.make_cartables(cls.local, cls.university, cls.user_officer)
        # a clerk of the university who works in no cartable
        cls.user_clerk = cls.make_user("t_clerk", "base.group_user")
        cls.user_clerk.partner_id.sajad_university_id = cls.university
        cls.user_member = cls.make_user("t_member", PORTAL)
        cls.user_colleague = cls.make_user("t_colleague", PORTAL)
        cls.user_foreign = cls.make_user("t_foreign", PORTAL)
        cls.body = cls.make_institution("body", cls.user_member)
        cls.env["sajad.institution.member"].create(
            {"institution_id": cls.body.id, "user_id": cls.user_colleague.id}
        )
        cls.own = cls.make_institution("own", cls.user_member, cls.university)
        cls.foreign = cls.make_institution("foreign", cls.user_foreign)

    def ask(self, requester, user, process=None, **values):
        """Return the request that `user` submits for a requester."""
        Request_sudo = self.env["sajad.request"].with_user(user).sudo()
        return Request_sudo._portal_submit(
            (process or self.desk).with_env(Request_sudo.env),
            requester.with_env(Request_sudo.env),
            values,
            str(uuid.uuid4()),
        )

    def end_membership(self, institution, user):
        member = institution.member_ids.filtered(lambda m: m.user_id == user)
        member.date_to = get_country_today() + YESTERDAY


@tagged("post_install", "-at_install")
class TestRequester(RequesterCommon):
    """Whose a request is, where it goes, and who reads and decides it."""

    # ------------------------------------------------------------
    # WHOSE IT IS
    # ------------------------------------------------------------

    def test_kinds(self):
        graduate = self.make_student(
            "1009", self.university, self.user_student, status="graduated"
        )
        clerk = self.user_clerk.partner_id
        for requester, user, kind, place, faculty, card in (
            (self.student, self.user_student, "student", 1, 1, ("t_student", "1001")),
            (graduate, self.user_student, "graduate", 1, 1, ("t_student", "1009")),
            (clerk, self.user_clerk, "staff", 1, 0, ("t_clerk", False)),
            (
                self.own,
                self.user_member,
                "institution",
                1,
                0,
                ("Institution own", "own"),
            ),
            (
                self.body,
                self.user_member,
                "institution",
                0,
                0,
                ("Institution body", "body"),
            ),
        ):
            with self.subTest(f"{kind} {card}"):
                request = self.ask(requester, user)
                self.assertEqual(request.requester_kind, kind)
                self.assertEqual(request._get_requester(), requester)
                self.assertEqual(request.partner_id, user.partner_id)
                university = self.university if place else self.organization
                self.assertEqual(request.university_id, university)
                self.assertEqual(bool(request.faculty_id), bool(faculty))
                self.assertEqual(request.scope_id.university_id, university)
                task = request.task_ids
                self.assertEqual((task.student_name, task.student_number), card)
                # the code of an institution is nothing to read
                label = f"{card[0]} ({card[1]})" if kind in STUDENTS else card[0]
                self.assertEqual(request.requester_name, label)
                self.assertStates(request, desk="ready")
                self.approve(request, "desk", user=self.user_desk)
                self.assertEqual(request.state, "done")

    def test_a_request_keeps_its_kind(self):
        request = self.ask(self.student, self.user_student)
        self.student.status = "graduated"
        self.env.flush_all()
        self.assertEqual(request.requester_kind, "student")

    def test_one_requester_in_the_database(self):
        request = self.ask(self.body, self.user_member)
        for column, value in (
            ("student_id", self.student.id),
            ("institution_id", None),
            ("faculty_id", self.faculty.id),
            ("requester_kind", "student"),
        ):
            with (
                self.subTest(column),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.env.cr.execute(
                    f"UPDATE sajad_request SET {column} = %s WHERE id = %s",  # noqa: S608
                    [value, request.id],
                )

    def test_one_open_request_per_requester(self):
        """Each requester has a key of its own, whoever of an institution asks."""
        first = self.ask(self.body, self.user_member)
        self.ask(self.own, self.user_member)
        self.ask(self.foreign, self.user_foreign)
        self.ask(self.user_clerk.partner_id, self.user_clerk)
        with self.assertRaisesRegex(UserError, "open request"):
            self.ask(self.body, self.user_colleague)
        first.with_user(self.user_colleague)._portal_cancel()
        self.assertEqual(first.state, "cancelled")
        self.ask(self.body, self.user_colleague)

    def test_undone_refusal_takes_the_key_back(self):
        request = self.ask(self.body, self.user_member)
        task = self.task(request, "desk", self.user_desk)
        task.env["sajad.engine"]._decide(task, "refused", "No")
        self.assertFalse(request.open_key)
        task.env["sajad.engine"]._undo(task)
        self.assertEqual(request.open_key, f"desk:institution-{self.body.id}")

    # ------------------------------------------------------------
    # WHO MAY ASK
    # ------------------------------------------------------------

    def test_nobody_asks_as_somebody_else(self):
        for requester, user in (
            (self.foreign, self.user_member),
            (self.body, self.user_student),
            (self.body, self.user_clerk),
            (self.user_clerk.partner_id, self.user_officer),
            (self.user_member.partner_id, self.user_member),
            (self.student, self.user_clerk),
        ):
            with self.subTest(f"{requester}"), self.assertRaises(AccessError):
                self.ask(requester, user)

    def test_audience(self):
        graduate = self.make_student("1010", self.university, status="graduated")
        process = self.make_process("audience", {"only": {}})
        requesters = {
            "for_student": self.student,
            "for_graduate": graduate,
            "for_institution": self.own,
            "for_staff": self.user_clerk.partner_id,
        }
        for chosen, requester in requesters.items():
            process.write({name: name == chosen for name in requesters})
            with self.subTest(chosen):
                offered = [r for r in requesters.values() if process._is_offered_to(r)]
                self.assertEqual(offered, [requester])
        with self.assertRaisesRegex(ValidationError, "who may apply"):
            process.write(dict.fromkeys(requesters, False))

    def test_condition_is_of_studies(self):
        self.desk.student_condition = "[('is_international', '=', True)]"
        self.assertFalse(self.desk._is_offered_to(self.student))
        self.assertTrue(self.desk._is_offered_to(self.body))

    def test_only_where_an_office_can_decide(self):
        """An outside body has the offices of the Organization, nobody else's."""
        role = self.make_role("dean", "faculty")
        dean = self.make_process("dean", {"only": {"role": role}}, for_institution=True)
        self.assertTrue(self.local._is_offered_to(self.own))
        self.assertFalse(self.local._is_offered_to(self.body))
        self.assertTrue(dean._is_offered_to(self.student))
        self.assertFalse(dean._is_offered_to(self.own))
        with self.assertRaisesRegex(UserError, "not offered to you"):
            self.ask(self.body, self.user_member, self.local)

    def test_branch_to_an_office_that_is_not_there(self):
        """Where a condition decides, it is asked of the request itself."""
        process = self.make_process(
            "branch",
            {
                "first": {"role": self.make_role("first", "organization")},
                "only": {
                    "after": ["first"],
                    "condition": "[('note', '=', 'local')]",
                },
            },
            for_institution=True,
        )
        self.assertTrue(process._is_offered_to(self.body))
        with self.assertRaisesRegex(UserError, "no office of yours"):
            self.ask(self.body, self.user_member, process, note="local")
        request = self.ask(self.body, self.user_member, process, note="national")
        self.assertEqual(request.state, "suspended")

    # ------------------------------------------------------------
    # WHO READS AND DECIDES
    # ------------------------------------------------------------

    def find(self, user):
        return self.env["sajad.request"].with_user(user).search([])

    def test_members_read(self):
        request = self.ask(self.body, self.user_member)
        private = self.ask(self.student, self.user_student)
        for user in (self.user_member, self.user_colleague):
            self.assertEqual(self.find(user), request)
        self.assertEqual(self.find(self.user_student), private)
        self.assertFalse(self.find(self.user_foreign))

    def test_ended_membership(self):
        """Today, without a cleared cache, and for whoever had asked, too."""
        request = self.ask(self.body, self.user_member)
        self.assertTrue(request.with_user(self.user_member)._is_own())
        self.end_membership(self.body, self.user_member)
        self.assertFalse(self.find(self.user_member))
        self.assertFalse(request.with_user(self.user_member)._is_own())
        with self.assertRaises(AccessError):
            request.with_user(self.user_member)._portal_cancel()
        with self.assertRaises(AccessError):
            self.ask(self.body, self.user_member)
        self.assertEqual(self.find(self.user_colleague), request)
        self.assertEqual(request._get_contacts(), self.user_colleague.partner_id)

    def test_institutions_are_read_once(self):
        """Each page asks whose requests it shows; the database is asked once a day."""
        user = self.user_member
        self.assertEqual(set(user.sajad_institution_ids), {self.body, self.own})
        user.invalidate_recordset(["sajad_institution_ids"])
        with self.assertQueryCount(0):
            self.assertEqual(len(user.sajad_institution_ids), 2)
        self.own.member_ids.unlink()
        user.invalidate_recordset(["sajad_institution_ids"])
        self.assertEqual(user.sajad_institution_ids, self.body)

    def test_list_says_what_the_page_says(self):
        requests = self.ask(self.body, self.user_member)
        requests += self.ask(self.student, self.user_student)
        requests += self.ask(self.student, self.user_student, self.local)
        requests[0].sudo()._portal_cancel()
        requests_sudo = requests.sudo()
        self.env.flush_all()
        for request, summary in requests_sudo._get_portal_summaries().items():
            tasks = request._get_portal_tasks().filtered(lambda t: t.state == "ready")
            self.assertEqual(summary["kind"], request._get_next_kind())
            self.assertEqual(summary["offices"], tasks.mapped("stage_id.name"))
            self.assertTrue(summary["changed"])

    def test_archived_institution(self):
        self.ask(self.body, self.user_member)
        self.body.active = False
        self.assertFalse(self.find(self.user_member))
        self.assertNotIn(self.body, self.user_member.sajad_institution_ids)

    def test_offices_read_as_before(self):
        """The desk reads what reaches it; other universities read nothing."""
        self.make_cartables(self.local, self.other_university, self.user_stranger)
        requests = self.ask(self.own, self.user_member, self.local)
        requests |= self.ask(self.user_clerk.partner_id, self.user_clerk, self.local)
        body = self.ask(self.body, self.user_member)
        self.assertEqual(self.find(self.user_officer), requests)
        self.assertEqual(self.find(self.user_liaison), requests)
        self.assertEqual(self.find(self.user_desk), body)
        self.assertFalse(self.find(self.user_stranger))

    def test_staff_read_no_more_than_before(self):
        """What staff ask is theirs in the portal; no list of offices grows."""
        request = self.ask(self.user_stranger.partner_id, self.user_stranger)
        self.assertFalse(self.find(self.user_stranger))
        self.assertFalse(request.with_user(self.user_stranger).has_access("read"))
        self.assertFalse(
            self.env["sajad.request"].with_user(self.user_clerk).has_access("read")
        )

    def test_named_officer_reads_no_more(self):
        """An officer whom an institution names keeps the rule of officers alone."""
        self.env["sajad.institution.member"].create(
            {"institution_id": self.body.id, "user_id": self.user_stranger.id}
        )
        request = self.ask(self.body, self.user_member)
        self.assertFalse(self.find(self.user_stranger))
        self.assertTrue(request.with_user(self.user_stranger)._is_own())

    def test_nobody_decides_for_the_own_institution(self):
        self.env["sajad.institution.member"].create(
            {"institution_id": self.body.id, "user_id": self.user_desk.id}
        )
        request = self.ask(self.body, self.user_member)
        task = self.task(request, "desk", self.user_desk)
        problems = task.env["sajad.engine"]._decide(task, "approved")
        self.assertEqual(problems, {task: "Nobody decides on an own request."})
        self.assertFalse(task.can_decide)
        self.end_membership(self.body, self.user_desk)
        task.invalidate_recordset(["can_decide"])
        self.assertTrue(task.can_decide)

    def test_nobody_decides_on_an_own_request(self):
        request = self.ask(self.user_desk.partner_id, self.user_desk)
        task = self.task(request, "desk", self.user_desk)
        problems = task.env["sajad.engine"]._decide(task, "approved")
        self.assertEqual(problems, {task: "Nobody decides on an own request."})

    def test_who_is_told(self):
        request = self.ask(self.body, self.user_member)
        task = self.task(request, "desk", self.user_desk)
        task.env["sajad.engine"]._return_to_student(task, "Sign it.")
        told = self.env["sajad.notice"].search([("request_id", "=", request.id)])
        self.assertEqual(told.partner_id, self.user_member.partner_id)
        self.end_membership(self.body, self.user_member)
        request.with_user(self.user_colleague)._portal_answer("Signed.")
        self.approve(request, "desk", user=self.user_desk)
        last = told.search([("request_id", "=", request.id), ("kind", "=", "done")])
        self.assertEqual(last.partner_id, self.user_colleague.partner_id)


@tagged("post_install", "-at_install")
class TestRequesterPortal(RequesterCommon, HttpCase):
    """Institutions and staff in the pages of the portal (rows A8, A9)."""

    def get_tree(self, url):
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        return html.fromstring(response.text)

    def post(self, url, **data):
        return self.url_open(
            url, data={"csrf_token": http.Request.csrf_token(self), **data}
        )

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def apply(self, requester, **data):
        """Apply from the catalogue; return the request."""
        href = f"/my/services/{self.desk.code}/apply"
        cards = self.get_tree("/my/services?audience=all")
        self.assertTrue(cards.xpath(f"//a[@href='{href}']"))
        form = self.get_tree(href)
        (token,) = form.xpath("//form//input[@name='submit_token']/@value")
        response = self.post(
            href,
            submit_token=token,
            requester=requester._get_requester_key(),
            **data,
        )
        request = self.env["sajad.request"].search([("submit_token", "=", token)])
        self.assertIn(request.access_url, response.url)
        return request

    def comment(self, request, body):
        payload = {
            "params": {
                "thread_model": "sajad.request",
                "thread_id": request.id,
                "post_data": {"body": body},
            }
        }
        return self.url_open("/mail/message/post", json=payload).json()

    def check_story(self, requester, user, colleague):
        """Apply, follow, talk, answer and cancel in the portal alone."""
        self.log_in(user)
        request = self.apply(requester, note="Please")
        self.assertEqual(request._get_requester(), requester)
        self.log_in(colleague)
        self.assertIn(request.name, self.url_open("/my/requests").text)
        task = self.task(request, "desk", self.user_desk)
        task.env["sajad.engine"]._return_to_student(task, "Sign it.")
        page = self.url_open(request.access_url).text
        self.assertIn("Sign it.", page)
        self.assertNotIn("error", self.comment(request, "I will"))
        self.assertEqual(request.message_ids[0].author_id, colleague.partner_id)
        self.post(f"{request.access_url}/answer", answer="Signed.")
        self.assertStates(request, desk="ready")
        self.post(f"{request.access_url}/cancel")
        self.assertEqual(request.state, "cancelled")
        return request

    def test_institution(self):
        request = self.check_story(self.body, self.user_member, self.user_colleague)
        page = self.url_open(request.access_url).text
        self.assertIn("Institution body", page)
        self.assertIn(self.user_member.name, page)

    def test_staff(self):
        self.check_story(self.user_clerk.partner_id, self.user_clerk, self.user_clerk)

    def test_officer_for_oneself(self):
        user = self.user_stranger
        self.check_story(user.partner_id, user, user)

    def test_graduate(self):
        self.student.status = "graduated"
        self.check_story(self.student, self.user_student, self.user_student)

    def test_others_see_nothing(self):
        request = self.ask(self.body, self.user_member)
        own = self.ask(self.user_clerk.partner_id, self.user_clerk)
        for user, hidden in (
            (self.user_foreign, request | own),
            (self.user_student, request | own),
            (self.user_clerk, request),
            (self.user_officer, request | own),
            (self.user_member, own),
        ):
            self.log_in(user)
            mine = self.url_open("/my/requests").text
            for other in hidden:
                with self.subTest(f"{user.login} {other.requester_kind}"):
                    self.assertNotIn(other.name, mine)
                    self.assertTrue(self.url_open(other.access_url).url.endswith("/my"))
                    self.post(f"{other.access_url}/cancel")
                    self.assertStates(other, desk="ready")
                    self.assertIn("error", self.comment(other, "Hello"))

    def test_membership_ends(self):
        request = self.ask(self.body, self.user_member)
        self.log_in(self.user_member)
        self.assertIn(request.name, self.url_open("/my/requests").text)
        self.end_membership(self.body, self.user_member)
        self.assertNotIn(request.name, self.url_open("/my/requests").text)
        self.assertTrue(self.url_open(request.access_url).url.endswith("/my"))
        self.assertIn("error", self.comment(request, "Hello"))

    def test_whose(self):
        requests = {
            self.body._get_requester_key(): self.ask(self.body, self.user_member),
            self.own._get_requester_key(): self.ask(self.own, self.user_member),
        }
        study = self.make_student("1020", self.university, self.user_member)
        requests["own"] = self.ask(study, self.user_member)
        self.log_in(self.user_member)
        for key, mine in requests.items():
            page = self.url_open(f"/my/requests?whose={key}").text
            for request in requests.values():
                self.assertEqual(request.name in page, request == mine)
        everything = self.url_open("/my/requests?whose=institution-0").text
        for request in requests.values():
            self.assertIn(request.name, everything)

    def test_draft_of_an_institution(self):
        self.log_in(self.user_member)
        url = f"/my/services/{self.desk.code}"
        for requester in (self.body, self.own):
            key = requester._get_requester_key()
            self.post(f"{url}/draft", requester=key, note=f"For {requester.name}")
        for requester in (self.body, self.own):
            key = requester._get_requester_key()
            form = self.get_tree(f"{url}/apply?requester={key}")
            (note,) = form.xpath("//textarea[@name='note']")
            self.assertEqual(note.text.strip(), f"For {requester.name}")
        self.end_membership(self.body, self.user_member)
        drafts = self.get_tree("/my/requests").xpath("//section[@id='sajad_drafts']//a")
        self.assertEqual(len(drafts), 1)

    def test_catalogue(self):
        """Each sees first what is meant for people like them, and why not the rest."""
        self.make_process("mine", {"only": {}}, **INSTITUTION)
        for user, shown in (
            (self.user_student, "student"),
            (self.user_foreign, "institution"),
            (self.user_clerk, "staff"),
            (None, "student"),
        ):
            login = user and user.login
            self.authenticate(login, login)
            url = "/my/services" if user else "/services"
            page = self.get_tree(url)
            chosen = page.xpath("//select[@name='audience']/option[@selected]/@value")
            self.assertEqual(chosen, [shown])
        self.log_in(self.user_student)
        page = self.url_open("/services/mine").text
        self.assertIn("This service is for: Institutions.", page)

    def test_lists_cost_the_same(self):
        """Institutions cost a student nothing, and a member no more with many."""
        self.ask(self.student, self.user_student)
        self.ask(self.body, self.user_member)
        counts = {}
        for times in (1, 2):
            for user in (self.user_student, self.user_member):
                self.log_in(user)
                self.url_open("/my/requests")
                before = self.cr.sql_log_count
                self.url_open("/my/requests")
                counts[user.login, times] = self.cr.sql_log_count - before
            for number in range(3):
                other = self.make_institution(f"more{times}{number}", self.user_member)
                self.ask(other, self.user_member)
        for user in (self.user_student, self.user_member):
            self.assertLessEqual(counts[user.login, 2], counts[user.login, 1])
        few = counts["t_student", 1]
        self.assertLessEqual(counts["t_member", 1], few + 6)


@tagged("post_install", "-at_install")
class TestInstitution(RequesterCommon):
    """The register of institutions and its members."""

    def test_one_per_university(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_institution("again", self.user_member, self.university)

    def test_dates(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_institution(
                "dates",
                self.user_member,
                date_from="2026-02-01",
                date_to="2026-01-01",
            )

    def test_groups(self):
        """Portal users get the rule of members, staff keep theirs."""
        group = self.env.ref("sajad_base.group_sajad_institution")
        self.assertIn(group, self.user_member.group_ids)
        user = new_test_user(self.env, "t_named", "base.group_user")
        self.make_institution("named", user)
        self.assertNotIn(group, user.group_ids)

    def test_spelling(self):
        institution = self.env["sajad.institution"].create(
            {"name": "كتابخانه ملي", "code": "۱۲۳"}
        )
        self.assertEqual(institution.code, "123")
        self.assertEqual(institution.name, "کتابخانه ملی")
