// Put into the page under test. Of each pointer move of a drag, how long it took to be painted; and how long each frame took,
// of an unbroken row of them, which says whether one came late.
// A message posted from an animation frame is handled after that frame's paint has been handed over.
window.moves = (() => {
  const delays = [];
  const frames = [];
  const channel = new MessageChannel();
  let moved = null;
  let last = null;
  channel.port1.onmessage = () => {
    delays.push(performance.now() - moved);
    moved = null;
  };
  const frame = () => {
    const now = performance.now();
    if (last !== null) frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  addEventListener('pointermove', (event) => {
    if (event.buttons !== 1 || moved !== null) return;
    moved = event.timeStamp;
    requestAnimationFrame(() => channel.port2.postMessage(null));
  }, true);
  return {
    watchFrames: () => requestAnimationFrame(frame),
    take: () => ({ delays: delays.splice(0), frames: frames.splice(0) }),
  };
})();
