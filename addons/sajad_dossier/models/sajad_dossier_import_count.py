from collections import Counter

from odoo import api, fields, models

from .sajad_dossier_import_line import GOOD, RESULTS


class SajadDossierImportCount(models.AbstractModel):
    """What became of the files of a bulk upload, in numbers (row C8)."""

    _name = "sajad.dossier.import.count"
    _description = "Numbers of a Bulk Upload"

    new_count = fields.Integer(string="New", compute="_compute_counts")
    version_count = fields.Integer(string="Newer Versions", compute="_compute_counts")
    same_count = fields.Integer(string="There Already", compute="_compute_counts")
    refused_count = fields.Integer(string="Refused", compute="_compute_counts")
    waiting_count = fields.Integer(string="To Be Examined", compute="_compute_counts")
    progress = fields.Integer(compute="_compute_counts")
    request_ids = fields.One2many(
        "sajad.request",
        "dossier_import_id",
        string="Requests",
        groups="base.group_no_one",
    )
    sent_count = fields.Integer(
        string="Sent for Verification",
        compute="_compute_sent_count",
        help="Phases of dossiers that have all they need now. What waits for other "
        "documents is sent with them.",
    )

    @api.depends("line_ids.result", "line_ids.is_kept", "state")
    def _compute_counts(self):
        groups = self.env["sajad.dossier.import.line"]._read_group(
            [("import_id", "in", self.ids)],
            ["import_id", "result", "is_kept"],
            ["__count"],
        )
        counts, totals, done = Counter(), Counter(), Counter()
        for record, result, is_kept, count in groups:
            counts[record, result] += count
            is_over = result != "waiting" if record.state == "examining" else is_kept
            if record.state == "examining" or result in GOOD:
                totals[record] += count
                done[record] += count * is_over
        for record in self:
            for result, _label in RESULTS:
                record[f"{result}_count"] = counts[record, result]
            record.progress = 100 * done[record] // (totals[record] or 1)

    @api.depends("request_ids")
    def _compute_sent_count(self):
        for record in self:
            # how many they are is no secret of who brought the documents
            record.sent_count = len(record.sudo().request_ids)
