import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** A chosen filter applies at once; without scripts the search button does it. */
export class PortalFilters extends Interaction {
    static selector = ".o_sajad_filters";
    dynamicContent = {
        select: { "t-on-change": () => this.el.requestSubmit() },
    };
}

registry.category("public.interactions").add("sajad_base.portal_filters", PortalFilters);
