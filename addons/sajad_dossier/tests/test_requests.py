from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PDF, PDF_2, DossierCommon


@tagged("post_install", "-at_install")
class TestRequests(DossierCommon):
    """Documents travel through the cartables as one request (rows C5, C9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_graduates = cls.make_user(
            "t_graduates", "sajad_base.group_sajad_officer"
        )
        cls.make_cartable(
            cls.env.ref("sajad_dossier.sajad_role_dossier_graduates"),
            cls.process,
            cls.university,
            cls.user_graduates,
        )
        cls.fault = cls.env.ref("sajad_dossier.sajad_document_fault_pages")

    def submit(self, *codes):
        """Bring documents as the student; return the request that takes them on."""
        for code in codes:
            self.add(code)
        dossier = self.dossier.with_user(self.user_student).sudo()
        return dossier._send_for_check("admission")

    def verify(self, user, *documents):
        for document in documents:
            document.with_user(user).action_verify()

    def test_faculty_then_university(self):
        request = self.submit("birth", "national_card")
        documents = self.dossier.document_ids
        self.assertEqual(set(documents.mapped("state")), {"submitted"})
        self.assertStates(request, faculty="ready", admissions="waiting")
        self.verify(self.user_officer, *documents)
        self.approve(request, "faculty")
        self.assertStates(request, faculty="done", admissions="ready")
        self.verify(self.user_central, *documents)
        self.approve(request, "admissions", user=self.user_central)
        self.assertStates(request, admissions="done", graduates="skipped")
        self.assertEqual(request.state, "done")

    def test_submitted_in_the_portal(self):
        """Drafts move nothing; what is submitted travels."""
        draft, _pages = self.make_draft("birth")
        self.assertFalse(self.dossier.request_ids)
        dossier = self.dossier.with_user(self.user_student).sudo()
        dossier._submit_drafts(draft.item_id)
        request = self.dossier.request_ids
        self.assertEqual(request.partner_id, self.student.partner_id)
        self.assertStates(request, faculty="ready")

    def test_approval_agrees_with_the_documents(self):
        """No approval over an undecided document, at neither office."""
        request = self.submit("birth", "national_card")
        birth, card = self.dossier.document_ids
        self.verify(self.user_officer, birth)
        with self.assertRaisesRegex(
            UserError, "Decide on these first: “National Card, Both Sides”"
        ):
            self.approve(request, "faculty")
        self.verify(self.user_officer, card)
        self.approve(request, "faculty")
        self.verify(self.user_central, birth)
        with self.assertRaisesRegex(
            UserError, "Decide on these first: “National Card, Both Sides”"
        ):
            self.approve(request, "admissions", user=self.user_central)

    def test_decided_where_the_request_is(self):
        """The university does not decide what the faculty has, nor the reverse."""
        request = self.submit("birth")
        document = self.dossier.document_ids
        self.verify(self.user_officer, document)
        with self.assertRaisesRegex(AccessError, "another office"):
            self.verify(self.user_central, document)
        self.approve(request, "faculty")
        self.verify(self.user_central, document)
        self.assertEqual(document.state, "verified")

    def test_claimed_by_a_colleague(self):
        colleague = self.make_user("t_colleague", "sajad_base.group_sajad_officer")
        self.cartable_faculty.member_ids = [
            (0, 0, {"user_id": colleague.id}),
        ]
        request = self.submit("birth")
        self.task(request, "faculty", colleague).action_claim()
        with self.assertRaisesRegex(AccessError, "t_colleague has claimed"):
            self.verify(self.user_officer, self.dossier.document_ids)

    def test_rejected_once_for_all(self):
        """The student gets all faults at once, with reasons and a deadline."""
        request = self.submit("birth", "national_card", "prior_degree")
        task = self.task(request, "faculty", self.user_officer)
        birth, card, paper = self.dossier.document_ids
        birth.with_user(self.user_officer).action_reject(fault_id=self.fault.id)
        with self.assertRaisesRegex(UserError, "student gets all at once"):
            task.action_return_rejected()
        card.with_user(self.user_officer).action_reject("The back is missing")
        self.verify(self.user_officer, paper)
        with self.assertRaisesRegex(UserError, "are rejected, return"):
            task.action_approve()
        task.action_return_rejected()
        self.assertStates(request, faculty="student")
        self.assertEqual(request.state, "returned")
        self.assertRegex(request.return_reason, "Birth.*: Pages are missing")
        self.assertRegex(request.return_reason, "Card.*: The back is missing")
        self.assertTrue(birth.deadline)

    def test_correction_comes_back(self):
        """To the office that asked for it, when all is corrected; history tells."""
        request = self.submit("birth", "national_card")
        birth, card = self.dossier.document_ids
        self.verify(self.user_officer, birth, card)
        self.approve(request, "faculty")
        central = self.user_central
        (birth | card).with_user(central).action_reject(fault_id=self.fault.id)
        self.task(request, "admissions", central).action_return_rejected()
        birth._add_version("better.pdf", PDF_2)
        self.assertFalse(birth.fault_id)
        dossier = self.dossier.with_user(self.user_student).sudo()
        self.assertEqual(dossier._send_for_check("admission"), request)
        self.assertEqual(request.state, "returned")
        with self.assertRaisesRegex(UserError, "better files.*National Card"):
            request.with_user(self.user_student)._portal_answer("Here you are")
        card._add_version("better.pdf", PDF_2)
        dossier._send_for_check("admission")
        self.assertStates(request, faculty="done", admissions="ready")
        self.verify(central, birth, card)
        self.approve(request, "admissions", user=central)
        kinds = request.event_ids.mapped("kind")
        self.assertIn("returned", kinds)
        self.assertIn("answered", kinds)

    def test_newer_file_after_the_faculty(self):
        """What the faculty has not seen goes back to it."""
        request = self.submit("birth")
        document = self.dossier.document_ids
        self.verify(self.user_officer, document)
        self.approve(request, "faculty")
        document._add_version("newer.pdf", PDF_2)
        task = self.task(request, "admissions", self.user_central)
        with self.assertRaisesRegex(UserError, "wait for the faculty"):
            task.action_approve()
        step = self.task(request, "faculty").step_id
        self.engine.with_user(self.user_central)._send_back(task, step, "newer file")
        self.assertStates(request, faculty="ready", admissions="waiting")
        self.verify(self.user_officer, document)
        self.approve(request, "faculty")

    def test_brought_by_the_office(self):
        """One office is enough: the university decides what the faculty brought."""
        wizard = self.env["sajad.dossier.add"].with_user(self.user_officer)
        wizard.create(
            {
                "dossier_id": self.dossier.id,
                "type_id": self.get_type("letter").id,
                "name": "Leave of absence",
                "is_reference": True,
                "system": "Office automation",
            }
        ).action_add()
        request = self.dossier.request_ids
        self.assertEqual(request.dossier_phase, "study")
        document = self.dossier.document_ids
        with self.assertRaisesRegex(AccessError, "You brought"):
            self.verify(self.user_officer, document)
        self.approve(request, "faculty")
        self.verify(self.user_central, document)
        self.approve(request, "admissions", user=self.user_central)
        self.assertEqual(request.state, "done")

    def test_one_request_at_a_time(self):
        request = self.submit("birth")
        self.assertEqual(self.submit("national_card"), request)
        self.assertEqual(len(self.dossier.request_ids), 1)

    def test_send_many(self):
        """What was brought without a request is sent by the office."""
        self.add("birth")
        self.add("letter", user=self.user_central)
        self.dossier.with_user(self.user_officer).action_send_for_check()
        self.dossier.with_user(self.user_officer).action_send_for_check()
        phases = sorted(self.dossier.request_ids.mapped("dossier_phase"))
        self.assertEqual(phases, ["admission", "study"])
        with self.assertRaises(AccessError):
            self.dossier.with_user(self.user_stranger).action_send_for_check()

    def test_final_check(self):
        """The graduates' office ends it when nothing is missing, in any phase."""
        self.dossier.with_user(self.user_officer).action_final_check()
        with self.assertRaisesRegex(UserError, "has begun"):
            self.dossier.with_user(self.user_officer).action_final_check()
        request = self.dossier.request_ids
        self.approve(request, "faculty")
        self.approve(request, "admissions", user=self.user_central)
        with self.assertRaisesRegex(UserError, "lacks: “Photograph"):
            self.approve(request, "graduates", user=self.user_graduates)
        self.dossier.item_ids.with_user(self.user_graduates).action_waive("on paper")
        self.approve(request, "graduates", user=self.user_graduates)
        self.assertEqual(request.state, "done")
        self.assertEqual(self.dossier.archive, "inactive")
        self.assertEqual(self.dossier.end_kind, "graduated")
        self.assertTrue(self.dossier.date_end)
        task = request.task_ids.filtered(lambda t: t.stage_id.code == "graduates")
        task.with_user(self.user_graduates).action_undo()
        self.assertEqual(request.state, "running")
        self.assertEqual(self.dossier.archive, "current")
        self.assertFalse(self.dossier.end_kind or self.dossier.date_end)
        self.approve(request, "graduates", user=self.user_graduates)
        self.assertEqual(self.dossier.end_kind, "graduated")

    def test_other_processes_ask(self):
        """A step of any process waits for a complete dossier, and can begin its end."""
        process = self.make_process(
            "leaving",
            {"office": {"dossier_check": "admission"}},
            starts_final_check=True,
        )
        self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process)
        with self.assertRaisesRegex(UserError, "lacks: “Photograph”, “Birth"):
            self.approve(request, "office")
        items = self.dossier.item_ids.filtered(lambda i: i.phase == "admission")
        items.with_user(self.user_officer).action_waive("on paper")
        self.approve(request, "office")
        self.assertEqual(request.state, "done")
        final = self.dossier.request_ids
        self.assertEqual(final.dossier_phase, "graduation")
        self.assertStates(final, faculty="ready", graduates="waiting")

    def test_withdrawn_stays_withdrawn(self):
        """However a study ended, its dossier has the same final check."""
        dossier = self.dossier.with_user(self.user_officer)
        dossier.write({"end_kind": "withdrawn", "date_end": "2026-03-01"})
        dossier.action_final_check()
        self.dossier.item_ids.with_user(self.user_officer).action_waive("on paper")
        request = self.dossier.request_ids
        self.approve(request, "faculty")
        self.approve(request, "admissions", user=self.user_central)
        self.approve(request, "graduates", user=self.user_graduates)
        self.assertEqual(self.dossier.end_kind, "withdrawn")
        task = request.task_ids.filtered(lambda t: t.stage_id.code == "graduates")
        task.with_user(self.user_graduates).action_undo()
        self.assertEqual(self.dossier.end_kind, "withdrawn")

    def test_many_at_once(self):
        """Five hundred or five: the same number of queries."""
        counts = {}
        for size in (2, 5, 40):
            students = [
                self.make_student(f"8{size}{n}", self.university) for n in range(size)
            ]
            dossiers = self.env["sajad.dossier"].create(
                [{"student_id": student.id} for student in students]
            )
            documents = self.Document
            for dossier in dossiers:
                documents |= self.Document.with_user(self.user_student)._add(
                    dossier, self.get_type("birth"), {}, ("a.pdf", PDF)
                )
            dossiers._send_for_check("admission")
            self.env.flush_all()
            self.env.invalidate_all()
            # the session has read its user
            self.user_officer.partner_id.fetch(["lang", "tz"])
            before = self.env.cr.sql_log_count
            documents.with_user(self.user_officer).action_verify()
            self.env.flush_all()
            counts[size] = self.env.cr.sql_log_count - before
            self.assertEqual(set(documents.mapped("state")), {"checked"})
        self.assertEqual(counts[5], counts[40])
        # two of them look up the cartables of the user, as every search does
        self.assertLessEqual(counts[40], 22)
