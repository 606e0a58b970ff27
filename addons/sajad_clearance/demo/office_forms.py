"""What the offices of the invented universities fill in."""

from datetime import timedelta

from odoo import fields

from odoo.addons.sajad_base.tools.clock import get_country_today

FORMS = {
    "department": {"form_checked": True, "card_received": True},
    "education_expert": {"form_complete": True},
}


def fill_in(task):
    """Fill in the form of the office, as its holds against the student say."""
    code = task.stage_id.code
    form = FORMS.get(code, {})
    if code in ("dormitories", "dormitory"):
        form = {**_get_debt(task), "room": "returned"}
    elif code == "welfare":
        form = {**_get_debt(task), **_get_plan(task), **_get_number(task)}
    if form:
        task.properties = form


def _get_holds(task):
    return task.sudo()._get_office_holds().get(task, task.env["sajad.hold"]).sudo()


def _get_debt(task):
    amount = sum(_get_holds(task).mapped("amount"))
    return {"debt": "yes", "debt_amount": amount} if amount else {"debt": "no"}


def _get_plan(task):
    days = _get_holds(task).instalment_ids.mapped("date_due")
    if not days:
        return {}
    return {
        "instalments_from": fields.Date.to_string(min(days)),
        "instalments_to": fields.Date.to_string(max(days)),
    }


def _get_number(task):
    day = get_country_today() - timedelta(days=1)
    return {
        "form_number": f"ر-{task.request_id.id:04d}",
        "form_date": fields.Date.to_string(day),
    }
