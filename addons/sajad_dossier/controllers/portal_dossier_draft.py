from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.sajad_base.controllers.form_files import read_files
from odoo.addons.sajad_base.tools.body_limit import let_in

from .dossier_file import serve_file
from .portal_dossier import DossierPortal

STEPS = {"up": -1, "down": 1}


def get_papers_size():
    """Return how many bytes the pages of the largest kind of document have."""
    # limits are no secret
    return request.env["sajad.document.type"].sudo()._get_largest_size()


class DossierDraftPortal(DossierPortal):
    """What a student does with the pages of a draft, and its submission (row C4).

    Each form names what it changes by ids in its address, which are looked for among
    the student's own; nothing else that a client sends is written.
    """

    def _get_own_page(self, dossier_id, page_id):
        """Return the page of an own draft with elevated rights."""
        pages_sudo = self._get_own_dossier(dossier_id).item_ids.draft_ids.page_ids
        return pages_sudo.filtered(lambda page: page.id == page_id)

    def _run(self, action, *args):
        """Do something with own drafts; return sentences on what went wrong."""
        try:
            with request.env.cr.savepoint():
                return action(*args) or []
        except UserError as error:
            return [str(error)]

    def _answer(self, item_sudo, problems, message):
        """Go back to the page of an entry, or show it with what went wrong."""
        if problems:
            return self._render_item(item_sudo, problems=problems)
        return request.redirect(f"{item_sudo._get_portal_url()}?message={message}")

    # ------------------------------------------------------------
    # PAGES
    # ------------------------------------------------------------

    @http.route(
        "/my/dossiers/<int:dossier_id>/items/<int:item_id>/pages",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=let_in(get_papers_size),
    )
    def portal_my_dossier_add(self, dossier_id, item_id, type_id="", **post):
        """Add photographs or files to the pages of a draft. Row C4"""
        item_sudo = self._get_own_item(dossier_id, item_id)
        if not item_sudo:
            raise request.not_found()
        types_sudo = item_sudo._get_portal_types()
        chosen_sudo = types_sudo.filtered(lambda kind: str(kind.id) == type_id)
        type_sudo = chosen_sudo or item_sudo.draft_ids.type_id or types_sudo[:1]
        if not type_sudo or not item_sudo._can_bring():
            # nothing is read of a file that is not taken
            return self._answer(item_sudo, [item_sudo._get_closed_text()], "")
        files = read_files("files", type_sudo._get_accepted())
        if not files:
            problems = [request.env._("Choose the file.")]
        else:
            Draft_sudo = item_sudo.draft_ids.browse()
            problems = self._run(Draft_sudo._take, item_sudo, type_sudo, files)
        return self._answer(item_sudo, problems, "added")

    @http.route(
        "/my/dossiers/<int:dossier_id>/items/<int:item_id>/pages/<int:page_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=let_in(get_papers_size),
    )
    def portal_my_dossier_page(self, dossier_id, item_id, page_id, do="", **post):
        """Move, replace or remove a page of a draft. Row C4"""
        item_sudo = self._get_own_item(dossier_id, item_id)
        if not item_sudo:
            raise request.not_found()
        page_sudo = item_sudo.draft_ids.page_ids.filtered(lambda p: p.id == page_id)
        if not page_sudo:
            # another window removed or submitted it
            return self._answer(item_sudo, [], "gone")
        if do in STEPS:
            problems = self._run(page_sudo._move, STEPS[do])
        elif do == "remove":
            problems = self._run(page_sudo._drop)
        else:
            files = read_files("files", page_sudo.draft_id.type_id._get_accepted())
            problems = [request.env._("Choose the file.")]
            if files:
                problems = self._run(page_sudo._replace, files)
        return self._answer(
            item_sudo, problems, "removed" if do == "remove" else "changed"
        )

    @http.route(
        "/my/dossiers/<int:dossier_id>/pages/<int:page_id>/file",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def portal_my_dossier_page_file(self, dossier_id, page_id, **kw):
        """Show a page of an own draft, which nobody else sees. Row C4"""
        page_sudo = self._get_own_page(dossier_id, page_id)
        if not page_sudo:
            raise request.not_found()
        name = f"draft-{page_sudo.id}"
        return serve_file(page_sudo._get_attachment(), page_sudo.mimetype, name)

    @http.route(
        "/my/dossiers/<int:dossier_id>/items/<int:item_id>/discard",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_my_dossier_discard(self, dossier_id, item_id, **post):
        """Throw a draft away, with its pages. Row C4"""
        item_sudo = self._get_own_item(dossier_id, item_id)
        if not item_sudo:
            raise request.not_found()
        drafts_sudo = item_sudo.draft_ids
        problems = self._run(drafts_sudo._discard) if drafts_sudo else []
        return self._answer(item_sudo, problems, "discarded")

    # ------------------------------------------------------------
    # SUBMIT
    # ------------------------------------------------------------

    @http.route(
        "/my/dossiers/<int:dossier_id>/items/<int:item_id>/submit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_my_dossier_submit(self, dossier_id, item_id, pages="", **post):
        """Submit a draft for good; a second click finds it done. Row C4"""
        item_sudo = self._get_own_item(dossier_id, item_id)
        if not item_sudo:
            raise request.not_found()
        draft_sudo = item_sudo.draft_ids
        if draft_sudo and pages != draft_sudo._get_shown():
            # what another window changed is not submitted unseen
            text = request.env._(
                "Another window changed the pages meanwhile. Look at them and submit "
                "again."
            )
            return self._answer(item_sudo, [text], "")
        problems = self._submit(item_sudo.dossier_id, item_sudo)
        return self._answer(item_sudo, problems, "submitted")

    @http.route(
        "/my/dossiers/<int:dossier_id>/submit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_my_dossier_submit_all(self, dossier_id, **post):
        """Submit all drafts for good; a second click finds nothing to do. Row C4"""
        dossier_sudo = self._get_own_dossier(dossier_id)
        if not dossier_sudo:
            raise request.not_found()
        problems = self._submit(dossier_sudo, dossier_sudo.item_ids)
        if problems:
            return self._render_dossier(dossier_sudo, problems=problems)
        url = dossier_sudo._get_portal_url()
        return request.redirect(f"{url}?message=submitted")

    def _submit(self, dossier_sudo, items_sudo):
        def submit():
            dossier_sudo._submit_drafts(items_sudo)

        return self._run(submit)
