// @ts-check
/**
 * Numbers that carry their slope: every rule of differentiation is one line here, and a derivative comes out exact to
 * rounding. They also carry their size, what they would be if nothing in them had cancelled: a difference between two ways
 * of computing the same is judged against it, since 1 − 0.999 keeps three digits less than 0.001 does.
 * @typedef {{ value: number, size: number, slope: number, slopeSize: number }} Dual
 */

/** @param {number} value @param {number} [slope] @returns {Dual} */
export function dual(value, slope = 0) {
  return { value, size: Math.abs(value), slope, slopeSize: Math.abs(slope) };
}

/** (u + v)′ = u′ + v′. @param {Dual} u @param {Dual} v @returns {Dual} */
export function plus(u, v) {
  return {
    value: u.value + v.value,
    size: u.size + v.size,
    slope: u.slope + v.slope,
    slopeSize: u.slopeSize + v.slopeSize,
  };
}

/** (−u)′ = −u′. @param {Dual} u @returns {Dual} */
export function minus(u) {
  return { ...u, value: -u.value, slope: -u.slope };
}

/** (u v)′ = u′ v + u v′. @param {Dual} u @param {Dual} v @returns {Dual} */
export function times(u, v) {
  return {
    value: u.value * v.value,
    size: u.size * v.size,
    slope: u.slope * v.value + u.value * v.slope,
    slopeSize: u.slopeSize * v.size + u.size * v.slopeSize,
  };
}

/** (u / v)′ = (u′ v − u v′) / v². @param {Dual} u @param {Dual} v @returns {Dual} */
export function over(u, v) {
  const share = v.size / Math.abs(v.value);
  return {
    value: u.value / v.value,
    size: (u.size / Math.abs(v.value)) * share,
    slope: (u.slope * v.value - u.value * v.slope) / v.value ** 2,
    slopeSize: ((u.slopeSize * v.size + u.size * v.slopeSize) / v.value ** 2) * share,
  };
}

/** (e^u)′ = e^u u′. @param {Dual} u @returns {Dual} */
export function exp(u) {
  const value = Math.exp(u.value);
  return { value, size: value, slope: value * u.slope, slopeSize: value * u.slopeSize };
}

/** (ln u)′ = u′ / u. @param {Dual} u @returns {Dual} */
export function ln(u) {
  const value = Math.log(u.value);
  return {
    value,
    size: Math.abs(value) + u.size / Math.abs(u.value),
    slope: u.slope / u.value,
    slopeSize: u.slopeSize / Math.abs(u.value),
  };
}
