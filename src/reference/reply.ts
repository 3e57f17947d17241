/** What goes back over HTTP. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Several chunks are a stream, sent one by one. */
  readonly chunks: Iterable<string | Uint8Array>;
}

export function jsonReply(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, chunks: [JSON.stringify(body)] };
}

export function streamReply(contentType: string, chunks: Iterable<string | Uint8Array>): Reply {
  return { status: 200, headers: { 'content-type': contentType, 'cache-control': 'no-cache' }, chunks };
}
