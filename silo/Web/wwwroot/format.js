// Numbers as people read them.
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const none = '–';

const has = value => typeof value === 'number' && Number.isFinite(value);

export const count = value => (has(value) ? whole.format(value) : none);
export const short = value => (!has(value) ? none : Math.abs(value) < 10_000 ? whole.format(value) : compact.format(value));
export const share = (value, digits = 1) => (has(value) ? `${(100 * value).toFixed(digits)} %` : none);
/** The plural of what a member is called: heads, members, passes. */
export const many = word => word + (word.endsWith('s') ? 'es' : 's');

export const time = value => clock.format(new Date(value));

/** Three digits that mean something. */
export function figure(value) {
    if (!has(value)) return none;
    const size = Math.abs(value);
    return size === 0
        ? '0'
        : size >= 1000
          ? whole.format(value)
          : size >= 100
            ? value.toFixed(0)
            : size >= 10
              ? value.toFixed(1)
              : size >= 1
                ? value.toFixed(2)
                : size >= 0.001
                  ? value.toFixed(3)
                  : value.toExponential(1);
}

/** A length of time in its two largest units. */
export function span(seconds) {
    if (!has(seconds)) return none;
    const s = Math.round(seconds);
    return s < 60
        ? `${s} s`
        : s < 3600
          ? `${Math.floor(s / 60)} min ${s % 60} s`
          : s < 86400
            ? `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`
            : `${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
}

export function bytes(value) {
    if (!has(value)) return none;
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let at = 0;
    while (value >= 1000 && at < units.length - 1) {
        value /= 1000;
        at++;
    }
    return `${at === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${units[at]}`;
}

export const mib = value => (has(value) ? bytes(value * 1048576) : none);

/** How long ago. */
export const ago = value => `${span((Date.now() - new Date(value)) / 1000)} ago`;
