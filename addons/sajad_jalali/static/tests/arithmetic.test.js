import { describe, expect, test } from "@odoo/hoot";
import { makeMockEnv } from "@web/../tests/web_test_helpers";
import { isLeap, toGregorian, toJalali } from "@sajad_jalali/core/jalali";
import { JalaliDateTime } from "@sajad_jalali/core/jalali_datetime";
import { asPersianUser } from "./jalali_test_helpers";

const { DateTime } = luxon;

describe.current.tags("headless");
asPersianUser();

test("every day of 1250 to 1500 is the day of ICU", () => {
    const icu = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
        year: "numeric",
        month: "numeric",
        day: "numeric",
        timeZone: "UTC",
    });
    const first = Date.UTC(...gregorianOf(1250, 1, 1));
    const last = Date.UTC(...gregorianOf(1501, 1, 1));
    const wrong = [];
    for (let day = first; day < last; day += 86400000) {
        const date = new Date(day);
        const gregorian = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        const jalali = toJalali(...gregorian);
        const [m, d, y] = icu.format(date).match(/\d+/g).map(Number);
        if (`${[y, m, d]}` !== `${jalali}` || `${toGregorian(...jalali)}` !== `${gregorian}`) {
            wrong.push(gregorian);
        }
    }
    expect((last - first) / 86400000).toBe(91676);
    expect(wrong).toEqual([]);
});

function gregorianOf(...jalali) {
    const [y, m, d] = toGregorian(...jalali);
    return [y, m - 1, d];
}

test("leap years", () => {
    expect([1399, 1403, 1404, 1405, 1408].map(isLeap)).toEqual([true, true, false, false, true]);
    expect(toGregorian(1403, 12, 30)).toEqual([2025, 3, 20]);
    expect(toJalali(1, 1, 1)).toEqual([-621, 10, 11]);
});

test("units of a JalaliDateTime are Jalali, its texts for machines are not", async () => {
    await makeMockEnv();
    const date = JalaliDateTime.from(DateTime.fromISO("2026-11-22T10:15"));
    expect([date.year, date.month, date.day, date.quarter]).toEqual([1405, 9, 1, 3]);
    expect([date.daysInMonth, date.ordinal, date.weekNumber]).toEqual([30, 247, 36]);
    expect(date.startOf("year").toISODate()).toBe("2026-03-21");
    expect(date.endOf("year").toISODate()).toBe("2027-03-20");
    expect(date.startOf("quarter").toISODate()).toBe("2026-09-23");
    expect(date.endOf("month").toISO()).toBe("2026-12-21T23:59:59.999+03:30");
    expect(date.plus({ months: 4 }).toISODate()).toBe("2027-03-21");
    expect(date.minus({ months: 9 }).toISODate()).toBe("2026-02-20");
    expect(date.set({ month: 12, day: 29 }).toISODate()).toBe("2027-03-20");
    expect(date.set({ quarter: 1 }).month).toBe(3);
    expect(date.hasSame(DateTime.fromISO("2026-12-01"), "month")).toBe(true);
    expect(date.toISO()).toBe("2026-11-22T10:15:00.000+03:30");
});

test("the last day of a month is kept inside the shorter month", () => {
    const date = JalaliDateTime.from(DateTime.fromISO("2026-09-22")); // 31 Shahrivar
    expect(date.plus({ months: 1 }).toISODate()).toBe("2026-10-22"); // 30 Mehr
    expect(date.plus({ months: 6 }).toISODate()).toBe("2027-03-20"); // 29 Esfand
});

test("the week with 1 Farvardin is the first of the year", async () => {
    await makeMockEnv();
    const week = (iso) => JalaliDateTime.from(DateTime.fromISO(iso)).weekNumber;
    // 1 Farvardin 1405 is a Saturday, 1 Farvardin 1406 a Sunday
    expect([week("2026-03-20"), week("2026-03-21"), week("2026-03-27")]).toEqual([53, 1, 1]);
    expect([week("2027-03-19"), week("2027-03-20"), week("2027-03-21")]).toEqual([52, 1, 1]);
});
