import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** Guides are read on paper too. */
export class PortalPrint extends Interaction {
    static selector = ".o_sajad_print";
    dynamicContent = {
        ".o_sajad_print_button": { "t-on-click": () => window.print() },
    };
}

registry.category("public.interactions").add("sajad_base.portal_print", PortalPrint);
