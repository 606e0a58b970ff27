import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** A form is sent once: the server would answer a second time with the same request. */
export class PortalForm extends Interaction {
    static selector = ".o_sajad_form";
    dynamicContent = {
        _root: {
            "t-on-submit": this.onSubmit,
            "t-on-invalid.capture": this.onInvalid,
        },
        _window: { "t-on-pageshow": this.onPageShow },
        "button[type='submit']": {
            "t-att-disabled": () => this.sending,
        },
    };

    setup() {
        this.sending = false;
    }

    onSubmit(ev) {
        if (this.sending) {
            ev.preventDefault();
            return;
        }
        this.sending = true;
    }

    /** What the browser refuses is shown, also where the form is folded away. */
    onInvalid(ev) {
        const folded = ev.target.closest("details");
        if (folded) {
            folded.open = true;
        }
    }

    /** Whoever comes back with the browser's button can send again. */
    onPageShow() {
        this.sending = false;
    }
}

registry.category("public.interactions").add("sajad_base.portal_form", PortalForm);
