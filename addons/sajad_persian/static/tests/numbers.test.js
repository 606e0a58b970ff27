import { describe, expect, test } from "@odoo/hoot";
import {
    contains,
    defineModels,
    defineParams,
    fields,
    makeMockEnv,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { registry } from "@web/core/registry";
import {
    parseFloat,
    parseFloatTime,
    parseInteger,
    parseMonetary,
    parsePercentage,
} from "@web/views/fields/parsers";

class Debt extends models.Model {
    amount = fields.Monetary({ currency_field: "currency_id" });
    count = fields.Integer();
    grade = fields.Float();
    share = fields.Float();
    currency_id = fields.Many2one({ relation: "res.currency", default: 1 });
    parent_id = fields.Many2one({ relation: "debt" });
    definition = fields.PropertiesDefinition();
    answers = fields.Properties({
        definition_record: "parent_id",
        definition_record_field: "definition",
    });
    _records = [
        {
            id: 1,
            definition: [
                { name: "rooms", type: "integer", string: "Rooms" },
                { name: "sum", type: "float", string: "Sum" },
            ],
        },
        { id: 2, parent_id: 1, currency_id: 1, amount: 5, answers: { rooms: 1, sum: 2 } },
    ];
}
class Currency extends models.Model {
    _name = "res.currency";
    name = fields.Char();
    _records = [{ id: 1, name: "IRR" }];
}
defineModels([Debt, Currency]);

describe.current.tags("desktop");

const ARCH = `
    <form>
        <field name="currency_id" invisible="1"/><field name="parent_id" invisible="1"/>
        <field name="amount"/><field name="count"/>
        <field name="grade"/><field name="share" widget="percentage"/>
        <field name="answers" nolabel="1" columns="1"/>
    </form>`;

function mountForm() {
    onRpc("web_save", ({ args: [, { answers, ...values }] }) => {
        const numbers = (answers || []).map(({ name, value }) => [name, value]);
        expect.step({ ...values, ...Object.fromEntries(numbers) });
    });
    return mountView({ type: "form", resModel: "debt", resId: 2, arch: ARCH });
}

const type = (name, text) => contains(`.o_field_widget[name=${name}] input`).edit(text);
const save = () => contains(".o_form_button_save").click();

test("digits and signs of every script", async () => {
    await makeMockEnv();
    const numbers = {
        "۱۲۰۰۰۰۰۰": 12000000,
        "١٢": 12,
        "12۰۰۰": 12000,
        "۱٬۲۵۰٬۰۰۰": 1250000,
        "۱،۲۵۰": 1250,
        "1 250 000": 1250000,
        "1'250": 1250,
        "−۵": -5,
        "\u200f۱۲\u200e": 12,
        "=۲*۳": 6,
        "": 0,
    };
    for (const [text, number] of Object.entries(numbers)) {
        expect(parseInteger(text)).toBe(number, { message: text });
        expect(parseFloat(text)).toBe(number, { message: text });
        expect(parseMonetary(text)).toBe(number, { message: text });
    }
    expect(parseFloat("۱۷٫۵")).toBe(17.5);
    expect(parseFloat("17.500")).toBe(17.5);
    expect(parsePercentage("۱۲٫۵٪")).toBe(0.125);
    expect(parseFloatTime("۲:۳۰")).toBe(2.5);
    expect(parseMonetary("12۰۰۰")).toBe(12000);
    expect(registry.category("parsers").get("integer")("۴۰")).toBe(40);
});

test("what is no number is none", async () => {
    await makeMockEnv();
    for (const text of ["abc", "12abc", "1,2", "1,2500", "1/5", "1.2.3", "0x10", "1e5", "."]) {
        for (const parse of [parseInteger, parseFloat, parseMonetary]) {
            expect(() => parse(text)).toThrow(/is not a correct number/, { message: text });
        }
    }
    for (const text of ["250.000", "۲۵۰٫۰۰۰", "-1.250"]) {
        expect(() => parseInteger(text)).toThrow(/is not a correct number/, { message: text });
    }
    expect(parseInteger("12.0")).toBe(12);
    expect(() => parseFloat("Infinity")).toThrow(/is not a correct number/);
    expect(() => parseMonetary("۱۲ تومان")).toThrow(/is not a correct number/);
});

test("groups of three are thousands in amounts of money", async () => {
    await makeMockEnv();
    for (const text of ["250/000", "۲۵۰/۰۰۰", "250.000", "250,000", "250٬000"]) {
        expect(parseMonetary(text)).toBe(250000, { message: text });
    }
    expect(parseMonetary("12.5")).toBe(12.5);
});

test("signs of the user's language", async () => {
    defineParams({ lang_parameters: { decimal_point: ",", thousands_sep: "." } });
    await makeMockEnv();
    expect(parseFloat("1.250,5")).toBe(1250.5);
    expect(parseInteger("1.250")).toBe(1250);
    expect(parseFloat("۱٬۲۵۰٫۵")).toBe(1250.5);
});

test("each kind of field reads Persian digits", async () => {
    await mountForm();
    await type("amount", "۱۲۰۰۰۰۰۰");
    await type("count", "12۰۰۰");
    await type("grade", "۱۷٫۵");
    await type("share", "۲۵٪");
    await contains(".o_property_field[property-name=rooms] input").edit("۴");
    await contains(".o_property_field[property-name=sum] input").edit("۱٬۵۰۰٫۵");
    await save();
    expect.verifySteps([
        { amount: 12000000, count: 12000, grade: 17.5, share: 0.25, rooms: 4, sum: 1500.5 },
    ]);
});

test("what is no number is marked, kept as typed and not saved", async () => {
    await mountForm();
    for (const name of ["amount", "count", "grade", "share"]) {
        await type(name, "abc");
        expect(`.o_field_widget[name=${name}]`).toHaveClass("o_field_invalid");
        expect(`.o_field_widget[name=${name}] input`).toHaveValue("abc");
    }
    await save();
    expect.verifySteps([]);
    expect(".o_field_widget[name=amount] input").toHaveValue("abc");
});

test("an answer that is no number is marked, kept as typed and not saved", async () => {
    await mountForm();
    const rooms = ".o_property_field[property-name=rooms] input";
    await contains(rooms).edit("abc");
    expect(rooms).toHaveClass("is-invalid");
    // another answer can be read
    await contains(".o_property_field[property-name=sum] input").edit("7");
    await save();
    expect.verifySteps([]);
    expect(rooms).toHaveValue("abc");
    await contains(".o_form_button_cancel").click();
    expect(rooms).toHaveValue("1");
    expect(rooms).not.toHaveClass("is-invalid");
});

test("a line of a list with what is no number is not left", async () => {
    onRpc("has_group", () => true);
    onRpc("web_save", () => expect.step("saved"));
    await mountView({
        type: "list",
        resModel: "debt",
        arch: `<list editable="bottom"><field name="count"/><field name="grade"/></list>`,
    });
    await contains(".o_data_row:first .o_data_cell").click();
    await contains(".o_field_widget[name=count] input").edit("abc", { confirm: false });
    await contains(".o_data_row:last .o_data_cell").click();
    expect(".o_notification").toHaveText(/Count/);
    expect.verifySteps([]);
    expect(".o_field_widget[name=count] input").toHaveValue("abc");
    await contains(".o_field_widget[name=count] input").edit("۱۲", { confirm: false });
    await contains(".o_data_row:last .o_data_cell").click();
    expect.verifySteps(["saved"]);
});
