import { onWillUnmount, useEffect } from "@odoo/owl";
import { registry } from "@web/core/registry";
import {
    ProgressBarField,
    progressBarField,
} from "@web/views/fields/progress_bar/progress_bar_field";

const PAUSE = 2000;

/** The progress of work in the background: it moves while the page is open. */
export class BatchProgress extends ProgressBarField {
    setup() {
        super.setup();
        this.timer = null;
        useEffect(
            (state) => {
                clearInterval(this.timer);
                if (["running", "examining"].includes(state)) {
                    this.timer = setInterval(() => this.props.record.load(), PAUSE);
                }
            },
            () => [this.props.record.data.state]
        );
        onWillUnmount(() => clearInterval(this.timer));
    }
}

registry.category("fields").add("sajad_batch_progress", {
    ...progressBarField,
    component: BatchProgress,
});
