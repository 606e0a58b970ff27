import { onWillStart } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { domainFromTree } from "@web/core/tree_editor/domain_from_tree";
import { DomainField, domainField } from "@web/views/fields/domain/domain_field";
import {
    getFirstCondition,
    OfferedDomainSelector,
    OfferedDomainSelectorDialog,
    useOffered,
} from "./offered";

/**
 * A condition, picked among what an administrator needs.
 *
 * The option `form` names the model whose form is asked for: its record is the one of
 * the view, or the one that the field of the option `form_field` leads to.
 */
export class ConditionField extends DomainField {
    static components = { DomainSelector: OfferedDomainSelector };
    static props = {
        ...DomainField.props,
        form: { type: String, optional: true },
        formField: { type: String, optional: true },
    };

    setup() {
        this.offered = { fields: {}, questions: [] };
        useOffered(this.env, this.offered);
        super.setup();
        onWillStart(async () => {
            const { form } = this.props;
            const args = [form || false, (form && this.formId) || false];
            Object.assign(
                this.offered,
                await this.orm.call("sajad.condition", "get_offered", args)
            );
        });
    }

    get formId() {
        const { record, formField } = this.props;
        return formField ? record.data[formField]?.id : record.model.root.resId;
    }

    async addCondition() {
        const resModel = this.getResModel();
        const fieldDefs = await this.env.services.field.loadFields(resModel);
        const first = getFirstCondition(fieldDefs, this.offered.fields[resModel]);
        this.update(domainFromTree(first));
        this.state.folded = false;
    }

    onEditDialogBtnClick() {
        this.addDialog(OfferedDomainSelectorDialog, {
            resModel: this.getResModel(),
            domain: this.getDomain(),
            isDebugMode: !!this.env.debug,
            onConfirm: this.update.bind(this),
            offered: this.offered,
        });
    }
}

registry.category("fields").add("sajad_condition", {
    ...domainField,
    component: ConditionField,
    extractProps(fieldInfo, dynamicInfo) {
        const { form, form_field: formField } = fieldInfo.options;
        return { ...domainField.extractProps(fieldInfo, dynamicInfo), form, formField };
    },
});
