// Runs a function again until it does not fail, gives up, or has failed too often.
module.exports = async function retry(run, { retries = 10 } = {}) {
  for (let attempt = 1; ; attempt += 1) {
    let last;
    const bail = (error) => {
      last = error;
    };
    try {
      const result = await run(bail, attempt);
      if (last === undefined) return result;
    } catch (error) {
      if (attempt > retries) throw error;
    }
    if (last !== undefined) throw last;
  }
};
