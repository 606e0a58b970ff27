"""What fields of type Binary hold: base64 today, bytes from Odoo 20 on."""

import base64

from odoo.exceptions import UserError


def decode_binary(value):
    """Return the bytes that the value of a Binary field stands for.

    :raise ValueError: it is not what a client may send
    """
    text = value.encode() if isinstance(value, str) else value or b""
    # some clients break their lines
    return base64.b64decode(b"".join(text.split()), validate=True)


def read_binary(record, name):
    """Return the bytes of a Binary field, and not their size as forms ask for it.

    :rtype: bytes
    :raise UserError: what came is damaged
    """
    try:
        return decode_binary(record.with_context(bin_size=False)[name])
    except ValueError as error:
        sentence = record.env._("The file did not arrive whole. Choose it once more.")
        raise UserError(sentence) from error
