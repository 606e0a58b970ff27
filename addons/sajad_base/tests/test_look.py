import re

from lxml import etree

from odoo.tests import tagged

from odoo.addons.sajad_persian.tests.common import MISSING, LookCase


@tagged("post_install", "-at_install")
class TestLook(LookCase):
    """The portal of a Persian user (rows E1, E3)."""

    def test_login_page_is_flipped(self):
        links, css = self.get_styles(self.get_page("/web/login"))
        self.assertTrue(all(".rtl." in link for link in links), links)
        self.assertRegex(css, r"\.o_sajad_row\s*{\s*border-right-width: 4px", MISSING)
        self.assertNotRegex(css, r"\.o_sajad_row\s*{\s*border-left-width", MISSING)
        self.assertIn("unicode-bidi: plaintext", css, MISSING)

    def test_digits_are_a_setting(self):
        for on in (True, False):
            with self.subTest(on):
                self.env.company.sajad_persian_digits = on
                page = self.get_page("/my", "t_fa")
                self.assertRegex(page, r'<html[^>]* lang="fa-IR"')
                self.assertEqual('data-sajad-digits="fa"' in page, on)

    def test_conversation_of_the_portal_is_translated(self):
        answer = self.url_open("/website/translations?lang=fa_IR").json()
        terms = {
            term["id"]: term["string"] for term in answer["modules"]["mail"]["messages"]
        }
        self.assertEqual(terms["The conversation is empty."], "گفتگو خالی است.")

    def test_reasons_are_seen_on_a_telephone(self):
        """Rows of a list have their reasons outside of a narrow screen."""
        views = self.env["ir.ui.view"].search(
            [("model", "=like", "sajad.%"), ("type", "=", "form")]
        )
        for view in views.filtered(lambda view: not view.inherit_id):
            arch = etree.fromstring(view.arch)
            for rows in arch.xpath("//field[list/field[@name='message']]"):
                with self.subTest(view.name):
                    self.assertTrue(rows.xpath("kanban"))

    def test_wide_lists_are_cards_on_a_telephone(self):
        """The web client shows cards where a list is too wide, if there are cards."""
        actions = self.env["ir.actions.act_window"].search(
            [("res_model", "=like", "sajad.%"), ("view_mode", "=like", "list%")]
        )
        self.assertGreater(len(actions), 10)
        for action in actions:
            view_id = next(view for view, kind in action.views if kind == "list")
            view = self.env[action.res_model].get_view(view_id, "list")
            arch = etree.fromstring(view["arch"])
            columns = [
                column
                for column in arch.findall("field")
                if column.get("optional") != "hide"
                and column.get("widget") != "handle"
                and not column.get("column_invisible")
            ]
            if len(columns) > 3 and not arch.get("editable"):
                with self.subTest(action.xml_id):
                    self.assertIn("kanban", action.view_mode.split(","))

    def test_empty_reports_show_no_sample(self):
        """What Odoo draws behind the sentence of an empty report is Latin."""
        domain = [("model", "=like", "sajad.%"), ("arch_db", "like", "sample=")]
        self.assertFalse(self.env["ir.ui.view"].search(domain).mapped("name"))

    def test_lists_of_the_portal_end_their_breadcrumbs(self):
        """What a loop of a page is called is seen by the frame of the page, too."""
        crumbs = self.env.ref("portal.portal_breadcrumbs")._get_combined_arch()
        conditions = crumbs.xpath("//li/@t-if | //li/@t-elif")
        names = {name for text in conditions for name in re.findall(r"\w+", text)}
        self.assertIn("sajad_request", names)
        domain = [("type", "=", "qweb"), ("arch_db", "like", "portal.portal_layout")]
        for view in self.env["ir.ui.view"].search(domain):
            if view.xml_id.startswith("sajad_"):
                loops = etree.fromstring(view.arch).xpath("//@t-as")
                with self.subTest(view.xml_id):
                    self.assertFalse(names & set(loops))

    def test_no_comma_stands_alone_in_a_view(self):
        """No translation reaches a comma between two fields."""
        modules = self.env["ir.module.module"]._installed()
        ours = [name for name in modules if name.startswith("sajad_")]
        views = self.env["ir.model.data"].search(
            [("model", "=", "ir.ui.view"), ("module", "in", ours)]
        )
        for view in self.env["ir.ui.view"].browse(views.mapped("res_id")):
            texts = etree.fromstring(view.arch).itertext()
            with self.subTest(view.xml_id):
                self.assertNotIn(",", [text.strip() for text in texts])
