/**
 * Typing. A typed date is read by DateTime.fromFormat, and as a last resort by .fromISO
 * and .fromSQL with the option setZone (parseDateTime of @web/core/l10n/dates). Latin,
 * Persian and Arabic digits are the same. Years from 1700 on are taken as Gregorian.
 */
import { EventBus } from "@odoo/owl";
import { parseDateTime } from "@web/core/l10n/dates";
import { SERVER_FORMAT } from "./display_patch";
import {
    FIRST_YEAR,
    LAST_YEAR,
    isJalaliActive,
    latinDigits,
    monthLength,
    toGregorian,
    toJalali,
} from "./jalali";
import { TypedJalaliDateTime } from "./jalali_datetime";
import { stock } from "./stock_luxon";

const { DateTime } = luxon;
const { fromFormat, fromISO, fromSQL, local } = stock;

/** Tells what was typed and could not be read ("refused"). */
export const typingBus = new EventBus();

const SHORTHAND = /^(today|now)?\s*([+=-]|$)/;

const today = () => {
    const now = local.call(DateTime);
    return toJalali(now.c.year, now.c.month, now.c.day);
};

/** 99 is 1399, and 05 is 1405: not further than twenty years ahead. */
function fullYear(year) {
    const century = Math.floor(today()[0] / 100) * 100;
    return century + year > today()[0] + 20 ? century - 100 + year : century + year;
}

/** The year as it was typed; luxon makes 1999 and 2005 of two digits. */
function typedYear(text, format, year) {
    if (year === undefined) {
        return today()[0];
    }
    const short = /(^|[^y])y{1,2}($|[^y])/.test(format);
    return short && (year < 100 || (year >= 1900 && !text.includes(year)))
        ? fullYear(year % 100)
        : year;
}

function isJalaliYear(year) {
    return year >= FIRST_YEAR && year <= LAST_YEAR;
}

function fromJalali(year, month, day, time, { zone = "default", locale } = {}) {
    if (month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) {
        return DateTime.invalid("unit out of range");
    }
    const [gregorianYear, gregorianMonth, gregorianDay] = toGregorian(year, month, day);
    return DateTime.fromObject(
        { ...time, year: gregorianYear, month: gregorianMonth, day: gregorianDay },
        { zone, locale }
    );
}

let unread = null;

/**
 * Odoo's own reading of shorthand and of digits without separators knows Latin only. It
 * tries all formats, once: the shorter ones that are asked for after the first would cut
 * 82/13/25 into 8213, 2 and 5.
 */
function parseLatin(text, format, zone) {
    if (text === unread) {
        return DateTime.invalid("unparsable");
    }
    try {
        return parseDateTime(text, { format, tz: zone });
    } catch (error) {
        if (error.name !== "ConversionError") {
            throw error;
        }
        unread = text;
        queueMicrotask(() => (unread = null));
        return DateTime.invalid("unparsable");
    }
}

let isShorthand = false;

/** Shorthand ("+1m", "=1d") counts from the next DateTime.local(): give it Jalali units. */
function expectShorthand() {
    isShorthand = true;
    queueMicrotask(() => (isShorthand = false));
}

DateTime.local = function (...args) {
    const date = local.apply(DateTime, args);
    if (isShorthand && !args.length) {
        isShorthand = false;
        return TypedJalaliDateTime.from(date);
    }
    return date;
};

DateTime.fromFormat = function (text, format, options = {}) {
    if (!isJalaliActive() || SERVER_FORMAT.test(format)) {
        return fromFormat.call(DateTime, text, format, options);
    }
    const latin = latinDigits(`${text}`);
    if (latin !== text) {
        return parseLatin(latin, format, options.zone);
    }
    if (SHORTHAND.test(text)) {
        expectShorthand();
        return DateTime.invalid("shorthand");
    }
    options = { ...options, numberingSystem: "latn" };
    const { result } = DateTime.fromFormatExplain(text, format, options);
    if (!result || !(result.year || result.month || result.day)) {
        return fromFormat.call(DateTime, text, format, options);
    }
    const year = typedYear(text, format, result.year);
    if (year > LAST_YEAR) {
        return fromFormat.call(DateTime, text, format, options);
    }
    if (year < FIRST_YEAR) {
        return DateTime.invalid("unit out of range");
    }
    const { month, day, ...time } = result;
    delete time.year;
    // as luxon does: smaller units that are missing start at 1, larger ones are today's
    const missingMonth = result.year ? 1 : today()[1];
    return fromJalali(year, month ?? missingMonth, day ?? 1, time, options);
};

const ISO = /^\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)/;

function fromTypedISO(parse, text, options) {
    if (!options?.setZone || !isJalaliActive()) {
        return parse.call(DateTime, text, options);
    }
    text = latinDigits(`${text}`);
    const [, year, month, day] = (text.match(ISO) || []).map(Number);
    if (!isJalaliYear(year)) {
        return parse.call(DateTime, text, options);
    }
    const date = fromJalali(year, month, day, {});
    if (!date.isValid) {
        return date;
    }
    const gregorian = date.toFormat("yyyy-MM-dd", { numberingSystem: "latn" });
    return parse.call(DateTime, text.replace(ISO, gregorian), options);
}

DateTime.fromISO = function (text, options) {
    return fromTypedISO(fromISO, text, options);
};

DateTime.fromSQL = function (text, options) {
    const date = fromTypedISO(fromSQL, text, options);
    if (!date.isValid && options?.setZone && isJalaliActive()) {
        // the last thing that parseDateTime tries
        typingBus.trigger("refused", { text });
    }
    return date;
};
