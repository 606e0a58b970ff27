import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";

/**
 * The board of the support desk: a card that is dropped in another column opens what
 * brings it there, for nothing moves without an answer or a reason.
 */
export class SupportDeskRenderer extends KanbanRenderer {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.action = useService("action");
    }

    /** The status is the engine's to write, so that its column is read-only. */
    get canMoveRecords() {
        return this.canResequenceRecords && this.isByStatus;
    }

    get isByStatus() {
        return this.props.list.groupByField?.name === "support_state";
    }

    async sortRecordDrop(recordId, groupId, { parent }) {
        parent?.classList.remove("o_kanban_hover");
        const target = this.props.list.groups.find((group) => group.id === parent?.dataset.id);
        if (!this.isByStatus || !target || target.id === groupId) {
            return;
        }
        const record = this.props.list.records.find((one) => one.id === recordId);
        const reload = () => this.props.list.load();
        const action = await this.orm.call("sajad.request", "action_support_drop", [
            [record.resId],
            target.value,
        ]);
        if (!action) {
            return reload();
        }
        return this.action.doAction(action, { onClose: reload });
    }
}

registry.category("views").add("sajad_support_desk", {
    ...kanbanView,
    Renderer: SupportDeskRenderer,
});
