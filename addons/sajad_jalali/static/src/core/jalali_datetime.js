import { localization } from "@web/core/l10n/localization";
import { monthLength, monthName, ordinal, toGregorian, toJalali } from "./jalali";

const { DateTime, Duration } = luxon;

const UNITS = ["years", "quarters", "months"];

/**
 * A DateTime whose units are Jalali: the getters, set(), plus(), startOf() and endOf()
 * count in Jalali years, quarters, months and days. The instant, the ISO texts and what
 * goes to the server stay Gregorian. For code that does calendar arithmetic (picker,
 * date filters, headings of the calendar view); hand out `plain` ones elsewhere.
 */
export class JalaliDateTime extends DateTime {
    static from(date) {
        if (!date || !date.isLuxonDateTime || date instanceof this) {
            return date;
        }
        return new this({ ts: date.ts, zone: date.zone, loc: date.loc });
    }

    static plain(date) {
        return date instanceof JalaliDateTime
            ? new DateTime({ ts: date.ts, zone: date.zone, loc: date.loc })
            : date;
    }

    get jalali() {
        return toJalali(this.c.year, this.c.month, this.c.day);
    }
    get year() {
        return this.jalali[0];
    }
    get month() {
        return this.jalali[1];
    }
    get day() {
        return this.jalali[2];
    }
    get quarter() {
        return Math.ceil(this.month / 3);
    }
    get monthLong() {
        return monthName(this.month, this.locale);
    }
    get monthShort() {
        return this.monthLong;
    }
    get daysInMonth() {
        return monthLength(this.year, this.month);
    }
    get ordinal() {
        return ordinal(this.month, this.day);
    }

    /** A week belongs to the year of its last day: the one with 1 Farvardin is the first. */
    get weekNumber() {
        const passed = (this.weekday - localization.weekStart + 7) % 7;
        return Math.ceil(this.plus({ days: 6 - passed }).ordinal / 7);
    }

    set(values) {
        const { year, years, month, months, quarter, quarters, day, days, ...rest } = values;
        let newMonth = month ?? months;
        if ((quarter ?? quarters) !== undefined) {
            newMonth = ((quarter ?? quarters) - 1) * 3 + ((this.month - 1) % 3) + 1;
        }
        const newYear = year ?? years;
        const newDay = day ?? days;
        if ([newYear, newMonth, newDay].every((value) => value === undefined)) {
            return this.constructor.from(JalaliDateTime.plain(this).set(rest));
        }
        const y = newYear ?? this.year;
        const m = newMonth ?? this.month;
        const d = newDay ?? Math.min(this.day, monthLength(y, m));
        const [gregorianYear, gregorianMonth, gregorianDay] = toGregorian(y, m, d);
        return this.constructor.from(
            JalaliDateTime.plain(this).set({
                ...rest,
                year: gregorianYear,
                month: gregorianMonth,
                day: gregorianDay,
            })
        );
    }

    plus(duration) {
        const {
            years = 0,
            quarters = 0,
            months = 0,
            ...rest
        } = Duration.fromDurationLike(duration).toObject();
        let result = this;
        if (years || quarters || months) {
            const index = this.year * 12 + this.month - 1 + years * 12 + quarters * 3 + months;
            const year = Math.floor(index / 12);
            result = this.set({ year, month: index - year * 12 + 1 });
        }
        return this.constructor.from(JalaliDateTime.plain(result).plus(rest));
    }

    minus(duration) {
        return this.plus(Duration.fromDurationLike(duration).negate());
    }

    startOf(unit, options) {
        switch (`${unit}`.replace(/s?$/, "s")) {
            case "years":
                return this.set({ month: 1, day: 1 }).startOf("day");
            case "quarters":
                return this.set({ month: (this.quarter - 1) * 3 + 1, day: 1 }).startOf("day");
            case "months":
                return this.set({ day: 1 }).startOf("day");
        }
        return this.constructor.from(JalaliDateTime.plain(this).startOf(unit, options));
    }

    endOf(unit, options) {
        const units = `${unit}`.replace(/s?$/, "s");
        if (UNITS.includes(units)) {
            return this.startOf(unit)
                .plus({ [units]: 1 })
                .minus({ milliseconds: 1 });
        }
        return this.constructor.from(JalaliDateTime.plain(this).endOf(unit, options));
    }

    setZone(...args) {
        return this.constructor.from(JalaliDateTime.plain(this).setZone(...args));
    }

    reconfigure(...args) {
        return this.constructor.from(JalaliDateTime.plain(this).reconfigure(...args));
    }

    diff(other, ...args) {
        return JalaliDateTime.plain(this).diff(JalaliDateTime.plain(other), ...args);
    }

    // Texts, those for the server too, are always made by a plain DateTime.

    toFormat(...args) {
        return JalaliDateTime.plain(this).toFormat(...args);
    }

    toLocaleString(...args) {
        return JalaliDateTime.plain(this).toLocaleString(...args);
    }

    toISO(...args) {
        return JalaliDateTime.plain(this).toISO(...args);
    }

    toISODate(...args) {
        return JalaliDateTime.plain(this).toISODate(...args);
    }
}

/** Arithmetic of one typed text ("+1m"): plain again once the zone is set at its end. */
export class TypedJalaliDateTime extends JalaliDateTime {
    setZone(...args) {
        return JalaliDateTime.plain(this).setZone(...args);
    }
}
