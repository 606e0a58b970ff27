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
        // no attribute: the browser leaves out what a disabled button would send
        "button[type='submit']": {
            "t-att-class": () => ({ disabled: this.sending }),
            "t-att-aria-disabled": () => (this.sending ? "true" : undefined),
        },
    };

    setup() {
        this.sending = false;
    }

    start() {
        const [entry] = performance.getEntriesByType("navigation");
        if (entry?.type === "back_forward") {
            this.leaveWhenTaken();
        }
        this.leadToWrong();
    }

    /** A long form that comes back begins where something has to be mended. */
    leadToWrong() {
        const wrong = this.el.querySelector(".is-invalid");
        if (!wrong) {
            return;
        }
        wrong.closest("details")?.setAttribute("open", "");
        wrong.scrollIntoView({ block: "center" });
        // a calendar that opens by itself would hide what is wrong
        if (!wrong.matches(".o_sajad_date")) {
            wrong.focus({ preventScroll: true });
        }
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
    onPageShow(ev) {
        this.sending = false;
        if (ev.persisted) {
            this.leaveWhenTaken();
        }
    }

    /**
     * A form that the server does not show any more was taken: the page is old. What
     * was drawn after a wrong answer is asked for where its page is.
     */
    async leaveWhenTaken() {
        const action = this.el.getAttribute("action");
        const response = await this.waitFor(fetch(location.href));
        const text = await this.waitFor(response.text());
        const page = new DOMParser().parseFromString(text, "text/html");
        const forms = [...page.querySelectorAll("form")];
        // an address of its own names a form as well as an id does
        if (response.ok && !forms.some((form) => form.getAttribute("action") === action)) {
            location.replace(response.url);
        }
    }
}

registry.category("public.interactions").add("sajad_base.portal_form", PortalForm);
