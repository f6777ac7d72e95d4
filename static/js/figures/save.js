// @ts-check
/** Every picture saves as SVG or PNG, and its data as CSV. Nothing leaves the browser: the file is made here. */
/**
 * Buttons `[data-save="svg|png|csv"]` inside `menu` save what `source` gives.
 * @param {HTMLElement} menu
 * @param {{ name: string, picture?: () => Element, rows: () => string[][] | Promise<string[][]> }} source `picture`: an SVG or a table on screen
 * @returns {() => void} dispose
 */
export function saveMenu(menu, { name, picture, rows }) {
  const save = async (/** @type {Event} */ event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-save]') : null;
    if (!(button instanceof HTMLElement)) return;
    if (menu instanceof HTMLDetailsElement) menu.open = false;
    if (button.dataset.save === 'csv') download(`${name}.csv`, sheet(await rows()));
    else if (picture) {
      const { savePicture } = await import('./save-picture.js');
      await savePicture(picture(), name, String(button.dataset.save));
    }
  };
  menu.addEventListener('click', save);
  return () => menu.removeEventListener('click', save);
}

/** Spreadsheets take a file for their country's old encoding unless it begins with this mark. */
const UTF8 = '\ufeff';

/** @param {readonly (readonly string[])[]} rows @returns {Blob} a CSV file that a spreadsheet opens with every letter right */
export function sheet(rows) {
  return new Blob([UTF8, csv(rows)], { type: 'text/csv;charset=utf-8' });
}

/**
 * @param {readonly (readonly string[])[]} rows
 * @returns {string} RFC 4180; a text that a spreadsheet would run as a formula is given an apostrophe
 */
export function csv(rows) {
  const cell = (/** @type {string} */ text) => {
    const safe =
      /^[=+\-@\t]/.test(text) && !Number.isFinite(Number(text)) && !/^-?Infinity$/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** @param {string} name @param {Blob} file */
export function download(name, file) {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
