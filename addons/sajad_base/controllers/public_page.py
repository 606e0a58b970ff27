from werkzeug.exceptions import TooManyRequests

from odoo.http import request

LANGS = {"fa": "fa_IR", "en": "en_US"}
# Nothing of such a page is for search machines, other sites or anybody's cache, and it
# needs no script.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; "
    "font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def set_lang(lang):
    """Choose the language of a public page: Persian where nobody asks for another."""
    installed = request.env["res.lang"]._get_data(code=LANGS["fa"])
    lang = lang if lang in LANGS else "fa"
    if lang == "fa" and not installed:
        lang = "en"
    request.update_context(lang=LANGS[lang])
    return lang


def render_page(template, lang, status=200, wait=0, **values):
    """Return a public page, with headers that keep it from others.

    :param lang: of `set_lang`
    :param int wait: seconds of `refuse_too_many`; the page gets them as `minutes`
    """
    direction = "rtl" if lang == "fa" else "ltr"
    minutes = -(-wait // 60)
    values = {
        "page_lang": lang,
        "direction": direction,
        "minutes": minutes,
        **values,
    }
    content = request.env["ir.qweb"]._render(template, values)
    headers = [("Content-Type", "text/html; charset=utf-8"), *HEADERS.items()]
    if wait:
        status = 429
        headers.append(("Retry-After", str(wait)))
    return request.make_response(
        "<!DOCTYPE html>" + str(content), headers, status=status
    )


def refuse_too_many(page, times=1):
    """Count a call of a public page; return in how many seconds the next may come.

    :param int times: how many times the usual number are let through
    """
    user = request.env.user
    if user and not user._is_public():
        # whoever is signed in is counted alone: a dormitory has one address
        page = f"{page}_{user.id}"
    address = request.httprequest.remote_addr
    # a table that visitors do not see
    return request.env["sajad.throttle"].sudo()._take(page, address, times)


def limit_calls(page, times=1):
    """Count a call of what is found by a secret or a name, whatever it answers.

    :raise TooManyRequests: with the seconds until the next may come
    """
    if seconds := refuse_too_many(page, times):
        said = request.env._(
            "There were too many tries from here. Wait %(minutes)s minutes, then try "
            "again.",
            minutes=-(-seconds // 60),
        )
        raise TooManyRequests(said, retry_after=seconds)
    # what is not found raises, and would take the count back; nothing else is written
    request.env.cr.commit()  # pylint: disable=invalid-commit
