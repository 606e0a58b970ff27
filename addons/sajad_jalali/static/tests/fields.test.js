import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    getFacetTexts,
    models,
    mountView,
    onRpc,
    toggleMenuItem,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import { asPersianUser } from "./jalali_test_helpers";

class Partner extends models.Model {
    date = fields.Date();
    date_end = fields.Date();
    moment = fields.Datetime();
    _records = [
        { id: 1, date: "2026-11-22", date_end: "2026-12-10", moment: "2026-11-21 20:30:00" },
    ];
}
defineModels([Partner]);

describe.current.tags("desktop");
asPersianUser();

const picker = ".o_datetime_picker";
const title = `${picker}_header .o_header_part`;
const cell = (text) => `${picker} .o_date_item_cell:not(.o_out_of_range):contains(/^${text}$/)`;

function mountForm(arch = `<form><field name="date"/></form>`) {
    onRpc("web_save", ({ args }) => expect.step(args[1]));
    return mountView({ type: "form", resModel: "partner", resId: 1, arch });
}

const openPicker = () => contains(".o_field_date button, .o_field_date input").click();
const save = () => contains(".o_form_button_save").click();

test("read-only fields and lists", async () => {
    onRpc("has_group", () => true);
    await mountView({
        type: "list",
        resModel: "partner",
        arch: `<list><field name="date"/><field name="moment"/></list>`,
    });
    expect(queryAllTexts(".o_data_cell")).toEqual(["1 آذر", "1 آذر، 0:00"]);
});

test("pick a day of a Jalali month", async () => {
    await mountForm();
    await openPicker();
    expect(title).toHaveText("آذر 1405");
    expect(queryAllTexts(`${picker} .o_date_item_cell:not(.o_out_of_range)`)).toHaveLength(30);
    await contains(cell(30)).click();
    await save();
    expect.verifySteps([{ date: "2026-12-21" }]);
});

test("walk over months, years and decades", async () => {
    await mountForm();
    await openPicker();
    await contains(`${picker} .o_next`).click();
    expect(title).toHaveText("دی 1405");
    await contains(`${picker} .o_zoom_out`).click();
    expect(title).toHaveText("1405");
    expect(queryAllTexts(`${picker} .o_date_item_cell`)[0]).toBe("فروردین");
    await contains(`${picker} .o_zoom_out`).click();
    expect(title).toHaveText("1399 - 1410");
    await contains(`${picker} .o_zoom_out`).click();
    expect(title).toHaveText("1390 - 1500");
    await contains(cell(1400)).click();
    await contains(cell(1403)).click();
    await contains(cell("اسفند")).click();
    expect(title).toHaveText("اسفند 1403");
    await contains(cell(30)).click();
    await save();
    expect.verifySteps([{ date: "2025-03-20" }]);
});

test("type a date", async () => {
    await mountForm();
    await openPicker();
    await contains(".o_field_date input").edit("۱۴۰۵/۰۲/۳۱");
    await save();
    expect.verifySteps([{ date: "2026-05-21" }]);
});

test("a day that does not exist is refused and the old one stays", async () => {
    await mountForm();
    await openPicker();
    await contains(".o_field_date input").edit("1405/12/30");
    await animationFrame();
    expect(".o_notification").toHaveText(/Esfand has 29 days/);
    expect(".o_field_date").toHaveText("1 آذر");
    expect(".o_form_status_indicator .o_form_button_save").not.toBeVisible();
});

test("pick a range", async () => {
    await mountForm(
        `<form><field name="date" widget="daterange" options="{'end_date_field': 'date_end'}"/></form>`
    );
    await contains(".o_field_daterange button, .o_field_daterange input").click();
    await contains(cell(5)).click();
    await contains(cell(10)).click();
    await save();
    expect.verifySteps([{ date: "2026-11-26", date_end: "2026-12-01" }]);
});

test("date filters: names, facet and borders", async () => {
    onRpc("has_group", () => true);
    onRpc("web_search_read", ({ kwargs }) => expect.step(kwargs.domain));
    await mountView({
        type: "list",
        resModel: "partner",
        arch: `<list><field name="date"/></list>`,
        searchViewArch: `<search><filter name="f" string="Day" date="date"/></search>`,
    });
    expect.verifySteps([[]]);
    await toggleSearchBarMenu();
    await toggleMenuItem("Day");
    expect(queryAllTexts(".o_item_option")).toEqual([
        "آذر",
        "آبان",
        "مهر",
        "زمستان",
        "پاییز",
        "تابستان",
        "بهار",
        "1405",
        "1404",
        "1403",
    ]);
    await contains(".o_item_option:contains(آبان)").click();
    expect(getFacetTexts()).toEqual(["Day: آبان 1405"]);
    expect.verifySteps([["&", ["date", ">=", "2026-10-23"], ["date", "<=", "2026-11-21"]]]);
    await contains(".o_item_option:contains(آبان)").click();
    await contains(".o_item_option:contains(زمستان)").click();
    expect.verifySteps([
        ["&", ["date", ">=", "2026-03-21"], ["date", "<=", "2027-03-20"]],
        ["&", ["date", ">=", "2026-12-22"], ["date", "<=", "2027-03-20"]],
    ]);
});
