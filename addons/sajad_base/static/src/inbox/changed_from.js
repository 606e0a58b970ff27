import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";

/**
 * Tells the server from what a form was changed, where its model asks for it: somebody
 * else may have filled in the same form meanwhile, and answers are sent all at once.
 */
patch(Record.prototype, {
    _getChanges(changes, options = {}) {
        const result = super._getChanges(...arguments);
        if (!this.resId || options.withReadonly || !("changed_from" in this.fields)) {
            return result;
        }
        const names = Object.keys(result);
        if (names.length) {
            result.changed_from = Object.fromEntries(
                names.map((name) => [name, this._getChangedFrom(name)])
            );
        }
        return result;
    },

    _getChangedFrom(name) {
        const value = this._values[name];
        const { type } = this.fields[name];
        return type === "properties" && !value ? [] : this._formatServerValue(type, value);
    },
});
