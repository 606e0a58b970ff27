"""A list of students as a registrar's system writes it: names and words (row A1)."""

from odoo.addons.sajad_persian.tools.normalize import fold_word

from .list_file import Columns

# what the columns are called; the first is the template's
HEADERS = {
    "student_number": (
        *("شماره دانشجویی", "شماره‌ی دانشجویی", "شماره دانشجو", "کد دانشجویی"),
        *("ش دانشجویی", "student number", "student_number", "student id"),
    ),
    "name": (
        *("نام و نام خانوادگی", "نام و نام خانوادگی دانشجو", "نام کامل"),
        *("نام دانشجو", "full name", "name"),
    ),
    "first_name": ("نام", "نام کوچک", "first name", "first_name"),
    "last_name": (
        *("نام خانوادگی", "فامیلی", "فامیل", "شهرت"),
        *("last name", "last_name", "surname"),
    ),
    "faculty_id": (
        *("دانشکده", "نام دانشکده", "کد دانشکده", "دانشکده محل تحصیل"),
        *("faculty", "faculty_id"),
    ),
    "field_id": (
        *("رشته", "رشته تحصیلی", "نام رشته", "رشته و گرایش", "کد رشته"),
        *("field of study", "field_id", "major"),
    ),
    "degree_level_id": (
        *("مقطع", "مقطع تحصیلی", "دوره تحصیلی", "degree level", "degree_level_id"),
        "degree",
    ),
    "entry_year": ("سال ورود", "سال ورودی", "ورودی", "entry year", "entry_year"),
    "study_mode": ("نوع دوره", "دوره", "نوبت", "study mode", "study_mode"),
    "status": (
        *("وضعیت تحصیلی", "وضعیت", "وضعیت دانشجو", "status", "status of study"),
    ),
    "has_dormitory": ("خوابگاهی", "خوابگاه", "ساکن خوابگاه", "has dormitory"),
    "is_international": ("دانشجوی بین‌الملل", "بین‌الملل", "is international"),
    "nationality_id": ("تابعیت", "ملیت", "nationality", "nationality_id"),
    "national_id": ("کد ملی", "شماره ملی", "national id", "national_id"),
    "foreign_id": (
        *("شناسه اتباع", "کد فراگیر اتباع", "شماره فراگیر", "کد فراگیر"),
        *("foreign id", "foreign_id"),
    ),
    "passport_number": ("شماره گذرنامه", "گذرنامه", "passport number", "passport"),
    "father_name": ("نام پدر", "father name", "father's name", "father_name"),
    "birth_certificate_number": (
        *("شماره شناسنامه", "ش شناسنامه", "birth certificate number"),
    ),
    "birth_date": ("تاریخ تولد", "ت تولد", "birth date", "birth_date"),
    "birth_place": ("محل صدور", "محل صدور شناسنامه", "place of issue", "birth_place"),
    "sex": ("جنسیت", "جنس", "sex", "gender"),
    "marital_status": ("وضعیت تأهل", "تأهل", "marital status", "marital_status"),
    "mobile": (
        *("تلفن همراه", "موبایل", "شماره موبایل", "شماره تلفن همراه", "شماره همراه"),
        *("همراه", "mobile"),
    ),
    "phone": ("تلفن ثابت", "تلفن", "شماره تلفن", "landline", "phone"),
    "email": (
        "رایانامه",
        "ایمیل",
        "پست الکترونیک",
        "پست الکترونیکی",
        "e-mail",
        "email",
    ),
    "address": ("نشانی", "آدرس", "نشانی دائم", "آدرس محل سکونت", "address"),
}
COLUMNS = Columns(HEADERS, ["student_number"])

# how each cell is read: a kind of `form_reader`, or what is looked up
KINDS = {
    "student_number": "char",
    "name": "letters",
    "first_name": "letters",
    "last_name": "letters",
    "entry_year": "integer",
    "national_id": "national_id",
    "foreign_id": "foreign_id",
    "passport_number": "passport",
    "father_name": "letters",
    "birth_certificate_number": "birth_certificate",
    "birth_date": "date",
    "birth_place": "char",
    "mobile": "mobile",
    "phone": "phone",
    "email": "char",
    "address": "text",
}
PLACES = ("faculty_id", "field_id", "degree_level_id", "nationality_id")
YES_NO = {
    True: ("بله", "بلی", "دارد", "هست", "است", "yes", "true", "1", "x"),
    False: ("خیر", "نه", "ندارد", "نیست", "no", "false", "0"),
}
WORDS = {
    "study_mode": {
        "day": ("روزانه", "day", "daytime"),
        "evening": ("شبانه", "نوبت دوم", "evening"),
    },
    "status": {
        "studying": (
            *("در حال تحصیل", "مشغول به تحصیل", "مشغول تحصیل", "شاغل به تحصیل"),
            *("عادی", "studying", "active"),
        ),
        "graduated": ("دانش‌آموخته", "فارغ‌التحصیل", "graduated", "graduate"),
        "left": (
            *("انصراف", "انصرافی", "اخراج", "اخراجی", "ترک تحصیل"),
            *("انصراف از تحصیل", "left", "withdrawn"),
        ),
    },
    "sex": {
        "male": ("مرد", "پسر", "مذکر", "آقا", "male", "m"),
        "female": ("زن", "دختر", "مؤنث", "خانم", "female", "f"),
    },
    "marital_status": {
        "single": ("مجرد", "single"),
        "married": ("متأهل", "married"),
    },
    "has_dormitory": YES_NO,
    "is_international": YES_NO,
}
CODES = {
    name: {fold_word(text): value for value, texts in words.items() for text in texts}
    for name, words in WORDS.items()
}
# countries as lists name them by their people
NATIONS = {
    "IR": ("ایران", "ایرانی", "iranian"),
    "AF": ("افغانستان", "افغان", "افغانی", "افغانستانی"),
    "IQ": ("عراق", "عراقی"),
    "SY": ("سوریه", "سوری"),
    "LB": ("لبنان", "لبنانی"),
    "PK": ("پاکستان", "پاکستانی"),
    "TJ": ("تاجیکستان", "تاجیک", "تاجیکی"),
}
