// @ts-check
/** A picture that is on screen as a file of its own: it carries along what stylesheets say about it. Fetched when one is saved. */
import { download } from './save.js';
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
 * Saves a picture that is on screen: an SVG, a chart, which has one SVG over another, or a table.
 * @param {Element} element
 * @param {string} name
 * @param {string} format "svg" or "png"
 */
export async function savePicture(element, name, format) {
  const { width, height } = element.getBoundingClientRect();
  const drawn = pictureOf(element);
  drawn.setAttribute('width', String(width));
  drawn.setAttribute('height', String(height));
  const text = new XMLSerializer().serializeToString(drawn);
  const file = new Blob([text], { type: 'image/svg+xml' });
  if (format === 'svg') download(`${name}.svg`, file);
  else download(`${name}.png`, await raster(file, width, height));
}

/** @param {Element} element */
function pictureOf(element) {
  if (element instanceof SVGSVGElement) return onPaper(standalone(element));
  const layers = /** @type {SVGSVGElement[]} */ ([...element.querySelectorAll(':scope > svg')]);
  if (layers.length === 0) return tablePicture(/** @type {HTMLElement} */ (element));
  const [bottom, ...above] = layers.map(standalone);
  for (const layer of above) bottom.append(...layer.children);
  return onPaper(bottom);
}

/** @param {SVGSVGElement} picture */
function onPaper(picture) {
  picture.prepend(svg('rect', { width: '100%', height: '100%', fill: paper() }));
  return picture;
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
