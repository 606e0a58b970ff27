import { typingBus } from "@sajad_jalali/core/parse_patch";
import { deserializeDate, parseDate, serializeDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/**
 * A date is typed and picked in the calendar of the user and sent as the server
 * stores it. Without scripts the browser's own date input is left.
 */
export class PortalDate extends Interaction {
    static selector = "input.o_sajad_date";

    start() {
        const value = this.el.value ? deserializeDate(this.el.value) : false;
        this.addHiddenInput();
        this.el.type = "text";
        // before the picker puts back what stood there
        this.addListener(this.el, "change", () => this.sayWhatIsNoDate(this.el.value));
        this.registerCleanup(
            this.services.datetime_picker
                .create({
                    target: this.el,
                    pickerProps: { type: "date", value: value && value.isValid ? value : false },
                    onApply: (date) => {
                        this.hiddenEl.value = date ? serializeDate(date) : "";
                    },
                })
                .enable()
        );
    }

    /** Of a few letters or digits Odoo says nothing. */
    sayWhatIsNoDate(text) {
        try {
            parseDate(text);
        } catch {
            typingBus.trigger("refused", { text });
        }
    }

    /** The text that is seen has no name; the date that is sent has it. */
    addHiddenInput() {
        const { name, value } = this.el;
        this.hiddenEl = document.createElement("input");
        this.hiddenEl.type = "hidden";
        this.hiddenEl.name = name;
        this.hiddenEl.value = value;
        this.el.removeAttribute("name");
        this.el.autocomplete = "off";
        this.insert(this.hiddenEl, this.el, "afterend");
        this.registerCleanup(() => {
            this.el.type = "date";
            this.el.name = name;
            this.el.value = this.hiddenEl.value;
        });
    }
}

registry.category("public.interactions").add("sajad_base.portal_date", PortalDate);
