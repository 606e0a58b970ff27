/** Numbers as people type them: any script of digits, thousands apart or not. */
import { currencies } from "@web/core/currency";
import { localization } from "@web/core/l10n/localization";
import { escapeRegExp } from "@web/core/utils/strings";

const INVISIBLE = /[\u200b-\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
// what stands between thousands: commas of three scripts, apostrophes, spaces
const THOUSANDS = [",", "\u066c", "\u060c", "'", "\u2019", "\\s"];
const EXPRESSION = /^=/;
const OPERATION = /^([+\-*/])\s*=\s*(.*)$/;

/** The text with Latin digits and signs, and nothing that cannot be seen. */
export function latinText(text) {
    return text
        .replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => digit.charCodeAt(0) & 15)
        .replace(/\u066a/g, "%")
        .replace(/[\u2212\u2012\u2013]/g, "-")
        .replace(INVISIBLE, "")
        .trim();
}

function oneOf(signs) {
    return `[${signs.map((sign) => (sign === "\\s" ? sign : escapeRegExp(sign))).join("")}]`;
}

/** The signs of this user's language, and those that everybody types. */
function signs() {
    const { decimalPoint, grouping, thousandsSep } = localization;
    const thousands = THOUSANDS.filter((sign) => sign !== decimalPoint);
    if (thousandsSep && !thousands.includes(thousandsSep)) {
        thousands.push(thousandsSep.trim() ? thousandsSep : "\\s");
    }
    const decimals = ["\u066b", decimalPoint, "."].filter((sign) => sign !== thousandsSep);
    return {
        thousands: oneOf(thousands),
        decimals: oneOf(decimals),
        // not everywhere are three digits a group
        group: grouping[0] === 3 && grouping.length < 3 ? "\\d{3}" : "\\d+",
        first: grouping[0] === 3 && grouping.length < 3 ? "\\d{1,3}" : "\\d+",
    };
}

/**
 * Return the number as Odoo reads it in this language, or null when it is none.
 *
 * @param {string} text what was typed, with Latin digits
 * @returns {string | null}
 */
function plainNumber(text) {
    const { thousands, decimals, group, first } = signs();
    const match = text.match(
        new RegExp(
            `^([+-]?)\\s*(${first}(?:(${thousands})${group}(?:\\3${group})*)|\\d*)` +
                `(?:${decimals}(\\d*))?$`
        )
    );
    if (!match || !(match[2] || match[4])) {
        return null;
    }
    const [, sign, whole, , fraction] = match;
    const point = fraction ? localization.decimalPoint + fraction : "";
    return sign + (whole.replace(/\D/g, "") || "0") + point;
}

/**
 * Return what was typed as Odoo's own readers of numbers take it, or null.
 *
 * @param {string} text
 * @returns {string | null}
 */
export function readableNumber(text) {
    text = latinText(text);
    if (!text) {
        return text;
    }
    if (EXPRESSION.test(text)) {
        const { thousands } = signs();
        return text
            .replace(new RegExp(`(\\d)${thousands}(?=\\d{3}(?!\\d))`, "g"), "$1")
            .replace(/\u066b/g, localization.decimalPoint);
    }
    const operation = text.match(OPERATION);
    if (operation) {
        const operand = plainNumber(operation[2]);
        return operand === null ? null : `${operation[1]}=${operand}`;
    }
    return plainNumber(text);
}

/**
 * The same for a whole number: with as many decimals as a group of thousands has, it is
 * none, because it could be read as either.
 *
 * @param {string} text
 * @returns {string | null}
 */
export function readableWhole(text) {
    const number = readableNumber(text);
    return /^[+-]?\d{1,3}\D\d{3}$/.test(number) ? null : number;
}

/** Whether no amount of money can have three decimals. */
function isThousandsOnly() {
    return Object.values(currencies).every((currency) => (currency.digits?.[1] ?? 2) < 3);
}

/**
 * The same for an amount of money: it may stand beside the name of a currency, and groups
 * of exactly three digits are thousands, whatever stands between them.
 *
 * @param {string} text
 * @returns {string | null}
 */
export function readableAmount(text) {
    const names = Object.values(currencies).flatMap(({ name, symbol }) => [symbol, name]);
    const name = `(?:\\p{Sc}|${names.filter(Boolean).map(escapeRegExp).join("|") || "\\p{Sc}"})`;
    text = latinText(text)
        .replace(new RegExp(`^${name}\\s*|\\s*${name}$`, "gu"), "")
        .trim();
    if (isThousandsOnly() && /^[+-]?\d{1,3}([./\u066b])\d{3}(?:\1\d{3})*$/.test(text)) {
        text = text.replace(/[./\u066b]/g, "");
    }
    return readableNumber(text);
}

/** The same for hours and minutes, like 2:30. */
export function readableTime(text) {
    const parts = latinText(text).split(":").map(readableNumber);
    return parts.includes(null) ? null : parts.join(":");
}
