import { localization } from "@web/core/l10n/localization";
import { patch } from "@web/core/utils/patch";
import { formatFloat } from "@web/views/fields/formatters";
import { GraphRenderer } from "@web/views/graph/graph_renderer";

/**
 * Graphs begin where the line of the language begins, and whole numbers have no decimals:
 * neither at the axis nor where the pointer is.
 */
patch(GraphRenderer.prototype, {
    formatValue(value, allIntegers = true, formatType = "") {
        if (!formatType && !allIntegers && Math.abs(value) < 1000) {
            return formatFloat(value, { trailingZeros: false });
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
            options.layout = { padding: { left: 40 } };
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
