import { DateTimePicker } from "@web/core/datetime/datetime_picker";
import { patch } from "@web/core/utils/patch";
import { isJalaliActive } from "./jalali";
import { JalaliDateTime } from "./jalali_datetime";

/**
 * The picker makes its titles, cells and steps from the focused date with calls that
 * JalaliDateTime answers in Jalali: every precision follows. Plain dates go out again.
 */
patch(DateTimePicker.prototype, {
    clamp(value, ...limits) {
        const date = super.clamp(value, ...limits);
        return isJalaliActive() ? JalaliDateTime.from(date) : JalaliDateTime.plain(date);
    },

    adjustFocus(values, focusedDateIndex, ...limits) {
        if (!isJalaliActive()) {
            return super.adjustFocus(values, focusedDateIndex, ...limits);
        }
        const dates = values.map((value) => JalaliDateTime.from(value));
        if (!dates.some(Boolean)) {
            dates[0] = JalaliDateTime.from(luxon.DateTime.local().startOf("day"));
        }
        return super.adjustFocus(dates, focusedDateIndex, ...limits);
    },

    /** Callbacks of others get plain dates. */
    onWillRender() {
        const { props } = this;
        const { dayCellClass, isDateValid } = props;
        if (!isJalaliActive() || !(dayCellClass || isDateValid)) {
            return super.onWillRender();
        }
        const plainly = (callback) => callback && ((date) => callback(JalaliDateTime.plain(date)));
        this.props = Object.create(props, {
            dayCellClass: { value: plainly(dayCellClass) },
            isDateValid: { value: plainly(isDateValid) },
        });
        try {
            return super.onWillRender();
        } finally {
            this.props = props;
        }
    },

    validateAndSelect(value, valueIndex, unit) {
        return super.validateAndSelect(JalaliDateTime.plain(value), valueIndex, unit);
    },
});
