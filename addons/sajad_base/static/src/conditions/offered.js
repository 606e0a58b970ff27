import { useSubEnv } from "@odoo/owl";
import { DomainSelector } from "@web/core/domain_selector/domain_selector";
import { getDomainDisplayedOperators } from "@web/core/domain_selector/domain_selector_operator_editor";
import { DomainSelectorDialog } from "@web/core/domain_selector_dialog/domain_selector_dialog";
import { getDefaultCondition } from "@web/core/domain_selector/utils";
import { fieldService } from "@web/core/field_service";
import { ModelFieldSelector } from "@web/core/model_field_selector/model_field_selector";
import { ModelFieldSelectorPopover } from "@web/core/model_field_selector/model_field_selector_popover";
import { condition } from "@web/core/tree_editor/condition_tree";
import { treeProcessorService } from "@web/core/tree_editor/tree_processor";
import { getDefaultValue } from "@web/core/tree_editor/tree_editor_value_editors";
import { pick } from "@web/core/utils/objects";

/**
 * What conditions can be made of, as `sajad.condition` says. Odoo's picker offers all
 * fields, and the form fields of all processes under one another's names.
 *
 * @typedef {Object} Offered
 * @property {Object} fields names of fields by model
 * @property {Array} questions definitions of the form of this process
 */

const FORMS = ["sajad.flow", "sajad.flow.step"];

/** Let the components below know the form of this process, and no other one. */
export function useOffered(env, offered) {
    const orm = Object.create(env.services.orm);
    orm.webSearchRead = async (model, domain, params) => {
        if (!FORMS.includes(model)) {
            return env.services.orm.webSearchRead(model, domain, params);
        }
        const name = Object.keys(params.specification).find((key) => key !== "display_name");
        return { records: [{ id: 0, display_name: "", [name]: offered.questions }] };
    };
    const field = fieldService.start(env, { orm });
    const tree = treeProcessorService.start(env, { field, name: env.services.name });
    const services = Object.assign(Object.create(env.services), { field, tree_processor: tree });
    useSubEnv({ services, sajadOffered: offered });
}

/** Return the condition that is proposed: on the first field that is one by itself. */
export function getFirstCondition(fieldDefs, names = []) {
    const plain = ["selection", "boolean", "integer", "char", "text"];
    const name = names.find((one) => plain.includes(fieldDefs[one]?.type));
    if (!name) {
        return getDefaultCondition(fieldDefs);
    }
    const operator = getDomainDisplayedOperators(fieldDefs[name])[0];
    return condition(name, operator, getDefaultValue(fieldDefs[name], operator));
}

/** `filter` takes all definitions of a page and returns those that are offered. */
class OfferedPopover extends ModelFieldSelectorPopover {
    filter(fieldDefs, path, resModel) {
        return this.props.filter(fieldDefs, path, resModel);
    }
}

class OfferedFieldSelector extends ModelFieldSelector {
    static components = { Popover: OfferedPopover };
}

export class OfferedDomainSelector extends DomainSelector {
    get offered() {
        return this.env.sajadOffered;
    }

    getOffered(fieldDefs, path, resModel) {
        if (resModel === "*") {
            return Object.fromEntries(
                this.offered.questions.map((question) => [
                    question.name,
                    {
                        is_property: true,
                        searchable: true,
                        ...(question.comodel ? { relation: question.comodel } : {}),
                        ...question,
                    },
                ])
            );
        }
        const names = this.offered.fields[resModel] || ["name"];
        const found = pick(fieldDefs, ...names.filter((name) => fieldDefs[name]?.searchable));
        if (!this.offered.questions.length) {
            delete found.properties;
        }
        return found;
    }

    getPathEditorInfo(resModel, defaultCondition) {
        const info = super.getPathEditorInfo(resModel, defaultCondition);
        return {
            ...info,
            component: OfferedFieldSelector,
            extractProps: (params) => ({
                ...info.extractProps(params),
                filter: this.getOffered.bind(this),
            }),
        };
    }

    getDefaultCondition(fieldDefs) {
        return getFirstCondition(fieldDefs, this.offered.fields[this.props.resModel]);
    }

    getShowArchivedCheckBox() {
        return false;
    }
}

export class OfferedDomainSelectorDialog extends DomainSelectorDialog {
    static components = {
        ...DomainSelectorDialog.components,
        DomainSelector: OfferedDomainSelector,
    };
    static props = { ...DomainSelectorDialog.props, offered: Object };

    setup() {
        useOffered(this.env, this.props.offered);
        super.setup();
    }
}
