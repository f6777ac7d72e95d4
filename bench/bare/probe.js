// Put into the page under test: times each pointer move of a drag until the frame that shows it has been painted.
// A message posted from an animation frame is handled after that frame's paint has been handed over.
window.probe = (() => {
  const output = document.querySelector('[data-a="1"], .outputs td.a');
  const delays = [];
  const channel = new MessageChannel();
  let moved = null;
  let steps = 0;
  let painted = 0;
  let shown = output.dataset.value;
  channel.port1.onmessage = () => {
    delays.push(performance.now() - moved);
    if (output.dataset.value !== shown) painted += 1;
    shown = output.dataset.value;
    moved = null;
  };
  addEventListener('pointermove', (event) => {
    if (event.buttons !== 1) return;
    steps += 1;
    if (moved !== null) return;
    moved = event.timeStamp;
    requestAnimationFrame(() => channel.port2.postMessage(null));
  }, true);
  return {
    take() {
      const result = { delays: delays.splice(0), steps, painted };
      steps = 0;
      painted = 0;
      return result;
    },
  };
})();
