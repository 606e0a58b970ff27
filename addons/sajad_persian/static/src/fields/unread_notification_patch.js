import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";

import { listNames } from "../web/list_names";

/** What the screen calls a field; a form may call it other than its model does. */
function nameOf(record, name) {
    const labels = document.querySelectorAll(`.o_form_label[for^="${CSS.escape(name)}_"]`);
    const text = [...labels].at(-1)?.firstChild?.textContent.trim();
    return text || record.fields[name].string;
}

/** The names of what is missing, those of the lines of a list after that of the list. */
function missingNames(record) {
    return [...record._unsetRequiredFields].map((name) => {
        const lines = record.data[name]?.records || [];
        const missing = lines.flatMap((line) =>
            [...line._unsetRequiredFields].map((field) => line.fields[field].string)
        );
        const unique = listNames(new Set(missing), user.lang);
        return unique ? `${nameOf(record, name)} (${unique})` : nameOf(record, name);
    });
}

/**
 * Odoo speaks of missing fields only and does not say which; what was typed and cannot be
 * read is not missing.
 */
patch(Record.prototype, {
    _displayInvalidFieldNotification() {
        const unread = [...this._invalidFields].filter(
            (name) => !this._unsetRequiredFields.has(name)
        );
        const names = unread.length ? unread.map((name) => nameOf(this, name)) : missingNames(this);
        if (!names.length) {
            return super._displayInvalidFieldNotification();
        }
        const list = listNames(names, user.lang);
        return this.model.notification.add(
            unread.length
                ? _t("This cannot be read, correct it before saving: %s", list)
                : _t("This is still missing, fill it in before saving: %s", list),
            { type: "danger" }
        );
    },
});
