import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { listNames } from "@sajad_persian/web/list_names";

import { BOX_HEIGHT, BOX_WIDTH, computeGeometry } from "./flow_geometry";

// what a sheet of A4 on its side holds, in pixels
const PAGE = { width: 1000, height: 660 };
const ZOOMS = [0.5, 0.65, 0.8, 1, 1.25, 1.5];
let nextMarker = 1;

/**
 * A version of a process as boxes and arrows.
 *
 * On a draft a box opens its step, on a live version the work that lies there. With
 * `results` it shows the way of a trial.
 */
export class FlowDrawing extends Component {
    static template = "sajad_process_designer.FlowDrawing";
    static props = {
        ...standardWidgetProps,
        flowField: { type: String, optional: true },
        resultsField: { type: String, optional: true },
        passive: { type: Boolean, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.state = useState({ drawing: null, width: 0, zoom: 1 });
        this.keepLast = new KeepLast();
        this.marker = `sajad_flow_arrow_${nextMarker++}`;
        this.box = { width: BOX_WIDTH, height: BOX_HEIGHT };
        useRecordObserver((record) => this.load(record));
        const observer = new ResizeObserver(() => this.measure());
        onMounted(() => {
            observer.observe(this.root.el);
            this.measure();
        });
        onWillUnmount(() => observer.disconnect());
    }

    measure() {
        const width = this.root.el?.clientWidth || 0;
        if (!this.state.width && width && width < 460) {
            this.state.zoom = 0.8; // two columns on a telephone
        }
        // a scroll bar that comes and goes must not redraw for ever
        if (Math.abs(width - this.state.width) > 20) {
            this.state.width = width;
        }
    }

    getFlowId(record) {
        if (!this.props.flowField) {
            // a change of the list of steps asks for a new drawing
            record.data.step_ids?.records.length;
            return record.resId;
        }
        return record.data[this.props.flowField]?.id;
    }

    async load(record) {
        const id = this.getFlowId(record);
        const asked = id ? this.orm.call("sajad.flow", "get_drawing", [[id]]) : null;
        // an older answer must not replace a newer one
        this.state.drawing = await this.keepLast.add(Promise.resolve(asked));
    }

    get isRtl() {
        return localization.direction === "rtl";
    }

    get isDraft() {
        return this.state.drawing.state === "draft";
    }

    get geometry() {
        return computeGeometry(
            this.state.drawing,
            (this.state.width || 1000) / this.state.zoom,
            this.isRtl
        );
    }

    get results() {
        const list = this.props.record.data[this.props.resultsField];
        return Object.fromEntries(
            (list?.records || []).map(({ data }) => [data.step_id?.id, data.result])
        );
    }

    boxClass(box) {
        const result = this.results[box.id];
        const classes = {
            o_sajad_flow_box_information: box.mode === "information",
            o_sajad_flow_box_conditional: box.condition,
            o_sajad_flow_box_late: box.late,
            o_sajad_flow_box_suspended: box.suspended,
        };
        if (this.props.resultsField) {
            classes[`o_sajad_flow_result_${result || "none"}`] = true;
        }
        return classes;
    }

    arrowClass(arrow) {
        const results = this.results;
        const isPassed = (id) => ["run", "information"].includes(results[id]);
        return {
            o_sajad_flow_arrow_back: arrow.isBack,
            o_sajad_flow_arrow_passed: isPassed(arrow.from) && isPassed(arrow.to),
        };
    }

    formatHours(hours) {
        const number = new Intl.NumberFormat(this.locale, { maximumFractionDigits: 1 });
        return _t("%s working hours", number.format(hours));
    }

    formatCount(count) {
        return new Intl.NumberFormat(this.locale).format(count);
    }

    formatMean(seconds) {
        const number = new Intl.NumberFormat(this.locale, { maximumFractionDigits: 1 });
        if (seconds >= 86400) {
            return _t("%s days", number.format(seconds / 86400));
        }
        if (seconds >= 3600) {
            return _t("%s hours", number.format(seconds / 3600));
        }
        return _t("%s minutes", number.format(Math.round(seconds / 60)));
    }

    join(names) {
        return listNames(names, this.locale);
    }

    get locale() {
        return localization.code?.replace("_", "-") || "en";
    }

    /** What a box says, for those who do not see it. */
    describe(box) {
        const names = Object.fromEntries(this.state.drawing.boxes.map((b) => [b.id, b.name]));
        const before = this.state.drawing.arrows
            .filter((arrow) => arrow.to === box.id)
            .map((arrow) => names[arrow.from]);
        return [
            box.name,
            box.role,
            before.length ? _t("after: %s", this.join(before)) : _t("the flow starts here"),
            box.condition && _t("only if: %s", box.condition),
            box.join === "any" && _t("any of them"),
            box.recheck && _t("second round of: %s", box.recheck),
            box.mode_name,
            ...box.marks.map((mark) => mark[1]),
            box.hours && _t("time limit: %s", this.formatHours(box.hours)),
            box.waiting && _t("to do: %s", this.formatCount(box.waiting)),
            box.late && _t("late: %s", this.formatCount(box.late)),
            box.student && _t("with students: %s", this.formatCount(box.student)),
            box.suspended && _t("suspended: %s", this.formatCount(box.suspended)),
            box.mean && _t("mean wait: %s", this.formatMean(box.mean)),
        ]
            .filter(Boolean)
            .join(" – ");
    }

    zoomBy(step) {
        const index = ZOOMS.indexOf(this.state.zoom) + step;
        this.state.zoom = ZOOMS[Math.min(Math.max(index, 0), ZOOMS.length - 1)];
    }

    print() {
        const { width, height } = this.geometry;
        const zoom = Math.min(1, PAGE.width / width, PAGE.height / height);
        this.root.el.style.setProperty("--o-sajad-flow-print-zoom", zoom);
        document.body.classList.add("o_sajad_flow_printing");
        const done = () => document.body.classList.remove("o_sajad_flow_printing");
        window.addEventListener("afterprint", done, { once: true });
        window.print();
    }

    async open(box) {
        if (this.props.passive) {
            return;
        }
        const { record } = this.props;
        if (this.props.flowField || !this.isDraft) {
            const name = this.isDraft ? "action_open_step" : "action_open_work";
            return this.action.doAction(await this.orm.call("sajad.flow.step", name, [[box.id]]));
        }
        if (!(await record.save())) {
            return;
        }
        this.action.doAction(
            await this.orm.call("sajad.flow.step", "action_open_step", [[box.id]]),
            { onClose: () => record.load() }
        );
    }
}

registry.category("view_widgets").add("sajad_flow_drawing", {
    component: FlowDrawing,
    extractProps: ({ attrs }) => ({
        flowField: attrs.flow,
        resultsField: attrs.results,
        passive: Boolean(attrs.passive),
    }),
});
