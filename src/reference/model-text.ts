import { createHash } from 'node:crypto';
import type { Conversation } from './conversation.js';

/**
 * What the reference model answers without a directive. It depends on the whole conversation and on nothing else,
 * so that a lost system prompt or a turn with the wrong role shows in the answer. White space does not count: a
 * program that puts one answer into the next prompt gets the same second answer from both APIs, whose first answers
 * differ in a space.
 */
export function modelText(conversation: Conversation): string {
  const { system, turns, prefill } = conversation;
  const parts = [
    `${turns.length} turn${turns.length === 1 ? '' : 's'}`,
    ...(system === null ? [] : ['a system prompt']),
    ...(prefill === null ? [] : ['a prefill']),
  ];
  return `Answer ${fingerprint(conversation)} to ${parts.join(' and ')}. The last turn began "${opening(turns.at(-1)?.text ?? '')}".`;
}

function fingerprint({ system, turns, prefill }: Conversation): string {
  const texts = [system, ...turns.flatMap(({ role, text }) => [role, text]), prefill];
  const canonical = JSON.stringify(texts.map((text) => text?.replace(/\s/g, '') ?? null));
  return createHash('sha256').update(canonical).digest('hex').slice(0, 8);
}

function opening(text: string): string {
  return (/^(?:\s*\S){0,32}/u.exec(text)?.[0] ?? '').replace(/\s+/g, ' ');
}
