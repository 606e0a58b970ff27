"""Sentences: those that plain Python raises, and what people wrote within them."""

from odoo.tools.i18n import format_list

# quotation marks within quotation marks, in Persian and in English
INNER = str.maketrans("«»“”", "‹›‘’")


def translate(env, sentence):
    """Return a lazy sentence (`LazyTranslate`) in the language of the user."""
    # the name of the method is for texts that an export has to find
    words = env._
    return words(sentence)


def within_quotes(text):
    """Return a text of people for a sentence that puts it in quotation marks.

    Its own marks become the inner ones: «کتاب «آمار»» is read as ending too early.
    """
    return (text or "").translate(INNER)


def list_quoted(env, names, style="standard"):
    """Return names that people gave, as a sentence lists them: each in quotation marks.

    A document is called «کارت ملی، دو رو»: without marks its comma ends its name.

    :param str style: how they are joined, of `odoo.tools.i18n.format_list`
    """
    quoted = [env._("“%(name)s”", name=within_quotes(name)) for name in names]
    return format_list(env, quoted, style)


def isolate(env, name):
    """Return a name of Latin letters and digits as a sentence shows it.

    Read from right to left, the parts of `4001107_birth.pdf` would change places.
    """
    lang = env["res.lang"]._get_data(code=env.lang or "en_US")
    return f"\u2068{name}\u2069" if lang.direction == "rtl" else name


def tell_in_use(env):
    """Say that somebody else came first; Odoo's own sentences are a programmer's."""
    return env._(
        "Somebody else is changing this just now. Load the page again and see what "
        "became of it."
    )


def tell_change(env, label, before, after):
    """Return the line of history of a value that was corrected.

    The arrow is part of the sentence: it points the way in which it is read.
    """
    if not before:
        return f"{label}: {after or '-'}"
    return env._(
        "%(label)s: %(before)s → %(after)s",
        label=label,
        before=before,
        after=after or "-",
    )
