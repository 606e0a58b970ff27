import { Message } from "@mail/core/common/message_model";

import { patch } from "@web/core/utils/patch";

/**
 * Conversations of student affairs are kept as they were: nothing is edited or deleted
 * there (the server refuses it), so nothing may look deleted. Notes of the system have
 * no text where what they track is not for the reader.
 */
patch(Message.prototype, {
    get isKept() {
        return Boolean(this.thread?.model?.startsWith("sajad."));
    },

    computeIsEmpty() {
        const isSystem = this.message_type && this.message_type !== "comment";
        return !this.isKept && !isSystem && super.computeIsEmpty();
    },

    get allowsEdition() {
        return !this.isKept && super.allowsEdition;
    },
});
