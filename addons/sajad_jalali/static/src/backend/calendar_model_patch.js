import { CalendarModel } from "@web/views/calendar/calendar_model";
import { patch } from "@web/core/utils/patch";
import { isJalaliActive } from "@sajad_jalali/core/jalali";
import { JalaliDateTime } from "@sajad_jalali/core/jalali_datetime";

/** Ranges of months and years. Other modules read the dates of the model: they stay plain. */
patch(CalendarModel.prototype, {
    computeRange() {
        if (!isJalaliActive()) {
            return super.computeRange();
        }
        const plainDate = this.meta.date;
        this.meta.date = JalaliDateTime.from(plainDate);
        try {
            const { start, end } = super.computeRange();
            return { start: JalaliDateTime.plain(start), end: JalaliDateTime.plain(end) };
        } finally {
            this.meta.date = plainDate;
        }
    },
});
