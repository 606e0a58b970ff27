import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

import { leadTo } from "./unmet_checks";

const APPROVALS = ["action_approve", "action_approve_next"];

/**
 * The form of work: what keeps it from being approved is said at once, and the first
 * box that is missing is brought into view. The server checks it all the same.
 */
export class WorkFormController extends FormController {
    setup() {
        super.setup();
        this.notification = useService("notification");
        this.told = [];
    }

    async beforeExecuteActionButton(clickParams) {
        const saved = await super.beforeExecuteActionButton(clickParams);
        if (saved === false || !APPROVALS.includes(clickParams.name)) {
            return saved;
        }
        // what was said of the last attempt may be mended by now
        this.told.splice(0).forEach((close) => close());
        const checks = this.model.root.data.unmet_checks || [];
        if (!checks.length) {
            return saved;
        }
        this.told = checks.map((check) =>
            this.notification.add(check.sentence, { type: "danger" })
        );
        const boxes = checks.flatMap((check) => check.boxes);
        if (boxes.length) {
            leadTo(boxes[0]);
        }
        return false;
    }
}

registry.category("views").add("sajad_work_form", {
    ...formView,
    Controller: WorkFormController,
});
