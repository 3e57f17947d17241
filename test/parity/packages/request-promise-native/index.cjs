// What programs use of the package: a promise of the answer's body, or of the response.
const request = require('../request/index.cjs');

module.exports = function rp(options) {
  return new Promise((resolve, reject) => {
    request(options, (error, response, body) => {
      if (error) reject(error);
      else if (response.statusCode >= 400) reject(Object.assign(new Error('failed'), { error: body }));
      else resolve(options.resolveWithFullResponse ? response : body);
    });
  });
};
