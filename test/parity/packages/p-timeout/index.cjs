// Waits for a promise, but not longer than so many milliseconds.
module.exports = function pTimeout(promise, settings) {
  const { fallback, milliseconds = settings } = settings;
  return new Promise((resolve, reject) => {
    const late = () => (fallback ? resolve(fallback()) : reject(new Error('late')));
    const timer = setTimeout(late, milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
};
