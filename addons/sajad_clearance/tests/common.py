from odoo.addons.sajad_base.tests.common import OFFICER, SajadCommon

# the offices of the source in their order, with the role that each belongs to
STEPS = (
    ("department", "department"),
    ("khwarazmi", "khwarazmi"),
    ("shirazi", "shirazi"),
    ("sadra", "sadra"),
    ("counselling", "counselling"),
    ("nutrition", "nutrition"),
    ("accounting", "accounting"),
    ("dormitories", "dormitories"),
    ("welfare", "welfare"),
    ("accounting_second", "accounting"),
)

# what a form asks of a student whose record says nothing
FORM = {
    "national_id": "9990000001",
    "father_name": "Test Father",
    "birth_certificate_number": "123",
    "birth_date": "2001-08-14",
    "birth_place": "Test City",
    "sex": "male",
    "marital_status": "single",
    "study_mode": "day",
    "mobile": "09121234567",
    "phone": "02112345678",
    "address": "Test City, Test Street 1",
}


CARD = {"form_checked": True, "card_received": True}


def get_office_form(task):
    """Return what the office of a step fills in, as its holds say."""
    code = task.stage_id.code
    if code == "department":
        return CARD
    if code not in ("dormitories", "dormitory", "welfare"):
        return {}
    holds = task.sudo()._get_office_holds().get(task, task.env["sajad.hold"])
    amount = sum(holds.sudo().mapped("amount"))
    form = {"debt": "yes" if amount else "no", "debt_amount": amount}
    if code != "welfare":
        return {**form, "room": "returned"}
    plan = {"instalments_from": "2026-12-22", "instalments_to": "2027-11-22"}
    number = {"form_number": "12", "form_date": "2026-11-22"}
    return {**form, **(plan if amount else {}), **number}


def get_role(env, code):
    return env.ref(f"sajad_clearance.sajad_role_{code}")


class ClearanceCommon(SajadCommon):
    """One manned cartable per office of the eleven steps, and a leaving student."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.env.ref("sajad_clearance.sajad_process_clearance_eleven")
        # demo data may offer it at its own universities only
        cls.process.university_ids = False
        # a record that knows everything, so that only the reason is asked
        cls.field = cls.env["sajad.study.field"].create(
            {"name": "Test Field", "code": "test"}
        )
        cls.degree = cls.env.ref("sajad_base.sajad_degree_level_bachelor")
        cls.student.write(
            {**FORM, "field_id": cls.field.id, "degree_level_id": cls.degree.id}
        )
        # {code of an office: who alone is responsible for it}
        cls.experts = cls.make_users(dict.fromkeys(dict(STEPS[:-1]), OFFICER))
        users = {get_role(cls.env, code): user for code, user in cls.experts.items()}
        cls.make_offices(users, cls.process)

    def _submit(self, **values):
        """Return a request that the student has submitted in the portal."""
        # as controllers call it, with elevated rights after their own checks
        Request_sudo = self.env["sajad.request"].with_user(self.user_student).sudo()
        values = {"clearance_reason": "graduation", "card_delivered": True, **values}
        return Request_sudo._portal_submit(
            self.process, self.student.with_env(Request_sudo.env), values, "test-token"
        )

    def _get_office(self, code, university=None):
        """Return the office of a role."""
        role = get_role(self.env, code)
        university = university or self.university
        return self.env["sajad.office"].search(
            [("role_id", "=", role.id), ("university_id", "=", university.id)]
        )

    def _make_hold(self, code, student=None, **values):
        """Return a hold of an office against the student, a debt by default."""
        return self.env["sajad.hold"].create(
            {
                "student_id": (student or self.student).id,
                "office_id": self._get_office(code).id,
                "description": "Fine",
                "amount": 500000,
                **values,
            }
        )

    def _get_work(self, request, code):
        """Return the work item of a stage as the expert of its office sees it."""
        return self.task(request, code, self.experts[dict(STEPS)[code]])

    def _approve(self, request, code, **properties):
        """Decide as the expert of a stage; return the problem, or an empty text."""
        task = self._get_work(request, code)
        if not properties and code != "department":
            properties = get_office_form(task)
        if properties:
            task.properties = properties
        problems = task.env["sajad.engine"]._decide(task, "approved")
        return problems.get(task, "")

    def _approve_until(self, request, code):
        """Approve everything that comes before a stage."""
        for before, _role in STEPS:
            if before == code:
                return
            form = CARD if before == "department" else {}
            problem = self._approve(request, before, **form)
            self.assertFalse(problem, before)
