from collections import deque
from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.i18n import format_list
from odoo.tools.osutil import clean_filename

from ...tools.file_check import PAPERS, clean_name, guess_type, is_misnamed
from ...tools.file_parse import make_question, read_many, read_sound
from ...tools.sentences import isolate

MARK = "sajad-form:"


class SajadUpload(models.AbstractModel):
    """Files that come in: checked by content, kept with a form, attached (row B9).

    What a place takes is an `Accepted` of tools/file_check.py. The files of one form
    in the portal go through controllers/form_files.py.
    """

    _name = "sajad.upload"
    _description = "Files That Come In"

    # ------------------------------------------------------------
    # CHECK
    # ------------------------------------------------------------

    @api.model
    def _check(self, files, accepted=PAPERS, kept_count=0):
        """Return the acceptable files and why the others are not.

        :param files: list of (name, content)
        :param accepted: what the place takes
        :param kept_count: how many files the place has already
        :return: (list of (clean name, content), list of sentences)
        """
        taken, problems = [], []
        for name, content in files:
            name = clean_name(name)
            problem = self._get_problem(name, content, accepted)
            if problem:
                problems.append(problem)
            elif len(taken) + kept_count >= accepted.max_count:
                problems.append(
                    self.env._(
                        "%(name)s: at most %(count)s files.",
                        name=isolate(self.env, name),
                        count=accepted.max_count,
                    )
                )
            else:
                taken.append((clean_filename(name)[-100:], content))
        sizes = [len(content) for _name, content in taken]
        if problem := self.env["sajad.upload.quota"]._get_problem(sizes):
            return [], [*problems, problem]
        return taken, problems

    @api.model
    def _examine(self, files, take=None):
        """Yield (the sentence of `_get_problem`, MIME type, what `take` returns).

        Of each of many files, in their order. Only a few of them are in memory.

        :param files: iterable of (name, content, accepted)
        :param take: function of the content of a sound file; it is called in other
            threads, and so must not ask the database
        """
        begun, scan = deque(), self.env["sajad.upload.scan"]._make_scan()

        def begin():
            for name, content, accepted in files:
                name = clean_name(name)
                problem, kind = self._get_outer_problem(name, content, accepted)
                begun.append((name, accepted, problem, kind))
                yield make_question(kind, accepted, scan, take, content)

        for fault, threat, taken in read_many(begin()):
            name, accepted, problem, kind = begun.popleft()
            problem = problem or self._get_found_text(name, fault, threat, accepted)
            yield problem, kind and kind.mimetype, taken

    @api.model
    def _get_comment_problem(self, thread, name, content):
        """Return a sentence on what is wrong with a file of a comment, or ""."""
        Quota = self.env["sajad.upload.quota"]
        return self._get_problem(clean_name(name), content) or Quota._get_problem(
            [len(content)], thread
        )

    @api.model
    def _get_problem(self, name, content, accepted=PAPERS):
        """Return a sentence on what is wrong with a file, or ""."""
        problem, kind = self._get_outer_problem(name, content, accepted)
        if problem:
            return problem
        scan = self.env["sajad.upload.scan"]._make_scan()
        fault, threat, _taken = read_sound(kind, accepted, scan, None, content)
        return self._get_found_text(name, fault, threat, accepted)

    @api.model
    def _get_outer_problem(self, name, content, accepted):
        """Return (a sentence, None) or ("", type of the file) before it is read."""
        Text = self.env["sajad.upload.text"]
        # of many files that come at once few are told about
        shown = partial(isolate, self.env, name)
        if not content:
            return self.env._("%(name)s is empty.", name=shown()), None
        if len(content) > accepted.max_size:
            size = Text._get_size_text(accepted.max_size)
            return self.env._(
                "%(name)s is larger than %(size)s.", name=shown(), size=size
            ), None
        mimetype = guess_type(content)
        kind = accepted.find_type(name, mimetype)
        if not kind:
            types = self._get_types_text(accepted)
            sentence = self.env._(
                "%(name)s is not a %(types)s file.", name=shown(), types=types
            )
            way = Text._get_other_way(mimetype, accepted.is_ending(name))
            return f"{sentence} {way}".strip(), None
        if is_misnamed(name):
            return self.env._(
                "%(name)s has the ending of a program or page in its name; rename it.",
                name=shown(),
            ), None
        return "", kind

    @api.model
    def _get_found_text(self, name, fault, threat, accepted):
        """Return a sentence on what was found when a file was read, or ""."""
        if not fault and not threat:
            return ""
        name = isolate(self.env, name)
        if not fault:
            return self.env["sajad.upload.scan"]._get_text(name, threat)
        types = self._get_types_text(accepted)
        Text = self.env["sajad.upload.text"]
        return Text._get_fault_text(fault, name, types, accepted.max_pages)

    @api.model
    def _get_types_text(self, accepted):
        """Return the types that a place takes: PDF, JPG, or PNG."""
        return format_list(self.env, [kind.label for kind in accepted.types], "or")

    @api.model
    def _get_help_text(self, accepted):
        """Return what a place takes, in one sentence below it."""
        types = self._get_types_text(accepted)
        size = self.env["sajad.upload.text"]._get_size_text(accepted.max_size)
        if accepted.max_count == 1:
            return self.env._(
                "One %(types)s file of up to %(size)s.", types=types, size=size
            )
        return self.env._(
            "%(types)s; at most %(count)s files, each up to %(size)s.",
            types=types,
            count=accepted.max_count,
            size=size,
        )

    @api.model
    def _take_own(self, attachments, accepted=PAPERS):
        """Return those of the files of a dialog that the user has just sent.

        The client says which files a dialog has; only the user's own that belong to
        no record are meant.

        :param attachments: of a many2many field of a wizard
        :return: attachments with elevated rights
        :raise UserError: a file is not acceptable
        """
        # files of a dialog belong to no record yet; whose they are is asked here
        own_sudo = attachments.sudo().filtered(
            lambda file: file.create_uid.id == self.env.uid and not file.res_id
        )
        files = [(file.name, file.raw) for file in own_sudo]
        _taken, problems = self._check(files, accepted)
        if problems:
            raise UserError("\n".join(problems))
        return own_sudo

    # ------------------------------------------------------------
    # ATTACH
    # ------------------------------------------------------------

    @api.model
    def _attach(self, record, files=(), kept=None):
        """Attach checked files to a record, and those kept from a form with errors.

        The caller has checked that the user may attach something to the record.

        :param files: list of (name, content) that `_check` accepted
        :param kept: attachments of `_get_kept`
        :return: all of them, with elevated rights
        :raise UserError: they are too many or too large for one record
        """
        record.ensure_one()
        sizes = [len(content) for _name, content in files]
        if kept:
            # the user's own files, which only their owner was given
            sizes += kept.sudo().mapped("file_size")
        self.env["sajad.upload.quota"]._check(sizes, record)
        place = {"res_model": record._name, "res_id": record.id}
        attached_sudo = self._create_files(files, place)
        if kept:
            # the user's own files, which only their owner was given
            kept_sudo = kept.sudo()
            kept_sudo.write({**place, "description": False})
            attached_sudo |= kept_sudo
        return attached_sudo

    @api.model
    def _name_after(self, files_sudo, document):
        """Name files after the document that they are, so that offices see it."""
        title = clean_filename(document)[:60]
        for file_sudo in files_sudo:
            name = f"{title} - {file_sudo.name}"
            file_sudo.write({"name": name, "description": document})

    @api.model
    def _create_files(self, files, values):
        # Papers are kept as they were sent, so images are not made smaller.
        Attachment_sudo = (
            # A student may read a request and not write it, so the rights to attach
            # are elevated; the owner and the content were checked before.
            self.env["ir.attachment"].sudo().with_context(image_no_postprocess=True)
        )
        return Attachment_sudo.create(
            [
                {
                    "name": name,
                    "raw": content,
                    "mimetype": guess_type(content),
                    **values,
                }
                for name, content in files
            ]
        )

    # ------------------------------------------------------------
    # FORMS THAT WERE NOT SENT
    # ------------------------------------------------------------

    @api.model
    def _keep(self, files, key):
        """Keep the files of a form with errors, so that none is chosen twice.

        :param files: list of (name, content) that `_check` accepted
        :param key: the place in the form, without which nobody finds them
        :return: attachments with elevated rights
        """
        values = {"res_model": self._name, "description": f"{MARK}{key}"}
        return self._create_files(files, values)

    @api.model
    def _get_kept(self, key, ids=None, limit=None):
        """Return the user's own files that were kept for a form, the newest first.

        :param ids: those that are still wanted; None for all
        :return: attachments with elevated rights
        """
        domain = (
            Domain("res_model", "in", [self._name, *self._get_holders()])
            & Domain("description", "=", f"{MARK}{key}")
            & Domain("create_uid", "=", self.env.uid)
        )
        if ids is not None:
            domain &= Domain("id", "in", ids)
        # own files without a record: the domain names their owner
        return self.env["ir.attachment"].sudo().search(domain, limit=limit)

    @api.model
    def _get_holders(self):
        """Hook: models whose records hold files of a form as long as they live."""
        return ["sajad.request.draft"]

    @api.model
    def _hold(self, record, files):
        """Let a record of `_get_holders` hold these files of a form, and none else."""
        place = {"res_model": record._name, "res_id": record.id}
        # the form's own files, which only their owner was given
        Attachment_sudo = self.env["ir.attachment"].sudo()
        domain = Domain.AND([[(name, "=", value)] for name, value in place.items()])
        held_sudo = Attachment_sudo.search(domain)
        (held_sudo - files).unlink()
        # whose files they are was asked above
        (files.sudo() - held_sudo).write(place)

    @api.autovacuum
    def _gc_kept(self):
        """Delete files of forms that were never sent."""
        limit = fields.Datetime.now() - timedelta(days=1)
        domain = Domain("res_model", "=", self._name)
        domain &= Domain("create_date", "<", limit)
        self.env["ir.attachment"].search(domain, limit=1000).unlink()
