"""One word for one thing in the Persian of our addons (CONTRIBUTING, "Words").

Each rule names the word that is not used and the one that is, as a regular expression
and its replacement, and the texts that it is about. What follows a rule can be put
right without a person: `./sajad translate` does.
"""

import re

# joined to the letters around it, a word is another one
_START, _END = r"(?<![\u0600-\u06ff\u200c])", r"(?![\u0600-\u06ff])"
OFFICE = r"\boffices?\b"
# names of offices keep their word
_NAMED = "(?! (?:امور|پذیرش|تغذیه|خوابگاه|دانش|رفاه|فناوری|کل))"
# (not used, used, about: of texts whose English matches; "" of all)
RULES = [
    ("تأیید", "تایید", ""),
    ("رؤیت", "رویت", ""),
    (f"{_START}ایمیل", "رایانامه", ""),
    ("دانلود", "دریافت", ""),
    ("جست‌وجو", "جستجو", ""),
    ("گفتگو", "گفت‌وگو", ""),
    (f"{_START}بله{_END}", "بلی", ""),
    ("همزمان", "هم‌زمان", ""),
    ("تسویه‌حساب", "تسویه حساب", ""),
    (f"{_START}قبلاً", "پیش‌تر", ""),
    ("درخواست‌دهنده", "درخواست‌کننده", ""),
    ("اطلاعیه", "اعلان", ""),
    (f"{_START}برگشت{_END}", "بازگشت", ""),
    (f"{_START}برمی‌گردان", "بازمی‌گردان", ""),
    (f"{_START}برگردان", "بازگردان", ""),
    # to send
    ("فرستاده شد", "ارسال شد", ""),
    ("فرستاده می‌شود", "ارسال می‌شود", ""),
    ("فرستاده نشد", "ارسال نشد", ""),
    ("فرستاده‌شده", "ارسال‌شده", ""),
    ("فرستاده‌(ا(?:ید|ند|م)|است)", r"ارسال کرده‌\1", ""),
    ("نفرستادن", "ارسال نشدن", ""),
    (f"{_START}فرستادن{_END}", "ارسال", ""),
    (f"{_START}بفرست(ید|د|ند)", r"ارسال کن\1", ""),
    (f"{_START}(ن?می‌)فرست(ید|د|ند)", r"ارسال \1کن\2", ""),
    # an office
    (f"{_START}اداره‌ها", "واحدها", OFFICE),
    (f"{_START}اداره‌ای", "واحدی", OFFICE),
    (f"{_START}اداره{_END}{_NAMED}", "واحد", OFFICE),
    (f"{_START}دفترها", "واحدها", OFFICE),
    (f"{_START}دفتری", "واحدی", OFFICE),
]


def respell(msgid, persian):
    """Return a Persian text with the words that our addons use."""
    for wrong, right, about in RULES:
        if re.search(about, msgid):
            persian = re.sub(wrong, right, persian)
    return persian


def other_words(entries):
    """Say where a text uses a second word for a thing."""
    return [
        f"another word is used for it: {entry.msgstr!r} should be "
        f"{respell(entry.msgid, entry.msgstr)!r}"
        for entry in entries
        if respell(entry.msgid, entry.msgstr) != entry.msgstr
    ]
