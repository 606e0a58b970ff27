from odoo.http import request
from odoo.tools.i18n import format_list

from ..tools.file_check import PAPERS

# nobody unticks more files than this in one form
MAX_KEPT = 100


class FormFiles:
    """The files of one form of the portal: read, checked, kept and attached.

    A form has one or more places for files. What was good of a form with errors is
    kept under its key, and the person need not choose it again (row B9).

    :param key: the form among all forms of the user
    :param places: {name of the input: what it takes}
    """

    def __init__(self, key, places=None):
        self.key = key
        self.places = places or {"files": PAPERS}
        self.taken = {name: [] for name in self.places}
        self.problems = {}
        self.kept = {name: self._get_kept(name) for name in self.places}

    @classmethod
    def take(cls, key, places=None, shown=None):
        """Return the files of a form that was sent, checked.

        :param shown: ids of the files that the form had shown, if it says so; what
            another window kept meanwhile was not taken away
        """
        self = cls(key, places)
        wanted = _read_kept_ids()
        if shown is not None:
            wanted += [i for i in self.get_kept().ids if i not in shown]
        for name, accepted in self.places.items():
            files = read_files(name, accepted)
            self.kept[name] = self._get_kept(name, wanted)
            if files and accepted.max_count == 1:
                # the new one replaces the one that is there
                self.kept[name] = self.kept[name].browse()
            self.taken[name], problems = request.env["sajad.upload"]._check(
                files, accepted, len(self.kept[name])
            )
            if problems:
                self.problems[name] = "\n".join(problems)
        return self

    def _get_kept(self, name, ids=None):
        return request.env["sajad.upload"]._get_kept(
            self._get_key(name), ids, self.places[name].max_count
        )

    def _get_key(self, name):
        return self.key if name == "files" else f"{self.key}-{name}"

    def require(self, name, sentence):
        """Say so when there is no file for the place, neither new nor kept."""
        if not self.taken[name] and not self.kept[name]:
            # what is wrong with a file is told before that it is missing
            self.problems.setdefault(name, sentence)

    def drop(self, name):
        """Leave out the files of a place that is not asked for."""
        self.taken[name] = []
        self.kept[name] = self.kept[name].browse()
        self.problems.pop(name, None)

    def get_names(self, name):
        """Return the names of the files of a place, in one line."""
        names = [*self.kept[name].mapped("name"), *(n for n, _ in self.taken[name])]
        return format_list(request.env, names)

    def keep(self):
        """Keep the new files, beside those that are kept already."""
        for name, files in self.taken.items():
            kept = request.env["sajad.upload"]._keep(files, self._get_key(name))
            self.kept[name] |= kept
            self.taken[name] = []

    def attach(self, record):
        """Attach all of them to a record to which access was checked.

        :return: {name of the input: attachments}
        """
        Upload = request.env["sajad.upload"]
        return {
            name: Upload._attach(record, files, self.kept[name])
            for name, files in self.taken.items()
        }

    def get_kept(self):
        """Return everything that is kept, with elevated rights."""
        # the form's own files, found by its key and their owner
        return request.env["ir.attachment"].sudo().union(*self.kept.values())

    def draw(self):
        """Return {name of the input: what `sajad_base.portal_file_input` draws}."""
        Upload = request.env["sajad.upload"]
        return {
            name: {
                "name": name,
                "accepted": accepted,
                "help": Upload._get_help_text(accepted),
                "kept": self.kept[name],
                "problem": self.problems.get(name),
            }
            for name, accepted in self.places.items()
        }


def read_files(name, accepted):
    """Return [(name, content)] of one place, one byte over the limit."""
    sent = [file for file in request.httprequest.files.getlist(name) if file.filename]
    files = []
    # one more than the limit, so that the check can say so
    for storage in sent[: accepted.max_count + 1]:
        # Odoo may repeat a request that lost a race, on files already read
        storage.seek(0)
        files.append((storage.filename, storage.read(accepted.max_size + 1)))
    return files


def _read_kept_ids():
    """Return the ids of the files that a form with errors had kept."""
    ids = request.httprequest.form.getlist("kept_file_ids")
    return [int(text) for text in ids[:MAX_KEPT] if text.isdecimal()]
