// @ts-check
/**
 * What may become markup: nothing, but for the two harmless strings that Plotly writes (an emptied element and the cross of
 * its notifier). The server's policy names `default` alone, so every other string that reaches the DOM as markup throws.
 */
const HARMLESS = new Set(['', '&times;']);

const factory = /** @type {any} */ (globalThis).trustedTypes;

factory?.createPolicy('default', { createHTML: (/** @type {string} */ text) => (HARMLESS.has(text) ? text : null) });
