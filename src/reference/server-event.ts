/** One event of a streamed reply, before any transport gives it a form. */
export interface ServerEvent {
  readonly name: string;
  readonly data: object;
}

/** A named server-sent event, the form since version 2023-06-01. */
export function namedEvent({ name, data }: ServerEvent): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Server-sent events without names and without pings, closed by `[DONE]`: the form of version 2023-01-01. */
export function* unnamedEvents(events: Iterable<ServerEvent>): Generator<string> {
  let failed = false;
  for (const { name, data } of events) {
    if (name !== 'ping') yield `data: ${JSON.stringify(data)}\n\n`;
    failed ||= name === 'error';
  }
  if (!failed) yield 'data: [DONE]\n\n';
}
