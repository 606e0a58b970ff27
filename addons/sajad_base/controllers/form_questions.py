"""Questions of a form that are answered with a file (row A5).

The answer is the name of the file; the file itself comes in, is kept and attached as
any other of the form.
"""

from odoo.http import request

from ..tools.file_check import PAPERS
from .form_files import FormFiles

ONE_PAPER = PAPERS._replace(max_count=1)


def get_places(inputs):
    """Return the places of files among the inputs of a form."""
    return {item.name: ONE_PAPER for item in inputs if item.kind == "file"}


def answer_with_files(inputs, said, files: FormFiles):
    """Write the names of files as answers, and say where one is missing.

    :param inputs: of the form, with the answers that there are already
    :param dict said: what `read_form` read, to which answers are added
    """
    for item in inputs:
        if item.kind != "file":
            continue
        if item.key in said:  # as nothing: it is not asked
            files.drop(item.name)
            continue
        if item.required and not item.value:
            files.require(item.name, request.env._("This document is required."))
        said[item.key] = files.get_names(item.name) or item.value or False


def name_files(inputs, attached):
    """Name the files after the questions that they answer.

    :param attached: {input: attachments with elevated rights}
    """
    for item in inputs:
        if item.kind == "file":
            request.env["sajad.upload"]._name_after(attached[item.name], item.label)
