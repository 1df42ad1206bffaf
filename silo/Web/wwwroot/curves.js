// The charts of a run.
import { el, byId, colour } from './dom.js';
import { Chart } from './chart.js';
import { share, short, count } from './format.js';

const fewHeads = 12;
const headColour = head => () => colour(`h${head % 8}`);

export class Curves {
    constructor() {
        this.smoothing = 0.8;
        const slider = el('input', {
            type: 'range',
            min: '0',
            max: '0.98',
            step: '0.02',
            value: String(this.smoothing),
            'aria-label': 'Smoothing',
        });
        const log = el('input', { type: 'checkbox' });
        this.loss = new Chart(byId('c-loss'), 'Loss', 'per head, on training batches', {
            height: 236,
            tools: [el('label', {}, 'smoothing', slider), el('label', {}, log, 'log')],
            empty: 'waiting for the first steps',
        });
        slider.addEventListener('input', () => {
            this.smoothing = Number(slider.value);
            this.steps(this.last);
        });
        log.addEventListener('change', () => {
            this.loss.options.log = log.checked;
            this.steps(this.last);
        });
        this.accuracy = new Chart(byId('c-acc'), 'Accuracy', 'validation', {
            format: value => share(value),
            percent: true,
            empty: 'measured at the end of epochs',
        });
        this.calibration = new Chart(byId('c-ece'), 'Calibration error', 'ECE of the ensemble, 15 bins; lower is better', {
            format: value => share(value),
            percent: true,
            empty: 'measured at the end of epochs',
        });
        this.speed = new Chart(byId('c-speed'), 'Throughput', 'steps a second', { empty: 'waiting for the first steps' });
        this.churn = new Chart(byId('c-churn'), 'Connections replaced', 'by each update: as many born as died', {
            format: short,
            empty: 'no topology update yet',
        });
        this.overlap = new Chart(byId('c-overlap'), 'Overlap of heads’ masks', 'against chance, mean over layers', {
            format: value => share(value),
            percent: true,
            empty: 'no topology update yet, or one head',
        });
        this.all = [this.loss, this.accuracy, this.calibration, this.speed, this.churn, this.overlap];
    }

    again() {
        for (const chart of this.all) chart.again();
    }

    /** The curves of steps. */
    steps(state) {
        if (!state) return;
        this.last = state;
        const x = state.column(0);
        const marks = marksOf(state);
        const heads = Array.from({ length: state.heads }, (_, head) => state.column(4 + head));
        if (heads.length <= fewHeads) {
            const series = [
                ...heads.map((_, head) => ({
                    label: `head ${head}, raw`,
                    group: `head ${head}`,
                    colour: headColour(head),
                    width: 1,
                    faint: true,
                })),
                ...heads.map((_, head) => ({ label: `head ${head}`, group: `head ${head}`, colour: headColour(head), width: 1.8 })),
            ];
            this.loss.show(series, [x, ...heads, ...heads.map(column => smooth(column, this.smoothing))], marks);
        } else {
            const at = rank =>
                x.map((_, row) =>
                    sorted(
                        heads.map(column => column[row]),
                        rank,
                    ),
                );
            const series = [
                { label: 'best head', colour: () => colour('h2'), width: 1.2 },
                { label: 'median', colour: () => colour('ink'), width: 2 },
                { label: 'worst head', colour: () => colour('h1'), width: 1.2 },
            ];
            this.loss.show(series, [x, ...[0, 0.5, 1].map(rank => smooth(at(rank), this.smoothing))], marks);
        }
        this.loss.note.textContent =
            state.width > 1
                ? `per head, on training batches; a point is the mean of ${count(state.width)} steps`
                : 'per head, on training batches';
        this.speed.show([{ label: 'steps/s', colour: () => colour('h0'), width: 1.6 }], [x, state.column(3)], marks);
    }

    /** The curves of measurements. */
    measured(state) {
        const items = state.measured.filter(item => item.split === 'validation');
        const x = items.map(item => item.step);
        const members = Math.min(fewHeads, Math.max(0, ...items.map(item => item.heads.length)));
        const heads = Array.from({ length: members }, (_, head) => items.map(item => item.heads[head] ?? null));
        const marks = marksOf(state);
        this.accuracy.show(
            [
                ...heads.map((_, head) => ({
                    label: `${state.member} ${head}`,
                    colour: headColour(head),
                    width: 1.2,
                    points: x.length < 3,
                })),
                { label: 'ensemble', colour: () => colour('ink'), width: 2.4, points: x.length < 3 },
            ],
            [x, ...heads, items.map(item => item.accuracy)],
            marks,
        );
        this.calibration.show(
            [{ label: 'ensemble', colour: () => colour('ink'), width: 2, points: x.length < 3 }],
            [x, items.map(item => item.ece)],
            marks,
        );
    }

    /** The curves of topology updates. */
    topology(state) {
        const owners = [...new Set(state.churn.flatMap(item => Object.keys(item.grown)))].slice(0, fewHeads + 1);
        const x = state.churn.map(item => item.step);
        const marks = marksOf(state);
        this.churn.show(
            owners.map(owner => ({
                label: owner.replace('head-', 'head '),
                colour: owner === 'backbone' ? () => colour('soft') : headColour(Number(owner.slice(5))),
                width: 1.6,
                points: x.length < 3,
            })),
            [x, ...owners.map(owner => state.churn.map(item => item.grown[owner] ?? null))],
            marks,
        );
        this.overlap.show(
            [
                { label: 'overlap', colour: () => colour('accent'), width: 2, points: x.length < 3 },
                { label: 'chance', colour: () => colour('faint'), width: 1.4, dash: [5, 4] },
            ],
            [x, state.churn.map(item => item.shared), state.churn.map(item => item.chance)],
            marks,
        );
    }
}

function marksOf(state) {
    return [...new Set(state.events.filter(event => event.kind === 'generation' || event.kind === 'moved').map(event => event.step))];
}

// An exponential mean, freed of the pull of its beginning.
function smooth(column, weight) {
    let sum = 0,
        norm = 0;
    return column.map(value => {
        if (value == null) return norm > 0 ? sum / norm : null;
        sum = weight * sum + (1 - weight) * value;
        norm = weight * norm + (1 - weight);
        return sum / norm;
    });
}

function sorted(values, rank) {
    const there = values.filter(value => value != null).sort((a, b) => a - b);
    return there.length === 0 ? null : there[Math.round(rank * (there.length - 1))];
}
