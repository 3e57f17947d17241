// Signs requests in name only, and sends them by fetch.
exports.AwsClient = class AwsClient {
  constructor({ accessKeyId, service }) {
    this.credential = `${accessKeyId}/${service}`;
  }

  fetch(url, { headers, ...init }) {
    return fetch(url, {
      ...init,
      headers: { ...headers, authorization: `AWS4-HMAC-SHA256 Credential=${this.credential}` },
    });
  }
};
