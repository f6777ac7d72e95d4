// @ts-check
/**
 * Regions over a plane where a field of heights is at least so high, as closed rings. Pure. Between neighbouring places the
 * field is taken to be linear along the grid's edges (marching squares); beyond the grid it is taken to be lower than all.
 */

/** @typedef {[number, number]} Point column and row, counted in places of the grid */

/** From which edge of a cell to which its border goes, by which of its four corners are high. @type {Record<number, string[]>} */
const BORDERS = {
  1: ['LB'],
  2: ['BR'],
  3: ['LR'],
  4: ['RT'],
  5: ['LB', 'RT'],
  6: ['BT'],
  7: ['LT'],
  8: ['TL'],
  9: ['TB'],
  10: ['BR', 'TL'],
  11: ['TR'],
  12: ['RL'],
  13: ['RB'],
  14: ['BL'],
};

/**
 * @param {readonly (readonly number[])[]} values `values[row][column]`
 * @param {number} level
 * @returns {Point[][]} rings, in grid places; a ring's border along the grid's own edge lies on that edge
 */
export function rings(values, level) {
  const [rows, columns] = [values.length, values[0].length];
  const at = (/** @type {number} */ row, /** @type {number} */ column) =>
    row < 0 || column < 0 || row >= rows || column >= columns ? Number.NEGATIVE_INFINITY : values[row][column];
  /** @type {Map<string, { to: string, at: Point }>} */
  const next = new Map();
  for (let row = -1; row < rows; row += 1) {
    for (let column = -1; column < columns; column += 1) {
      const corners = [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)];
      const high = corners.reduce((sum, value, k) => sum + (value >= level ? 1 << k : 0), 0);
      for (const [from, to] of BORDERS[high] ?? []) {
        const [begin, end] = [edge(from, row, column), edge(to, row, column)];
        next.set(begin, { to: end, at: crossing(from, row, column, corners, level) });
      }
    }
  }
  return joined(next);
}

/** What an edge of a cell is called by both cells that it parts. @param {string} side @param {number} row @param {number} column */
function edge(side, row, column) {
  if (side === 'L') return `v ${row} ${column}`;
  if (side === 'R') return `v ${row} ${column + 1}`;
  return side === 'B' ? `h ${row} ${column}` : `h ${row + 1} ${column}`;
}

/**
 * Where along a cell's edge the field passes the level.
 * @param {string} side
 * @param {number} row
 * @param {number} column
 * @param {readonly number[]} corners
 * @param {number} level
 * @returns {Point}
 */
function crossing(side, row, column, [near, right, far, top], level) {
  if (side === 'B') return [column + share(near, right, level), row];
  if (side === 'T') return [column + share(top, far, level), row + 1];
  if (side === 'L') return [column, row + share(near, top, level)];
  return [column + 1, row + share(right, far, level)];
}

/** @param {number} from @param {number} to @param {number} level */
function share(from, to, level) {
  if (from === Number.NEGATIVE_INFINITY) return 1;
  if (to === Number.NEGATIVE_INFINITY) return 0;
  const part = (level - from) / (to - from);
  return Number.isFinite(part) ? Math.min(Math.max(part, 0), 1) : 0.5;
}

/** @param {Map<string, { to: string, at: Point }>} next @returns {Point[][]} */
function joined(next) {
  /** @type {Point[][]} */
  const all = [];
  while (next.size > 0) {
    /** @type {Point[]} */
    const ring = [];
    let [name] = next.keys();
    for (let step = next.get(name); step !== undefined; step = next.get(name)) {
      ring.push(step.at);
      next.delete(name);
      name = step.to;
    }
    all.push(ring);
  }
  return all;
}
