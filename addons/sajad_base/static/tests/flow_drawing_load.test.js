import { describe, expect, test } from "@odoo/hoot";
import { Deferred, tick } from "@odoo/hoot-mock";
import { KeepLast } from "@web/core/utils/concurrency";

import { FlowDrawing } from "@sajad_base/flow_drawing/flow_drawing";

describe.current.tags("headless");

/** A drawing that is not shown, and the answers that its calls wait for. */
function makeDrawing() {
    const answers = {};
    const drawing = Object.assign(Object.create(FlowDrawing.prototype), {
        props: {},
        state: { drawing: null },
        keepLast: new KeepLast(),
        orm: { call: (model, method, [[id]]) => (answers[id] = new Deferred()) },
    });
    return { drawing, answers };
}

const record = (resId) => ({ resId, data: {} });

test("an older answer does not replace a newer one", async () => {
    const { drawing, answers } = makeDrawing();
    drawing.load(record(1));
    drawing.load(record(2));
    answers[2].resolve("new");
    await tick();
    answers[1].resolve("old");
    await tick();
    expect(drawing.state.drawing).toBe("new");
});

test("nothing replaces a version that was closed", async () => {
    const { drawing, answers } = makeDrawing();
    drawing.load(record(1));
    drawing.load(record(false));
    await tick();
    answers[1].resolve("old");
    await tick();
    expect(drawing.state.drawing).toBe(null);
});
