from odoo.addons.sajad_base.tests.common import SajadCommon


class CertificateCommon(SajadCommon):
    """A short clearance of two offices, both of one officer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "short",
            {"a": {}, "b": {"after": ["a"]}},
            exclusive_group="clearance",
            matter="clearance",
        )
        cls.cartables = cls.make_cartables(
            cls.process, cls.university, cls.user_officer
        )
        cls.student.write(
            {"national_id": "9990000001", "father_name": "Father", "entry_year": 1401}
        )

    @classmethod
    def make_students(cls, count, prefix="c", **values):
        partners = cls.env["res.partner"].create(
            [{"name": f"Student {prefix}{number}"} for number in range(count)]
        )
        return cls.env["sajad.student"].create(
            [
                {
                    "partner_id": partner.id,
                    "student_number": f"{prefix}{number}",
                    "university_id": cls.university.id,
                    "faculty_id": cls.faculty.id,
                    **values,
                }
                for number, partner in enumerate(partners)
            ]
        )

    def make_requests(self, count, prefix="c"):
        students = self.make_students(count, prefix)
        requests = self.env["sajad.request"].create(
            [
                {
                    "process_id": self.process.id,
                    "student_id": student.id,
                    "partner_id": student.partner_id.id,
                    "university_id": student.university_id.id,
                    "faculty_id": student.faculty_id.id,
                    "clearance_reason": "graduation",
                }
                for student in students
            ]
        )
        self.engine._submit(requests)
        return requests

    def get_tasks(self, requests, code):
        return (
            self.env["sajad.task"]
            .with_user(self.user_officer)
            .search(
                [
                    ("request_id", "in", requests.ids),
                    ("stage_id.code", "=", code),
                    ("state", "=", "ready"),
                ]
            )
        )

    def certify(self, request=None, **values):
        """Return the certificate of a request that every office has approved."""
        values = {"clearance_reason": "graduation", **values}
        request = request or self.make_request(self.process, **values)
        self.approve(request, "a", "b")
        return request.certificate_ids.filtered(lambda c: c.state == "valid")
