from odoo.tests import tagged

from odoo.addons.sajad_base.tests.foreign_references import ForeignReferences

from .common import ClearanceCommon


@tagged("post_install", "-at_install")
class TestReferences(ForeignReferences, ClearanceCommon):
    """Officers learn nothing of holds and students of other universities (row B7)."""

    at_least = 80

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        role = cls.env.ref("sajad_clearance.sajad_role_dormitories")
        cls.user_officer = cls.experts["dormitories"]
        cls.make_cartable(role, cls.process, cls.other_university, cls.user_stranger)
        offices = cls.env["sajad.office"].search([("role_id", "=", role.id)])
        places = cls.university | cls.other_university
        offices = offices.filtered(lambda office: office.university_id in places)
        students = cls.student | cls.other_student
        cls.env["sajad.hold"].create(
            [
                {
                    "student_id": student.id,
                    "office_id": office.id,
                    "description": "D",
                    "amount": 1,
                }
                for student in students
                for office in offices
                if office.university_id == student.university_id
            ]
        )

    def test_a_hold_of_another_student(self):
        """Neither name nor number is told to whoever fills in the form."""
        Hold = self.env["sajad.hold"].with_user(self.user_officer)
        field = Hold._fields["student_id"]
        self.check_field(Hold, field, self.other_student.id)
        values = {"student_id": self.student.id}
        spec = {"student_number": {}}
        told = Hold.onchange(values, ["student_id"], spec)["value"]
        self.assertEqual(told, {"student_number": "1001"})
