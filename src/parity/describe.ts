import type { Conversation } from '../reference/conversation.js';
import type { LogEntry, RefusedEntry } from '../reference/log.js';
import type { End } from './run-command.js';

/**
 * A conversation in lines: each turn headed by who speaks, its further lines indented.
 * Two conversations are the same if their descriptions are.
 */
export function describeConversation({ system, turns, prefill }: Conversation): string {
  return [
    ...(system === null ? [] : [spoken('system', system)]),
    ...turns.map(({ role, text }) => spoken(role, text)),
    ...(prefill === null ? [] : [spoken('assistant, to be continued', prefill)]),
  ].join('\n');
}

function spoken(who: string, text: string): string {
  return `${who}: ${text.replaceAll('\n', '\n  ')}`;
}

/** A whole request: where it went, and what was asked or why it was refused. */
export function describeRequest(request: LogEntry): string {
  if ('error' in request) return `to ${request.api}, refused with ${describeRefusal(request)}`;
  const { api, model, limits, conversation } = request;
  return `to ${api}, model ${model}, max_tokens ${limits.max_tokens}\n${describeConversation(conversation)}`;
}

/** An error of the API with its status. */
export function describeRefusal({ status, error }: RefusedEntry): string {
  return `${status} ${error.type}: ${error.message}`;
}

/** How a command ended. */
export function describeEnd(end: End): string {
  switch (end.kind) {
    case 'exit':
      return `exit code ${end.code}`;
    case 'signal':
      return `ended by ${end.signal}`;
    case 'timeout':
      return 'ended at the time-out';
    case 'output-limit':
      return 'ended because it printed too much';
    case 'not-started':
      return `could not be started: ${end.reason}`;
  }
}

/** The last lines that a command printed, where it says why it failed. */
export function lastLines(text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .slice(-15)
    .filter((line) => line !== '')
    .map((line) => `  ${line}`);
}
