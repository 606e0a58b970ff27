import { localization } from "@web/core/l10n/localization";
import { patch } from "@web/core/utils/patch";
import { JournalDashboardGraphField } from "@web/views/fields/journal_dashboard_graph/journal_dashboard_graph_field";

/** The small graphs on cards begin where the line of the language begins, too. */
function turned(config) {
    if (localization.direction === "rtl") {
        config.options.scales.x.reverse = true;
    }
    return config;
}

patch(JournalDashboardGraphField.prototype, {
    getBarChartConfig() {
        return turned(super.getBarChartConfig());
    },
    getLineChartConfig() {
        return turned(super.getLineChartConfig());
    },
});
