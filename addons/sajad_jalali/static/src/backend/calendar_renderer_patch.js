import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";
import { CalendarYearRenderer } from "@web/views/calendar/calendar_year/calendar_year_renderer";
import { patch } from "@web/core/utils/patch";
import { intlLocale, isJalaliActive, monthName } from "@sajad_jalali/core/jalali";
import { JalaliDateTime } from "@sajad_jalali/core/jalali_datetime";

/** Locale with calendar and digits for FullCalendar, and the numbers of weeks. */
function jalaliOptions(options) {
    if (options.locale === intlLocale()) {
        return options;
    }
    if (!isJalaliActive()) {
        return { ...options, locale: intlLocale() };
    }
    return {
        ...options,
        locale: intlLocale(),
        weekNumberCalculation: (date) =>
            JalaliDateTime.from(luxon.DateTime.fromJSDate(date)).weekNumber,
    };
}

patch(CalendarCommonRenderer.prototype, {
    get options() {
        return jalaliOptions(super.options);
    },

    headerTemplateProps(date) {
        const props = super.headerTemplateProps(...arguments);
        if (isJalaliActive()) {
            const zone = props.scale === "month" ? { zone: "UTC" } : {};
            props.day = JalaliDateTime.from(luxon.DateTime.fromJSDate(date, zone)).day;
        }
        return props;
    },
});

patch(CalendarYearRenderer.prototype, {
    get options() {
        const options = jalaliOptions(super.options);
        if (!isJalaliActive()) {
            return options;
        }
        return {
            ...options,
            // a text goes to luxon, with a Jalali date that it takes as a Gregorian one
            dayHeaderFormat: { weekday: "narrow" },
            // Intl would put the year first
            titleFormat: ({ date }) => `${monthName(date.month + 1)} ${date.year}`,
        };
    },

    getDateWithMonth(month) {
        if (!isJalaliActive()) {
            return super.getDateWithMonth(month);
        }
        const shown = this.props.initialDate ?? this.props.model.date;
        const first = JalaliDateTime.from(shown).set({
            month: this.months.indexOf(month) + 1,
            day: 1,
        });
        return JalaliDateTime.plain(first).toISO();
    },
});
