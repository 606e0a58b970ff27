import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { renderToElement } from "@web/core/utils/render";

const MIN_LETTERS = 4;
const DELAY = 500;

/** Answered questions that fit the subject, while it is typed. */
export class SupportSuggest extends Interaction {
    static selector = ".o_sajad_support_subject";
    dynamicContent = {
        "input[name='support_subject']": {
            "t-on-input": this.debounced(this.onInput, DELAY),
        },
        ".o_sajad_suggestions": {
            "t-att-class": () => ({ "d-none": !this.questions.length }),
        },
    };

    setup() {
        this.questions = [];
        this.asked = "";
    }

    async onInput(ev) {
        const text = ev.target.value.trim();
        this.asked = text;
        const questions =
            text.length < MIN_LETTERS
                ? []
                : await this.waitFor(
                      rpc("/support/questions/suggest", { text }, { silent: true })
                  ).catch(() => []);
        // an answer that comes late is to what was typed before
        if (text === this.asked) {
            this.show(questions);
        }
    }

    show(questions) {
        this.questions = questions;
        const list = this.el.querySelector(".o_sajad_suggestions ul");
        list.replaceChildren(
            ...questions.map((question) =>
                renderToElement("sajad_helpdesk.Suggestion", { question })
            )
        );
        this.updateContent();
    }
}

registry.category("public.interactions").add("sajad_helpdesk.support_suggest", SupportSuggest);
