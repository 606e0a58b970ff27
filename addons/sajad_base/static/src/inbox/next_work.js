import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/**
 * Opens the next work in the form that is open, so that the way back stays the same;
 * where there is none, goes back to where the person came from.
 *
 * @param {Object} env
 * @param {Object} action whose params name the record
 */
async function nextWork(env, action) {
    const { resId, name } = action.params;
    const service = env.services.action;
    await service.doAction({ type: "ir.actions.act_window_close" });
    if (!resId) {
        env.services.notification.add(_t("Nothing else waits for you."), {
            type: "success",
        });
        return service.doAction("sajad_base.sajad_task_action", {
            clearBreadcrumbs: true,
        });
    }
    const controller = service.currentController;
    if (controller?.props?.resModel !== "sajad.task") {
        return;
    }
    const resIds = controller.props.resIds || [];
    await service.switchView("form", {
        resId,
        resIds: resIds.includes(resId) ? resIds : [...resIds, resId],
    });
    env.services.notification.add(_t("Next: %s", name), { type: "info" });
}

registry.category("actions").add("sajad_base.next_work", nextWork);
