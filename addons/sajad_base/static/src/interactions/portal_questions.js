import { isAsked } from "@sajad_base/questions/asked";
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** Ask what the other answers call for, and nothing else. */
export class PortalQuestions extends Interaction {
    static selector = "form:has([data-show-if])";
    dynamicContent = {
        _root: { "t-on-input": this.update, "t-on-change": this.update },
    };

    start() {
        this.update();
    }

    update() {
        const answers = {};
        for (const el of this.el.querySelectorAll(".o_sajad_question")) {
            const { question, showIf } = el.dataset;
            const asked = isAsked(showIf && JSON.parse(showIf), answers);
            this.show(el, asked);
            if (asked) {
                answers[question] = this.getAnswer(el);
            }
        }
    }

    /** What is hidden is not sent, and keeps nobody from sending the form. */
    show(el, asked) {
        el.classList.toggle("d-none", !asked);
        if (el.dataset.showIf) {
            for (const input of el.querySelectorAll("input, select, textarea")) {
                input.disabled = !asked;
            }
        }
    }

    getAnswer(el) {
        const boxes = [...el.querySelectorAll("input[type='checkbox']")];
        if (!boxes.length) {
            return el.querySelector("input, select, textarea")?.value.trim() ?? "";
        }
        const ticked = boxes.filter((box) => box.checked);
        // several choices, or one yes
        return ticked.map((box) => box.name.split("__")[1] ?? true);
    }
}

registry.category("public.interactions").add("sajad_base.portal_questions", PortalQuestions);
