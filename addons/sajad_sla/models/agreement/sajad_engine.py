from odoo import models


class SajadEngine(models.AbstractModel):
    """Requests keep the agreement under which they were made (row D3)."""

    _inherit = "sajad.engine"

    def _start(self, requests, log):
        result = super()._start(requests, log)
        for process, members in requests.grouped("process_id").items():
            members.agreement_version_id = process._get_published_agreement_id(
                process.id
            )
        return result
