import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Where a form depends on who asks, choosing another opens the form of that one. */
export class PortalRequester extends Interaction {
    static selector = "form[data-sajad-requester='reload'] select[name='requester']";
    dynamicContent = {
        _root: { "t-on-change": this.onChange },
    };

    onChange() {
        const url = new URL(window.location.href);
        url.searchParams.set("requester", this.el.value);
        url.searchParams.delete("message");
        window.location.assign(url);
    }
}

registry.category("public.interactions").add("sajad_base.portal_requester", PortalRequester);
