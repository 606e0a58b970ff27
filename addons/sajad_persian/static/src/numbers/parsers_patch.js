/**
 * Odoo's readers of typed numbers know the signs of one language and Latin digits; an
 * amount in other digits, and any word, is 0 to them. Here they get what they can read.
 *
 * The fields take the readers when they load. So this file stands in front of them in the
 * bundle, and imports nothing that loads later than the readers themselves.
 */
import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";
import * as parsers from "@web/views/fields/parsers";
import { readableAmount, readableNumber, readableTime, readableWhole } from "./number_text";

/** @throws {InvalidNumberError} the text is no number; the field is marked then */
function check(text, readable) {
    if (readable === null) {
        throw new parsers.InvalidNumberError(`"${text}" is not a correct number`);
    }
    return readable;
}

patch(parsers, {
    parseFloat(text, options) {
        return super.parseFloat(check(text, readableNumber(text)), options);
    },
    parseFloatTime(text) {
        return super.parseFloatTime(check(text, readableTime(text)));
    },
    parseInteger(text, options) {
        return super.parseInteger(check(text, readableWhole(text)), options);
    },
    parseMonetary(text, options) {
        return super.parseMonetary(check(text, readableAmount(text)), options);
    },
    parsePercentage(text) {
        const number = text.replace(/\s*[%\u066a]\s*$/, "");
        return super.parsePercentage(check(text, readableNumber(number)));
    },
});

registry
    .category("parsers")
    .add("float", parsers.parseFloat, { force: true })
    .add("float_time", parsers.parseFloatTime, { force: true })
    .add("integer", parsers.parseInteger, { force: true })
    .add("many2one_reference", parsers.parseInteger, { force: true })
    .add("monetary", parsers.parseMonetary, { force: true })
    .add("percentage", parsers.parsePercentage, { force: true });
