import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

_logger = logging.getLogger(__name__)

CHUNK = 50


class SajadBatchRun(models.AbstractModel):
    """Runs the parts of work in the background.

    A part is one transaction: what it did and the place up to which it came are
    written together, so that a job that dies goes on where it was and does nothing
    twice.
    """

    _name = "sajad.batch.run"
    _description = "Runner of Work in the Background"

    @api.model
    def _cron_run(self):
        """Do the parts of all work until the time is over; everybody gets a turn."""
        while batches := self._get_running():
            for batch in batches:
                count = self._run_part(batch)
                remaining = sum(b.total - b.position for b in self._get_running())
                if not self.env["ir.cron"]._commit_progress(count, remaining=remaining):
                    return

    def _get_running(self):
        return self.env["sajad.batch"].search([("state", "=", "running")], order="id")

    def _run_part(self, batch):
        """Do the next records of one work; return how many."""
        if not batch.user_id.active:
            # the rights that it would go on with are gone
            batch.write({"state": "stopped", "date_done": fields.Datetime.now()})
            return 0
        ids = batch.res_ids[batch.position : batch.position + (batch.chunk or CHUNK)]
        found = self._get_records(batch, ids)
        problems = self._call(batch, found)
        self._note(batch, found, problems)
        batch.write(
            {
                "position": batch.position + len(ids),
                "done_count": batch.done_count + len(found) - len(problems),
                "problem_count": batch.problem_count + len(problems),
            }
        )
        if batch.position >= batch.total:
            self._finish(batch)
        return len(ids)

    def _get_records(self, batch, ids):
        """Return the records as the person who asked sees them; some may be gone."""
        lang = batch.lang or batch.user_id.lang
        Model = self.env(user=batch.user_id.id, su=False)[batch.res_model]
        Model = Model.with_company(batch.user_id.company_id)
        context = {"lang": lang, "tz": batch.user_id.tz, "sajad_batch_id": batch.id}
        return Model.with_context(**context).browse(ids).exists()

    def _call(self, batch, records):
        """Call the job for all, and one by one when that fails.

        :return: {record: sentence} of those that were left out
        """
        try:
            return self._call_once(batch, records) if records else {}
        except Exception as error:  # noqa: BLE001  a record must not stop the others
            self._log(batch, error)
            if len(records) == 1:
                return {records: self._get_sentence(records, error)}
        problems = {}
        for record in records:
            problems |= self._call(batch, record)
        return problems

    def _call_once(self, batch, records):
        with self.env.cr.savepoint():
            parameters = batch.parameters or {}
            if batch.owner:
                owner = records.env[batch.owner]
                problems = getattr(owner, batch.job)(records, **parameters)
            else:
                problems = getattr(records, batch.job)(**parameters)
            records.env.flush_all()
        return problems or {}

    def _log(self, batch, error):
        if not isinstance(error, UserError):
            _logger.info("%s of %s", batch.job, batch.res_model, exc_info=error)

    def _get_sentence(self, record, error):
        if isinstance(error, AccessError):
            return record.env._("You may not do this with this record.")
        if isinstance(error, UserError):
            return str(error)
        return record.env._("This could not be done; tell the administrator.")

    def _note(self, batch, records, problems):
        self.env["sajad.batch.line"].create(
            [
                {
                    "batch_id": batch.id,
                    "res_id": record.id,
                    # the person chose the record and may know how it is called
                    "record_name": record.sudo().display_name,
                    "message": problems[record],
                }
                for record in records
                if record in problems
            ]
        )

    def _join(self, batch):
        """Have the parts of a result joined; a fault leaves nothing to download."""
        try:
            with self.env.cr.savepoint():
                batch.result_url = self.env[batch.owner]._join(batch)
        except Exception as error:  # noqa: BLE001  what was done stays done
            _logger.exception("%s of %s", batch.job, batch.owner, exc_info=error)

    def _finish(self, batch):
        """Say in the client that it is done."""
        if batch.owner and batch.done_count:
            self._join(batch)
        batch.write({"state": "done", "date_done": fields.Datetime.now()})
        env = self.env(context={"lang": batch.lang or batch.user_id.lang})
        values = {
            "name": batch.name,
            "count": batch.done_count,
            "left": batch.problem_count,
        }
        if batch.problem_count:
            text = env._("%(name)s: %(count)s done, %(left)s left out.", **values)
        else:
            text = env._("%(name)s: all %(count)s done.", **values)
        batch.user_id._bus_send(
            "simple_notification",
            {
                "type": "warning" if batch.problem_count else "success",
                "sticky": True,
                "message": text,
            },
        )
