import { defineMailModels, start } from "@mail/../tests/mail_test_helpers";

import { expect, test } from "@odoo/hoot";

import { getService } from "@web/../tests/web_test_helpers";

import { RequestPapers } from "@sajad_base/work_form/request_papers";

defineMailModels();

test("nobody is told that no document was sent before it is known", async () => {
    await start();
    const store = getService("mail.store");
    const papers = Object.create(RequestPapers.prototype);
    Object.assign(papers, {
        store,
        props: { record: { data: { request_id: { id: 1 } } } },
        state: { fileId: false },
    });
    expect(papers.isEmpty).toBe(false);
    papers.thread.areAttachmentsLoaded = true;
    expect(papers.isEmpty).toBe(true);
    papers.thread.attachments = [{ id: 1, name: "a.pdf", mimetype: "application/pdf" }];
    expect(papers.isEmpty).toBe(false);
    expect(papers.shown.name).toBe("a.pdf");
});
