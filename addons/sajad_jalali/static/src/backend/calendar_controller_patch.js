import { CalendarController } from "@web/views/calendar/calendar_controller";
import { patch } from "@web/core/utils/patch";
import { isJalaliActive, monthName } from "@sajad_jalali/core/jalali";
import { JalaliDateTime } from "@sajad_jalali/core/jalali_datetime";

/** Headings, next and previous. */
patch(CalendarController.prototype, {
    get date() {
        return isJalaliActive() ? JalaliDateTime.from(super.date) : super.date;
    },

    /** The heading on small screens. */
    get currentDate() {
        const { meta } = this.model;
        if (!isJalaliActive()) {
            return super.currentDate;
        }
        const plainDate = meta.date;
        meta.date = this.date;
        try {
            return super.currentDate;
        } finally {
            meta.date = plainDate;
        }
    },

    /** The days that are seen, where more than those are loaded. */
    get jalaliRange() {
        const { rangeStart: start, rangeEnd: end, visibleRange } = this.model;
        const range = visibleRange ?? { start, end };
        return [JalaliDateTime.from(range.start), JalaliDateTime.from(range.end)];
    },

    get weekHeader() {
        if (!isJalaliActive()) {
            return super.weekHeader;
        }
        const [start, end] = this.jalaliRange;
        const endTitle = `${monthName(end.month)} ${end.year}`;
        if (start.year !== end.year) {
            return `${monthName(start.month)} ${start.year} - ${endTitle}`;
        }
        return start.month === end.month ? endTitle : `${monthName(start.month)} - ${endTitle}`;
    },

    get currentWeek() {
        return isJalaliActive() ? this.jalaliRange[0].weekNumber : super.currentWeek;
    },

    async setDate(move) {
        const step = { next: 1, previous: -1 }[move];
        if (!step || !isJalaliActive()) {
            return super.setDate(move);
        }
        const date = JalaliDateTime.from(this.model.date).plus({
            [`${this.model.scale}s`]: step,
        });
        await this.model.load({ date: JalaliDateTime.plain(date) });
    },
});
