from odoo import api, fields, models
from odoo.exceptions import UserError


class SajadSupportMerge(models.TransientModel):
    """The dialog that makes one request of many, or an incident (row D2)."""

    _name = "sajad.support.merge"
    _description = "Merge or Link"
    _inherit = ["sajad.support.dialog"]

    main_id = fields.Many2one(
        "sajad.request",
        string="Main Request",
        compute="_compute_main_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        help="The others are merged into it or linked to it.",
    )
    number = fields.Char(
        string="Another Request",
        help="The number of a main request that is not in the selection.",
    )
    mode = fields.Selection(
        [
            ("merge", "Merge: one requester has written twice"),
            ("link", "Link: many report one incident"),
        ],
        compute="_compute_mode",
        store=True,
        readonly=False,
    )

    @api.depends("request_ids")
    def _compute_main_id(self):
        for dialog in self:
            # what has others already stays their main request
            dialog.main_id = dialog.request_ids._origin.sorted(
                lambda r: (not r.support_merged_ids, bool(r.support_main_id), r.id)
            )[:1]

    @api.depends("request_ids")
    def _compute_mode(self):
        for dialog in self:
            requesters = {request._get_requester() for request in dialog.request_ids}
            dialog.mode = "merge" if len(requesters) < 2 else "link"

    def action_apply(self):
        """Merge or link, all or none (row D2).

        :raise UserError: with the reason
        """
        self.ensure_one()
        main = self._get_main()
        others = self.request_ids - main
        if self.mode == "merge":
            others._support_merge(main)
        else:
            others._support_link(main)
        return {
            "type": "ir.actions.act_window",
            "res_model": main._name,
            "res_id": main.id,
            "views": [
                (self.env.ref("sajad_helpdesk.sajad_request_view_form_desk").id, "form")
            ],
        }

    def _get_main(self):
        number = (self.number or "").strip()
        if not number:
            return self.main_id
        main = self.env["sajad.request"].search(
            [("name", "=", number), ("support_state", "!=", False)], limit=1
        )
        if not main:
            raise UserError(
                self.env._("There is no support request %(number)s.", number=number)
            )
        return main
