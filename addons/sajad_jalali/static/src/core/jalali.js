/**
 * The Jalali (Solar Hijri) calendar: arithmetic and names.
 *
 * The 33-year rule: 8 leap years in 33 years, 12053 days. It equals the tables of ICU
 * and jdatetime for every day of 1250 to 1500. The server (tools/jalali.py) counts by
 * the same rule.
 */
import { session } from "@web/session";

const DAY = 86400000;
const CYCLE_DAYS = 12053;
const EPOCH = Date.UTC(1921, 2, 21) / DAY; // 1 Farvardin 1300
const EPOCH_DAYS = Math.floor((CYCLE_DAYS * 1300 + 21) / 33);

const MONTHS = {
    fa: [
        ..."فروردین اردیبهشت خرداد تیر مرداد شهریور".split(" "),
        ..."مهر آبان آذر دی بهمن اسفند".split(" "),
    ],
    en: [
        ..."Farvardin Ordibehesht Khordad Tir Mordad Shahrivar".split(" "),
        ..."Mehr Aban Azar Dey Bahman Esfand".split(" "),
    ],
};
const SEASONS = {
    fa: "بهار تابستان پاییز زمستان".split(" "),
    en: "Spring Summer Autumn Winter".split(" "),
};

/** Typed years in this range are Jalali; later ones are Gregorian. */
export const FIRST_YEAR = 1200;
export const LAST_YEAR = 1699;

const yearStart = (year) => Math.floor((CYCLE_DAYS * year + 21) / 33);
const daysBefore = (month) => (month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30);

export function isLeap(year) {
    return yearStart(year + 1) - yearStart(year) === 366;
}

export function monthLength(year, month) {
    if (month <= 6) {
        return 31;
    }
    return month < 12 || isLeap(year) ? 30 : 29;
}

/** @returns {[number, number, number]} Gregorian year, month and day */
export function toGregorian(year, month, day) {
    const days = yearStart(year) + daysBefore(month) + day - 1;
    const date = new Date((days - EPOCH_DAYS + EPOCH) * DAY);
    return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

/** @returns {[number, number, number]} Jalali year, month and day */
export function toJalali(gregorianYear, gregorianMonth, gregorianDay) {
    const date = new Date(0);
    date.setUTCFullYear(gregorianYear, gregorianMonth - 1, gregorianDay);
    const days = date.getTime() / DAY - EPOCH + EPOCH_DAYS;
    const year = Math.floor((33 * days + 11) / CYCLE_DAYS);
    const rest = days - yearStart(year);
    return rest < 186
        ? [year, Math.floor(rest / 31) + 1, (rest % 31) + 1]
        : [year, Math.floor((rest - 186) / 30) + 7, ((rest - 186) % 30) + 1];
}

export function ordinal(month, day) {
    return daysBefore(month) + day;
}

export function isPersian(locale) {
    return /^fa\b/i.test(locale || "");
}

/**
 * Who sees Jalali dates: users whose language is Persian, unless the preference of the
 * user says otherwise. The only place that decides.
 *
 * @param {string} [locale] of the date, if it has one of its own
 */
export function isJalaliActive(locale = luxon.Settings.defaultLocale) {
    switch (session.sajad_calendar) {
        case "gregorian":
            return false;
        case "jalali":
            return locale === luxon.Settings.defaultLocale || isPersian(locale);
    }
    return isPersian(locale);
}

/** The locale for Intl (FullCalendar): calendar and digits as everywhere else. */
export function intlLocale() {
    const locale = luxon.Settings.defaultLocale;
    if (!isPersian(locale) && !isJalaliActive()) {
        return locale;
    }
    return `${locale}-u-ca-${isJalaliActive() ? "persian" : "gregory"}-nu-latn`;
}

const language = (locale) => (isPersian(locale) ? "fa" : "en");

export function monthName(month, locale = luxon.Settings.defaultLocale) {
    return MONTHS[language(locale)][month - 1];
}

export function monthNames(locale = luxon.Settings.defaultLocale) {
    return [...MONTHS[language(locale)]];
}

export function seasonName(quarter, locale = luxon.Settings.defaultLocale) {
    return SEASONS[language(locale)][quarter - 1];
}

export function seasonNames(locale = luxon.Settings.defaultLocale) {
    return [...SEASONS[language(locale)]];
}

/** Persian and Arabic digits as Latin ones, and without direction marks. */
export function latinDigits(text) {
    return text
        .replace(/[\u06F0-\u06F9]/g, (digit) => digit.charCodeAt(0) - 0x06f0)
        .replace(/[\u0660-\u0669]/g, (digit) => digit.charCodeAt(0) - 0x0660)
        .replace(/[\u200e\u200f\u061c]/g, "");
}
