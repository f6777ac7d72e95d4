// Put into the page under test: times each pointer move of a drag, or each key, until the frame after it has been painted.
// A message posted from an animation frame is handled after that frame's paint has been handed over.
window.moves = (() => {
  const delays = [];
  const channel = new MessageChannel();
  let moved = null;
  let steps = 0;
  channel.port1.onmessage = () => {
    delays.push(performance.now() - moved);
    moved = null;
  };
  const see = (event) => {
    if (event.type === 'pointermove' && event.buttons !== 1) return;
    steps += 1;
    if (moved !== null) return;
    moved = event.timeStamp;
    requestAnimationFrame(() => channel.port2.postMessage(null));
  };
  addEventListener('pointermove', see, true);
  addEventListener('keydown', see, true);
  return {
    take() {
      const result = { delays: delays.splice(0), steps };
      steps = 0;
      return result;
    },
  };
})();
