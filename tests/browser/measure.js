// What is wrong with how a page is laid out now: one answer for one look, as a list of sentences.
(() => {
  const SLACK = 1.5;
  /** Content without bounds, or somebody's own, has a frame to scroll in; everything else shows all it holds. */
  const SIDEWAYS = '.arrays, .worked, .cells, .own-table .scroller, pre, textarea';
  const LISTS = '.scroller, .wide, .listing, .worked, .drawer, .cells, pre, textarea, .lesson-panel, [data-scrolls]';
  const CONTROLS = 'button, input, select, textarea, summary, a[href]';

  const name = (element) => {
    const data = Object.entries(element.dataset ?? {}).slice(0, 2).map(([key, value]) => `[${key}=${value}]`).join('');
    const classes = [...(element.classList ?? [])].map((one) => `.${one}`).join('');
    const text = (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 24);
    return `${element.localName}${element.id && `#${element.id}`}${classes}${data}${text && ` "${text}"`}`;
  };
  const path = (element) => `${element.parentElement ? `${name(element.parentElement).split(' "')[0]} > ` : ''}${name(element)}`;

  const unseen = (element) => element.closest('.unseen, .skip, .katex-mathml, noscript, #js-plotly-tester, .modebar, [data-switch] .label, caption, thead[data-unseen], .samples thead') !== null;
  /** In a narrow header a button's words are for readers of screens alone. */
  const silent = (element) => {
    const label = element.closest('.label');
    return label !== null && getComputedStyle(label).clipPath !== 'none';
  };
  const seen = (element) =>
    !unseen(element) && !silent(element) && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const area = (box) => box.width > 0.5 && box.height > 0.5;

  /** The frame of a list that scrolls around an element, if there is one. */
  const frame = (element, inside = false) => (inside ? element : element.parentElement)?.closest(LISTS) ?? null;

  /** Every piece of text that is seen, each with where it is and how large. */
  const texts = (root) => {
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || !parent || /^(script|style|option|title|desc|textarea)$/i.test(parent.localName)) continue;
      if (!seen(parent)) continue;
      const svgText = parent.closest('svg text');
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter(area);
      if (boxes.length === 0) continue;
      let size = Number.parseFloat(getComputedStyle(parent).fontSize);
      if (svgText) {
        const matrix = svgText.getScreenCTM();
        size *= Math.hypot(matrix.b, matrix.d);
      }
      const owner = svgText ?? parent.closest('.katex') ?? parent;
      found.push({ owner, parent, boxes, size });
    }
    for (const field of root.querySelectorAll('input:not([type=range], [type=checkbox]), select, textarea')) {
      if (seen(field)) found.push({ owner: field, parent: field, boxes: [field.getBoundingClientRect()], size: Number.parseFloat(getComputedStyle(field).fontSize) });
    }
    return found;
  };

  const outside = (box, within) =>
    box.left < within.left - SLACK || box.right > within.right + SLACK || box.top < within.top - SLACK || box.bottom > within.bottom + SLACK;
  const short = (box) => `${box.left.toFixed(0)},${box.top.toFixed(0)}…${box.right.toFixed(0)},${box.bottom.toFixed(0)}`;

  const cutOff = (root) =>
    [root, ...root.querySelectorAll('*')].flatMap((element) => {
      if (!(element instanceof HTMLElement) || element.matches('canvas, option') || !seen(element)) return [];
      if (element.matches(LISTS)) return tooWide(element);
      if (element.matches('select')) return tightSelect(element);
      if (element.matches('input')) {
        return element.type !== 'range' && element.scrollWidth > element.clientWidth + SLACK ? [`cut off: ${path(element)} "${element.value}"`] : [];
      }
      const { overflowX, overflowY } = getComputedStyle(element);
      const wide = overflowX !== 'visible' && element.scrollWidth > element.clientWidth + SLACK;
      const high = overflowY !== 'visible' && element.scrollHeight > element.clientHeight + SLACK;
      if (!wide && !high) return [];
      return [`cut off: ${path(element)} ${element.scrollWidth}×${element.scrollHeight} in ${element.clientWidth}×${element.clientHeight}`];
    });

  /** A phone has not the width for every table: there a frame may scroll both ways. */
  const tooWide = (list) =>
    innerWidth < 960 || list.matches(SIDEWAYS) || list.scrollWidth <= list.clientWidth + SLACK
      ? []
      : [`cut off at its side: ${path(list)} ${list.scrollWidth} in ${list.clientWidth}`];

  const pen = document.createElement('canvas').getContext('2d');
  const tightSelect = (select) => {
    const style = getComputedStyle(select);
    pen.font = style.font;
    const words = select.selectedOptions[0]?.textContent.trim() ?? '';
    const room = select.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    return pen.measureText(words).width > room + SLACK ? [`cut off: ${path(select).split(' "')[0]} "${words}" ${pen.measureText(words).width.toFixed(0)} in ${room.toFixed(0)}`] : [];
  };

  /** Boxes that lie over each other by more than the white around their letters. */
  const overlap = (a, b) => {
    const [insetA, insetB] = [0.18 * a.height, 0.18 * b.height];
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom - insetA, b.bottom - insetB) - Math.max(a.top + insetA, b.top + insetB);
    return wide > 2 && high > 2;
  };

  const overprints = (items) => {
    const boxes = items.flatMap(({ owner, parent, boxes }) => boxes.map((box) => ({ owner, parent, box })));
    boxes.sort((a, b) => a.box.left - b.box.left);
    const found = [];
    for (let i = 0; i < boxes.length && found.length < 6; i++) {
      for (let j = i + 1; j < boxes.length && boxes[j].box.left < boxes[i].box.right; j++) {
        const [one, other] = [boxes[i], boxes[j]];
        if (one.owner === other.owner || one.owner.contains(other.owner) || other.owner.contains(one.owner)) continue;
        if (one.parent.closest('p, .formula, .maths') && one.parent.closest('p, .formula, .maths') === other.parent.closest('p, .formula, .maths')) continue;
        if (overlap(one.box, other.box)) found.push(`overprint: ${path(one.owner)} ${short(one.box)} and ${path(other.owner)} ${short(other.box)}`);
      }
    }
    return found;
  };

  /** What is seen of a thing within the lists that scroll around it; null where it is scrolled away. */
  const shownPart = (element, box, inside = false) => {
    const around = frame(element, inside);
    if (!around) return box;
    const edge = around.getBoundingClientRect();
    const part = new DOMRect(Math.max(box.left, edge.left), Math.max(box.top, edge.top), 0, 0);
    part.width = Math.min(box.right, edge.right) - part.x;
    part.height = Math.min(box.bottom, edge.bottom) - part.y;
    return part.width > 0 && part.height > 0 ? part : null;
  };

  /** Controls beside each other do not lie over each other; sliders in a picture and what a button holds do not count. */
  const crowded = (root) => {
    const all = [...root.querySelectorAll(CONTROLS)].filter((element) => element instanceof HTMLElement && seen(element) && !element.closest('p'));
    const boxes = all
      .map((element) => ({ element, box: shownPart(element, element.getBoundingClientRect()) }))
      .filter(({ box }) => box && area(box));
    const found = [];
    for (let i = 0; i < boxes.length; i++) {
      for (let j = i + 1; j < boxes.length && found.length < 4; j++) {
        const [a, b] = [boxes[i], boxes[j]];
        if (a.element.contains(b.element) || b.element.contains(a.element)) continue;
        const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (wide > 3.5 && high > 3.5) found.push(`controls over each other: ${path(a.element)} ${short(a.box)} and ${path(b.element)} ${short(b.box)}`);
      }
    }
    return found;
  };

  /**
   * @param {{ root?: string, fits?: string, least?: number, overlay?: boolean }} asked `fits`: what has to lie in the window
   * without scrolling; `least`: pixels of the smallest type; `overlay`: an opened thing over the page, measured alone.
   */
  const faults = ({ root = 'body', fits = 'main', least = 0, overlay = false }) => {
    const found = [];
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth) found.push(`sideways: the page is ${scrollWidth} wide in ${innerWidth}`);
    if (fits === 'main' && !overlay && scrollHeight > innerHeight + 1) found.push(`the page is ${scrollHeight} high in ${innerHeight}`);
    const base = document.querySelector(root);
    if (!base) return [`there is no ${root}`];
    const page = fits ? new DOMRect(0, 0, innerWidth, innerHeight) : new DOMRect(0, -1e6, innerWidth, 2e6);
    const within = { left: page.left, right: page.right, top: page.top, bottom: page.bottom };
    const parts = fits && fits !== 'main' && !overlay ? [...base.querySelectorAll(fits)] : [base];
    const items = parts.flatMap(texts).flatMap((item) => {
      const boxes = item.boxes.map((box) => shownPart(item.parent, box, item.owner !== item.parent || !item.parent.matches(CONTROLS))).filter(Boolean);
      return boxes.length > 0 ? [{ ...item, boxes }] : [];
    });
    const out = items.filter(({ boxes }) => boxes.some((box) => outside(box, within)));
    found.push(...out.slice(0, 6).map(({ parent, boxes }) => `outside the window: ${path(parent)} ${boxes.map(short)[0]}`));
    for (const picture of parts.flatMap((part) => [...part.querySelectorAll('svg, canvas, input[type=range]')])) {
      const box = shownPart(picture, picture.getBoundingClientRect());
      if (box && area(box) && seen(picture) && outside(box, within)) found.push(`outside the window: ${path(picture)} ${short(box)}`);
    }
    found.push(...parts.flatMap(cutOff).slice(0, 8), ...overprints(items), ...parts.flatMap(crowded));
    const small = items.filter(({ size, parent }) => size < least - 0.05 && !parent.closest('[data-decoration]'));
    const kinds = new Map(small.map((item) => [path(item.parent).split(' "')[0], item]));
    found.push(...[...kinds.values()].slice(0, 10).map(({ parent, size }) => `small: ${path(parent)} ${size.toFixed(1)} px`));
    return found;
  };

  const frames = async (count) => {
    for (let i = 0; i < count; i++) await new Promise((next) => requestAnimationFrame(next));
  };
  globalThis.stageFaults = async (asked) => {
    await frames(3);
    return faults(asked);
  };
})();
