// The page: connects, listens, and draws what changed, four times a second at most.
import { byId, el, text, attribute, svg } from './dom.js';
import { RunState } from './state.js';
import { Curves } from './curves.js';
import { Ensemble } from './ensemble.js';
import { showMasks } from './masks.js';
import { showSilos } from './silos.js';
import { showHead, showFigures, showSummary, showEvents } from './words.js';

const state = new RunState();
const curves = new Curves();
const ensemble = new Ensemble(byId('ensemble'));
let overview = { title: '', changes: false, members: [], runs: [] };
let run = decodeURIComponent(location.hash.slice(1));
let source = null,
    retry = 0,
    dirty = true,
    seen = {};

function connect() {
    source?.close();
    clearTimeout(retry);
    source = new EventSource(`/api/events?run=${encodeURIComponent(run)}`);
    source.addEventListener('open', () => link('live', 'live'));
    source.addEventListener('overview', event => {
        overview = JSON.parse(event.data);
        showSilos(overview.members);
        runs();
        dirty = true;
    });
    source.addEventListener('run', event => {
        const message = JSON.parse(event.data);
        if (message.run !== run) return;
        if (message.reset) seen = {};
        state.apply(message);
        dirty = true;
    });
    source.addEventListener('error', () => {
        link('lost', 'connection lost');
        // The browser tries again by itself, unless it was refused.
        if (source.readyState === EventSource.CLOSED) retry = setTimeout(connect, 3000);
    });
}

function link(kind, words) {
    attribute(byId('link'), 'data-state', kind);
    text(byId('link'), words);
}

// Which runs there are; without a wish, the first one.
function runs() {
    const select = byId('run-select');
    const key = overview.runs.map(one => `${one.id} ${one.phase}`).join('\n');
    if (select.dataset.key !== key) {
        select.dataset.key = key;
        select.replaceChildren(
            ...overview.runs.map(one => el('option', { value: one.id }, one.phase === 'running' ? one.id : `${one.id} (${one.phase})`)),
        );
        if (overview.runs.length === 0) select.append(el('option', { value: '' }, 'no runs'));
    }
    if (!overview.runs.some(one => one.id === run) && overview.runs.length > 0) choose(overview.runs[0].id);
    select.value = run;
}

function choose(id) {
    if (id === run && source) return;
    run = id;
    history.replaceState(null, '', `#${encodeURIComponent(id)}`);
    state.reset();
    seen = {};
    dirty = true;
    connect();
}

const changed = (...kinds) => kinds.some(kind => state.version[kind] !== seen[kind]);

function draw() {
    if (!dirty || document.hidden) return;
    dirty = false;
    showHead(run, state, overview);
    showFigures(state);
    if (changed('steps', 'started', 'rewind') || !seen.drawn) curves.steps(state);
    if (changed('measured', 'started', 'rewind') || !seen.drawn) curves.measured(state);
    if (changed('churn', 'rewind') || !seen.drawn) curves.topology(state);
    if (changed('masks') || !seen.drawn) showMasks(state);
    if (changed('events') || !seen.drawn) showEvents(state);
    showSummary(state);
    ensemble.show(state, overview.members);
    seen = { ...state.version, drawn: true };
}

async function change(what, button) {
    button.disabled = true;
    try {
        const answer = await fetch(`/api/runs/${encodeURIComponent(run)}/${what}`, { method: 'POST', headers: { 'X-NeuroTrails': '1' } });
        text(byId('say'), answer.ok ? `${what} was asked for` : await answer.text());
        if (!answer.ok) button.title = byId('say').textContent;
    } catch {
        text(byId('say'), 'the page cannot be reached');
    } finally {
        setTimeout(() => {
            button.disabled = false;
        }, 1500);
    }
}

function isDark() {
    return (document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
}

function themed() {
    const sun =
        'M8 1.5v1.7M8 12.8v1.7M1.5 8h1.7M12.8 8h1.7M3.4 3.4l1.2 1.2M11.4 11.4l1.2 1.2' +
    'M12.6 3.4l-1.2 1.2M4.6 11.4l-1.2 1.2M10.8 8a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0Z';
    const moon = 'M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5 5.8 5.8 0 1 0 13.5 9.6Z';
    const drawing = svg(
        'svg',
        {
            viewBox: '0 0 16 16',
            fill: 'none',
            stroke: 'currentColor',
            'stroke-width': '1.4',
            'stroke-linecap': 'round',
            'stroke-linejoin': 'round',
            'aria-hidden': 'true',
        },
        svg('path', { d: isDark() ? sun : moon }),
    );
    byId('theme').replaceChildren(drawing);
    curves.again();
}

byId('theme').addEventListener('click', () => {
    const next = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    try {
        localStorage.setItem('theme', next);
    } catch {
        /* kept until the page is closed */
    }
    themed();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', themed);
byId('run-select').addEventListener('change', event => choose(event.target.value));
byId('stop').addEventListener('click', event => {
    if (confirm(`Stop ${run}? It writes a checkpoint and can be resumed.`)) change('stop', event.currentTarget);
});
byId('resume').addEventListener('click', event => change('resume', event.currentTarget));
document.addEventListener('visibilitychange', () => {
    dirty = true;
});
window.addEventListener('hashchange', () => choose(decodeURIComponent(location.hash.slice(1))));

// Without a wish in the address, the first run there is.
async function begin() {
    if (!run) {
        try {
            overview = await (await fetch('/api/overview')).json();
            run = overview.runs[0]?.id ?? '';
        } catch {
            /* the stream tries again and says so */
        }
    }
    connect();
}

themed();
begin();
setInterval(draw, 250);
