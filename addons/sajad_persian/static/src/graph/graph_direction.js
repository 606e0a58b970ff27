import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { formatFloat } from "@web/views/fields/formatters";
import { GraphRenderer } from "@web/views/graph/graph_renderer";

const UNITS = [
    [1e12, (number) => _t("%s trillion", number)],
    [1e9, (number) => _t("%s billion", number)],
    [1e6, (number) => _t("%s million", number)],
    [1e3, (number) => _t("%s thousand", number)],
];

/** A large number as it is said: Odoo's k, M, G are letters of another language. */
function formatLarge(value) {
    const [unit, say] = UNITS.find(([size]) => Math.abs(value) >= size);
    return String(say(formatFloat(value / unit, { digits: [16, 2], trailingZeros: false })));
}

/**
 * Graphs begin where the line of the language begins, and whole numbers have no decimals:
 * neither at the axis nor where the pointer is.
 */
patch(GraphRenderer.prototype, {
    formatValue(value, allIntegers = true, formatType = "") {
        if (!formatType && !allIntegers && Math.abs(value) < 1000) {
            return formatFloat(value, { trailingZeros: false });
        }
        if (!formatType && Math.abs(value) >= 1000) {
            return formatLarge(value);
        }
        return super.formatValue(value, allIntegers, formatType);
    },

    getLegendOptions() {
        const options = super.getLegendOptions();
        return { ...options, rtl: localization.direction === "rtl" };
    },

    getScaleOptions() {
        const { x, y } = super.getScaleOptions();
        if (!y) {
            return {};
        }
        const values = this.model.data.datasets.flatMap(({ data }) => data);
        // a line of one point has nothing on both sides of it
        if (values.every((value) => value === undefined || Number.isInteger(value))) {
            // half a request is no step of an axis
            y.ticks.precision = 0;
        }
        if (localization.direction === "rtl") {
            x.reverse = true;
            y.position = "right";
        }
        return { x, y };
    },

    prepareOptions() {
        const options = super.prepareOptions();
        if (localization.direction === "rtl" && this.model.metaData.mode !== "pie") {
            // slanting labels reach further to the left than their bars
            const isSlanting = this.model.data.labels.length > 8;
            options.layout = { padding: { left: isSlanting ? 90 : 40 } };
        }
        return options;
    },

    getTooltipItems() {
        const items = super.getTooltipItems(...arguments);
        for (const item of items) {
            if (item.percentage) {
                item.percentage = formatFloat(Number(item.percentage), { trailingZeros: false });
            }
        }
        return items;
    },
});
