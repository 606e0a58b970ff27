import { Chatter } from "@mail/chatter/web_portal/chatter";

import { Component, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * What came with the request of a work item: its files, one of them open, and what
 * student and offices wrote to each other. Shown beside the form of the office.
 */
export class RequestPapers extends Component {
    static template = "sajad_base.RequestPapers";
    static components = { Chatter };
    static props = { ...standardWidgetProps };

    setup() {
        this.store = useService("mail.store");
        this.state = useState({ fileId: false });
    }

    get requestId() {
        return this.props.record.data.request_id?.id;
    }

    get thread() {
        return this.store.Thread.insert({ model: "sajad.request", id: this.requestId });
    }

    get files() {
        return [...this.thread.attachments].sort((a, b) => a.id - b.id);
    }

    /** Whether no file came: until the conversation is there nobody knows. */
    get isEmpty() {
        return this.thread.areAttachmentsLoaded && !this.files.length;
    }

    /** What is said when no file came; addons know of files elsewhere. */
    get emptyText() {
        return _t("No document was sent.");
    }

    /** The chosen file, else the first that a browser can show. */
    get shown() {
        const viewable = this.files.filter((file) => file.isPdf || file.isImage);
        return viewable.find((file) => file.id === this.state.fileId) || viewable[0];
    }

    canShow(file) {
        return file.isPdf || file.isImage;
    }

    show(file) {
        this.state.fileId = file.id;
    }
}

registry.category("view_widgets").add("sajad_request_papers", {
    component: RequestPapers,
    fieldDependencies: [{ name: "request_id", type: "many2one" }],
});
