// The ensemble as what it is: a backbone whose activation goes to every head, each in the lane of the silo on which it lives.
import { svg, el, text, attribute, ownerVariable } from './dom.js';
import { figure, count } from './format.js';

const width = 400,
    top = 28,
    movedFor = 9000,
    root = { x: 58, half: 34 };

export class Ensemble {
    constructor(host) {
        this.synapses = svg('g');
        this.lanes = svg('g');
        this.owners = svg('g');
        this.title = svg('title');
        this.drawing = svg('svg', { viewBox: `0 0 ${width} 240`, role: 'img' }, this.title, this.lanes, this.synapses, this.owners);
        this.list = el('ul', { class: 'sr', 'aria-label': 'Where the owners live' });
        host.append(this.drawing, this.list);
        this.nodes = new Map();
    }

    /** Draws a run's owners on the cluster's silos. */
    show(state, members) {
        const owners = state.layout.length > 0 ? state.layout : nowhere(state);
        const names = [...new Set([...members.map(member => member.name), ...owners.map(place => place.member)])];
        const form = formFor(owners.length - 1);
        let y = 0;
        const places = new Map();
        const lanes = names.map(name => {
            const here = owners.filter(place => place.member === name && place.owner !== 'backbone');
            const isRoot = owners.some(place => place.member === name && place.owner === 'backbone');
            const rows = Math.max(1, Math.ceil(here.length / form.columns));
            const high = Math.max(here.length > 0 || isRoot ? 84 : 56, top + rows * form.row + 8);
            here.forEach((place, at) =>
                places.set(place.owner, {
                    x: form.x + (at % form.columns) * form.step,
                    y: y + top + (high - top - 8 - rows * form.row) / 2 + form.row / 2 + Math.floor(at / form.columns) * form.row,
                }),
            );
            if (isRoot) places.set('backbone', { x: root.x, y: y + top + (high - top - 8) / 2 });
            const lane = { name, y, high, member: members.find(member => member.name === name) };
            y += high + 10;
            return lane;
        });
        attribute(this.drawing, 'viewBox', `0 0 ${width} ${Math.max(1, y - 10)}`);
        this.#lanes(lanes, members.length > 0);
        this.#owners(state, owners, places, members, form);
        this.#words(owners, state);
    }

    #lanes(lanes, known) {
        while (this.lanes.childElementCount > lanes.length) this.lanes.lastChild.remove();
        while (this.lanes.childElementCount < lanes.length) {
            this.lanes.append(
                svg(
                    'g',
                    {},
                    svg('rect', { x: 0.5, width: width - 1, rx: 9 }),
                    svg('text', { x: 12 }),
                    svg('text', { x: width - 12, class: 'dev' }),
                ),
            );
        }
        lanes.forEach((lane, at) => {
            const node = this.lanes.children[at];
            attribute(node, 'class', `lane${!lane.member && known ? ' gone' : lane.member?.draining ? ' draining' : ''}`);
            const [box, name, devices] = node.children;
            attribute(box, 'y', lane.y + 0.5);
            attribute(box, 'height', lane.high - 1);
            attribute(name, 'y', lane.y + 17);
            attribute(devices, 'y', lane.y + 17);
            text(name, lane.name);
            text(
                devices,
                !lane.member && known ? 'not heard of' : lane.member?.draining ? 'leaving' : (lane.member?.devices ?? []).join(', '),
            );
        });
    }

    #owners(state, owners, places, members, form) {
        const running = state.phase?.phase === 'running' && !state.phase.waiting;
        const from = places.get('backbone');
        for (const [name, node] of this.nodes) {
            if (!owners.some(place => place.owner === name)) {
                node.group.remove();
                node.line?.remove();
                this.nodes.delete(name);
            }
        }
        for (const place of owners) {
            const node = this.nodes.get(place.owner) ?? this.#node(place.owner);
            const at = places.get(place.owner);
            const lost = members.length > 0 && place.member !== '' && !members.some(member => member.name === place.member);
            const move = state.moves.get(place.owner);
            const moved = move !== undefined && performance.now() - move.at < movedFor;
            node.group.style.transform = `translate(${at.x}px, ${at.y}px)`;
            attribute(node.group, 'class', `owner${lost ? ' lost' : ''}${moved ? ' moved' : ''}`);
            attribute(node.group, 'data-member', place.member);
            text(
                node.title,
                `${place.owner} on ${place.member}/${place.device}${move ? `; came from ${move.from} at step ${count(move.step)}` : ''}`,
            );
            if (node.value) {
                attribute(node.shape, 'r', form.radius);
                attribute(node.ring, 'r', form.radius);
                attribute(node.value, 'x', form.radius + 8);
                text(node.value, form.values ? figure(state.now?.loss[Number(place.owner.slice(5))]) : '');
                text(node.name, form.names ? place.owner.slice(5) : '');
            }
            if (node.line && from) {
                const [start, end] = [from.x + root.half, at.x - form.radius];
                const bend = start + Math.min(90, (end - start) / 2);
                attribute(
                    node.line,
                    'd',
                    `M${start} ${from.y} C${bend} ${from.y} ${bend} ${at.y} ${Math.min(end, bend + 60)} ${at.y} L${end} ${at.y}`,
                );
                attribute(node.line, 'class', `synapse${running && !lost ? ' flows' : ''}`);
            }
        }
    }

    #node(owner) {
        const head = owner.startsWith('head-');
        const title = svg('title');
        const stroke = ownerVariable(owner);
        const outline = () => (head ? svg('circle') : svg('rect', { x: -root.half, y: -20, width: 2 * root.half, height: 40, rx: 10 }));
        const [shape, ring, name] = [outline(), outline(), svg('text', {}, head ? '' : 'backbone')];
        ring.setAttribute('class', 'ring');
        shape.style.stroke = ring.style.stroke = stroke;
        const value = head ? svg('text', { class: 'val' }) : null;
        const group = svg('g', { class: 'owner', 'data-owner': owner }, title, ring, shape, name, ...(value ? [value] : []));
        const line = head ? svg('path', { class: 'synapse' }) : null;
        if (line) {
            line.style.stroke = stroke;
            this.synapses.append(line);
        }
        this.owners.append(group);
        const node = { group, title, shape, ring, name, value, line };
        this.nodes.set(owner, node);
        return node;
    }

    // The same in words, for those who do not see it.
    #words(owners, state) {
        const words = owners.map(place => `${place.owner} lives on ${place.member || 'this process'}, ${place.device}`);
        text(this.title, `A backbone and ${state.heads} heads`);
        while (this.list.childElementCount > words.length) this.list.lastChild.remove();
        while (this.list.childElementCount < words.length) this.list.append(el('li'));
        words.forEach((line, at) => text(this.list.children[at], line));
    }
}

// The more heads there are, the smaller they are drawn.
function formFor(heads) {
    return heads <= 8
        ? { columns: 1, x: 318, step: 0, row: 42, radius: 15, values: true, names: true }
        : heads <= 24
          ? { columns: 3, x: 190, step: 76, row: 38, radius: 13, values: true, names: true }
          : { columns: 9, x: 172, step: 26, row: 26, radius: 9, values: false, names: false };
}

// A run that is replayed lives nowhere; its owners are shown all the same.
function nowhere(state) {
    const device = state.started?.device ?? '';
    return state.heads === 0
        ? []
        : ['backbone', ...Array.from({ length: state.heads }, (_, head) => `head-${head}`)].map(owner => ({
              owner,
              member: 'as trained',
              silo: '',
              device,
          }));
}
