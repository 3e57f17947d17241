// Runs functions one after the other.
module.exports = class PQueue {
  last = Promise.resolve();

  add(run) {
    const result = this.last.then(() => run());
    this.last = result.catch(() => undefined);
    return result;
  }
};
