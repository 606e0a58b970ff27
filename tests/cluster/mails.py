"""Sends notices by a mail server that may fall, in a shell of Odoo on the cluster."""

import os

from odoo.addons.sajad_base.tests.common import SajadFactory

PEOPLE = 40


class Factory(SajadFactory):
    """The factory of the tests, in this shell's environment."""


def queue():
    """Have notices for students who have an address."""
    university = env["sajad.university"].search([("code", "=", "CLUSTER")])  # noqa: F821
    university.name = "Cluster"
    partners = env["res.partner"]  # noqa: F821
    for number in range(PEOPLE):
        student = Factory.make_student(f"67{number:04}", university)
        student.partner_id.email = f"person{number}@example.com"
        partners |= student.partner_id
    request = env["sajad.request"].search([], limit=1)  # noqa: F821
    env["sajad.notice"]._queue("done", partners, request)  # noqa: F821
    server = {"name": "cluster", "smtp_host": "127.0.0.1", "smtp_encryption": "none"}
    server["smtp_port"] = int(os.environ["MAIL_PORT"])
    env["ir.mail_server"].create(server)  # noqa: F821


Factory.env = env  # noqa: F821  of the shell
if not env["ir.mail_server"].search([("name", "=", "cluster")]):  # noqa: F821
    queue()
# as if the time until the next try had passed
env.cr.execute(  # noqa: F821
    "UPDATE mail_mail SET write_date = write_date - interval '1 hour'"
    " WHERE state = 'exception'"
)
env.cr.commit()  # noqa: F821
for model, method in (
    ("sajad.notice", "_cron_send"),
    ("mail.mail", "process_email_queue"),
):
    try:
        getattr(env[model], method)()  # noqa: F821
        env.cr.commit()  # noqa: F821
    except Exception as error:  # noqa: BLE001  the server has gone
        env.cr.rollback()  # noqa: F821
        print("FELL", type(error).__name__)  # noqa: T201
print("PEOPLE", PEOPLE)  # noqa: T201
