from odoo.tests import tagged

from .common import SajadCommon
from .plan import Plans


@tagged("post_install", "-at_install", "sajad_performance")
class TestRulePlans(Plans, SajadCommon):
    """Lists are read without a join of memberships, whoever reads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("plans", {"only": {}})
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.university.liaison_ids = cls.user_liaison
        cls.make_request(cls.process)

    def test_officer(self):
        own = ("sajad.task", "sajad.request", "sajad.student", "res.partner")
        places = ("sajad.cartable", "sajad.cartable.member")
        self.check_plans(self.user_officer, *own, *places)

    def test_officer_by_request(self):
        by_request = ("sajad.event", "sajad.notice")
        self.check_plans(self.user_officer, *by_request, more={"sajad_request"})

    def test_liaison(self):
        own = ("sajad.request", "sajad.student", "res.partner", "sajad.cartable")
        asked = ("sajad.cartable.request",)
        self.check_plans(self.user_liaison, *own, *asked)

    def test_memberships_are_read_once(self):
        """A screen searches several times; a change of memberships is seen at once."""
        Cartable = self.env["sajad.cartable"].with_user(self.user_officer)
        found = Cartable.search([])
        with self.assertQueryCount(1):
            self.assertEqual(Cartable.search([]), found)
        found.sudo().member_ids.unlink()
        self.assertFalse(Cartable.search([]))

    def test_universities_are_asked_once(self):
        """A list of students and its count; a cartable that moves is seen at once."""
        Student = self.env["sajad.student"].with_user(self.user_officer)
        found = Student.search([])
        self.assertTrue(found)
        with self.assertQueryCount(2):
            self.assertEqual(Student.search([]), found)
            self.assertEqual(Student.search_count([]), len(found))
        University = self.env["sajad.university"].with_user(self.user_officer)
        own = self.env["sajad.cartable"].search([("process_id", "=", self.process.id)])
        own.write({"university_id": self.other_university.id})
        self.assertIn(self.other_university.id, University._get_own_ids())

    def test_reach_is_asked_once(self):
        """A list, its count and groups; a new place, or one less, is seen at once."""
        Request = self.env["sajad.request"].with_user(self.user_officer)
        found = Request.search([])
        self.assertTrue(found)
        with self.assertQueryCount(3):
            self.assertEqual(Request.search([]), found)
            self.assertEqual(Request.search_count([]), len(found))
            Request._read_group([], ["state"], ["__count"])
        other = self.make_request(
            self.process, self.make_student("r1", self.university)
        )
        self.assertEqual(Request.search([]) - found, other)
        scopes = found.sudo().scope_id
        cartables = scopes.cartable_ids
        scopes.cartable_ids = False
        self.assertFalse(Request.search([]) & found)
        cartables.scope_ids = scopes
        self.env.invalidate_all()
        cartables._link_scopes()
        self.assertEqual(Request.search([]) & found, found)

    def test_many_places(self):
        """Thousands of places are no list of ids: planning it took longer than reading.

        Of a few PostgreSQL knows how much lies there.
        """
        Request = self.env["sajad.request"].with_user(self.user_officer)
        (cartable,) = (
            self.env["sajad.cartable.member"]
            .search([("user_id", "=", self.user_officer.id)])
            .cartable_id
        )
        places = "sajad_cartable_sajad_scope_rel"
        self.assertNotIn(places, Request._search([]).select().code)
        expected = Request.search([])
        self.assertTrue(expected)
        faculties = self.env["sajad.faculty"].create(
            [
                {"name": f"F{n}", "code": f"f{n}", "university_id": self.university.id}
                for n in range(201)
            ]
        )
        self.env["sajad.scope"].create(
            [
                {
                    "process_id": self.process.id,
                    "university_id": self.university.id,
                    "faculty_id": faculty.id,
                    "cartable_ids": cartable.ids,
                }
                for faculty in faculties
            ]
        )
        query = Request._search([]).select()
        self.assertIn(places, query.code)
        self.assertNotIn("DISTINCT", query.code)
        self.assertEqual(Request.search([]), expected)
