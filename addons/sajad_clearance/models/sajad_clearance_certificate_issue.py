import hashlib
import json
import secrets

from odoo import api, fields, models
from odoo.tools import SQL

REGISTER = "clearance_certificate"
# no letters and digits that are taken for each other when they are typed
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10
LANGS = ("fa_IR", "en_US")
STUDENT_FIELDS = (
    "name",
    "student_number",
    "father_name",
    "national_id",
    "foreign_id",
    "passport_number",
    "birth_certificate_number",
    "is_international",
    "entry_year",
    "study_mode",
    "sex",
)


class SajadClearanceCertificate(models.Model):
    """Issues certificates, for one request or for a whole class at once (row B8)."""

    _inherit = "sajad.clearance.certificate"

    @api.model
    def _issue(self, requests):
        """Certify finished clearances; those with a valid certificate keep it.

        Called by the engine with elevated rights. The number of queries does not
        depend on how many there are.
        """
        requests -= self.env["sajad.request"].union(*self._get_valid(requests))
        if not requests:
            return self.browse()
        now = fields.Datetime.now()
        fingerprints = self._get_fingerprints(requests.ids)
        tasks = requests._get_sheet_tasks()
        names = self._get_names(requests, tasks)
        reasons = self._get_decision_reasons(requests)
        conditional = requests._get_conditional_holds()
        vals_list = []
        # in one order, so that two jobs never wait for each other's registers
        for university, members in sorted(
            requests.grouped("university_id").items(), key=lambda item: item[0].id
        ):
            members = members.sorted("id")
            year, numbers = self.env["sajad.register"]._draw(
                university, REGISTER, len(members), now
            )
            for request, number in zip(members, numbers, strict=True):
                last_event_id, digest = fingerprints[request.id][-1]
                signatures = [
                    self._prepare_signature(task, names, reasons)
                    for task in tasks[request]
                ]
                values = self._prepare_certificate(request, names, signatures)
                values["snapshot"]["conditions"] = [
                    hold._prepare_condition() for hold in conditional[request]
                ]
                vals_list.append(
                    {
                        **values,
                        "year": year,
                        "sequence": number,
                        "name": f"{university.code.upper()}-{year}-{number:05}",
                        "date": now,
                        "event_hash": digest,
                        "last_event_id": last_event_id,
                    }
                )
        return self.create(vals_list)

    def _prepare_certificate(self, request, names, signatures):
        """Hook: what a certificate says, apart from its number."""
        student = request.student_id
        token = secrets.token_urlsafe(24)
        return {
            "request_id": request.id,
            "student_id": student.id,
            "student_name": student.name,
            "student_number": student.student_number,
            "university_id": request.university_id.id,
            "faculty_id": request.faculty_id.id,
            "clearance_reason": request.clearance_reason,
            "token": token,
            "token_digest": self._get_token_digest(token),
            "code": "".join(secrets.choice(CODE_LETTERS) for _n in range(CODE_LENGTH)),
            "snapshot": {
                "student": {
                    **{name: student[name] or False for name in STUDENT_FIELDS},
                    "faculty": names.get(request.faculty_id, {}),
                    "field": names.get(student.field_id, {}),
                    "degree": names.get(student.degree_level_id, {}),
                },
                "university": names[request.university_id],
                "request": request.name,
                "signatures": signatures,
            },
        }

    def _prepare_signature(self, task, names, reasons):
        """Hook: what a certificate keeps of the decision of one office."""
        return {
            "stage": names[task.stage_id],
            "role": names[task.stage_id.role_id],
            "state": task.state,
            "outcome": task.outcome,
            "who": task.done_by_id.name or False,
            "on_behalf_of": task.on_behalf_of_id.name or False,
            "date": task.date_done and fields.Datetime.to_string(task.date_done),
            "note": reasons.get(task.id, False),
        }

    def _get_names(self, requests, tasks):
        """Return {record: {language: name}} of all that certificates name."""
        stages = self.env["sajad.stage"].union(*(t.stage_id for t in tasks.values()))
        groups = (
            requests.university_id,
            requests.faculty_id,
            requests.student_id.field_id,
            requests.student_id.degree_level_id,
            stages,
            stages.role_id,
        )
        installed = dict(self.env["res.lang"].get_installed())
        langs = [lang for lang in LANGS if lang in installed or lang == "en_US"]
        names = {}
        for records in groups:
            # read in all languages at once
            records = records.with_context(prefetch_langs=True)
            for record in records:
                names[record.with_env(self.env)] = {
                    lang: record.with_context(lang=lang).name for lang in langs
                }
        return names

    def _get_decision_reasons(self, requests):
        """Return {task id: what the office wrote for the student to its approval}."""
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT ON (task_id) task_id, reason FROM sajad_event "
                "WHERE request_id IN %s AND kind IN ('approved', 'seen') "
                "AND reason IS NOT NULL AND visible_to_student IS TRUE "
                "ORDER BY task_id, id DESC",
                tuple(requests.ids),
            )
        )
        return dict(rows)

    # ------------------------------------------------------------
    # FINGERPRINT
    # ------------------------------------------------------------

    @api.model
    def _get_fingerprints(self, request_ids, last_event_id=None):
        """Return {request id: [(event id, hash of the history up to it)]}.

        Each hash covers the one before, so that no event of the past can be changed,
        removed or put between two others unseen.
        """
        if not request_ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT request_id, id, task_id, stage_id, role_id, kind, user_id, "
                "on_behalf_of_id, reason, date, waited FROM sajad_event "
                "WHERE request_id IN %s %s ORDER BY request_id, id",
                tuple(request_ids),
                SQL("AND id <= %s", last_event_id) if last_event_id else SQL(),
            )
        )
        chains = {}
        for request_id, *values in rows:
            chain = chains.setdefault(request_id, [])
            before = chain[-1][1] if chain else str(request_id)
            line = json.dumps(values, default=str, ensure_ascii=False)
            digest = hashlib.sha256(f"{before}\n{line}".encode()).hexdigest()
            chain.append((values[0], digest))
        return chains

    @api.model
    def _get_token_digest(self, token):
        return hashlib.sha256(token.encode()).hexdigest()
