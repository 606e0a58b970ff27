import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

// kinds without an answer that another field could wait for
const NO_QUESTIONS = ["separator", "file"];
const YES_OR_NO = { yes: _t("Yes"), no: _t("No") };

/** The lines above one in the form that is being designed. */
function getAbove(record) {
    const lines = record.model.root.data.line_ids.records;
    const index = lines.findIndex((line) => line.id === record.id);
    return lines.slice(0, Math.max(index, 0));
}

function splitLines(text) {
    return (text || "")
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean);
}

/** Choose the field after whose answer another field is shown. */
export class ShowIfField extends Component {
    static template = "sajad_process_designer.ShowIfField";
    static props = { ...standardFieldProps };

    get questions() {
        return getAbove(this.props.record)
            .map((line) => line.data)
            .filter(({ kind, label }) => label && !NO_QUESTIONS.includes(kind));
    }

    get code() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        const chosen = this.questions.find(({ code }) => code === this.code);
        return chosen ? chosen.label : this.code;
    }

    onChange(ev) {
        this.props.record.update({
            [this.props.name]: ev.target.value || false,
            show_if_answers: false,
        });
    }
}

/** Tick the answers after which a field is shown. */
export class ShowIfAnswersField extends Component {
    static template = "sajad_process_designer.ShowIfAnswersField";
    static props = { ...standardFieldProps };

    get question() {
        const code = this.props.record.data.show_if;
        return getAbove(this.props.record).find((line) => line.data.code === code)?.data;
    }

    get options() {
        if (this.question?.kind === "boolean") {
            return Object.entries(YES_OR_NO);
        }
        const hasChoices = ["selection", "tags"].includes(this.question?.kind);
        return hasChoices ? splitLines(this.question.choices).map((line) => [line, line]) : [];
    }

    get answers() {
        return splitLines(this.props.record.data[this.props.name]);
    }

    get text() {
        if (!this.props.record.data.show_if) {
            return "";
        }
        const labels = Object.fromEntries(this.options);
        const texts = this.answers.map((answer) => labels[answer] ?? answer);
        return texts.length ? texts.join(_t(", ")) : _t("any answer");
    }

    toggle(answer, ticked) {
        const answers = this.answers.filter((one) => one !== answer);
        if (ticked) {
            answers.push(answer);
        }
        this.props.record.update({ [this.props.name]: answers.join("\n") || false });
    }
}

registry.category("fields").add("sajad_show_if", {
    component: ShowIfField,
    supportedTypes: ["char"],
});
registry.category("fields").add("sajad_show_if_answers", {
    component: ShowIfAnswersField,
    supportedTypes: ["text"],
});
