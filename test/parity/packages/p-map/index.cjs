// Runs a function for each of many.
module.exports = async function pMap(over, run) {
  return Promise.all((await Promise.all(over)).map((item, index) => run(item, index)));
};
