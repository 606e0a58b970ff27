"""Names one after the other, as a Persian sentence lists them: «الف، ب و پ».

The data of babel put a comma before the last "and" or "or", which Persian does not.
Odoo lists names only through babel, also those that a translated sentence is given.
"""

import babel.lists
from babel import Locale

LAST = {"standard": " و ", "or": " یا "}
# the mark keeps Latin words in their order from right to left, as babel's own does
BETWEEN = "،\u200f "
_format_list = babel.lists.format_list


def format_list(lst, style="standard", locale=None):
    """Return the texts of `lst` as one: babel's function, with Persian for Persian."""
    if style not in LAST or not locale or Locale.parse(locale).language != "fa":
        return _format_list(lst, style, locale)
    *front, last = lst or [""]
    return LAST[style].join([BETWEEN.join(front), last] if front else [last])


babel.lists.format_list = format_list
