from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.sajad_base.tests.plan import Plans

from .common import SupportCommon

MANY = 5000


@tagged("post_install", "-at_install", "sajad_performance")
class TestPlan(Plans, SupportCommon):
    """What rules let through is found by indexes, however much there is."""

    def test_mails(self):
        """Mails to the desks of the own office, by these desks."""
        mailboxes = self.env["sajad.support.mailbox"].create(
            [
                {
                    "name": line,
                    "category_id": self.category.id,
                    "role_id": self.env.ref(
                        f"sajad_helpdesk.sajad_role_support_{line}"
                    ).id,
                }
                for line in ("technical", "second")
            ]
        )
        own, other = mailboxes
        mail = self.env["sajad.support.mail"].create({"mailbox_id": own.id})
        mine = self.env["sajad.support.mail"].with_user(self.user_technical)
        before = mine.search_count([])
        self.copy_rows(mail, MANY // 10)
        self.copy_rows(mail, MANY, mailbox_id=str(other.id))
        self.measure("sajad.support.mail")
        self.assertEqual(mine.search_count([]), before + MANY // 10)
        plan = self.explain_large(mine, [("is_open", "=", True)], limit=80)
        self.assertIndexed(plan, r"Index Cond: \(mailbox_id = ")

    def test_desk(self):
        """The list of a desk in its order, by what is not closed of it alone."""
        request = self.ask()
        unique = {"name": "'T' || n", "open_key": "NULL", "access_token": "NULL"}
        self.copy_rows(request, MANY, support_state="'closed'", **unique)
        unique["name"] = "'U' || n"
        self.copy_rows(request, MANY // 10, **unique)
        self.measure("sajad.request")
        action = self.env.ref("sajad_helpdesk.sajad_request_action_desk")
        states = ["new", "progress", "waiting", "solved"]
        domain = [*safe_eval(action.domain), ("support_state", "in", states)]
        desk = self.env["sajad.request"].with_user(self.user_technical)
        self.assertGreaterEqual(desk.search_count(domain), MANY // 10)
        plan = self.explain(desk, domain, order="support_priority desc, id", limit=80)
        self.assertIndexed(plan, "using sajad_request_support_desk_idx")
        self.assertNotIn("Sort Key", plan)

    def test_questions(self):
        """What somebody may write: the own drafts and those of supervised desks."""
        role = self.env.ref("sajad_helpdesk.sajad_role_support_technical")
        desk = self.man(role, self.organization, self.user_technical)
        supervisor = self.user_supervisor
        desk.member_ids = [
            Command.create({"user_id": supervisor.id, "kind": "supervisor"})
        ]
        question = self.env["sajad.support.question"].create(
            {"name": "Which page?", "answer": "The first one.", "published": True}
        )
        columns = {"create_uid": "1", "published": "TRUE"}
        self.copy_rows(question, MANY, **columns)
        mine = self.copy_rows(question, 10, cartable_id=str(desk.id), **columns)
        self.measure("sajad.support.question")
        Rule = self.env["ir.rule"].with_user(supervisor)
        domain = Rule._compute_domain("sajad.support.question", "write")
        # what people read is asked for elsewhere
        Question_sudo = self.env["sajad.support.question"].with_user(supervisor).sudo()
        self.assertEqual(Question_sudo.search(domain).ids, mine)
        self.assertNotIn("SubPlan", self.explain_large(Question_sudo, domain))
        Question_sudo.browse(mine).sudo(False).check_access("write")
