import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";

/** Odoo speaks of missing fields only; what was typed and cannot be read is not missing. */
patch(Record.prototype, {
    _displayInvalidFieldNotification() {
        const unread = [...this._invalidFields].filter(
            (name) => !this._unsetRequiredFields.has(name)
        );
        if (!unread.length) {
            return super._displayInvalidFieldNotification();
        }
        const names = unread.map((name) => this.fields[name].string).join(" – ");
        return this.model.notification.add(
            _t("This cannot be read, correct it before saving: %s", names),
            { type: "danger" }
        );
    },
});
