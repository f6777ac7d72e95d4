// Put into /train before the click: when the first cost and when the whole curve had been painted, in ms after the click.
window.trainClock = (() => {
  const times = { first: null, whole: null };
  let finish;
  times.done = new Promise((resolve) => {
    finish = resolve;
  });
  const channel = new MessageChannel();
  let clicked = null;
  const field = (name) => document.querySelector(`[data-field="${name}"]`).dataset.value;
  // What is drawn says so: of each run its rule, its points, its epoch and its cost.
  const drawn = () => {
    const ends = document.querySelector('[data-view="course"]').dataset.drawn?.matchAll(/(?:exact|article) (\d+) (\d+)/g);
    return Math.max(-1, ...[...(ends ?? [])].filter(([, points]) => points > 0).map(([, , epoch]) => Number(epoch)));
  };
  const look = () => {
    const since = performance.now() - clicked;
    if (times.first === null && field('cost') && drawn() >= 0) times.first = since;
    if (times.whole === null && Number(field('epoch')) === window.lastEpoch && drawn() === window.lastEpoch) times.whole = since;
    if (times.whole === null) next();
    else finish({ first: times.first, whole: times.whole });
  };
  const next = () => requestAnimationFrame(() => channel.port2.postMessage(null));
  channel.port1.onmessage = look;
  document.querySelector('[data-action="train"]').addEventListener('click', (event) => {
    clicked = event.timeStamp;
    next();
  }, true);
  return times;
})();
