"""Puts files where a power cut finds them whole, or not at all."""

import contextlib
import os
import uuid


def write_durably(path, content, folder):
    """Write a file under another name, have it on the disk, then give it its name.

    :param folder: of the same disk, for what is not finished
    """
    os.makedirs(folder, exist_ok=True)
    name = os.path.join(folder, uuid.uuid4().hex)
    try:
        with open(name, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    # the name is a matter of its folder
    sync(os.path.dirname(path))


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
