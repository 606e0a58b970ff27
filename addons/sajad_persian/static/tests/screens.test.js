import { describe, expect, test } from "@odoo/hoot";
import {
    contains,
    defineModels,
    defineParams,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";
import {
    checkYTicks,
    getChart,
    setupChartJsForTests,
} from "@web/../tests/views/graph/graph_test_helpers";
import { listNames } from "@sajad_persian/web/list_names";

class Office extends models.Model {
    name = fields.Char({ required: true });
    mail = fields.Char({ string: "E-mail", required: true });
    count = fields.Integer();
    hours = fields.Float();
    rials = fields.Float();
    kind = fields.Selection({
        selection: [
            ["a", "Library"],
            ["b", "Dormitories"],
        ],
        required: true,
    });
    trend = fields.Text();
    line_ids = fields.One2many({ relation: "line", relation_field: "office_id" });
    _records = [
        {
            id: 1,
            name: "One",
            mail: "one@example.com",
            count: 1,
            rials: 2500000,
            hours: 1,
            kind: "a",
            trend: JSON.stringify([{ key: "x", values: [{ label: "1", value: 1 }] }]),
        },
        { id: 2, name: "Two", mail: "two@example.com", count: 2, hours: 3.5, kind: "b" },
    ];
}
class Line extends models.Model {
    office_id = fields.Many2one({ relation: "office" });
    title = fields.Char({ required: true });
    number = fields.Char({ required: true });
}
defineModels([Office, Line]);
setupChartJsForTests();

describe.current.tags("desktop");

const rightToLeft = (values = {}) =>
    defineParams({ lang_parameters: { direction: "rtl", ...values } });

const mountGraph = (measure, mode = "bar") =>
    mountView({
        type: "graph",
        resModel: "office",
        arch: `
            <graph type="${mode}">
                <field name="kind"/><field name="${measure}" type="measure"/>
            </graph>`,
    });

for (const mode of ["bar", "line"]) {
    test(`a ${mode} graph begins on the right of a page from the right`, async () => {
        rightToLeft();
        const { scales, legend } = getChart(await mountGraph("count", mode));
        expect(scales.x.options.reverse).toBe(true);
        expect(scales.y.options.position).toBe("right");
        expect(legend.options.rtl).toBe(true);
    });
}

test("a graph of an English page stays as it is", async () => {
    const { scales, legend } = getChart(await mountGraph("count"));
    expect(Boolean(scales.x.options.reverse)).toBe(false);
    expect(scales.y.options.position).not.toBe("right");
    expect(legend.options.rtl).toBe(false);
});

test("whole numbers have no decimals at the axis", async () => {
    checkYTicks(await mountGraph("count"), ["0", "1", "2"]);
});

test("decimals have the sign of the language and no zeros behind", async () => {
    rightToLeft({ decimal_point: "٫" });
    const view = await mountGraph("hours");
    const labels = getChart(view).scales.y.ticks.map(({ label }) => label);
    expect(labels).toInclude("0٫5");
    expect(labels).toInclude("1");
});

test("large numbers are said, not written with a letter", async () => {
    rightToLeft({ decimal_point: "٫", thousands_sep: "٬" });
    const view = await mountGraph("rials");
    const labels = getChart(view).scales.y.ticks.map(({ label }) => label);
    expect(labels).toInclude("2 million");
    expect(labels).toInclude("500 thousand");
    expect(labels.join("")).not.toMatch(/\d[kMG]/);
});

test("a pie has a page from the right, too", async () => {
    rightToLeft();
    const { legend } = getChart(await mountGraph("count", "pie"));
    expect(legend.options.rtl).toBe(true);
});

test("who saves too early reads what is missing", async () => {
    await mountView({
        type: "form",
        resModel: "office",
        arch: `
            <form>
                <group>
                    <field name="name" string="Office"/><field name="mail"/>
                    <field name="kind"/>
                </group>
            </form>`,
    });
    await contains(".o_field_widget[name=mail] input").edit("a@example.com");
    await contains(".o_form_button_save").click();
    // as the form calls it, not the model
    expect(".o_notification").toHaveText(/Office and Kind/);
    expect(".o_notification").not.toHaveText(/E-mail/);
});

test("a line of a list says what it lacks", async () => {
    await mountView({
        type: "form",
        resModel: "office",
        resId: 1,
        arch: `
            <form>
                <field name="line_ids">
                    <list editable="bottom"><field name="title"/><field name="number"/></list>
                </field>
            </form>`,
    });
    await contains(".o_field_x2many_list_row_add a").click();
    await contains("[name=title] input").edit("Key", { confirm: false });
    await contains(".o_form_button_save").click();
    expect(".o_notification").toHaveText(/Number/);
    expect(".o_notification").not.toHaveText(/Title/);
});

test("a list of names has no comma before its last word in Persian", () => {
    expect(listNames(["الف"], "fa-IR")).toBe("الف");
    expect(listNames(["الف", "ب"], "fa-IR")).toBe("الف و ب");
    expect(listNames(["الف", "ب", "پ"], "fa-IR")).toMatch(/^الف،\u200f? ب و پ$/);
    expect(listNames(["a", "b", "c"], "en-US")).toBe("a, b, and c");
});
