// Runs functions as their turn comes.
module.exports = class Bottleneck {
  async schedule(...given) {
    const run = given.findIndex((each) => typeof each === 'function');
    return given[run](...given.slice(run + 1));
  }
};
