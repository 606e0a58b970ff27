"""Messages that say thank you and nothing else."""

from odoo.addons.sajad_persian.tools.normalize import fold_words

# longer ones say something besides
MAX_WORDS = 12
THANKS = (
    "ممنون ممنونم سپاس سپاسگزارم سپاسگزاریم سپاسگذارم متشکرم متشکر تشکر مرسی "
    "تشکرمی‌کنم قدردانم دستتان دست شما درد نکند thank thanks"
)
# what stands beside it
POLITE = (
    "سلام با از شما و خیلی بسیار زیاد هم که من را رو پاسخ پاسختان پیگیری راهنمایی "
    "همراهی لطف لطفتان توجه سریع حل شد مشکل مشکلم برطرف گردید احترام خدانگهدار "
    "عرض وقت بخیر روز خوش باشید کمک بابت برای است شده می‌کنم دارم همکار گرامی "
    "you very much for your help the a so and answer it is solved hello dear"
)
THANK_WORDS = frozenset(fold_words(THANKS)) - frozenset(fold_words("دست شما"))
POLITE_WORDS = frozenset(fold_words(POLITE)) | frozenset(fold_words("دست شما"))
MARKS = str.maketrans(dict.fromkeys(".,!?؟،؛:;()\"'«»-–…\n\r\t🙏🌹❤", " "))


def is_only_thanks(text):
    """Whether a message thanks and asks nothing: it opens no request again."""
    words = fold_words((text or "").translate(MARKS))
    if not words or len(words) > MAX_WORDS or "؟" in text or "?" in text:
        return False
    if not any(word in THANK_WORDS for word in words):
        return False
    return all(word in THANK_WORDS or word in POLITE_WORDS for word in words)
