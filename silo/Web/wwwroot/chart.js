// One chart: uPlot for the lines, our own heading and legend, which keyboard and screen reader reach.
import { el, text, colour, attribute } from './dom.js';
import { count, figure } from './format.js';

const height = 190;

export class Chart {
    /**
     * @param host  the card
     * @param title heading
     * @param note  what is drawn, in a few words
     * @param options format of values, empty: text while there is nothing, tools: elements beside the heading
     */
    constructor(host, title, note, options = {}) {
        this.options = { format: figure, empty: 'nothing yet', height, ...options };
        this.note = el('small', {}, note);
        this.legend = el('ul', { class: 'legend' });
        this.plot = el('div', { class: 'plot', role: 'img', 'aria-label': `${title}: nothing yet` });
        this.plot.style.minHeight = `${this.options.height}px`;
        this.empty = el('div', { class: 'empty' }, this.options.empty);
        this.plot.append(this.empty);
        host.append(
            el('div', { class: 'chart-top' }, el('h2', {}, title, ' ', this.note), el('div', { class: 'tools' }, ...(options.tools ?? []))),
            this.legend,
            this.plot,
        );
        this.title = title;
        this.hidden = new Set();
        this.marks = [];
        this.spoken = -Infinity;
        this.key = '';
        new ResizeObserver(() => this.#resize()).observe(this.plot);
    }

    /** Shows series: { label, colour, width, dash, faint, band } with their columns; the first column is x. */
    show(series, columns, marks = []) {
        this.marks = marks;
        const any = columns[0].length > 0;
        this.empty.hidden = any;
        // The words stand for the numbers; a new chart is made only where the lines are others.
        const key = series.map(one => one.label + one.width + (one.dash ?? '')).join('|') + this.options.log;
        this.series = series;
        this.columns = columns;
        if (!this.u || key !== this.key) {
            this.key = key;
            this.#make();
        } else {
            this.u.setData(columns);
        }
        this.#values(this.u.cursor.idx);
        const now = performance.now();
        if (any && now - this.spoken > 5000) {
            this.spoken = now;
            const last = series
                .map((one, at) => (one.faint ? null : `${one.label} ${this.options.format(lastOf(columns[at + 1]))}`))
                .filter(Boolean);
            attribute(this.plot, 'aria-label', `${this.title}, at step ${count(columns[0].at(-1))}: ${last.slice(0, 12).join(', ')}`);
        }
    }

    /** Other colours, or another scale. */
    again() {
        if (this.u) this.#make();
    }

    #make() {
        this.u?.destroy();
        const grid = { stroke: () => colour('grid'), width: 1 };
        const axis = { stroke: () => colour('faint'), grid, ticks: { show: false }, font: '11px Inter, system-ui, sans-serif' };
        const options = {
            width: Math.max(100, this.plot.clientWidth),
            height: this.plot.clientHeight || this.options.height,
            legend: { show: false },
            padding: [8, 6, 0, 0],
            cursor: { sync: { key: 'run' }, y: false, points: { size: 6 }, drag: { x: true, y: false } },
            scales: { x: { time: false }, y: { distr: this.options.log ? 3 : 1, range: this.options.range } },
            axes: [
                { ...axis, values: (_, ticks) => ticks.map(tick => (tick === null ? '' : count(tick))), space: 70, size: 26, gap: 4 },
                { ...axis, values: (_, ticks) => labels(ticks, this.options), size: 52, gap: 4, space: 34 },
            ],
            series: [
                {},
                ...this.series.map(one => ({
                    stroke: () => (typeof one.colour === 'function' ? one.colour() : one.colour),
                    width: one.width ?? 1.6,
                    dash: one.dash,
                    alpha: one.faint ? 0.22 : 1,
                    points: {
                        show: one.points === true,
                        size: 5,
                        fill: () => (typeof one.colour === 'function' ? one.colour() : one.colour),
                    },
                    spanGaps: true,
                    show: !this.hidden.has(one.group ?? one.label),
                })),
            ],
            hooks: { setCursor: [u => this.#values(u.cursor.idx)], drawClear: [u => this.#drawMarks(u)] },
        };
        this.u = new window.uPlot(options, this.columns, this.plot);
        this.#buttons();
    }

    #buttons() {
        this.legend.replaceChildren();
        this.values = new Map();
        for (const [at, one] of [...this.series.entries()].filter(([, one]) => !one.faint).slice(0, 16)) {
            const value = el('b');
            const swatch = el('i');
            swatch.style.setProperty('--c', typeof one.colour === 'function' ? one.colour() : one.colour);
            const button = el(
                'button',
                { type: 'button', 'aria-pressed': String(!this.hidden.has(one.group ?? one.label)), title: 'show or hide' },
                swatch,
                one.label,
                value,
            );
            button.addEventListener('click', () => this.#toggle(one, button));
            this.values.set(at + 1, value);
            this.legend.append(el('li', {}, button));
        }
    }

    #toggle(one, button) {
        const name = one.group ?? one.label;
        const hide = !this.hidden.has(name);
        if (hide) this.hidden.add(name);
        else this.hidden.delete(name);
        button.setAttribute('aria-pressed', String(!hide));
        this.series.forEach((other, at) => {
            if ((other.group ?? other.label) === name) this.u.setSeries(at + 1, { show: !hide });
        });
    }

    #values(index) {
        if (!this.values) return;
        for (const [at, node] of this.values) {
            const column = this.columns[at] ?? [];
            text(node, this.options.format(index == null ? lastOf(column) : column[index]));
        }
    }

    // Where the run went back, or an owner moved.
    #drawMarks(u) {
        const { ctx, bbox } = u;
        ctx.save();
        ctx.strokeStyle = colour('faint');
        ctx.setLineDash([3, 4]);
        for (const step of this.marks) {
            const x = Math.round(u.valToPos(step, 'x', true));
            if (x < bbox.left || x > bbox.left + bbox.width) continue;
            ctx.beginPath();
            ctx.moveTo(x, bbox.top);
            ctx.lineTo(x, bbox.top + bbox.height);
            ctx.stroke();
        }
        ctx.restore();
    }

    #resize() {
        const { clientWidth: width, clientHeight: height } = this.plot;
        if (this.u && width > 0 && (width !== this.u.width || height !== this.u.height)) this.u.setSize({ width, height });
    }
}

// Ticks of one axis have equally many digits.
function labels(ticks, { format, percent, log }) {
    const there = ticks.filter(tick => tick !== null);
    if (log || there.length < 2 || Math.abs(there.at(-1)) >= 10_000) return ticks.map(tick => (tick === null ? '' : format(tick)));
    const step = (there[1] - there[0]) * (percent ? 100 : 1);
    const digits = Math.min(6, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
    return ticks.map(tick =>
        tick === null ? '' : percent ? `${(100 * tick).toFixed(digits)} %` : digits === 0 ? count(tick) : tick.toFixed(digits),
    );
}

function lastOf(column) {
    for (let at = column.length - 1; at >= 0; at--) if (column[at] != null) return column[at];
    return null;
}
