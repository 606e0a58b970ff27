from odoo import fields

from odoo.addons.sajad_base.tests.common import OFFICER, SajadCommon


class CommissionCommon(SajadCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.env.ref("sajad_commission.sajad_process_commission")
        cls.appeals = cls.env.ref("sajad_commission.sajad_process_commission_appeal")
        users = cls.make_users(dict.fromkeys(("vice", "office", "secretary"), OFFICER))
        cls.user_vice = users["vice"]
        cls.user_office = users["office"]
        cls.user_secretary = users["secretary"]
        for process in cls.process | cls.appeals:
            for code, university, user in (
                ("vice_student", cls.university, cls.user_vice),
                ("international", cls.organization, cls.user_office),
                ("commission", cls.organization, cls.user_secretary),
            ):
                role = cls.env.ref(f"sajad_commission.sajad_role_{code}")
                if role in process.stage_ids.role_id:
                    cls.man(role, process, university, user)
        cls.student.write({"is_international": True, "passport_number": "X12345678"})

    @classmethod
    def man(cls, role, process, university, user):
        """Put a user in charge; demo data has the Organization's cartables already."""
        cartable = cls.env["sajad.cartable"].search(
            [
                ("role_id", "=", role.id),
                ("process_id", "=", process.id),
                ("university_id", "=", university.id),
            ]
        )
        if cartable:
            cartable.member_ids = [fields.Command.create({"user_id": user.id})]
        else:
            cls.make_cartable(role, process, university, user)

    def apply(self, student=None, **values):
        student = student or self.student
        user = student.user_id
        Request_sudo = self.env["sajad.request"].with_user(user).sudo()
        return Request_sudo._portal_submit(
            self.process,
            student.with_env(Request_sudo.env),
            {"note": "Please let me finish.", **values},
            f"commission-{student.id}",
        )

    def bring_to_session(self, request):
        """Let the two offices before the commission do their part."""
        for code, user in (
            ("vice", self.user_vice),
            ("international", self.user_office),
        ):
            task = self.task(request, code, user)
            task.note = f"Note of {code}"
            task.action_approve()

    def hold(self, cartable_of=None, **values):
        """Return a session of the commission with its agenda filled and begun."""
        process = cartable_of or self.process
        cartable = self.env["sajad.cartable"].search(
            [("process_id", "=", process.id), ("role_id.is_commission", "=", True)]
        )
        session = (
            self.env["sajad.commission.session"]
            .with_user(self.user_secretary)
            .create(
                {
                    "date": fields.Datetime.now(),
                    "cartable_id": cartable.id,
                    "chair": "Test Chair",
                    "attendee_ids": [fields.Command.create({"name": "Test Member"})],
                    **values,
                }
            )
        )
        session.action_fill()
        session.action_open()
        session.attendee_ids.is_present = True
        return session
