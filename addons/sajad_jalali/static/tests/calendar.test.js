import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    preloadBundle,
} from "@web/../tests/web_test_helpers";
import { asPersianUser } from "./jalali_test_helpers";

class Event extends models.Model {
    name = fields.Char();
    date = fields.Date();
    _records = [{ id: 1, name: "Nowruz", date: "2027-03-21" }];
    has_access() {
        return true;
    }
}
defineModels([Event]);

describe.current.tags("desktop");
asPersianUser();
preloadBundle("web.fullcalendar_lib");

async function mountCalendar(mode) {
    onRpc("has_group", () => true);
    onRpc("event", "search_read", ({ kwargs }) =>
        expect.step(kwargs.domain.flat().filter((term) => /^\d/.test(term)))
    );
    await mountView({
        type: "calendar",
        resModel: "event",
        arch: `<calendar date_start="date" mode="${mode}" month_overflow="0"/>`,
    });
}

test("months are Jalali", async () => {
    await mountCalendar("month");
    expect.verifySteps([["2026-12-21", "2026-11-22"]]);
    const days = queryAllTexts(".fc-day:not(.fc-day-disabled) .fc-daygrid-day-number");
    expect(days).toHaveLength(30);
    expect([days[0], days[29]]).toEqual(["1", "30"]);
    expect(queryFirst(".fc-daygrid-day:not(.fc-day-disabled)")).toHaveAttribute(
        "data-date",
        "2026-11-22"
    );
    await contains(".o_calendar_button_next").click();
    await contains(".o_calendar_button_next").click();
    await contains(".o_calendar_button_next").click();
    await contains(".o_calendar_button_next").click();
    expect.verifySteps([
        ["2027-01-20", "2026-12-22"],
        ["2027-02-19", "2027-01-21"],
        ["2027-03-20", "2027-02-20"],
        ["2027-04-20", "2027-03-21"],
    ]);
});

test("weeks start on Saturday and have Jalali numbers", async () => {
    await mountCalendar("week");
    expect.verifySteps([["2026-11-27", "2026-11-21"]]);
    expect(queryAllTexts(".fc-col-header-cell .o_cw_day_number")).toEqual([
        "30",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
    ]);
    expect(".fc-timegrid-axis-cushion:first").toHaveText(/36/);
});

test("a year is a Jalali year", async () => {
    await mountCalendar("year");
    expect.verifySteps([["2027-03-20", "2026-03-21"]]);
    const titles = queryAllTexts(".fc-toolbar-title");
    expect([titles[0], titles[11]]).toEqual(["فروردین 1405", "اسفند 1405"]);
    expect(":not(.fc-day-disabled) > * > * > .fc-daygrid-day-number").toHaveCount(365);
    expect(queryAllTexts(".fc-month:first .fc-col-header-cell")).toEqual([
        "ش",
        "ی",
        "د",
        "س",
        "چ",
        "پ",
        "ج",
    ]);
    // 1 Azar 1405 is a Sunday
    const azar = ".fc-month:eq(8) .fc-daygrid-day:not(.fc-day-disabled):first";
    expect(azar).toHaveAttribute("data-date", "2026-11-22");
    expect(azar).toHaveClass("fc-day-sun");
});
