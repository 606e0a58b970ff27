/**
 * Turns layers and lanes into pixels: pure functions, without the page.
 *
 * A long flow goes on in the next band, as text goes on in the next line, so that it
 * is read without scrolling sideways.
 */

export const BOX_WIDTH = 176;
export const BOX_HEIGHT = 120;
export const GAP_X = 44;
// room for the words of a condition above a box
export const GAP_Y = 34;
export const MARGIN = 30;
const TRACK = 7;

/** How many layers fit beside each other: never less than two. */
export function countColumns(width, layers) {
    const room = width - 2 * MARGIN + GAP_X;
    const columns = Math.floor(room / (BOX_WIDTH + GAP_X));
    return Math.max(1, Math.min(Math.max(columns, 2), layers));
}

/**
 * @param {Object} drawing of `sajad.flow.get_drawing`
 * @param {number} width of the page in pixels
 * @param {boolean} rtl whether the flow begins at the right
 * @returns {{width: number, height: number, boxes: Object[], arrows: Object[]}}
 *   boxes with x and y, arrows with the path `d` and `isBack`
 */
export function computeGeometry(drawing, width, rtl) {
    const columns = countColumns(width, drawing.layers);
    const bands = computeBands(drawing, columns);
    const total = 2 * MARGIN + columns * (BOX_WIDTH + GAP_X) - GAP_X;
    const place = (layer, lane) => {
        const band = bands[Math.floor(layer / columns)];
        return {
            band,
            x: MARGIN + (layer % columns) * (BOX_WIDTH + GAP_X),
            y: band.top + (lane - band.first) * (BOX_HEIGHT + GAP_Y),
        };
    };
    const boxes = drawing.boxes.map((box) => ({ ...box, ...place(box.layer, box.lane) }));
    const byId = Object.fromEntries(boxes.map((box) => [box.id, box]));
    const arrows = drawing.arrows.map((arrow) => {
        const isBack = byId[arrow.to].layer <= byId[arrow.from].layer;
        const points = isBack
            ? computeBackPoints(byId[arrow.from], byId[arrow.to])
            : computePoints(arrow, byId, place, total);
        return {
            from: arrow.from,
            to: arrow.to,
            isBack,
            d: toPath(mirror(points, total, rtl)),
        };
    });
    const last = bands.at(-1);
    return {
        width: total,
        height: last ? last.bottom + GAP_Y / 2 : 0,
        boxes: boxes.map(({ band, ...box }) => ({
            ...box,
            x: rtl ? total - box.x - BOX_WIDTH : box.x,
        })),
        arrows,
    };
}

/** Bands with their place, and tracks for the arrows that lead to the next one. */
function computeBands(drawing, columns) {
    const bands = [];
    const add = (layer, lane) => {
        const index = Math.floor(layer / columns);
        while (bands.length <= index) {
            bands.push({ first: Infinity, last: -Infinity, tracks: 0, used: 0 });
        }
        bands[index].first = Math.min(bands[index].first, lane);
        bands[index].last = Math.max(bands[index].last, lane);
    };
    const layers = {};
    for (const box of drawing.boxes) {
        layers[box.id] = box.layer;
        add(box.layer, box.lane);
    }
    for (const { from, to, points } of drawing.arrows) {
        points.forEach(([layer, lane]) => add(layer, lane));
        for (let layer = layers[from]; layer < layers[to]; layer++) {
            if ((layer + 1) % columns === 0) {
                bands[Math.floor(layer / columns)].tracks++;
            }
        }
    }
    let top = GAP_Y;
    for (const band of bands) {
        band.top = top;
        band.bottom = top + (band.last - band.first) * (BOX_HEIGHT + GAP_Y) + BOX_HEIGHT;
        top = band.bottom + GAP_Y + (band.tracks + 1) * TRACK;
    }
    return bands;
}

/** The way of an arrow from box to box, as segments {kind, points}. */
function computePoints(arrow, byId, place, total) {
    const source = byId[arrow.from];
    const target = byId[arrow.to];
    const stops = arrow.points.map(([layer, lane]) => {
        const at = place(layer, lane);
        return { ...at, left: at.x, right: at.x + BOX_WIDTH };
    });
    stops.push({ ...target, left: target.x, right: target.x });
    const path = [["M", source.x + BOX_WIDTH, source.y + BOX_HEIGHT / 2]];
    let at = { ...source, right: source.x + BOX_WIDTH };
    for (const stop of stops) {
        const from = { x: at.right, y: at.y + BOX_HEIGHT / 2 };
        const to = { x: stop.left, y: stop.y + BOX_HEIGHT / 2 };
        if (stop.band === at.band) {
            const middle = (from.x + to.x) / 2;
            path.push(["C", middle, from.y, middle, to.y, to.x, to.y]);
        } else {
            const track = TRACK * ++at.band.used;
            const side = Math.min(track, MARGIN - 8);
            const between = at.band.bottom + track;
            path.push(["L", total - side, from.y], ["L", total - side, between]);
            path.push(["L", side, between], ["L", side, to.y], ["L", to.x, to.y]);
        }
        if (stop.right !== stop.left) {
            path.push(["L", stop.right, to.y]);
        }
        at = stop;
    }
    return path;
}

/** Steps that wait for each other, in a draft: below the boxes. */
function computeBackPoints(source, target) {
    const x1 = source.x + BOX_WIDTH / 2;
    const x2 = target.x + BOX_WIDTH / 2;
    const y1 = source.y + BOX_HEIGHT;
    const y2 = target.y + BOX_HEIGHT;
    const low = Math.max(y1, y2) + GAP_Y / 2;
    return [
        ["M", x1, y1],
        ["C", x1, low, x2, low, x2, y2],
    ];
}

function mirror(path, total, rtl) {
    if (!rtl) {
        return path;
    }
    return path.map(([letter, ...values]) => [
        letter,
        ...values.map((value, index) => (index % 2 ? value : total - value)),
    ]);
}

function toPath(path) {
    return path
        .map(([letter, ...values]) => letter + values.map((v) => Math.round(v)).join(" "))
        .join(" ");
}
