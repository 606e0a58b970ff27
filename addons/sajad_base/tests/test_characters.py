import re

from odoo.exceptions import AccessError
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import SajadCommon

PATHS = (
    "/web/login?login=%(mark)s",
    "/my/%(mark)s",
    "/my/requests/%(mark)s",
    "/anything%(mark)s",
    "/web/content/%(mark)s",
    "/web/image/res.partner/1/%(mark)s",
    "/?%(mark)s=1",
)


@tagged("post_install", "-at_install")
class TestCharacters(SajadCommon, HttpCase):
    """Characters that nobody types are refused, and messages have one's own name."""

    def get_token(self):
        page = self.url_open("/web/login").text
        return re.search(r'csrf_token: "(\w*?)"', page)[1]

    def test_pages_refuse_control_characters(self):
        for login in (None, "t_student", "t_officer"):
            self.authenticate(login, login)
            # visitors are sent to sign in first
            inside = ("/my/requests?search=%(mark)s",) if login else ()
            for path in (*PATHS, *inside):
                for mark in ("%00", "a%00b", "%01", "%1f", "%7f"):
                    with (
                        self.subTest(f"{login} {path} {mark}"),
                        mute_logger("odoo.http"),
                    ):
                        answer = self.url_open(path % {"mark": mark})
                        self.assertEqual(answer.status_code, 400)

    def test_forms_refuse_control_characters(self):
        for path in ("/web/login", "/web/reset_password", "/web/session/authenticate"):
            token = self.get_token()
            values = {"login": "a\x00b", "password": "x", "csrf_token": token}
            with self.subTest(path), mute_logger("odoo.http"):
                answer = self.url_open(path, data=values)
                self.assertTrue(400 <= answer.status_code < 500, answer.status_code)

    def test_half_a_character_is_none(self):
        """JSON can name half of a character of two halves; no answer can repeat it."""
        visitor = {"db": self.env.cr.dbname, "login": "a\ud800", "password": "x"}
        search = {"model": "sajad.request", "method": "search", "kwargs": {}}
        search["args"] = [[["name", "=", "\udfff"]]]
        calls = [("/web/session/authenticate", visitor, None)]
        calls.append(("/web/dataset/call_kw", search, "t_officer"))
        for path, params, login in calls:
            self.authenticate(login, login)
            with self.subTest(path), mute_logger("odoo.http"):
                answer = self.url_open(path, json={"params": params})
                error = answer.json()["error"]["data"]["name"]
                self.assertEqual(error.split(".")[-1], "BadRequest")
        # both halves are a character
        search["args"] = [[["name", "=", "\U0001f600"]]]
        answer = self.url_open("/web/dataset/call_kw", json={"params": search})
        self.assertNotIn("error", answer.json())

    def test_calls_refuse_the_character_that_cannot_be_stored(self):
        self.authenticate("t_officer", "t_officer")
        params = {
            "model": "res.partner",
            "method": "search",
            "args": [[["name", "=", "a\x00"]]],
            "kwargs": {},
        }
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/web/dataset/call_kw", json={"params": params}
            ).json()
        self.assertEqual(answer["error"]["data"]["name"].split(".")[-1], "BadRequest")
        params["args"] = [[["name", "=", "a\\u0000 \t\n"]]]
        answer = self.url_open("/web/dataset/call_kw", json={"params": params}).json()
        self.assertNotIn("error", answer)

    def test_nobody_writes_in_the_name_of_another(self):
        process = self.make_process("names", {"a": {}})
        self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process)
        boss = self.user_organization.partner_id
        boss.email = "boss@example.com"
        self.user_officer.email = "officer@example.com"
        mine = request.with_user(self.user_officer)
        env = mine.env
        values = {"model": "sajad.request", "res_id": request.id, "body": "x"}
        for forged in (
            {"author_id": boss.id},
            {"email_from": "Boss <boss@example.com>"},
            {"email_from": "boss@example.com"},
            {"author_id": self.env.ref("base.partner_root").id},
            {"author_id": [boss.id]},
            {"author_id": False},
            {"author_id": False, "email_from": '"Boss" <officer@example.com>'},
        ):
            for call in (
                lambda v=forged: mine.message_post(body="x", **v),
                lambda v=forged: mine.message_notify(
                    body="x", partner_ids=boss.ids, **v
                ),
                lambda v=forged: env["mail.message"].create({**values, **v}),
                lambda v=forged: (
                    env["mail.message"]
                    .with_context(**{f"default_{k}": x for k, x in v.items()})
                    .create(values)
                ),
                lambda v=forged: env["mail.compose.message"].create(
                    {**v, "model": "sajad.request", "res_ids": str(request.ids)}
                ),
            ):
                with self.subTest(str(forged)), self.assertRaises(AccessError):
                    call()
        # the own address is no place for another name
        named = mine.message_notify(
            body="x", partner_ids=boss.ids, email_from='"Boss" <officer@example.com>'
        )
        self.assertIn("t_officer", named.email_from)
        self.assertNotIn("Boss", named.email_from)
        own = mine.message_post(body="mine")
        self.assertEqual(own.author_id, self.user_officer.partner_id)
        with self.assertRaises(AccessError):
            own.write({"author_id": boss.id})

    def test_pages_say_what_is_missing(self):
        """What a page cannot do without is the caller's to send: no fault of ours."""
        self.authenticate("t_officer", "t_officer")
        with mute_logger("odoo.http"):
            answer = self.url_open("/web/pivot/export_xlsx")
            self.assertEqual(answer.status_code, 400)
            self.assertIn("It lacks: data.", answer.text)
            upload = {"csrf_token": Request.csrf_token(self)}
            answer = self.url_open("/mail/attachment/upload", data=upload)
            self.assertEqual(answer.status_code, 400)
            self.assertIn("It lacks: thread_id, thread_model, and ufile.", answer.text)
