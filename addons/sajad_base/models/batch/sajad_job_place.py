from odoo import api, models


class SajadJobPlace(models.AbstractModel):
    """Where jobs are that walk over a whole table in the order of ids (row E5).

    A place is named after its job.

    Odoo ends the time of a job after some seconds, and takes one that does not say what
    is left for done. The next run of these goes on behind the last row of this one.
    """

    _name = "sajad.job.place"
    _description = "Place of a Job"

    @api.model
    def _get(self, name):
        """Return the id behind which the job goes on, 0 at the beginning."""
        # a number, and no secret of whoever changes a calendar
        return int(self.env["ir.config_parameter"].sudo().get_param(name, 0))

    @api.model
    def _keep(self, name, last_id, count):
        """Commit; return False where the time of the job is over.

        :param int last_id: of the rows that are done
        :param int count: how many of them are new
        """
        if self.env["ir.cron"]._commit_progress(count, remaining=1):
            return True
        self._set(name, last_id)
        return False

    @api.model
    def _finish(self, name):
        """Say that all rows are done."""
        self._set(name, 0)
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _begin_anew(self, name):
        """Have a job begin again soon: what it has done is not right any more.

        :param str name: its external id; nothing happens before it is loaded
        """
        if job := self.env.ref(name, raise_if_not_found=False):
            self._set(name, 0)
            # whoever changes a calendar keeps no jobs
            job.sudo()._trigger()

    @api.model
    def _set(self, name, last_id):
        if self._get(name) != last_id:
            # a number, as above
            self.env["ir.config_parameter"].sudo().set_param(name, last_id)
