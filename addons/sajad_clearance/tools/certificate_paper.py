"""What a certificate says on paper, in the language of its environment."""

from odoo import fields

from .certificate_words import format_day, format_moment, pick, to_local


class CertificatePaper:
    """Reads the snapshot of a certificate; nothing that changed since is asked."""

    def __init__(self, certificate):
        certificate.ensure_one()
        self.env = certificate.env
        self.certificate = certificate
        self.labels = self._get_labels()

    def get_values(self):
        """Return what the template draws."""
        certificate, snapshot = self.certificate, self.certificate.snapshot
        return {
            **self._get_student(snapshot["student"]),
            "university": pick(self.env, snapshot["university"]),
            "reason": self.labels["reason"].get(certificate.clearance_reason),
            "request": snapshot["request"],
            # older certificates were issued without
            "registration": snapshot.get("registration"),
            "date": format_moment(self.env, certificate.date),
            "date_revoked": format_moment(self.env, certificate.date_revoked),
            "signatures": [self._get_signature(s) for s in snapshot["signatures"]],
            # older certificates were issued without
            "conditions": [
                self._get_condition(c) for c in snapshot.get("conditions", ())
            ],
            "verify_url": certificate._get_verify_url(),
            "verify_page": f"{certificate.get_base_url()}/clearance/verify",
            "code": certificate.printed_code,
            "fingerprint": certificate.event_hash[:24],
        }

    def _get_labels(self):
        """Return {what: {value: label}} in the language of the environment."""
        Task, Student = self.env["sajad.task"], self.env["sajad.student"]
        fields_ = {
            "outcome": Task._fields["outcome"],
            "state": Task._fields["state"],
            "study_mode": Student._fields["study_mode"],
        }
        labels = {
            name: dict(field._description_selection(self.env))
            for name, field in fields_.items()
        }
        reasons = self.env["sajad.request"]._get_clearance_reasons()
        return {**labels, "reason": dict(reasons)}

    def _get_student(self, student):
        return {
            **student,
            "faculty": pick(self.env, student["faculty"]),
            "field": pick(self.env, student["field"]),
            "degree": pick(self.env, student["degree"]),
            "study_mode": self.labels["study_mode"].get(student["study_mode"]),
        }

    def _get_signature(self, signature):
        stage, role = (pick(self.env, signature[name]) for name in ("stage", "role"))
        moment = fields.Datetime.to_datetime(signature["date"])
        return {
            **signature,
            "stage": stage,
            "role": role if role != stage else False,
            # an office that holds nothing may let students pass by itself
            "automatic": signature["outcome"] == "approved" and not signature["who"],
            "result": self.labels["outcome"].get(signature["outcome"])
            or self.labels["state"].get(signature["state"]),
            "day": format_moment(self.env, moment, short=True),
            "time": to_local(moment).strftime("%H:%M") if moment else "",
        }

    def _get_condition(self, condition):
        """Return the sentence of a kept condition."""
        date = fields.Date.to_date(condition["date"])
        return self.env["sajad.hold"]._get_condition_text(
            condition["state"],
            hold=condition["title"],
            number=condition["number"],
            amount=condition["amount"],
            date=format_day(self.env, date, short=True),
        )
