import { parseDateTime, serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { patch } from "@web/core/utils/patch";
import { SearchModel } from "@web/search/search_model";
import { isJalaliActive, monthNames, seasonNames } from "@sajad_jalali/core/jalali";
import { JalaliDateTime } from "@sajad_jalali/core/jalali_datetime";

// "today =1d -1m": the server would count Gregorian months. Days alone are the same.
const RELATIVE = /^today( [+=-]\d+[dwmy])*( [+-]\d+[my]| =\d+[dmy])( [+=-]\d+[dwmy])*$/;

function resolveRelative(leaf, fields) {
    const [name, operator, value] = leaf;
    const type = fields[name]?.type;
    if (!["date", "datetime"].includes(type) || !RELATIVE.test(value)) {
        return leaf;
    }
    const date = parseDateTime(value);
    return [name, operator, type === "date" ? serializeDate(date) : serializeDateTime(date)];
}

/** Odoo puts the year first in right-to-left languages, which Persian does not. */
function yearLast(text) {
    const names = [...monthNames(), ...seasonNames()].join("|");
    return text.replace(new RegExp(`(\\d{4}) (${names})`, "g"), "$2 $1");
}

patch(SearchModel.prototype, {
    /** Months, quarters and years of date filters: names, borders and facets. */
    setup() {
        super.setup(...arguments);
        if (isJalaliActive()) {
            this.referenceMoment = JalaliDateTime.from(this.referenceMoment);
        }
    },

    _getFacets() {
        const facets = super._getFacets();
        if (!isJalaliActive()) {
            return facets;
        }
        return facets.map((facet) => ({
            ...facet,
            values: facet.values.map((value) =>
                typeof value === "string" ? yearLast(value) : value
            ),
        }));
    },

    /** Custom filters like "month to date" and "last 12 months". */
    _getDomain(params = {}) {
        const domain = super._getDomain(params);
        if (params.raw || !isJalaliActive()) {
            return domain;
        }
        return domain.map((leaf) => resolveRelative(leaf, this.searchViewFields));
    },
});
