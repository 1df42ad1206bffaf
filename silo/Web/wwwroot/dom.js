// A little help with elements; texts are always texts, never markup.
const svgNames = 'http://www.w3.org/2000/svg';

export const byId = id => document.getElementById(id);

/** Makes an element: el('p', { class: 'note' }, 'text', child). */
export const el = (name, fields = {}, ...children) => fill(document.createElement(name), fields, children);

/** Makes an element of a drawing. */
export const svg = (name, fields = {}, ...children) => fill(document.createElementNS(svgNames, name), fields, children);

function fill(node, fields, children) {
    for (const [key, value] of Object.entries(fields)) if (value !== null && value !== undefined) node.setAttribute(key, value);
    node.append(...children);
    return node;
}

/** Writes a text only where it is another: an unchanged page is not laid out anew. */
export function text(node, value) {
    if (node.textContent !== value) node.textContent = value;
}

export function attribute(node, name, value) {
    if (value === null || value === false) node.removeAttribute(name);
    else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

/** A colour of the theme as it is now. */
export const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** The colour of an owner: heads go round eight colours, the backbone is ink. */
export const ownerColour = owner => (owner.startsWith('head-') ? colour(`h${Number(owner.slice(5)) % 8}`) : colour('soft'));
export const ownerVariable = owner => (owner.startsWith('head-') ? `var(--h${Number(owner.slice(5)) % 8})` : 'var(--soft)');
