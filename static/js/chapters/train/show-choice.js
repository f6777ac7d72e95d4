// @ts-check
/** Whose network is drawn where both rules run. */

/** @typedef {'exact' | 'article'} Rule */

/**
 * @param {HTMLElement} element
 * @param {{ experiment: import('../../kit/observable.js').Watched<import('./state.js').Experiment> }} model
 * @param {(rule: Rule) => void} choose
 * @returns {() => void} dispose
 */
export function showChoice(element, { experiment }, choose) {
  const buttons = /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll('[data-show]'));
  for (const button of buttons) {
    button.addEventListener('click', () => choose(/** @type {Rule} */ (button.dataset.show)));
  }
  return experiment.link((now) => {
    element.hidden = now.rule !== 'both';
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.show === now.show));
  });
}
