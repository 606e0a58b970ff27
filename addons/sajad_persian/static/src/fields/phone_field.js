import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useInputField } from "@web/views/fields/input_field_hook";
import { phoneField } from "@web/views/fields/phone/phone_field";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * A telephone number that is stored in E.164 and shown as people in Iran write it:
 * 0912… for +98912…; foreign numbers keep their country.
 */
export class NationalPhoneField extends Component {
    static template = "sajad_persian.NationalPhoneField";
    static props = {
        ...standardFieldProps,
        placeholder: { type: String, optional: true },
    };

    setup() {
        useInputField({ getValue: () => this.shown });
    }

    get value() {
        return this.props.record.data[this.props.name] || "";
    }

    get shown() {
        return this.value.replace(/^\+98(?=\d{10}$)/, "0");
    }
}

registry.category("fields").add("sajad_phone", {
    ...phoneField,
    component: NationalPhoneField,
});
