// @ts-check
/**
 * The page's words. The server puts the part of the catalogue that the page needs into it; JS asks by the same keys as the
 * templates do.
 */

/**
 * @param {Record<string, string>} messages
 * @returns {(key: string, values?: Record<string, string | number>) => string}
 */
export function translator(messages) {
  return (key, values = {}) => {
    const message = messages[key];
    if (message === undefined) {
      console.error(`no words for ${key}`);
      return key;
    }
    return message.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  };
}

const embedded = globalThis.document?.getElementById('catalogue')?.textContent;

/** The words for `key`, with `{name}` replaced by `values.name`. */
export const t = translator(embedded ? JSON.parse(embedded) : {});

/** "en" or "zh". */
export const language = globalThis.document?.documentElement.lang.startsWith('zh') ? 'zh' : 'en';
