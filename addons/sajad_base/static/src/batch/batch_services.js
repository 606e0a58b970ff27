import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";

const EXPORT = /^\/web\/export\/(xlsx|csv)$/;
// below it the server need not be asked
const FEW = 50;

/** Papers of many records are made in the background: from the Print menu too. */
export async function printMany(action, options, env) {
    const ids = action.context?.active_ids || [];
    const isOurs = action.id && action.report_type === "qweb-pdf" && action.pdf_engine;
    if (!isOurs || ids.length <= FEW) {
        return false;
    }
    const next = await env.services.orm.call("sajad.batch.paper", "print_many", [action.id, ids]);
    if (next) {
        await env.services.action.doAction(next);
    }
    return Boolean(next);
}

registry
    .category("ir.actions.report handlers")
    .add("sajad_batch_print", printMany, { sequence: 10 });

/** Long lists are read in the background; the web client's export asks here first. */
export const batchExportService = {
    dependencies: ["action", "orm", "notification"],
    start(env, { action, orm, notification }) {
        return patch(download, {
            async _download(options) {
                const kind = EXPORT.exec(options.url || "")?.[1];
                if (kind) {
                    const params = JSON.parse(options.data.data);
                    const next = await orm.call("sajad.batch.list", "export_many", [kind, params]);
                    if (next) {
                        notification.add(_t("The list is long: it is made in the background."));
                        return action.doAction(next);
                    }
                }
                return super._download(options);
            },
        });
    },
};

registry.category("services").add("sajad_batch_export", batchExportService);
