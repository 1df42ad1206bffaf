// What is known of a run, in bounded memory: the news of the server go in, columns for charts come out.
const mostPoints = 1200,
    mostMeasured = 600,
    mostChurn = 400,
    mostEvents = 150;

export class RunState {
    constructor() {
        this.reset();
    }

    reset() {
        this.started = null;
        this.now = null;
        this.phase = null;
        this.layout = [];
        this.masks = null;
        this.points = [];
        this.width = 1;
        this.measured = [];
        this.churn = [];
        this.events = [];
        this.moves = new Map();
        this.version = {};
    }

    /** Takes in a message; says which parts changed. */
    apply(message) {
        if (message.reset) this.reset();
        for (const frame of message.frames) {
            this[`on_${frame.t}`]?.(frame, message.reset);
            this.version[frame.t] = (this.version[frame.t] ?? 0) + 1;
        }
    }

    get heads() {
        return this.started?.heads ?? this.now?.loss.length ?? 0;
    }

    /** What a member of the ensemble is called. */
    get member() {
        return this.started?.member ?? 'head';
    }

    /** Column of the points as the charts want it. */
    column(index) {
        return this.points.map(point => point[index] ?? null);
    }

    on_started(frame) {
        this.started = frame;
    }

    on_steps(frame, all) {
        this.width = frame.width;
        if (all) {
            this.points = frame.points;
            return;
        }
        this.points.push(...frame.points);
        if (this.points.length >= mostPoints) this.points = pairs(this.points);
    }

    on_now(frame) {
        this.now = frame;
    }

    on_measured(frame) {
        this.measured = thin(this.measured.concat(frame.items), mostMeasured);
    }

    on_churn(frame) {
        this.churn = thin(this.churn.concat(frame.items), mostChurn);
    }

    on_masks(frame) {
        this.masks = frame;
    }

    on_phase(frame) {
        this.phase = frame;
    }

    on_rewind(frame) {
        const stays = item => (item.step ?? item[0]) <= frame.step;
        this.points = this.points.filter(stays);
        this.measured = this.measured.filter(stays);
        this.churn = this.churn.filter(stays);
    }

    on_events(frame) {
        this.events = this.events.concat(frame.items).slice(-mostEvents);
    }

    on_layout(frame, all) {
        const before = new Map(this.layout.map(place => [place.owner, place]));
        for (const place of frame.owners) {
            const old = before.get(place.owner);
            if (!all && old && (old.silo !== place.silo || old.device !== place.device)) {
                this.moves.set(place.owner, { from: `${old.member}/${old.device}`, step: this.now?.step ?? 0, at: performance.now() });
            }
        }
        this.layout = frame.owners;
    }
}

// Every two points become their mean; the first column is the step, of which the later one counts.
function pairs(points) {
    const halved = [];
    for (let at = 1; at < points.length; at += 2) {
        const [first, second] = [points[at - 1], points[at]];
        halved.push(
            second.map((value, column) =>
                column === 0 || first[column] == null ? value : value == null ? first[column] : (value + first[column]) / 2,
            ),
        );
    }
    if (points.length % 2) halved.push(points.at(-1));
    return halved;
}

function thin(items, most) {
    return items.length <= most ? items : items.filter((_, at) => at % 2 === 1 || at === items.length - 1);
}

/** A bounded list of the newest values, for sparklines. */
export class Recent {
    constructor(most = 120) {
        this.most = most;
        this.values = [];
    }
    add(value) {
        this.values.push(value);
        if (this.values.length > this.most) this.values.shift();
    }
}
