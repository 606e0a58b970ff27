import { Component, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const MODEL = "sajad.dossier.document";

/** Shows the files of a document beside its data, one of them at a time. */
export class DocumentPreview extends Component {
    static template = "sajad_dossier.DocumentPreview";
    static props = { ...standardFieldProps };

    setup() {
        this.state = useState({ url: "" });
    }

    get files() {
        return this.props.record.data[this.props.name] || [];
    }

    /** The chosen file, else the first; the pager brings other documents. */
    get shown() {
        return this.files.find((file) => file.url === this.state.url) || this.files[0];
    }

    get viewer() {
        const file = encodeURIComponent(this.shown.url);
        return `/web/static/lib/pdfjs/web/viewer.html?file=${file}#pagemode=none`;
    }

    show(file) {
        this.state.url = file.url;
    }
}

registry.category("fields").add("sajad_document_preview", {
    component: DocumentPreview,
    supportedTypes: ["json"],
});

/** Opens the first of some documents, with all of them in the pager. */
async function sideBySide(env, action) {
    const { resIds, name } = action.params;
    await env.services.action.doAction(
        {
            type: "ir.actions.act_window",
            name,
            res_model: MODEL,
            views: [[false, "form"]],
            res_id: resIds[0],
        },
        { props: { resIds } }
    );
}

/** Goes on to the next document, or back to the work when all are decided. */
async function nextDocument(env, action) {
    const { resId } = action.params;
    const service = env.services.action;
    await service.doAction({ type: "ir.actions.act_window_close" });
    const controller = service.currentController;
    if (controller?.props?.resModel !== MODEL || controller.view?.type !== "form") {
        return service.doAction({ type: "ir.actions.client", tag: "soft_reload" });
    }
    if (!resId) {
        env.services.notification.add(_t("Nothing else of this request waits for you."), {
            type: "success",
        });
        if (controller.config?.breadcrumbs?.length > 1) {
            return service.restore();
        }
        return service.doAction({ type: "ir.actions.client", tag: "soft_reload" });
    }
    const resIds = controller.props.resIds || [];
    await service.switchView("form", {
        resId,
        resIds: resIds.includes(resId) ? resIds : [...resIds, resId],
    });
}

registry.category("actions").add("sajad_dossier.side_by_side", sideBySide);
registry.category("actions").add("sajad_dossier.next_document", nextDocument);
