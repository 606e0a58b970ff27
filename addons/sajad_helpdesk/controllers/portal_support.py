from werkzeug.urls import url_encode

from odoo import http
from odoo.http import request

from odoo.addons.sajad_base.controllers.portal_service import SajadServicePortal
from odoo.addons.sajad_base.tools.form import FormInput, fill_form, read_form
from odoo.addons.sajad_base.tools.form_properties import (
    make_property_inputs,
    show_answers,
)

MAX_SUBJECT = 200
# what the form is about, beside what is typed
HIDDEN = ("support_category", "support_about", "support_former")


class SupportPortal(SajadServicePortal):
    """The form of a support request: of its category, about a request (row D1)."""

    def _is_support(self, process):
        return process.matter == "support"

    @http.route("/my/support", type="http", auth="user", website=True, readonly=True)
    def portal_support(self, **kw):
        """Lead to the form, from links that do not know which service it is. Row D1"""
        # which service takes support requests is no secret
        Process_sudo = request.env["sajad.process"].sudo()
        domain = Process_sudo._get_catalogue_domain() + [("matter", "=", "support")]
        process = Process_sudo.search(domain, limit=1)
        if not process:
            return request.redirect("/my/services")
        names = ("category", "about", "former", "service")
        query = {name: kw[name] for name in names if isinstance(kw.get(name), str)}
        path = f"/my/services/{process.code}/apply"
        return request.redirect(f"{path}?{url_encode(query)}" if query else path)

    # ------------------------------------------------------------
    # WHAT IT IS ABOUT
    # ------------------------------------------------------------

    def _get_chosen(self, name):
        """Return what the form, its link, or a half-filled one says of `HIDDEN`."""
        linked = name.removeprefix("support_")
        for source in (request.httprequest.form, request.httprequest.args):
            found = source.get(name) or source.get(linked)
            if found:
                return found
        is_anew = {"category", "choose"} & set(request.httprequest.args)
        if request.httprequest.method == "POST" or is_anew:
            return ""
        return self._get_drafted(name)

    def _get_drafted(self, name):
        process = self._get_apply_process(request.params.get("code"))
        requesters = self._get_apply_requesters(process)
        if not requesters:
            return ""
        chosen = self._get_apply_requester(requesters, request.params)
        draft = request.env["sajad.request.draft"]._get_own_form(process, chosen)
        return (draft.content or {}).get(name) or ""

    def _get_category(self, corrected=None):
        """Return the category of the form with elevated rights, or none."""
        # what a category asks is no secret of those who answer
        Category_sudo = request.env["sajad.support.category"].sudo()
        if corrected:
            return corrected.support_category_id
        chosen = self._get_chosen("support_category")
        found = Category_sudo.browse(int(chosen) if chosen.isdecimal() else 0).exists()
        return found.filtered("active")

    def _get_about_key(self):
        key = self._get_chosen("support_about")
        return key if request.env["sajad.request"]._get_about(key) else ""

    def _get_former(self):
        """Return the own closed request that the new one follows, or none."""
        chosen = self._get_chosen("support_former")
        # whose it is, is asked right here
        Request_sudo = request.env["sajad.request"].sudo()
        found = Request_sudo.browse(int(chosen) if chosen.isdecimal() else 0).exists()
        return found.filtered(lambda r: r.support_state and r._is_own())

    # ------------------------------------------------------------
    # INPUTS
    # ------------------------------------------------------------

    def _make_inputs(self, process, corrected=None):
        inputs = super()._make_inputs(process, corrected)
        if not self._is_support(process):
            return inputs
        category = self._get_category(corrected)
        of_category = make_property_inputs(
            request.env, category.form_definition, category.required_properties
        )
        if corrected:
            row = corrected.read(["support_properties"])[0]
            show_answers(of_category, row["support_properties"])
        return inputs + of_category

    def _make_support_inputs(self, corrected=None):
        inputs = [
            FormInput(
                name="support_subject",
                key="support_subject",
                label=request.env._("Subject"),
                kind="char",
                required=True,
                max_length=MAX_SUBJECT,
                value=corrected.support_subject or "" if corrected else "",
            )
        ]
        if not corrected and not self._get_about_key():
            inputs.append(
                FormInput(
                    name="support_service",
                    key="support_service",
                    label=request.env._("Service it is about"),
                    kind="selection",
                    options=self._get_service_options(),
                    value=self._get_linked_service(),
                )
            )
        return inputs

    def _get_service_options(self):
        # what a service is and who may apply is no secret
        Process_sudo = request.env["sajad.process"].sudo()
        processes = Process_sudo.search(Process_sudo._get_catalogue_domain())
        others = processes.filtered(lambda process: process.matter != "support")
        return [(str(process.id), process.name) for process in others]

    def _get_linked_service(self):
        code = request.httprequest.args.get("service") or ""
        # what a service is and who may apply is no secret
        process = self._get_apply_process(code) if code else None
        return str(process.id) if process else ""

    # ------------------------------------------------------------
    # THE FORM
    # ------------------------------------------------------------

    def _get_apply_template(self, process):
        if self._is_support(process):
            return "sajad_helpdesk.portal_support_apply"
        return super()._get_apply_template(process)

    def _get_draft_names(self, process):
        names = super()._get_draft_names(process)
        if self._is_support(process):
            names |= {*HIDDEN, "support_subject", "support_service"}
        return names

    def _get_sent_texts(self, request_sudo):
        texts = super()._get_sent_texts(request_sudo)
        if self._is_support(request_sudo.process_id):
            texts["support_subject"] = request_sudo.support_subject or ""
        return texts

    def _prepare_apply_values(
        self, process, requester, post, errors=None, corrected=None
    ):
        values = super()._prepare_apply_values(
            process, requester, post, errors, corrected
        )
        if self._is_support(process):
            category, former = self._get_category(corrected), self._get_former()
            about = self._get_about_key()
            values.update(
                is_support=True,
                category=category,
                support_category=str(category.id or ""),
                support_about=about,
                about=request.env["sajad.request"]._get_about(about),
                former=former,
                support_former=str(former.id or ""),
                support_inputs=fill_form(
                    self._make_support_inputs(corrected), post, errors
                ),
                lines=[] if category else self._get_lines(),
            )
        return values

    def _get_lines(self):
        """Return [(what belongs there, its categories)] to choose from."""
        # what a desk answers is no secret
        categories = request.env["sajad.support.category"].sudo().search([])
        texts = {
            "regulations": request.env._("Regulations and international students"),
            "technical": request.env._("Technical problems"),
        }
        by_line = categories.grouped("line")
        return [
            {"line": line, "label": text, "categories": by_line[line]}
            for line, text in texts.items()
            if line in by_line
        ]

    def _parse_apply_values(self, process, requester, post, corrected=None):
        values, errors = super()._parse_apply_values(
            process, requester, post, corrected
        )
        if not self._is_support(process):
            return values, errors
        inputs = self._make_support_inputs(corrected)
        said, problems = read_form(request.env, inputs, post)
        errors.update(problems)
        values["support_subject"] = said.get("support_subject")
        if not values["note"]:
            errors["note"] = request.env._("Say what happened or what you ask.")
        if not corrected:
            category = self._get_category()
            if not category:
                errors["support_category"] = request.env._("Choose what it is about.")
            values.update(self._get_concerned(said), support_category_id=category.id)
        return values, errors

    def _get_concerned(self, said):
        """Return the values of a new request that say what it is about."""
        former, key = self._get_former(), self._get_about_key()
        about = request.env["sajad.request"]._get_about(key)
        kind, _dash, number = key.partition("-")
        # the own one, which was asked above
        Request_sudo = request.env["sajad.request"].sudo()
        about_sudo = Request_sudo.browse(int(number) if kind == "request" else [])
        service_id = about_sudo.process_id.id or int(said.get("support_service") or 0)
        return {
            "support_about_key": key or False,
            "support_about_text": about.get("label", False),
            "support_about_id": about_sudo.id,
            "support_service_id": service_id or False,
            "support_former_id": former.id,
        }
