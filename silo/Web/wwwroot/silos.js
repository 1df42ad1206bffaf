// A card for each silo: who it is, what it has, what it sends.
import { el, svg, byId, text, attribute } from './dom.js';
import { bytes, mib, count } from './format.js';
import { Recent } from './state.js';

const cards = new Map();

export function showSilos(members) {
    const host = byId('silos');
    host.parentElement.hidden = members.length === 0;
    for (const [name, card] of cards) {
        if (!members.some(member => member.name === name)) {
            card.root.remove();
            cards.delete(name);
        }
    }
    for (const member of members) {
        if (!cards.has(member.name)) {
            const card = make();
            cards.set(member.name, card);
            host.append(card.root);
        }
        update(cards.get(member.name), member);
    }
}

function make() {
    const card = { name: el('span'), state: el('p'), owners: el('p'), memory: row('memory'), sent: row('sent') };
    card.root = el('article', { class: 'silo' }, el('h3', {}, card.name), card.state, card.owners, card.memory.root, card.sent.root);
    return card;
}

function row(label) {
    const [line, value] = [svg('polyline'), el('b')];
    const plot = svg('svg', { viewBox: '0 0 120 22', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, line);
    return { root: el('div', { class: 'row' }, el('span', {}, label), plot, value), line, value, recent: new Recent() };
}

function update(card, member) {
    text(card.name, member.name);
    text(
        card.state,
        `${member.draining ? 'leaving · ' : ''}${member.devices.join(', ')} · ${count(member.cores)} cores · ${mib(member.freeMib)} free`,
    );
    const owners = member.owners.map(owner => owner.split('@')[0]);
    text(
        card.owners,
        owners.length === 0
            ? 'no owners'
            : owners.length > 12
              ? `${owners.slice(0, 12).join(', ')} and ${owners.length - 12} more`
              : owners.join(', '),
    );
    card.owners.hidden = member.owners.length === 0;
    show(card.memory, member.residentMib, mib(member.residentMib));
    card.sent.root.hidden = member.sent === null;
    show(card.sent, member.sentPerSecond, `${bytes(member.sentPerSecond)}/s`);
    attribute(card.sent.root, 'title', `${bytes(member.sent)} of tensors fetched by other silos since it started`);
}

function show(part, value, words) {
    text(part.value, value === null ? '–' : words);
    if (value === null) return;
    part.recent.add(value);
    const values = part.recent.values;
    const most = Math.max(...values, 1e-9);
    attribute(
        part.line,
        'points',
        values.map((one, at) => `${120 - values.length + at + 1},${(20 - (18 * one) / most).toFixed(1)}`).join(' '),
    );
}
