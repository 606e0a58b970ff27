import { useState } from "@odoo/owl";
import { useBus } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { parseFloat, parseInteger, parseMonetary } from "@web/views/fields/parsers";
import { PropertyValue } from "@web/views/fields/properties/property_value";

const PARSERS = { integer: parseInteger, float: parseFloat, monetary: parseMonetary };

PropertyValue.props = { ...PropertyValue.props, fieldName: { type: String, optional: true } };

/** What is no number stays as it was typed and is not saved, as in fields of their own. */
patch(PropertyValue.prototype, {
    setup() {
        super.setup();
        this.unread = useState({ text: null });
        const { record } = this.props;
        if (!record?.model?.bus) {
            return; // the default of a definition
        }
        useBus(record.model.bus, "NEED_LOCAL_CHANGES", ({ detail }) => {
            if (this.unread.text !== null) {
                // another answer that could be read has made the field valid again
                const done = this.props.record.model.mutex.getUnlockedDef();
                detail.proms.push(done.then(() => this.refuse()));
            }
        });
        useRecordObserver((current) => {
            if (!current.dirty) {
                this.unread.text = null;
            }
        });
    },

    /** @param {string} text the text, or the value of other types */
    async onValueChange(text) {
        const parse = PARSERS[this.props.type];
        if (!parse) {
            return super.onValueChange(...arguments);
        }
        let number;
        try {
            number = parse(text) || 0;
        } catch {
            this.unread.text = text;
            return this.refuse();
        }
        this.unread.text = null;
        this.props.onChange(number);
    },

    async refuse() {
        if (this.props.fieldName) {
            await this.props.record.setInvalidField(this.props.fieldName);
        }
    },
});
