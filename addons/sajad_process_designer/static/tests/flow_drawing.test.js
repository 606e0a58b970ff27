import { describe, expect, test } from "@odoo/hoot";
import { Deferred, tick } from "@odoo/hoot-mock";
import { KeepLast } from "@web/core/utils/concurrency";

import { FlowDrawing } from "@sajad_process_designer/flow_drawing/flow_drawing";
import {
    BOX_HEIGHT,
    BOX_WIDTH,
    computeGeometry,
    countColumns,
} from "@sajad_process_designer/flow_drawing/flow_geometry";

describe.current.tags("headless");

/** A drawing of boxes {id: [layer, lane]} and arrows [from, to, points]. */
function draw(places, arrows = []) {
    const boxes = Object.entries(places).map(([id, [layer, lane]]) => ({ id, layer, lane }));
    return {
        boxes,
        arrows: arrows.map(([from, to, points = []]) => ({ from, to, points })),
        layers: Math.max(-1, ...boxes.map((box) => box.layer)) + 1,
    };
}

function chain(count) {
    const places = {};
    const arrows = [];
    for (let n = 0; n < count; n++) {
        places[`s${n}`] = [n, 0];
        if (n) {
            arrows.push([`s${n - 1}`, `s${n}`]);
        }
    }
    return draw(places, arrows);
}

const numbers = (d) => d.match(/-?\d+/g).map(Number);

test("boxes of one band stand beside each other", () => {
    const plan = computeGeometry(chain(3), 1200, false);
    const [one, two, three] = plan.boxes;
    expect(one.x < two.x && two.x < three.x).toBe(true);
    expect(two.x - one.x).toBeGreaterThan(BOX_WIDTH);
    expect(one.y).toBe(three.y);
    expect(plan.width).toBeLessThan(1201);
});

test("right to left is the mirror image", () => {
    const ltr = computeGeometry(chain(3), 1200, false);
    const rtl = computeGeometry(chain(3), 1200, true);
    expect(rtl.boxes[0].x > rtl.boxes[1].x).toBe(true);
    expect(rtl.boxes[0].x).toBe(ltr.width - ltr.boxes[0].x - BOX_WIDTH);
    // an arrow leaves at the left side of its box and ends at the right side of the next
    const way = numbers(rtl.arrows[0].d);
    expect(way[0]).toBe(rtl.boxes[0].x);
    expect(way.at(-2)).toBe(rtl.boxes[1].x + BOX_WIDTH);
});

test("a long flow goes on in the next band and stays as wide as the page", () => {
    const plan = computeGeometry(chain(14), 1100, true);
    expect(plan.width).toBeLessThan(1101);
    const rows = [...new Set(plan.boxes.map((box) => box.y))];
    expect(rows.length).toBe(4);
    expect(rows[1] - rows[0]).toBeGreaterThan(BOX_HEIGHT);
    expect(plan.height).toBeGreaterThan(rows.at(-1) + BOX_HEIGHT);
    expect(plan.boxes.every((box) => box.x >= 0 && box.x + BOX_WIDTH <= plan.width)).toBe(true);
});

test("no box lies on another", () => {
    const plan = computeGeometry(
        draw({ a: [0, 0.5], b: [1, 0], c: [1, 1], d: [2, 0.5], e: [3, 0], f: [3, 1] }),
        500,
        false
    );
    for (const one of plan.boxes) {
        for (const other of plan.boxes) {
            const apart =
                one === other ||
                Math.abs(one.x - other.x) >= BOX_WIDTH ||
                Math.abs(one.y - other.y) >= BOX_HEIGHT;
            expect(apart).toBe(true);
        }
    }
});

test("arrows to the next band have tracks of their own", () => {
    const drawing = draw({ a: [0, 0.5], b: [1, 0], c: [1, 1], d: [2, 0], e: [2, 1] }, [
        ["a", "b"],
        ["a", "c"],
        ["b", "d"],
        ["c", "e"],
    ]);
    const plan = computeGeometry(drawing, 500, false);
    const between = plan.arrows.slice(2).map((arrow) => numbers(arrow.d)[5]);
    expect(between[0]).not.toBe(between[1]);
    const [a, b] = plan.boxes;
    const below = Math.max(b.y, plan.boxes[2].y) + BOX_HEIGHT;
    expect(between.every((y) => y > below && y < plan.boxes[3].y)).toBe(true);
    expect(a.y).toBeGreaterThan(b.y);
});

test("an arrow that passes by a box goes through its points", () => {
    const drawing = draw({ a: [0, 0], b: [1, 0], c: [2, 0] }, [
        ["a", "b"],
        ["b", "c"],
        ["a", "c", [[1, 0.8]]],
    ]);
    const plan = computeGeometry(drawing, 1200, false);
    const low = Math.max(...numbers(plan.arrows[2].d));
    expect(plan.arrows[2].d.split("C").length).toBe(3);
    expect(low).toBeGreaterThan(plan.boxes[1].y + BOX_HEIGHT);
});

test("steps that wait for each other are marked", () => {
    const drawing = draw({ a: [0, 0], b: [1, 0] }, [
        ["a", "b"],
        ["b", "a"],
    ]);
    const plan = computeGeometry(drawing, 1200, false);
    expect(plan.arrows.map((arrow) => arrow.isBack)).toEqual([false, true]);
});

test("narrow pages keep two columns", () => {
    expect(countColumns(200, 14)).toBe(2);
    expect(countColumns(200, 1)).toBe(1);
    expect(countColumns(5000, 3)).toBe(3);
});

test("nothing to draw", () => {
    const plan = computeGeometry({ boxes: [], arrows: [], layers: 0 }, 1200, true);
    expect(plan.boxes).toEqual([]);
    expect(plan.height).toBe(0);
});

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
