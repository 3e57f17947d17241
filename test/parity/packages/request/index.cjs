// What programs use of the package: the answer goes to a callback, parsed where the request is JSON.
function request(first, ...more) {
  const callback = more.pop();
  const {
    url = first,
    uri = url,
    headers,
    json,
    body,
    method,
  } = typeof first === 'string' ? { ...more[0], url: first } : first;
  const sent = json === undefined ? body : JSON.stringify(json === true ? body : json);
  const type = json === undefined ? {} : { 'content-type': 'application/json' };
  fetch(uri, { method: method ?? 'POST', headers: { ...type, ...headers }, body: sent }).then(
    async (answer) => {
      const text = await answer.text();
      const held = json === undefined ? text : JSON.parse(text);
      callback(null, { statusCode: answer.status, body: held }, held);
    },
    (error) => callback(error),
  );
}
request.post = request;
module.exports = request;
