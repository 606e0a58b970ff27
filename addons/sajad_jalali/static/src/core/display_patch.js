/**
 * Display. Every date that the web client shows goes through DateTime#toFormat or
 * #toLocaleString. Patching these, and not the functions of @web/core/l10n/dates that
 * other modules hold by value, reaches all of them.
 *
 * What goes to the server is written with the numbering system "latn" or in the shape
 * yyyy-MM-dd: neither is ever converted.
 */
import { session } from "@web/session";
import { isJalaliActive, monthName, monthNames, ordinal, toJalali } from "./jalali";
import { stock } from "./stock_luxon";

const { DateTime, Info, Settings } = luxon;
const { toFormat, toLocaleString, toRelativeCalendar, months } = stock;

export const SERVER_FORMAT = /y{4}-(MM|LL)/;
const CALENDAR_TOKEN = /[yMLdDfFqo]/;
const INTL_TOKEN = /[DfF]/;

// what Odoo copies before it drops the year; whoever gives these themselves wants it
const COPIED = new Set([
    DateTime.DATE_MED,
    DateTime.DATETIME_MED,
    DateTime.DATETIME_MED_WITH_SECONDS,
]);
const isCopy = (format) => format.month === "short" && !format.weekday && !COPIED.has(format);

const pad = (number, length) => String(number).padStart(length, "0");
const quote = (text) => `'${text}'`;

function jalaliToken(token, [year, month, day], locale) {
    switch (token[0]) {
        case "y":
            return quote(token.length === 2 ? pad(year % 100, 2) : pad(year, token.length));
        case "M":
        case "L":
            return quote(token.length < 3 ? pad(month, token.length) : monthName(month, locale));
        case "d":
            return quote(pad(day, token.length));
        case "o":
            return quote(pad(ordinal(month, day), token.length));
        case "q":
            return quote(pad(Math.ceil(month / 3), token.length));
    }
    return token; // quoted text
}

const jalaliOf = (date) => toJalali(date.c.year, date.c.month, date.c.day);

DateTime.prototype.toFormat = function (format, options = {}) {
    if (
        !this.isValid ||
        options.numberingSystem === "latn" ||
        !isJalaliActive(this.locale) ||
        SERVER_FORMAT.test(format) ||
        !CALENDAR_TOKEN.test(format)
    ) {
        return toFormat.call(this, format, options);
    }
    if (INTL_TOKEN.test(format.replace(/'[^']*'/g, ""))) {
        return toFormat.call(this.reconfigure({ outputCalendar: "persian" }), format, options);
    }
    // arithmetic is ten times as fast as one call of Intl for every token
    const jalali = jalaliOf(this);
    const filled = format.replace(/'[^']*'|y+|M+|L+|d+|o+|q+/g, (token) =>
        jalaliToken(token, jalali, this.locale)
    );
    return toFormat.call(this, filled, options);
};

/**
 * Odoo drops the year from a copy of luxon's format when it is the current Gregorian one.
 * A Jalali year lies in two of them: put it back where it is another (10 Esfand 1404 read
 * on 1 Azar 1405) and take it away where it is the current one (15 Dey 1405 read then).
 */
function withJalaliYear(date, format) {
    if (!format.month) {
        return format;
    }
    const today = DateTime.local();
    const isCurrent = jalaliOf(date)[0] === jalaliOf(today)[0];
    if (!format.year && !isCurrent) {
        return { ...format, year: "numeric" };
    }
    if (format.year && isCurrent && date.year !== today.year && isCopy(format)) {
        return { ...format, year: undefined };
    }
    return format;
}

DateTime.prototype.toLocaleString = function (format = DateTime.DATE_SHORT, options = {}) {
    if (!this.isValid || !isJalaliActive(this.locale)) {
        return toLocaleString.call(this, format, options);
    }
    format = withJalaliYear(this, format);
    return toLocaleString.call(this.reconfigure({ outputCalendar: "persian" }), format, options);
};

/**
 * What is due in sixteen days would be "next month" as soon as a Gregorian month begins
 * between: days are told by their number, which is the same in each calendar.
 */
DateTime.prototype.toRelativeCalendar = function (options = {}) {
    if (!options.unit && this.isValid && isJalaliActive(this.locale)) {
        options = { ...options, unit: "days" };
    }
    return toRelativeCalendar.call(this, options);
};

Info.months = function (length = "long", options = {}) {
    const isNumeric = ["numeric", "2-digit"].includes(length);
    if (isNumeric || !isJalaliActive(options.locale)) {
        return months.call(Info, length, options);
    }
    return monthNames(options.locale);
};

if (session.sajad_calendar === "gregorian") {
    // Intl would give Persian months to Gregorian numbers in the Persian language
    Settings.defaultOutputCalendar = "gregory";
}
