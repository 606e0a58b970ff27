from odoo import api, fields, models
from odoo.fields import Command, Domain

from ..engine.states import OPEN_REQUESTS
from ..tools.calendars import jalali_to_date, jalali_year
from ..tools.clock import get_country_today

# what a step of `_get_steps` consists of
STEP = ("name", "is_done", "detail", "action_xmlid")


class SajadOverview(models.TransientModel):
    """What waits today, and what is still to be set up: an administrator's start."""

    _name = "sajad.overview"
    _description = "Overview"

    open_count = fields.Integer(string="Open Requests", readonly=True)
    late_count = fields.Integer(string="Late Work", readonly=True)
    suspended_count = fields.Integer(string="Suspended", readonly=True)
    ask_count = fields.Integer(string="Cartable Requests", readonly=True)
    step_ids = fields.One2many("sajad.overview.step", "overview_id", readonly=True)
    left_count = fields.Integer(compute="_compute_left_count")

    @api.depends("step_ids.is_done")
    def _compute_left_count(self):
        for overview in self:
            left = overview.step_ids.filtered(lambda step: not step.is_done)
            overview.left_count = len(left)

    @api.depends_context("lang")
    def _compute_display_name(self):
        for overview in self:
            overview.display_name = self.env._("Overview")

    @api.model
    def _open(self):
        """Return the action that shows the overview as it is now."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_base.sajad_overview_action"
        )
        # counted as the user; nobody but this method writes an overview
        overview_sudo = self.sudo().create(self._prepare_vals())
        return {**action, "res_id": overview_sudo.id}

    def action_open_late(self):
        """Open the late work of all offices that the user may see. Row B12"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_base.sajad_task_action"
        )
        # not of own cartables alone, which an administrator has none of
        action["domain"] = []
        action["context"] = {"search_default_late": 1}
        action["display_name"] = self.env._("Late Work")
        return action

    @api.model
    def _prepare_vals(self):
        return {
            "open_count": self._count("request", [("state", "in", OPEN_REQUESTS)]),
            "late_count": self._count("task", [("is_late", "=", True)]),
            "suspended_count": self._count("request", [("state", "=", "suspended")]),
            "ask_count": self._count("cartable.request", [("state", "=", "submitted")]),
            "step_ids": [
                Command.create(dict(zip(STEP, step, strict=True)))
                for step in self._get_steps()
            ],
        }

    @api.model
    def _get_steps(self):
        """Return [(name, is it done, what is there, xmlid of the action)] in order.

        A hook: addons add what they need to be set up.
        """
        steps = [
            self._get_university_step(),
            self._get_liaison_step(),
            self._get_register_step(),
            self._get_process_step(),
            self._get_office_step(),
            self._get_holiday_step(),
        ]
        if self.env.user.has_group("base.group_system"):
            steps += [
                self._get_sender_step(),
                self._get_address_step(),
                self._get_mail_step(),
            ]
        return steps

    def _count(self, model, domain=()):
        return self.env[f"sajad.{model}"].search_count(Domain(domain))

    def _get_university_step(self):
        count = self._count("university", [("is_organization", "=", False)])
        return (
            self.env._("Universities and their faculties"),
            bool(count),
            self.env._("%(count)s universities", count=count),
            "sajad_base.sajad_university_action",
        )

    def _get_liaison_step(self):
        count = self._count(
            "university",
            [("is_organization", "=", False), ("liaison_ids", "=", False)],
        )
        return (
            self.env._("A liaison at each university"),
            not count,
            self.env._("%(count)s universities without one", count=count),
            "sajad_base.sajad_university_action",
        )

    def _get_register_step(self):
        count = self._count("student")
        return (
            self.env._("The register of students"),
            bool(count),
            self.env._("%(count)s students", count=count),
            "sajad_base.sajad_student_action",
        )

    def _get_process_step(self):
        count = self._count("flow", [("state", "=", "published")])
        return (
            self.env._("Processes"),
            bool(count),
            self.env._("%(count)s published", count=count),
            "sajad_base.sajad_process_action",
        )

    def _get_office_step(self):
        count = self._count("cartable.gap")
        return (
            self.env._("Somebody in charge in each office"),
            not count,
            self.env._("%(count)s offices without anyone", count=count),
            "sajad_base.sajad_cartable_gap_action",
        )

    def _get_holiday_step(self):
        year = jalali_year(get_country_today())
        begin, end = (jalali_to_date(number, 1, 1) for number in (year, year + 1))
        count = self._count("holiday", [("date", ">=", begin), ("date", "<", end)])
        return (
            self.env._("Public holidays of this year"),
            bool(count),
            self.env._("%(count)s days in %(year)s", count=count, year=year),
            "sajad_base.sajad_holiday_action",
        )

    def _get_sender_step(self):
        organization = self.env["sajad.university"]._get_organization()
        return (
            self.env._("The name and e-mail address that send mails"),
            bool(organization.mail_address),
            f"{organization._get_mail_name()} · {organization._get_mail_address()}",
            "sajad_base.sajad_university_action",
        )

    def _get_address_step(self):
        address = self.get_base_url()
        return (
            self.env._("The address that people use"),
            "//localhost" not in address and "//127." not in address,
            address,
            "base.ir_config_list_action",
        )

    def _get_mail_step(self):
        count = self.env["ir.mail_server"].search_count([])
        return (
            self.env._("A server for outgoing mail"),
            bool(count),
            self.env._("%(count)s servers", count=count),
            "base.action_ir_mail_server_list",
        )
