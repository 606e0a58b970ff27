import { patch } from "@web/core/utils/patch";
import { GraphRenderer } from "@web/views/graph/graph_renderer";

// A canvas knows no stylesheet: tell the charts the font (and the digits) of the page.
patch(GraphRenderer.prototype, {
    renderChart() {
        const style = getComputedStyle(document.documentElement);
        const font = style.getPropertyValue("--o-sajad-font").trim();
        if (font && window.Chart) {
            window.Chart.defaults.font.family = font;
        }
        return super.renderChart(...arguments);
    },
});
