import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { isLeap, latinDigits, monthLength, monthName } from "./jalali";
import { typingBus } from "./parse_patch";

const YMD = /^\s*(\d{4})\D?(\d{1,2})\D?(\d{1,2})(?!\d)/;
const DMY = /^\s*\d{1,2}\D\d{1,2}\D\d{4}/;

/** Why a typed date was refused, for the person who typed it. */
export function refusalMessage(text) {
    text = latinDigits(text);
    if (DMY.test(text)) {
        return _t("“%s” is not a date: write the year first, then the month and the day.", text);
    }
    const [, year, month, day] = (text.match(YMD) || []).map(Number);
    if (!year) {
        return _t("“%s” is not a date. Write it like 1405/09/01.", text);
    }
    if (month < 1 || month > 12) {
        return _t("“%(text)s” is not a date: there is no month %(month)s.", { text, month });
    }
    if (month === 12 && day === 30 && !isLeap(year)) {
        return _t("“%(text)s” is not a date: %(year)s is not a leap year, Esfand has 29 days.", {
            text,
            year,
        });
    }
    return _t("“%(text)s” is not a date: %(month)s %(year)s has %(days)s days.", {
        text,
        month: monthName(month),
        year,
        days: monthLength(year, month),
    });
}

/** Odoo puts the old value back without a word: say what was wrong. */
export const refusalService = {
    dependencies: ["notification"],
    start(_env, { notification }) {
        let last = null;
        typingBus.addEventListener("refused", ({ detail: { text } }) => {
            if (latinDigits(text) === last) {
                return; // one reading tries several formats
            }
            last = latinDigits(text);
            queueMicrotask(() => (last = null));
            notification.add(refusalMessage(text), { type: "danger" });
        });
    },
};

registry.category("services").add("sajad_jalali.refusal", refusalService);
