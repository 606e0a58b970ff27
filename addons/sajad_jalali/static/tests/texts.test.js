import { describe, expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import {
    allowTranslations,
    makeMockEnv,
    mockService,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
    parseDate,
    parseDateTime,
    serializeDate,
    serializeDateTime,
    toLocaleDateString,
    toLocaleDateTimeString,
} from "@web/core/l10n/dates";
import { session } from "@web/session";
import { intlLocale, latinDigits } from "@sajad_jalali/core/jalali";
import { JalaliDateTime } from "@sajad_jalali/core/jalali_datetime";
import { refusalMessage } from "@sajad_jalali/core/refusal_service";
import { asPersianUser } from "./jalali_test_helpers";

const { DateTime, Info, Settings } = luxon;
const format = "yyyy/MM/dd";

const typed = (text) => serializeDate(parseDate(text, { format }));
const typedTime = (text) =>
    serializeDateTime(parseDateTime(text, { format: "yyyy/MM/dd HH:mm:ss" }));

describe.current.tags("headless");
asPersianUser();

test("shown in Jalali, sent in Gregorian", () => {
    const date = deserializeDate("2025-03-20");
    expect(formatDate(date, { format })).toBe("1403/12/30");
    expect(date.toFormat("d MMMM y")).toBe("30 اسفند 1403");
    expect(date.toFormat("yy/M/d")).toBe("03/12/30");
    expect(date.toFormat("'day' d")).toBe("day 30");
    expect(serializeDate(date)).toBe("2025-03-20");
    expect(serializeDate(JalaliDateTime.from(date).startOf("year"))).toBe("2024-03-20");
    const time = deserializeDateTime("2026-11-21 20:30:00");
    expect(formatDateTime(time, { format: "yyyy/MM/dd HH:mm" })).toBe("1405/09/01 00:00");
    expect(serializeDateTime(time)).toBe("2026-11-21 20:30:00");
    expect(serializeDateTime(JalaliDateTime.from(time))).toBe("2026-11-21 20:30:00");
    expect(date.toFormat("yyyy-MM-dd")).toBe("2025-03-20");
});

test("readable dates have the year when it is not this Jalali year", () => {
    expect(toLocaleDateString(deserializeDate("2026-11-22"))).toBe("1 آذر");
    expect(toLocaleDateString(deserializeDate("2026-03-01"))).toBe("10 اسفند 1404");
    expect(deserializeDate("2026-11-22").toLocaleString(DateTime.DATE_FULL)).toBe("1 آذر 1405");
    // 1405 goes on in 2027, and all of its dates in a list look alike
    expect(toLocaleDateString(deserializeDate("2027-01-05"))).toBe("15 دی");
    expect(toLocaleDateTimeString(deserializeDateTime("2027-01-05 08:00:00"))).not.toInclude(
        "1405"
    );
    expect(toLocaleDateString(deserializeDate("2027-03-21"))).toBe("1 فروردین 1406");
    // whoever asks for the year gets it
    expect(deserializeDate("2027-01-05").toLocaleString(DateTime.DATE_MED)).toBe("15 دی 1405");
    expect(Info.months()[8]).toBe("آذر");
});

test("near days are told by their number, not by Gregorian months", () => {
    const told = (iso) => deserializeDate(iso).toRelativeCalendar();
    // 13 Azar lies in December, 29 Aban in the Jalali month before
    expect(told("2026-12-04")).toBe("12 روز دیگر");
    expect(told("2026-11-20")).toBe("پریروز");
    expect(told("2026-11-23")).toBe("فردا");
    const base = DateTime.local().minus({ days: 40 });
    expect(DateTime.local().toRelativeCalendar({ base, unit: "months" })).toBe("ماه آینده");
});

test("typed in any digits and separators", () => {
    expect(typed("1405/02/31")).toBe("2026-05-21");
    expect(typed("1405/7/1")).toBe("2026-09-23");
    expect(typed("۱۴۰۵/۰۲/۳۱")).toBe("2026-05-21");
    expect(typed("١٤٠٥/٠٢/٣١")).toBe("2026-05-21");
    expect(typed("14050231")).toBe("2026-05-21");
    expect(typed("۱۴۰۵۰۲۳۱")).toBe("2026-05-21");
    expect(typed("1405-02-31")).toBe("2026-05-21");
    expect(typed("1403/12/30")).toBe("2025-03-20");
    expect(typed("1405")).toBe("2026-03-21");
    expect(typed("05/9/1")).toBe("2026-11-22");
    expect(typed("99/1/1")).toBe("2020-03-20");
    expect(typed("75/1/1")).toBe("1996-03-20");
    expect(typedTime("1405/07/01 10:15:00")).toBe("2026-09-23 06:45:00");
    expect(typedTime("۱۴۰۵/۷/۱ ۱۰:۱۵:۰۰")).toBe("2026-09-23 06:45:00");
});

test("Gregorian dates may be typed too", () => {
    expect(typed("2026/11/22")).toBe("2026-11-22");
    expect(typed("2026-11-22")).toBe("2026-11-22");
    expect(typed("1999/1/1")).toBe("1999-01-01");
});

test("shorthand counts Jalali months and years", () => {
    expect(typed("+1d")).toBe("2026-11-23");
    expect(typed("+1")).toBe("2026-11-23");
    expect(typed("+1w")).toBe("2026-11-29");
    expect(typed("+1m")).toBe("2026-12-22"); // 1 Dey
    expect(typed("+۱m")).toBe("2026-12-22");
    expect(typed("-1y")).toBe("2025-11-22"); // 1 Azar 1404
    expect(typed("=15d")).toBe("2026-12-06"); // 15 Azar
    expect(typed("=1m")).toBe("2026-03-21"); // 1 Farvardin
    expect(typed("today -1d")).toBe("2026-11-21");
    const date = parseDate("+1m", { format });
    expect(date instanceof JalaliDateTime).toBe(false);
    expect(date.month).toBe(12);
    expect(DateTime.local().month).toBe(11);
});

const REFUSED = [
    "1405/12/30",
    "1405-12-30",
    "14051230",
    "1405/07/31",
    "۱۴۰۵/۰۷/۳۱",
    "1405/13/01",
    "31/02/1405",
    "1405/31/02",
    "0405/01/01",
    "هفته بعد",
    "۸۲/۱۳/۲۵",
    "۱۴/۱۳/۲۵",
];
for (const text of REFUSED) {
    test(`refused: ${text}`, () => {
        allowTranslations();
        expect(() => parseDate(text, { format })).toThrow(/correct date/);
    });
}

test("a refusal says why, once", async () => {
    const messages = [];
    mockService("notification", { add: (message) => messages.push(`${message}`) });
    await makeMockEnv();
    for (const text of ["1405/12/30", "۱۴۰۵/۰۷/۳۱"]) {
        expect(() => parseDate(text, { format })).toThrow();
        await advanceTime(0);
    }
    expect(messages).toEqual([
        "“1405/12/30” is not a date: 1405 is not a leap year, Esfand has 29 days.",
        "“1405/07/31” is not a date: مهر 1405 has 30 days.",
    ]);
    expect(`${refusalMessage("31/02/1405")}`).toInclude("write the year first");
    expect(`${refusalMessage("1405/13/01")}`).toInclude("there is no month 13");
    expect(`${refusalMessage("tomorrow")}`).toInclude("1405/09/01");
});

test("digits", () => {
    expect(latinDigits("۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ \u200f9")).toBe("0123456789 0123456789 9");
});

test("English is left alone", () => {
    patchWithCleanup(Settings, { defaultLocale: "en-US" });
    const date = deserializeDate("2025-03-20");
    expect(formatDate(date, { format })).toBe("2025/03/20");
    expect(date.toFormat("d MMMM y")).toBe("20 March 2025");
    expect(typed("+1m")).toBe("2026-12-22");
    expect(typed("1405/02/28")).toBe("1405-02-28");
    expect(Info.months()[8]).toBe("September");
    expect(intlLocale()).toBe("en-US");
});

test("the preference of the user goes before the language", () => {
    patchWithCleanup(session, { sajad_calendar: "gregorian" });
    const date = deserializeDate("2025-03-20");
    expect(formatDate(date, { format })).toBe("2025/03/20");
    expect(typed("2025/3/20")).toBe("2025-03-20");
    expect(intlLocale()).toBe("fa-IR-u-ca-gregory-nu-latn");
    patchWithCleanup(session, { sajad_calendar: "jalali" });
    patchWithCleanup(Settings, { defaultLocale: "en-US" });
    const english = deserializeDate("2025-03-20");
    expect(english.toFormat("d MMMM y")).toBe("30 Esfand 1403");
    expect(typed("1403/12/30")).toBe("2025-03-20");
});
