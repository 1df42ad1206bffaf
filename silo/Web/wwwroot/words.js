// Heading, figures, results and events: whatever of the page is words.
import { byId, el, text, attribute } from './dom.js';
import { count, many, short, share, figure, span, time } from './format.js';

export function showHead(run, state, overview) {
    const phase = state.phase?.phase ?? 'idle';
    text(byId('run-name'), run || 'No run yet');
    document.title = run ? `${run} · NeuroTrails` : 'NeuroTrails';
    text(byId('phase'), state.phase ? phase : 'waiting');
    attribute(byId('phase'), 'data-phase', phase);
    const about = state.started;
    text(
        byId('about'),
        about ? `${about.model} on ${about.data} · ${about.heads} ${about.heads === 1 ? 'head' : 'heads'} · ${about.device}` : '',
    );
    const now = state.now;
    const total = state.phase?.summary?.steps ?? now?.total;
    const done = now && total ? Math.min(1, now.step / total) : 0;
    byId('bar').style.transform = `scaleX(${done})`;
    attribute(byId('progress'), 'aria-valuenow', Math.round(100 * done));
    text(byId('steps'), now ? `step ${count(now.step)} of ${count(total)}` : 'no step yet');
    text(byId('epoch'), now ? `epoch ${figure(now.epoch)} · generation ${count(now.generation)}` : '');
    text(byId('left'), phase === 'running' && now?.left != null ? `${span(now.left)} left` : '');
    byId('waiting').hidden = !state.phase?.waiting;
    text(byId('waiting'), state.phase?.waiting ? `Waits for ${state.phase.waiting}` : '');
    byId('failure').hidden = !state.phase?.failure;
    text(byId('failure'), state.phase?.failure ?? '');
    byId('orleans').hidden = !overview.dashboard;
    byId('stop').hidden = !(overview.changes && phase === 'running');
    byId('resume').hidden = !(overview.changes && (phase === 'stopped' || phase === 'failed'));
}

export function showFigures(state) {
    const now = state.now;
    const measured = state.measured.filter(item => item.split === 'validation').at(-1);
    const best = state.measured.filter(item => item.split === 'validation').reduce((most, item) => Math.max(most, item.accuracy ?? 0), 0);
    const losses = (now?.loss ?? []).filter(value => value != null);
    const mean = losses.length ? losses.reduce((sum, value) => sum + value, 0) / losses.length : null;
    list(byId('figures'), [
        ['Loss', figure(mean), losses.length > 1 ? `heads ${figure(Math.min(...losses))} to ${figure(Math.max(...losses))}` : 'this batch'],
        ['Accuracy', share(measured?.accuracy), measured ? `validation, best ${share(best)}` : 'not measured yet'],
        ['Calibration error', share(measured?.ece), 'ECE, validation'],
        ['NLL', figure(measured?.nll), 'nats, validation'],
        ['Throughput', now?.speed != null ? figure(now.speed) : '–', 'steps a second'],
        [
            'Density',
            share(now?.density ?? state.started?.density),
            state.started?.weights ? `${short(state.started.active)} of ${short(state.started.weights)} weights` : '',
        ],
        ['Topology updates', count(now?.updates), now ? `${short(now.dropped)} died, ${short(now.grown)} born` : ''],
    ]);
}

export function showSummary(state) {
    const summary = state.phase?.summary;
    byId('summary-card').hidden = !summary;
    if (!summary) return;
    const rows = [
        ['Accuracy', share(summary.accuracy, 2), summary.split ?? 'test'],
        ['NLL', figure(summary.nll), 'nats'],
        ['Calibration error', share(summary.ece, 2), 'ECE'],
        ['Brier', figure(summary.brier), ''],
        [`Best ${state.member}`, share(Math.max(...summary.headAccuracy), 2), `worst ${share(Math.min(...summary.headAccuracy), 2)}`],
        ['Disagreement', share(summary.disagreement), `of pairs of ${many(state.member)}`],
        ['Training', span(summary.trainSeconds), `${count(summary.steps)} steps`],
        ['Parameters', short(summary.activeParameters), `of ${short(summary.denseParameters)}`],
    ];
    list(byId('summary'), rows);
}

function list(host, rows) {
    while (host.childElementCount > rows.length) host.lastChild.remove();
    while (host.childElementCount < rows.length) host.append(el('div', {}, el('dt'), el('dd'), el('dd', { class: 'more' })));
    rows.forEach(([name, value, more], at) => {
        const [dt, dd, small] = host.children[at].children;
        text(dt, name);
        text(dd, value);
        text(small, more);
    });
}

export function showEvents(state) {
    const host = byId('events');
    const shown = collapse(state.events).slice(-80).reverse();
    host.replaceChildren(
        ...shown.map(event =>
            el(
                'li',
                { 'data-kind': event.kind },
                el(
                    'time',
                    { datetime: event.time, title: `step ${count(event.step)}` },
                    event.time ? time(event.time) : `step ${short(event.step)}`,
                ),
                el('span', {}, event.text),
            ),
        ),
    );
    if (shown.length === 0) host.append(el('li', {}, el('time', {}, ''), el('span', {}, 'nothing yet')));
}

// Checkpoints follow one another by the hundred: a row of them is one line.
function collapse(events) {
    const lines = [];
    let row = 0;
    for (const event of events) {
        row = event.kind === 'checkpoint' ? row + 1 : 0;
        if (row > 1) lines.pop();
        lines.push(row > 1 ? { ...event, text: `${event.text}, the last of ${row}` } : event);
    }
    return lines;
}
