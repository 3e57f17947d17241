// Runs no more than so many functions at a time.
module.exports = function pLimit(concurrency) {
  const running = new Set();
  return async (run, ...given) => {
    while (running.size >= concurrency) await Promise.race(running);
    const result = Promise.resolve(run(...given));
    const ended = result.then(
      () => running.delete(ended),
      () => running.delete(ended),
    );
    running.add(ended);
    return result;
  };
};
