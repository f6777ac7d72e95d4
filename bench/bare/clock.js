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
  const drawn = () => {
    const chart = document.querySelector('.js-plotly-plot');
    // The line that shows the cost of guessing is no run.
    const runs = (chart?.data ?? []).filter((trace) => trace.hoverinfo !== 'skip');
    const longest = runs.map((trace) => Number(trace.x?.at?.(-1) ?? Number.NaN)).filter(Number.isFinite);
    return longest.length === 0 ? -1 : Math.max(...longest);
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
