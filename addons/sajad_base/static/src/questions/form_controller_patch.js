import { patch } from "@web/core/utils/patch";
import { FormController } from "@web/views/form/form_controller";

/** What a form asks stands in a version of its process; no answer is its editor. */
patch(FormController.prototype, {
    getStaticActionMenuItems() {
        const items = super.getStaticActionMenuItems();
        if (this.props.resModel.startsWith("sajad.")) {
            delete items.addPropertyFieldValue;
        }
        return items;
    },
});
