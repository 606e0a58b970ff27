from odoo.fields import Command

from odoo.addons.sajad_base.tests.common import OFFICER, SajadCommon

from .common import get_office_form, get_role

# the stages of the ticket process in their order, with the role that each belongs to
TICKET_STEPS = (
    ("education_head", "education_head"),
    ("education_expert", "education_expert"),
    ("student_head", "student_head"),
    ("student_expert", "student_expert"),
    ("cultural_deputy", "cultural_deputy"),
    ("secretariat", "secretariat"),
    ("discipline", "discipline"),
    ("nutrition", "nutrition"),
    ("dormitory", "dormitories"),
    ("it", "it"),
    ("loan_fund", "loan_fund"),
    ("welfare", "welfare"),
    ("faculty", "faculty"),
)
FORMS = {
    "education_expert": {"form_complete": True},
}
HEADS = {"education_head": "education_expert", "student_head": "student_expert"}


class TicketCommon(SajadCommon):
    """One manned cartable per office of the ticket process, two experts each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.env.ref("sajad_clearance.sajad_process_clearance_ticket")
        # demo data may offer it at its own universities only
        cls.process.university_ids = cls.university
        cls.student.write({"father_name": "Test Father", "national_id": "9990000001"})
        cls.experts = cls.make_users(dict.fromkeys(dict(TICKET_STEPS), OFFICER))
        roles = {code: get_role(cls.env, role) for code, role in TICKET_STEPS}
        users = {role: cls.experts[code] for code, role in roles.items()}
        cls.cartables = dict(
            zip(roles, cls.make_offices(users, cls.process), strict=True)
        )
        users = cls.make_users({f"{code}_2": OFFICER for code in HEADS.values()})
        cls.colleagues = {code: users[f"{code}_2"] for code in HEADS.values()}
        for code, user in cls.colleagues.items():
            cls.cartables[code].member_ids = [Command.create({"user_id": user.id})]

    def _submit(self, **values):
        """Return a request that the student has submitted in the portal."""
        # as controllers call it, with elevated rights after their own checks
        Request_sudo = self.env["sajad.request"].with_user(self.user_student).sudo()
        values = {"clearance_reason": "graduation", "card_delivered": True, **values}
        return Request_sudo._portal_submit(
            self.process, self.student.with_env(Request_sudo.env), values, "test-token"
        )

    def _get_work(self, request, code):
        """Return the work item of a stage as the expert of its office sees it."""
        return self.task(request, code, self.experts[code])

    def _decide(self, request, code, expert=None):
        """Decide as the office does: heads assign, the others fill in and approve."""
        task = self._get_work(request, code)
        engine = task.env["sajad.engine"]
        if code in HEADS:
            expert = expert or self.experts[HEADS[code]]
            problems = engine._assign_experts({task: expert})
        else:
            form = FORMS.get(code) or get_office_form(task)
            if form:
                task.properties = form
            problems = engine._decide(task, "approved")
        return problems.get(task, "")

    def _decide_until(self, request, code):
        """Decide everything that comes before a stage."""
        for before, _role in TICKET_STEPS:
            if before == code:
                return
            if self.task(request, before).state == "ready":
                self.assertFalse(self._decide(request, before), before)
