from unittest.mock import patch

from lxml import html

from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests.throttle import set_call_limit

from .certificate_common import CertificateCommon

PAGE = "/clearance/verify"


@tagged("post_install", "-at_install")
class TestVerify(CertificateCommon, HttpCase):
    """The public page of a certificate, without signing in (row B8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student.partner_id.name = "Farzin Testi"

    def setUp(self):
        super().setUp()
        self.certificate = self.certify()

    def get(self, path, lang="en", **kwargs):
        return self.url_open(f"{path}?lang={lang}", **kwargs)

    def post(self, number, code):
        return self.url_open(PAGE, data={"number": number, "code": code, "lang": "en"})

    def get_text(self, response):
        return " ".join(html.fromstring(response.text).text_content().split())

    def get_verifications(self):
        return self.env["sajad.clearance.verification"].search(
            [("certificate_id", "=", self.certificate.id)]
        )

    def test_valid(self):
        response = self.get(f"{PAGE}/{self.certificate.token}")
        self.assertEqual(response.status_code, 200)
        text = self.get_text(response)
        for shown in (
            "is valid",
            "Test University",
            self.certificate.name,
            "F*** T***",
        ):
            self.assertIn(shown, text)
        year = self.certificate.name.split("-")[1]
        self.assertRegex(text, rf"20\d\d \({year}/\d\d/\d\d\)")
        for hidden in ("Farzin", "Testi", "1001", "9990000001", "Father"):
            self.assertNotIn(hidden, response.text)

    def test_conditional(self):
        """That a clearance has conditions is said to whoever checks it, not which."""
        page = f"{PAGE}/{self.certificate.token}"
        self.assertNotIn("conditional", self.get_text(self.get(page)))
        condition = {"title": "Loan of the fund", "state": "planned", "number": False}
        condition.update(amount=48000000, date="2027-11-22")
        snapshot = {**self.certificate.snapshot, "conditions": [condition]}
        with patch.object(type(self.certificate), "snapshot", snapshot):
            text = self.get_text(self.get(page))
        self.assertIn("The clearance is conditional", text)
        self.assertNotIn("Loan of the fund", text)

    def test_headers(self):
        response = self.get(f"{PAGE}/{self.certificate.token}")
        self.assertIn("noindex", response.headers["X-Robots-Tag"])
        self.assertIn("no-store", response.headers["Cache-Control"])
        self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("default-src 'none'", response.headers["Content-Security-Policy"])
        page = html.fromstring(response.text)
        self.assertIn("noindex", page.xpath("//meta[@name='robots']/@content")[0])
        self.assertFalse(page.xpath("//script | //*[@style]"))

    def test_persian_is_the_default(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        response = self.url_open(f"{PAGE}/{self.certificate.token}")
        page = html.fromstring(response.text)
        self.assertEqual((page.get("lang"), page.get("dir")), ("fa", "rtl"))
        switch = page.xpath("//nav/a/@href")[0]
        self.assertTrue(switch.endswith(f"{self.certificate.token}?lang=en"))

    def test_verifications_are_logged(self):
        for _number in range(2):
            self.get(f"{PAGE}/{self.certificate.token}")
        verifications = self.get_verifications()
        self.assertEqual(len(verifications), 2)
        self.assertEqual(self.certificate.verification_count, 2)
        self.assertEqual(set(verifications.mapped("found_state")), {"valid"})
        self.assertEqual(verifications[0].network, "127.0.0.0/24")

    def test_revoked(self):
        self.certificate._revoke("Wrong person: secret.")
        response = self.get(f"{PAGE}/{self.certificate.token}")
        self.assertEqual(response.status_code, 200)
        text = self.get_text(response)
        self.assertIn("was revoked", text)
        self.assertNotIn("is valid", text)
        self.assertNotIn("secret", text)
        self.assertEqual(self.get_verifications().found_state, "revoked")

    def test_revoked_in_persian(self):
        """The day stands apart from the words of its sentence."""
        self.env["res.lang"]._activate_lang("fa_IR")
        self.env["ir.module.module"]._load_module_terms(["sajad_clearance"], ["fa_IR"])
        self.certificate._revoke("Wrong person.")
        text = self.get_text(self.get(f"{PAGE}/{self.certificate.token}", "fa"))
        self.assertRegex(text, r"از تاریخ \d{4}/\d\d/\d\d دیگر اعتبار ندارد")

    def test_unknown_and_tampered_are_the_same(self):
        token = self.certificate.token
        tampered = token[:-1] + ("A" if token[-1] != "A" else "B")
        wrong = (tampered, token[:-1], "x", "A" * 32, "%25", token + "A")
        pages = {self.get(f"{PAGE}/{t}").text for t in wrong}
        self.assertEqual(len(pages), 1)
        response = self.get(f"{PAGE}/{tampered}")
        self.assertEqual(response.status_code, 404)
        self.assertIn("No such certificate", self.get_text(response))
        self.assertFalse(self.get_verifications())

    def test_typed(self):
        number, code = self.certificate.name, self.certificate.code
        persian = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
        for typed in (
            (number, code),
            (number.lower(), f" {code[:5].lower()}-{code[5:].lower()} "),
            (number.translate(persian), code.translate(persian)),
        ):
            with self.subTest(typed):
                response = self.post(*typed)
                self.assertEqual(response.status_code, 200)
                self.assertIn("is valid", self.get_text(response))
        self.assertNotIn(self.certificate.token, response.text)

    def test_typed_wrong(self):
        number, code = self.certificate.name, self.certificate.code
        texts = set()
        for typed in ((number, "AAAAAAAAAA"), ("TU-1300-00001", code)):
            response = self.post(*typed)
            self.assertEqual(response.status_code, 404)
            texts.add(response.text.replace(typed[0], ""))
        self.assertEqual(len(texts), 1)
        incomplete = self.post(number, "")
        self.assertEqual(incomplete.status_code, 200)
        self.assertIn("both the number and the code", self.get_text(incomplete))
        self.assertIn(number, incomplete.text)

    def test_form(self):
        page = html.fromstring(self.get(PAGE).text)
        self.assertEqual(page.xpath("//form//input/@name"), ["lang", "number", "code"])

    def test_rate_limit(self):
        """Counted in the database for each address; good links wait as well."""
        set_call_limit(self.env, 3)
        self.env["sajad.throttle"].search([]).unlink()
        for _number in range(3):
            self.assertEqual(self.get(f"{PAGE}/wrong").status_code, 404)
        for response in (
            self.get(f"{PAGE}/wrong"),
            self.get(f"{PAGE}/{self.certificate.token}"),
            self.post(self.certificate.name, self.certificate.code),
        ):
            self.assertEqual(response.status_code, 429)
            self.assertGreater(int(response.headers["Retry-After"]), 0)
            self.assertIn("Try again later", self.get_text(response))
        self.assertFalse(self.get_verifications())
        self.assertEqual(self.get(PAGE).status_code, 200)
        # another address, and the next ten minutes
        Throttle = self.env["sajad.throttle"]
        self.assertEqual(Throttle._take("certificate", "198.51.100.7"), 0)
        later = "odoo.addons.sajad_base.models.portal.sajad_throttle.WINDOW"
        with patch(later, 601):
            self.assertEqual(Throttle._take("certificate", "127.0.0.1"), 0)

    def test_throttle_keeps_no_address(self):
        self.get(f"{PAGE}/wrong")
        keys = self.env["sajad.throttle"].search([]).mapped("key")
        self.assertTrue(keys)
        self.assertFalse([key for key in keys if "127.0" in key])

    def test_throttle_is_cleaned(self):
        Throttle = self.env["sajad.throttle"]
        old = Throttle.create({"key": "old", "slot": 1, "count": 1})
        Throttle._take("certificate", "192.0.2.9")
        Throttle._gc_windows()
        self.env.invalidate_all()
        self.assertFalse(old.exists())
        self.assertTrue(Throttle.search_count([]))
