// What programs use of AWS's client for Bedrock, without credentials, against the server of ANTHROPIC_BASE_URL.
const { EventStreamCodec } = require('@smithy/eventstream-codec');
const { fromUtf8, toUtf8 } = require('@smithy/util-utf8');

class InvokeModelCommand {
  constructor(input) {
    this.input = input;
    this.path = 'invoke';
  }
}

class InvokeModelWithResponseStreamCommand extends InvokeModelCommand {
  constructor(input) {
    super(input);
    this.path = 'invoke-with-response-stream';
  }
}

class BedrockRuntimeClient {
  async send({ input, path }) {
    const url = `${process.env.ANTHROPIC_BASE_URL}/model/${encodeURIComponent(input.modelId)}/${path}`;
    const headers = { 'content-type': 'application/json', authorization: 'AWS4-HMAC-SHA256' };
    const response = await fetch(url, { method: 'POST', headers, body: input.body });
    if (!response.ok) throw Object.assign(new Error((await response.json()).message), { name: 'ValidationException' });
    const $metadata = { httpStatusCode: response.status };
    if (path !== 'invoke') return { body: events(response.body), contentType: 'application/json', $metadata };
    const body = Buffer.from(await response.arrayBuffer());
    return { body: bytes(body), contentType: 'application/json', $metadata };
  }
}

/** The client with a method for each command. */
class BedrockRuntime extends BedrockRuntimeClient {
  invokeModel(input) {
    return this.send(new InvokeModelCommand(input));
  }

  invokeModelWithResponseStream(input) {
    return this.send(new InvokeModelWithResponseStreamCommand(input));
  }
}

/** As AWS gives them: a Uint8Array that can also tell its text. */
function bytes(buffer) {
  return Object.assign(new Uint8Array(buffer), { transformToString: () => buffer.toString() });
}

async function* events(stream) {
  const codec = new EventStreamCodec(toUtf8, fromUtf8);
  let rest = Buffer.alloc(0);
  for await (const part of stream) {
    rest = Buffer.concat([rest, part]);
    while (rest.length >= 4 && rest.length >= rest.readUInt32BE(0)) {
      const length = rest.readUInt32BE(0);
      const message = codec.decode(rest.subarray(0, length));
      rest = rest.subarray(length);
      const event = JSON.parse(toUtf8(message.body));
      if (message.headers[':message-type'].value === 'exception') yield { modelStreamErrorException: event };
      else yield { chunk: { bytes: new Uint8Array(Buffer.from(event.bytes, 'base64')) } };
    }
  }
}

exports.BedrockRuntime = BedrockRuntime;
exports.BedrockRuntimeClient = BedrockRuntimeClient;
exports.InvokeModelCommand = InvokeModelCommand;
exports.InvokeModelWithResponseStreamCommand = InvokeModelWithResponseStreamCommand;
