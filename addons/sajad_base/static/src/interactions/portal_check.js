import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const DIGITS = /[\u06f0-\u06f9\u0660-\u0669]/g;

/** The number in ASCII digits, without what people put between them. */
function compact(text) {
    return text
        .replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 15))
        .replace(/[\s\-\u200c._]/g, "")
        .toUpperCase();
}

function isNationalId(text) {
    const digits = compact(text).replace(/^(\d{8,9})$/, (id) => id.padStart(10, "0"));
    if (!/^\d{10}$/.test(digits) || /^(\d)\1*$/.test(digits)) {
        return false;
    }
    const sum = [...digits.slice(0, 9)].reduce((sum, d, i) => sum + d * (10 - i), 0);
    const rest = sum % 11;
    return Number(digits[9]) === (rest < 2 ? rest : 11 - rest);
}

// As the server checks; it stays the one that decides.
const CHECKS = {
    national_id: {
        isValid: isNationalId,
        message: _t(
            "This is not a valid national ID: compare its ten digits with the national card."
        ),
    },
    foreign_id: {
        isValid: (text) => /^\d{12}$/.test(compact(text)),
        message: _t("A foreigners' ID has twelve digits."),
    },
    passport: {
        isValid: (text) => /^(?=.*\d)[A-Z0-9]{5,12}$/.test(compact(text)),
        message: _t("A passport number has 5 to 12 Latin letters and digits."),
    },
    mobile: {
        isValid: (text) => /^(?:(?:\+98|0098|0)?9\d{9}|\+(?!98)\d{8,15})$/.test(compact(text)),
        message: _t("This is not a mobile number: write it like 09121234567."),
    },
    phone: {
        isValid: (text) => /^(?:\+|00)?\d{8,15}$/.test(compact(text)),
        message: _t(
            "This is not a telephone number: write it with the city code, like 02112345678."
        ),
    },
    birth_certificate: {
        isValid: (text) => /^\d{1,10}$/.test(compact(text)),
        message: _t("A birth-certificate number has at most ten digits."),
    },
};

/** Says at once, beside the field, what the server would say after sending. */
export class PortalCheck extends Interaction {
    static selector = "input[data-sajad-check]";
    dynamicContent = {
        _root: { "t-on-change": this.onChange, "t-on-input": this.onInput },
        _window: {
            "t-on-pointerdown.capture": () => (this.pressed = true),
            "t-on-pointerup.capture": this.onRelease,
            "t-on-pointercancel.capture": this.onRelease,
        },
    };

    setup() {
        this.pressed = false;
    }

    onChange() {
        const check = CHECKS[this.el.dataset.sajadCheck];
        const isWrong = check && this.el.value.trim() && !check.isValid(this.el.value);
        this.el.setCustomValidity(isWrong ? check.message.toString() : "");
        if (!this.pressed) {
            this.showSoon();
        }
    }

    /** What is being corrected is not blamed. */
    onInput() {
        this.el.setCustomValidity("");
        this.show("");
    }

    onRelease() {
        this.pressed = false;
        this.showSoon();
    }

    /**
     * A press elsewhere ends the typing. Were the sentence drawn before the pointer is
     * released, what was pressed would move away from it and never be clicked.
     */
    showSoon() {
        this.waitForTimeout(() => this.pressed || this.show(this.el.validationMessage), 0);
    }

    show(message) {
        this.el.classList.toggle("is-invalid", Boolean(message));
        let feedback = this.el.parentElement.querySelector(".invalid-feedback");
        if (!feedback && message) {
            feedback = document.createElement("div");
            feedback.className = "invalid-feedback d-block";
            this.insert(feedback, this.el.parentElement, "beforeend");
        }
        if (feedback) {
            feedback.textContent = message;
        }
    }
}

registry.category("public.interactions").add("sajad_base.portal_check", PortalCheck);
