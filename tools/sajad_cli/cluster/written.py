"""The files of config/, adapted to one machine: only what the guide says to adapt."""

import os
import re

from ..ui import Problem


def adapt(text, places, name):
    """Replace texts; each must be there, or the file is another than was meant.

    :param dict places: {what stands there: what it becomes}
    :raise Problem: one of them is not there
    """
    for old, new in places.items():
        if old not in text:
            raise Problem(f"config/{name} has no {old!r}", "the guide says what has")
        text = text.replace(old, str(new))
    return text


def adapt_options(text, values, name):
    """Give options of a file of ``name = value`` other values.

    :raise Problem: one of them is not in the file
    """
    for option, value in values.items():
        pattern = re.compile(rf"^{re.escape(option)} = .*$", re.M)
        if not pattern.search(text):
            raise Problem(f"config/{name} has no option {option}")
        line = f"{option} = {value}"
        text = pattern.sub(lambda _found, line=line: line, text)
    return text


class Written:
    """Reads config/ and writes its adapted files into a folder."""

    def __init__(self, settings, folder):
        self.settings = settings
        self.source = settings.project / "config"
        self.folder = folder

    def put(self, name, target, places=None, options=None, more=""):
        """Write an adapted file; return its path.

        :param str name: the file below config/
        :param str more: lines that come after it
        """
        text = (self.source / name).read_text(encoding="utf-8")
        text = adapt(text, places or {}, name)
        text = adapt_options(text, options or {}, name)
        return self.write(target, text + more)

    def write(self, target, text, mode=0o640):
        """Write a file that the run user reads; return its path."""
        path = self.folder / target
        path.touch(mode)
        path.write_text(text, encoding="utf-8")
        self.give(path)
        return path

    def give(self, path):
        """Let a file or folder belong to the run user."""
        if drop := self.settings.drop:
            os.chown(path, drop["user"], drop["group"])
