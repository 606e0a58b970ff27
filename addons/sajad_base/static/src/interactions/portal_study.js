import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Where a form depends on the study, choosing another one opens its form. */
export class PortalStudy extends Interaction {
    static selector = "form[data-sajad-study='reload'] select[name='student_id']";
    dynamicContent = {
        _root: { "t-on-change": this.onChange },
    };

    onChange() {
        const url = new URL(window.location.href);
        url.searchParams.set("student_id", this.el.value);
        url.searchParams.delete("message");
        window.location.assign(url);
    }
}

registry.category("public.interactions").add("sajad_base.portal_study", PortalStudy);
