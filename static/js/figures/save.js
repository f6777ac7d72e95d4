// @ts-check
/** Every picture saves as SVG or PNG, and its data as CSV. Nothing leaves the browser: the file is made here. */
import { svg } from './svg.js';

/** What a stylesheet says about a shape or a text and a file must say by itself. */
const CARRIED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-opacity',
  'opacity',
  'visibility',
  'display',
  'paint-order',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'text-anchor',
];

/** A PNG has this many pixels for each of the screen's. */
const SHARPNESS = 2;

/**
 * Buttons `[data-save="svg|png|csv"]` inside `menu` save what `source` gives.
 * @param {HTMLElement} menu
 * @param {{ name: string, picture?: () => Element, rows: () => string[][] }} source `picture`: an SVG or a table on screen
 * @returns {() => void} dispose
 */
export function saveMenu(menu, { name, picture, rows }) {
  const save = async (/** @type {Event} */ event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-save]') : null;
    if (!(button instanceof HTMLElement)) return;
    if (menu instanceof HTMLDetailsElement) menu.open = false;
    if (button.dataset.save === 'csv') download(`${name}.csv`, new Blob([csv(rows())], { type: 'text/csv' }));
    else if (picture) await savePicture(picture(), name, String(button.dataset.save));
  };
  menu.addEventListener('click', save);
  return () => menu.removeEventListener('click', save);
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

/** @param {Element} element @param {string} name @param {string} format */
async function savePicture(element, name, format) {
  const { width, height } = element.getBoundingClientRect();
  const drawn =
    element instanceof SVGSVGElement ? standalone(element) : tablePicture(/** @type {HTMLElement} */ (element));
  drawn.setAttribute('width', String(width));
  drawn.setAttribute('height', String(height));
  const text = new XMLSerializer().serializeToString(drawn);
  const file = new Blob([text], { type: 'image/svg+xml' });
  if (format === 'svg') download(`${name}.svg`, file);
  else download(`${name}.png`, await raster(file, width, height));
}

/** A copy that looks the same without the page's stylesheets. @param {SVGSVGElement} element */
function standalone(element) {
  const copy = /** @type {SVGSVGElement} */ (element.cloneNode(true));
  const copies = [copy, ...copy.querySelectorAll('*')];
  [element, ...element.querySelectorAll('*')].forEach((original, i) => {
    const style = getComputedStyle(original);
    for (const property of CARRIED) copies[i].setAttribute(property, style.getPropertyValue(property));
    copies[i].removeAttribute('class');
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.prepend(svg('rect', { width: '100%', height: '100%', fill: paper() }));
  return copy;
}

/** A table as a picture: each cell's box and text where the browser has put them. @param {HTMLElement} table */
function tablePicture(table) {
  const frame = table.getBoundingClientRect();
  const picture = svg('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${frame.width} ${frame.height}` });
  picture.append(svg('rect', { width: '100%', height: '100%', fill: paper() }));
  for (const cell of table.querySelectorAll('th, td')) {
    const box = cell.getBoundingClientRect();
    const style = getComputedStyle(cell);
    const [x, y] = [box.x - frame.x, box.y - frame.y];
    picture.append(
      svg('rect', {
        x,
        y,
        width: box.width,
        height: box.height,
        rx: 3,
        fill: style.backgroundColor,
        stroke: style.outlineColor,
        'stroke-width': style.outlineStyle === 'none' ? 0 : 2,
      }),
      svg(
        'text',
        {
          x: x + box.width / 2,
          y: y + box.height / 2,
          'dominant-baseline': 'central',
          'text-anchor': 'middle',
          fill: style.color,
          'font-family': style.fontFamily,
          'font-size': style.fontSize,
        },
        [cellText(cell)],
      ),
    );
  }
  return picture;
}

/** @param {Element} cell */
function cellText(cell) {
  const field = cell.querySelector('input');
  return field ? field.value : (cell.textContent ?? '');
}

function paper() {
  return getComputedStyle(document.documentElement).backgroundColor;
}

/** @param {Blob} file @param {number} width @param {number} height @returns {Promise<Blob>} */
async function raster(file, width, height) {
  const address = URL.createObjectURL(file);
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * SHARPNESS;
  canvas.height = height * SHARPNESS;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the browser made no PNG'))), 'image/png');
  });
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
