import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const MISSING = {
    checkbox: _t("Tick this box to go on."),
    radio: _t("Choose one of these."),
    file: _t("Choose a file."),
    "select-one": _t("Choose one from the list."),
};

function getSentence({ type, validity }) {
    if (validity.valueMissing) {
        return MISSING[type] || _t("Fill in this box.");
    }
    if (validity.typeMismatch && type === "email") {
        return _t("This is not an e-mail address: write it like name@example.com.");
    }
    return _t("What stands here does not fit; look at it again.");
}

/** What the browser refuses is said in the language of the page, not the browser's. */
export class FormSentences extends Interaction {
    static selector = "form";
    dynamicContent = {
        _root: {
            "t-on-invalid.capture": this.onInvalid,
            "t-on-input.capture": this.forget,
            "t-on-change.capture": this.forget,
            "t-on-click.capture": this.forget,
        },
    };

    setup() {
        this.told = new Set();
    }

    onInvalid({ target }) {
        // what a page says itself is in its language
        if (!target.validity.customError) {
            target.setCustomValidity(getSentence(target).toString());
            this.told.add(target);
        }
    }

    /** The browser looks anew at what was refused. */
    forget() {
        for (const field of this.told) {
            field.setCustomValidity("");
        }
        this.told.clear();
    }
}

registry.category("public.interactions").add("sajad_persian.form_sentences", FormSentences);
