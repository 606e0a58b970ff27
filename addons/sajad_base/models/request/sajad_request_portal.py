from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.states import OPEN_REQUESTS
from ...tools.answers import is_same
from ...tools.form_properties import get_answer_text, get_told
from ...tools.sentences import tell_change


class SajadRequest(models.Model):
    """What a student does in the portal: apply, answer and cancel (rows A8, A9)."""

    _inherit = "sajad.request"

    @api.model
    def _get_home_counts(self):
        """Return how many own requests are open, and wait for the user (row A9)."""
        own = Domain(self._get_own_domain()) & Domain("state", "in", OPEN_REQUESTS)
        self.env["sajad.task"].flush_model()
        # the domain names the own ones; students have no access to their work items
        query = self.sudo()._search(own)
        # in one statement: each page of the account begins with it
        waiting = SQL(
            """COUNT(*) FILTER (WHERE EXISTS (
                   SELECT FROM sajad_task task
                    WHERE task.request_id = sajad_request.id
                      AND task.current AND task.state = 'student'))"""
        )
        counts = self.env.execute_query(query.select(SQL("COUNT(*)"), waiting))
        ((is_open, todo),) = counts
        return {"open": is_open, "todo": todo}

    @api.model
    def _get_portal_list_fields(self):
        """Hook: the columns that the list of the own requests shows."""
        return ["name", "state", "process_id", "institution_id", "date_submit"]

    def _get_answers(self):
        """Return {request id: what was asked and answered, as people read it}."""
        rows = self.read(["properties"])
        return {row["id"]: get_told(self.env, row["properties"]) for row in rows}

    @api.model
    def _get_about(self, key):
        """Hook: what of one's own somebody asks about (row D1).

        :param str key: a kind and an id, such as ``request-7``
        :return: {"label", "url"}, nothing when it is not the user's own
        """
        kind, _dash, number = key.partition("-")
        if kind != "request" or not number.isdecimal():
            return {}
        # whose it is, is asked right here
        request_sudo = self.sudo().browse(int(number)).exists()
        if not request_sudo or not request_sudo._is_own():
            return {}
        label = f"{request_sudo.process_id.name} ({request_sudo.name})"
        return {"label": label, "url": request_sudo.access_url}

    # ------------------------------------------------------------
    # APPLY
    # ------------------------------------------------------------

    @api.model
    def _portal_submit(self, process, requester, values, token):
        """Create and submit the request of a portal form (row A8).

        A form that is sent twice gives one request, also when both arrive at once.

        :param requester: a record of a model that inherits `sajad.requester`
        :param values: what was typed; only `_get_portal_fields` of it is taken
        :param token: the hidden token of the form
        :return: the request, with elevated rights
        :raise AccessError: the user does not ask as this requester
        :raise UserError: with a sentence for the requester
        """
        if requester not in self.env["sajad.requester"]._get_own():
            raise AccessError(self.env._("You can only apply for yourself."))
        if sent_sudo := self._get_by_token(token):
            return sent_sudo
        self._lock_portal_submit(requester)
        self._check_portal_process(process, requester)
        vals = self._prepare_portal_vals(process, requester, values, token)
        # Only the engine creates requests; who applies and for what was checked.
        Request_sudo = self.sudo().with_context(mail_create_nolog=True)
        try:
            with self.env.cr.savepoint():
                request_sudo = Request_sudo.create(vals)
                request_sudo.env["sajad.engine"]._submit(request_sudo)
        except UniqueViolation as error:
            # Another request of the same form, or of the same kind, won the race. It
            # may be invisible to this transaction: Odoo repeats it then.
            if sent_sudo := self._get_by_token(token):
                return sent_sudo
            raise ConcurrencyError(self.env._("This form was sent already.")) from error
        return request_sudo.with_context(mail_create_nolog=False)

    @api.model
    def _lock_portal_submit(self, requester):
        """Let one form of a requester in at a time; Odoo repeats the others later.

        The unique indexes decide anyway; this spares the log their errors.
        """
        query = SQL(
            "SELECT pg_try_advisory_xact_lock(hashtext(%s), hashtext(%s))",
            self._name,
            requester._get_requester_key(),
        )
        if not self.env.execute_query(query)[0][0]:
            raise ConcurrencyError(self.env._("This form was sent already."))

    @api.model
    def _get_portal_fields(self):
        """Hook: the fields of a request that a portal form may set."""
        return {"note", "properties"}

    @api.model
    def _prepare_portal_vals(self, process, requester, values, token):
        """Hook: the values of a new request of the portal."""
        allowed = self._get_portal_fields()
        return {
            **{name: value for name, value in values.items() if name in allowed},
            "process_id": process.id,
            **requester._prepare_requester_vals(),
            "submit_token": token,
            "open_key": self._get_open_key(process, requester),
        }

    @api.model
    def _get_open_key(self, process, requester):
        """Return what is unique while a request is open, or False."""
        group = process.exclusive_group
        return f"{group}:{requester._get_requester_key()}" if group else False

    @api.model
    def _get_by_token(self, token):
        """Return the own request that the form gave already."""
        if not token:
            # nothing, in the same environment as what is found
            return self.sudo().browse()
        # The token is the form's secret; somebody else's gives nothing.
        return self.sudo().search(
            [
                ("submit_token", "=", token),
                ("partner_id", "=", self.env.user.partner_id.id),
            ],
            limit=1,
        )

    @api.model
    def _get_open_requests(self, processes, requesters):
        """Return {(process, requester): open request} where only one is allowed."""
        keys = {
            (process, requester): self._get_open_key(process, requester)
            for process in processes
            for requester in requesters
            if process.exclusive_group
        }
        domain = [("open_key", "in", list(keys.values()))]
        # asked for requesters of the person only
        requests_sudo = self.sudo().search_fetch(domain, ["open_key"])
        by_key = {request.open_key: request for request in requests_sudo}
        return {pair: by_key[key] for pair, key in keys.items() if key in by_key}

    @api.model
    def _check_portal_process(self, process, requester):
        """Raise when the requester cannot apply now, saying why."""
        process._check_takes_requests()
        if process not in self._filter_offered(process, [requester]):
            raise UserError(
                self.env._("%(name)s is not offered to you.", name=process.name)
            )
        if self._get_open_requests(process, [requester]):
            raise UserError(
                self.env._("You have an open request of this kind already.")
            )

    @api.model
    def _filter_offered(self, processes, requesters):
        """Return the processes for which any of the requesters may apply."""
        return processes.filtered(
            lambda process: any(
                process._is_offered_to(requester) for requester in requesters
            )
        )

    # ------------------------------------------------------------
    # ANSWER AND CANCEL
    # ------------------------------------------------------------

    def _portal_answer(self, text, values=None, files=None):
        """Send a returned request back to the office (rows A9, B4).

        :param values: of the form that was corrected, as `_portal_submit` takes them
        :param files: {input: attachments} that came with the answer
        :raise UserError: nothing is to be answered, or the answer is empty
        """
        self._check_portal_owner()
        if not self._can_answer():
            raise UserError(self._get_no_answer_text())
        if not (text or "").strip():
            raise UserError(self.env._("Write your answer."))
        # The engine alone moves requests; the owner was checked.
        request_sudo = self.sudo()
        changes = request_sudo._correct_form(values or {}, files or {})
        text = "\n".join([text.strip(), *changes])
        request_sudo.env["sajad.engine"]._answer(request_sudo, text)

    def _correct_form(self, values, files):
        """Hook: write what was corrected of the form; return a line for each change.

        The lines go into the history with the answer, so that offices see what was
        there before.

        :param values: as `_portal_submit` takes them
        :param files: {input: attachments} that came with the answer
        """
        self.ensure_one()
        lines = self._correct_answers(values.get("properties") or {})
        note = values.get("note", self.note) or ""
        if note != (self.note or ""):
            lines.append(self._tell_change("note", self.note, note))
            self.note = note
        names = [file.name for attached in files.values() for file in attached]
        return lines + [self.env._("New file: %(name)s", name=name) for name in names]

    def _tell_change(self, name, before, after):
        """Return the line of history of a field that the requester corrected."""
        label = self._fields[name]._description_string(self.env)
        return tell_change(self.env, label, before, after)

    def _correct_answers(self, values, field="properties"):
        """Write corrected answers {property: value}; return a line for each change.

        :param field: of the request, that holds the answers
        """
        lines, changed = [], {}
        for definition in self.read([field])[0][field]:
            name, before = definition["name"], definition.get("value")
            if definition["type"] == "many2one" and before:
                before = before[0]
            if name not in values or is_same(values[name], before):
                continue
            changed[name] = values[name]
            old, new = (
                get_answer_text(self.env, definition, answer)
                for answer in (before, values[name])
            )
            lines.append(tell_change(self.env, definition["string"], old, new))
        if changed:
            self[field] = changed
        return lines

    def _get_no_answer_text(self):
        """Say why no answer is taken; who sends it twice reads that it is there."""
        # students read no history; whose request it is was asked
        kinds = self.sudo().event_ids.mapped("kind")
        if self.state in OPEN_REQUESTS and "answered" in kinds:
            return self.env._(
                "The office has your answer already. To add something, write a message "
                "at the end of this page."
            )
        return self.env._("This request does not wait for an answer.")

    def _portal_cancel(self):
        """Cancel the own open request (row A9).

        :raise UserError: it cannot be cancelled any more
        """
        self._check_portal_owner()
        if not self._can_cancel():
            raise UserError(self.env._("This request cannot be cancelled any more."))
        # The engine alone moves requests; the owner was checked.
        request_sudo = self.sudo()
        request_sudo.env["sajad.engine"]._cancel(request_sudo)

    def _can_answer(self):
        """Whether an office waits for an answer of the student."""
        self.ensure_one()
        return self.state in OPEN_REQUESTS and any(
            task.state == "student" and task.student_wait == "answer"
            for task in self._get_portal_tasks()
        )

    def _can_cancel(self):
        """Whether the student may still cancel: the engine knows."""
        self.ensure_one()
        return self.env["sajad.engine"]._can_cancel(self)

    def _check_portal_owner(self):
        if not self._is_own():
            raise AccessError(self.env._("This is not your request."))
