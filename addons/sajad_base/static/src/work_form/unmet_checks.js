import { Component, onWillUnmount, useEffect } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const MARK = "o_sajad_unmet";

/** Leave the mark on boxes that are still missing. */
function unmark(missing = []) {
    for (const box of document.querySelectorAll(`.${MARK}`)) {
        box.classList.toggle(MARK, missing.includes(box.getAttribute("property-name")));
    }
}

/** Bring a box of the office's form into view, ready to be filled in. */
export function leadTo(name) {
    const box = document.querySelector(`[property-name="${CSS.escape(name)}"]`);
    if (!box) {
        return;
    }
    box.scrollIntoView({ block: "center" });
    box.classList.add(MARK);
    for (const kind of ["input", "change"]) {
        box.addEventListener(kind, () => box.classList.remove(MARK), { once: true });
    }
    box.querySelector("input, textarea, select, button")?.focus();
}

/** What the office still has to do before it can approve; each leads to its box. */
export class UnmetChecks extends Component {
    static template = "sajad_base.UnmetChecks";
    static props = { ...standardFieldProps };

    setup() {
        useEffect(
            (checks) => unmark(checks.flatMap((check) => check.boxes)),
            () => [this.checks]
        );
        onWillUnmount(unmark);
    }

    get checks() {
        return this.props.record.data[this.props.name] || [];
    }

    lead(check) {
        leadTo(check.boxes[0]);
    }
}

registry.category("fields").add("sajad_unmet_checks", {
    component: UnmetChecks,
    supportedTypes: ["json"],
});
