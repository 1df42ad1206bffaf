// The masks, layer by layer: how dense, how much of them is new, how old, and how much heads have in common.
import { el, byId, ownerVariable } from './dom.js';
import { count, share, short } from './format.js';

export function showMasks(state) {
    const card = byId('masks-card');
    card.hidden = state.masks === null || state.masks.layers.length === 0;
    if (card.hidden) return;
    const layers = new Map();
    for (const mask of state.masks.layers) {
        const part = mask.owner === 'backbone' ? 'Backbone' : 'Heads';
        const key = `${part}/${mask.layer}`;
        if (!layers.has(key)) layers.set(key, { part, layer: mask.layer, masks: [] });
        layers.get(key).masks.push(mask);
    }
    const overlaps = new Map(state.masks.overlaps.map(overlap => [overlap.layer, overlap]));
    const body = el('tbody');
    for (const part of ['Backbone', 'Heads']) {
        const rows = [...layers.values()].filter(row => row.part === part);
        if (rows.length === 0) continue;
        body.append(el('tr', { class: 'group' }, el('th', { colspan: 7, scope: 'colgroup' }, part)));
        for (const row of rows) body.append(line(row, part === 'Heads' ? overlaps.get(row.layer) : undefined));
    }
    byId('masks-note').textContent =
        `after the update of step ${count(state.masks.step)}; ages and overlaps are estimated from up to 2,048 positions of a layer`;
    const heads = ['layer', 'weights', 'active', 'born = died', 'by owner', 'median age', 'overlap | chance'];
    byId('masks').replaceChildren(
        el('table', {}, el('thead', {}, el('tr', {}, ...heads.map(name => el('th', { scope: 'col' }, name)))), body),
    );
}

function line({ layer, masks }, overlap) {
    const sum = name => masks.reduce((total, mask) => total + mask[name], 0);
    const [positions, active, grown] = [sum('positions'), sum('active'), sum('grown')];
    const age = sum('medianAge') / masks.length;
    return el(
        'tr',
        {},
        el('th', { scope: 'row' }, layer),
        el('td', {}, short(positions)),
        el('td', {}, share(active / positions), meter(active / positions)),
        el('td', {}, `${short(grown)} (${share(active === 0 ? 0 : grown / active, 0)})`),
        el('td', {}, cells(masks)),
        el('td', {}, `${count(age)} steps`),
        overlap ? el('td', {}, `${share(overlap.shared)} | ${share(overlap.chance)}`, bullet(overlap)) : el('td', {}, '–'),
    );
}

function meter(value) {
    const fill = el('i');
    fill.style.transform = `scaleX(${Math.min(1, value)})`;
    return el('span', { class: 'meter', 'aria-hidden': 'true' }, fill);
}

// A cell for each owner; the more of its mask is new, the fuller its colour.
function cells(masks) {
    return el(
        'span',
        { class: 'cells' },
        ...masks.slice(0, 32).map(mask => {
            const part = mask.active === 0 ? 0 : mask.grown / mask.active;
            const cell = el('i', {
                title: `${mask.owner}: ${share(part)} of ${count(mask.active)} active connections are new`,
                role: 'img',
                'aria-label': `${mask.owner} ${share(part)} new`,
            });
            cell.style.setProperty('--c', ownerVariable(mask.owner));
            cell.style.setProperty('--o', String(Math.min(1, 0.08 + 1.8 * part)));
            return cell;
        }),
    );
}

function bullet({ shared, chance }) {
    const [fill, mark] = [el('i'), el('u')];
    fill.style.transform = `scaleX(${Math.min(1, shared)})`;
    mark.style.left = `${100 * Math.min(0.98, chance)}%`;
    return el('span', { class: 'bullet', 'aria-hidden': 'true', title: 'bar: overlap; mark: chance' }, fill, mark);
}
