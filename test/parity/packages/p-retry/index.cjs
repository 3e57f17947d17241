// Runs a function again until it does not fail, or has failed too often.
module.exports = async function pRetry(run, { retries = 10 } = {}) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run(attempt);
    } catch (error) {
      if (attempt > retries) throw error;
    }
  }
};
