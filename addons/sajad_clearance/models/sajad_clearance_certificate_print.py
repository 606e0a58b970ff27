import hmac
import re

import babel.dates

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sajad_jalali.tools import jalali
from odoo.addons.sajad_persian.tools.normalize import compact_code, normalize_number

TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
MAX_PRINTED = 500
# A new one takes 0.2 seconds of CPU, and a worker has 60 (tests/bench/README.md);
# those that were printed before are kept and cost nothing.
MAX_NEW = 150


class SajadClearanceCertificate(models.Model):
    """What a certificate says on paper and on its public page (row B8)."""

    _inherit = "sajad.clearance.certificate"

    # ------------------------------------------------------------
    # PRINT
    # ------------------------------------------------------------

    def action_print(self):
        """Print the certificates, in the language of the report that is asked for.

        The key `certificate_lang` of the context says "en" for English. Row B8
        """
        self.check_access("read")
        if len(self) > MAX_PRINTED:
            raise UserError(
                self.env._(
                    "Print at most %(count)s certificates at once.", count=MAX_PRINTED
                )
            )
        name = "sajad_clearance_certificate_report"
        if self.env.context.get("certificate_lang") == "en":
            name += "_en"
        printer = self.env["ir.actions.report"]._with_paper_lang(
            f"sajad_clearance.{name}"
        )
        new = self._get_new(printer.env.lang)
        if len(new) > MAX_NEW:
            return new._prepare_print(printer.env.lang)
        return self.env.ref(f"sajad_clearance.{name}").report_action(self.ids)

    def _check_new(self, lang):
        """Refuse more new papers than a worker prints in its time.

        :param str lang: language of the papers
        :raise UserError: with how many were never printed
        """
        new = self._get_new(lang)
        if len(new) > MAX_NEW:
            raise UserError(
                self.env._(
                    "%(count)s of these certificates were never printed, and at most "
                    "%(limit)s new ones can be printed at once. The button “Print” of "
                    "a class prepares them in the background.",
                    count=len(new),
                    limit=MAX_NEW,
                )
            )

    def _get_new(self, lang):
        """Return the certificates whose paper is not kept yet in a language."""
        names = {
            paper.id: paper._get_print_name() for paper in self.with_context(lang=lang)
        }
        # the papers of certificates that the user is about to read; only counted
        Attachment_sudo = self.env["ir.attachment"].sudo()
        kept = Attachment_sudo.search_fetch(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("name", "in", list(names.values())),
            ],
            ["res_id"],
        )
        return self - self.browse(kept.mapped("res_id"))

    def _get_print_name(self):
        """Return the name of the kept PDF: one for each state and language."""
        self.ensure_one()
        return f"clearance-{self.name}-{self.state}-{(self.env.lang or 'en')[:2]}.pdf"

    def _get_print_values(self):
        """Return what the paper shows, in the language of the environment."""
        self.ensure_one()
        snapshot = self.snapshot
        student = snapshot["student"]
        labels = self._get_labels()
        return {
            **{key: student.get(key) for key in student},
            "university": self._pick(snapshot["university"]),
            "faculty": self._pick(student["faculty"]),
            "field": self._pick(student["field"]),
            "degree": self._pick(student["degree"]),
            "study_mode": labels["study_mode"].get(student["study_mode"]),
            "reason": labels["reason"].get(self.clearance_reason),
            "request": snapshot["request"],
            "date": self._format_day(self.date),
            "date_revoked": self._format_day(self.date_revoked),
            "signatures": [
                self._get_signature_values(signature, labels)
                for signature in snapshot["signatures"]
            ],
            # older certificates were issued without
            "conditions": [
                self._get_condition_text(condition)
                for condition in snapshot.get("conditions", ())
            ],
            "verify_url": self._get_verify_url(),
            "verify_page": f"{self.get_base_url()}/clearance/verify",
            "code": f"{self.code[:5]}-{self.code[5:]}",
            "fingerprint": self.event_hash[:24],
        }

    def _get_signature_values(self, signature, labels):
        stage, role = self._pick(signature["stage"]), self._pick(signature["role"])
        moment = fields.Datetime.to_datetime(signature["date"])
        return {
            **signature,
            "stage": stage,
            "role": role if role != stage else False,
            "result": labels["outcome"].get(signature["outcome"])
            or labels["state"].get(signature["state"]),
            "day": self._format_day(moment, short=True),
            "time": self._get_local(moment).strftime("%H:%M") if moment else "",
        }

    def _get_condition_text(self, condition):
        """Return the sentence of a kept condition, in the language of the paper."""
        Hold = self.env["sajad.hold"]
        date = fields.Date.to_date(condition["date"])
        return Hold._get_condition_text(
            condition["state"],
            hold=condition["title"],
            number=condition["number"],
            amount=condition["amount"],
            date=self._format_date(date, short=True),
        )

    def _get_labels(self):
        """Return {what: {value: label}} in the language of the environment."""
        Task, Student = self.env["sajad.task"], self.env["sajad.student"]
        fields_ = {
            "outcome": Task._fields["outcome"],
            "state": Task._fields["state"],
            "study_mode": Student._fields["study_mode"],
            "reason": self.env["sajad.request"]._fields["clearance_reason"],
        }
        return {
            name: dict(field._description_selection(self.env))
            for name, field in fields_.items()
        }

    @api.model
    def _pick(self, names):
        """Return the name in the language of the environment, or in another one."""
        return names.get(self.env.lang) or names.get("en_US") or ""

    @api.model
    def _get_local(self, moment):
        """Return a moment on the clock of the country, whoever prints where."""
        tehran = self.with_context(tz="Asia/Tehran")
        return fields.Datetime.context_timestamp(tehran, moment)

    @api.model
    def _format_day(self, moment, short=False):
        """Return the day: Jalali in Persian, both calendars in other languages.

        :param bool short: in other languages the Gregorian day alone
        """
        if not moment:
            return ""
        return self._format_date(self._get_local(moment).date(), short)

    @api.model
    def _format_date(self, day, short=False):
        solar = jalali.format_jalali(day)
        if (self.env.lang or "").startswith("fa"):
            return solar
        if short:
            return babel.dates.format_date(day, "d MMM y", locale="en_US")
        # English is read where it is no language of users, so by babel itself
        return f"{babel.dates.format_date(day, 'd MMMM y', locale='en_US')} ({solar})"

    # ------------------------------------------------------------
    # VERIFICATION
    # ------------------------------------------------------------

    def _get_verify_url(self):
        self.ensure_one()
        return f"{self.get_base_url()}/clearance/verify/{self.token}"

    @api.model
    def _find_by_token(self, token):
        """Return the certificate of a link, or nothing.

        The index holds hashes, so that how long a search takes says nothing about
        the tokens.
        """
        token = (token or "")[:64]
        digest = self._get_token_digest(token)
        found = self.search([("token_digest", "=", digest)], limit=1)
        known = found.token or "-"
        matches = hmac.compare_digest(known.encode(), token.encode())
        return found if matches and TOKEN.fullmatch(token) else self.browse()

    @api.model
    def _find_by_code(self, number, code):
        """Return the certificate whose number and code were typed, or nothing."""
        number = normalize_number((number or "")[:64]).upper()
        code = compact_code((code or "")[:64]) or ""
        found = self.search([("name", "=", number)], limit=1)
        # as long for a number that does not exist
        known = found.code or "-" * len(code)
        matches = hmac.compare_digest(known.encode(), code.encode())
        return found if matches else self.browse()

    def _get_public_values(self):
        """Return all that strangers see: whose, of whom, when, and whether it holds."""
        self.ensure_one()
        return {
            "number": self.name,
            "state": self.state,
            "student": self._mask(self.student_name),
            "university": self._pick(self.snapshot["university"]),
            "date": self._format_day(self.date),
            "date_revoked": self._format_day(self.date_revoked),
        }

    @api.model
    def _mask(self, name):
        """Return a name of which only somebody who knows it is sure."""
        return " ".join(f"{word[0]}***" for word in (name or "").split())
