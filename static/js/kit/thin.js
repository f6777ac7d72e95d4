// @ts-check
/**
 * A curve with fewer points and the same look: of each stretch its lowest and its highest, and always the first and the
 * last. Stretches are equally long in x, not in points, so that a curve which is thinned again and again as it grows keeps
 * its beginning as fine as its end.
 * @param {readonly number[]} x ascending
 * @param {readonly number[]} y
 * @param {number} most
 * @returns {{ x: number[], y: number[] }}
 */
export function thin(x, y, most) {
  const count = x.length;
  if (count <= most) return { x: [...x], y: [...y] };
  const stretches = Math.floor(most / 2) - 1;
  const length = (x[count - 1] - x[0]) / stretches;
  const places = [0];
  /** @param {number} place */
  const keep = (place) => {
    if (place > places[places.length - 1]) places.push(place);
  };
  for (let start = 0; start < count; ) {
    const stretch = Math.floor((x[start] - x[0]) / length);
    let [low, high, stop] = [start, start, start];
    for (; stop < count && Math.floor((x[stop] - x[0]) / length) === stretch; stop += 1) {
      if (y[stop] < y[low]) low = stop;
      if (y[stop] > y[high]) high = stop;
    }
    keep(Math.min(low, high));
    keep(Math.max(low, high));
    start = stop;
  }
  keep(count - 1);
  return { x: places.map((place) => x[place]), y: places.map((place) => y[place]) };
}
