from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import ConcurrencyError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import SajadCommon


class RowChanged(SerializationFailure):
    pgcode = "40001"


SENTENCE = "Somebody else is changing this just now."


@tagged("post_install", "-at_install")
class TestInUse(SajadCommon, HttpCase):
    """Who was too many at one thing reads a sentence at every door (row E5)."""

    def setUp(self):
        super().setUp()
        # the five tries of Odoo, without their minute
        self.startPatcher(patch("odoo.service.model.time.sleep"))
        self.startPatcher(
            patch("odoo.service.model.MAX_TRIES_ON_CONCURRENCY_FAILURE", 2)
        )
        self.authenticate("t_student", "t_student")

    def open_in_use(self, method, error, *args, **kwargs):
        """Open an address while a method of requests comes second again and again."""
        tries = []

        def fail(*args, **kwargs):
            tries.append(args)
            raise error("raw words")

        with (
            patch.object(self.registry["sajad.request"], method, fail),
            mute_logger("odoo.http", "odoo.service.model"),
        ):
            response = self.url_open(*args, **kwargs)
        self.assertEqual(len(tries), 2, response.text)
        return response

    def test_web_client(self):
        params = {
            "model": "sajad.request",
            "method": "search_read",
            "args": [[]],
            "kwargs": {},
        }
        for error in (ConcurrencyError, RowChanged):
            answer = self.open_in_use(
                "search_read", error, "/web/dataset/call_kw", json={"params": params}
            ).json()
            data = answer["error"]["data"]
            self.assertEqual(data["name"], "odoo.exceptions.LockError")
            self.assertTrue(data["message"].startswith(SENTENCE))

    def test_portal(self):
        process = self.make_process("use", {"start": {}})
        self.make_cartables(process, self.university, self.user_officer)
        url = self.make_request(process).access_url
        response = self.open_in_use("_get_portal_timeline", ConcurrencyError, url)
        self.assertEqual(response.status_code, 409)
        self.assertIn(SENTENCE, response.text)
        self.assertNotIn("raw words", response.text)
