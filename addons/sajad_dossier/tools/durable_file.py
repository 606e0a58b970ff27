"""Puts files where a power cut finds them whole, or not at all."""

import contextlib
import os
import uuid
from concurrent.futures import ThreadPoolExecutor

# a disk answers many that wait for it with one write of its journal
WAITING = 8


class DurableFiles:
    """Files of one transaction, which get their names when all are on the disk.

    That is as safe as one by one: a row speaks of a file only when its transaction is
    committed, and that comes after the end of the `with` block. What is cut off before
    has left nothing at the place of a file; what is begun has another name, by which it
    is removed. But the disk is waited for once, and has begun to write long before.

    Files may be added in several threads.

    :param folder: of the same disk, for what is not finished
    """

    def __init__(self, folder):
        self.folder = folder
        self.written, self.there, self.before = {}, set(), {}

    def add(self, path, content, before):
        """Write a file that is not there yet.

        :param before: function that is called just before it gets its name
        """
        if path in self.before:
            return
        self.before[path] = before
        os.makedirs(self.folder, exist_ok=True)
        name = os.path.join(self.folder, uuid.uuid4().hex)
        self.written[path] = name
        with open(name, "xb") as file:
            file.write(content)
            file.flush()
            # the system begins to write it now, and nobody waits for it
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def add_there(self, path):
        """Have a file that is there on the disk, whoever wrote it."""
        self.there.add(path)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        """Have all on the disk, then give them their names; nothing after an error."""
        try:
            if not error:
                self._finish()
        finally:
            # those that have their names are not found by the former ones
            for name in self.written.values():
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(name)

    def _finish(self):
        sync_all([*self.written.values(), *self.there])
        for path, name in self.written.items():
            self.before[path]()
            os.replace(name, path)
        # the names are a matter of their folders
        sync_all({os.path.dirname(path) for path in self.written})


def sync_all(paths):
    """Have files or folders on the disk."""
    paths = list(paths)
    # a share for each thread: handing over each file takes as long as its sync
    shares = [paths[number::WAITING] for number in range(min(WAITING, len(paths)))]
    if len(shares) == 1:
        sync_each(paths)
    elif shares:
        with ThreadPoolExecutor(len(shares)) as threads:
            list(threads.map(sync_each, shares))


def sync_each(paths):
    """Have files or folders on the disk, one after the other."""
    for path in paths:
        sync(path)


def sync(path):
    """Have a file or folder on the disk, whoever wrote it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_half(path, content):
    """Whether a file is the beginning of a content, as a killed process leaves it."""
    if not os.path.isfile(path) or os.path.getsize(path) >= len(content):
        return False
    with open(path, "rb") as file:
        return content.startswith(file.read())
