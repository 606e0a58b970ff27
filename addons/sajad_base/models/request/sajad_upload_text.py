from odoo import api, models


class SajadUploadText(models.AbstractModel):
    """What people read of files that cannot be taken, and what to do (row B9)."""

    _name = "sajad.upload.text"
    _description = "Sentences on Files That Come In"

    @api.model
    def _get_fault_text(self, fault, name, types, max_pages):
        """Return the sentence on a fault of a file that was read, or ""."""
        texts = {
            "damaged": self.env._(
                "%(name)s is damaged or was cut off; it cannot be read to its end. "
                "Scan or save it anew.",
                name=name,
            ),
            "password": self.env._(
                "%(name)s is protected with a password. Save it without one.", name=name
            ),
            "protected": self.env._(
                "%(name)s is protected against printing or changes, though it opens "
                "without a password. Open it, print it to a new PDF and send that.",
                name=name,
            ),
            "unread": self.env._(
                "%(name)s could not be examined now: something is missing on the "
                "server, and nothing is wrong with the file. Tell the administrator, "
                "and send it again later.",
                name=name,
            ),
            "large": self.env._(
                "%(name)s has more than 50 million points. Scan it with a lower "
                "resolution.",
                name=name,
            ),
            "pages": self.env._("%(name)s has more than 500 pages.", name=name),
            "heavy": self.env._(
                "%(name)s takes too long to read. Save it anew as a simple %(types)s.",
                name=name,
                types=types,
            ),
            "foreign": self.env._(
                "%(name)s holds something besides its pages. Save it anew as "
                "%(types)s.",
                name=name,
                types=types,
            ),
            "active": self.env._(
                "%(name)s does something when it is opened, or holds other files. "
                "Print it to a new PDF and send that.",
                name=name,
            ),
            "too_many_pages": self.env._(
                "%(name)s has more than %(count)s pages.", name=name, count=max_pages
            ),
            **self._get_flaw_texts(name),
        }
        return texts[fault] if fault else ""

    @api.model
    def _get_flaw_texts(self, name):
        """Return the sentences on what nobody could read."""
        return {
            "blank": self.env._(
                "%(name)s is blank: nothing stands on it. Look whether the page lay "
                "the right way round.",
                name=name,
            ),
            "small": self.env._(
                "%(name)s is too small: nobody can read letters of this size. Send the "
                "picture as the camera took it.",
                name=name,
            ),
            "dark": self.env._(
                "%(name)s is too dark to be read. Take it again in more light.",
                name=name,
            ),
            "blurred": self.env._(
                "%(name)s is blurred and cannot be read. Hold the camera still and "
                "take it again.",
                name=name,
            ),
        }

    @api.model
    def _get_other_way(self, mimetype, is_ending=False):
        """Return what to do with a file that cannot be taken as it is, or "".

        :param is_ending: its name says that it could be taken
        """
        if mimetype in ("image/heic", "image/heif", "image/heif-sequence"):
            return self.env._(
                "Send it as a JPG: on an iPhone choose Settings › Camera › Formats › "
                "Most Compatible and take it again."
            )
        if mimetype == "image/tiff":
            return self.env._("Let the scanner save it as a PDF, all pages in one.")
        if mimetype in ("application/zip", "application/x-rar", "application/vnd.rar"):
            return self.env._("Unpack the archive and send the files in it.")
        if "word" in mimetype or "opendocument" in mimetype:
            return self.env._("Save the document as a PDF and send that.")
        if is_ending:
            return self.env._(
                "Its name ends as it should, but there is something else in it. Save "
                "or scan it again."
            )
        return ""

    @api.model
    def _get_size_text(self, size):
        """Return a limit of bytes as people say it."""
        if size < 1024**2:
            return self.env._("%(count)s KB", count=size // 1024)
        return self.env._("%(count)s MB", count=size // 1024**2)
