import { contains, defineMailModels, start } from "@mail/../tests/mail_test_helpers";
import { Message } from "@mail/core/common/message";

import { expect, test } from "@odoo/hoot";

import { getService, mountWithCleanup } from "@web/../tests/web_test_helpers";

defineMailModels();

const DELETED = "This message has been removed";

/** A message of a record without any text, as one is of which all is taken away. */
async function insertEmpty(model, values = {}) {
    await start();
    const store = getService("mail.store");
    const thread = store.Thread.insert({ model, id: 1 });
    return store["mail.message"].insert({
        id: 1,
        author_id: store.self,
        body: "",
        message_type: "comment",
        model,
        res_id: 1,
        thread,
        ...values,
    });
}

test("an empty comment elsewhere looks deleted, as Odoo has it", async () => {
    const message = await insertEmpty("res.partner");
    expect(message.isEmpty).toBe(true);
});

for (const message_type of ["comment", "notification", "user_notification", "auto_comment"]) {
    test(`${message_type} of a request never looks deleted`, async () => {
        const message = await insertEmpty("sajad.request", { message_type });
        expect(message.isEmpty).toBe(false);
    });
}

test("what the system says looks deleted nowhere", async () => {
    const message = await insertEmpty("res.partner", { message_type: "notification" });
    expect(message.isEmpty).toBe(false);
});

test("the words are those of Odoo, and not there in a request", async () => {
    const other = await insertEmpty("res.partner");
    await mountWithCleanup(Message, { props: { message: other, thread: other.thread } });
    await contains(".o-mail-Message", { text: DELETED });
});

test("a request has a message, and nothing that speaks of deleting", async () => {
    const message = await insertEmpty("sajad.request", { message_type: "notification" });
    await mountWithCleanup(Message, { props: { message, thread: message.thread } });
    await contains(".o-mail-Message");
    await contains(".o-mail-Message", { text: DELETED, count: 0 });
});

test("nothing of a request is edited", async () => {
    const message = await insertEmpty("sajad.request", { body: "<p>Hello</p>" });
    expect(message.allowsEdition).toBe(false);
    expect(message.editable).toBe(false);
});
