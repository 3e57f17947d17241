import type { Content, Conversation, Entry, Role, RoleName } from '../../src/prompt/conversation.js';
import type { Part } from '../../src/prompt/parts.js';
import type { Reading } from './oracle.js';

/** What the program decides when it runs, for handles that are names; `path` tells the iterations of loops apart. */
export interface Values {
  readonly text: (name: string, path: string) => string;
  readonly test: (name: string, path: string) => boolean;
  readonly count: (name: string, path: string) => number;
}

/** The string that the legacy program would have built. */
export function runParts(parts: readonly Part<string>[], values: Values, path = ''): string {
  return parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'hole':
          return values.text(part.value, path);
        case 'choice':
          return runParts(values.test(part.test, path) ? part.then : part.else, values, path);
        case 'repeat':
          return iterations(values.count(part.over, path), path)
            .map((inner) => runParts(part.body, values, inner))
            .join(part.separator);
      }
    })
    .join('');
}

/** What the migrated program would send. Edges are trimmed, because the values of holes have edges of their own. */
export function runConversation(conversation: Conversation<string>, values: Values): Reading {
  const prefill = conversation.prefill === null ? '' : runContent(conversation.prefill, values, '').trim();
  return {
    system: runContent(conversation.system, values, '').trim(),
    turns: [
      ...runEntries(conversation.entries, values, ''),
      ...(prefill === '' ? [] : [{ role: 'assistant' as const, text: prefill }]),
    ],
  };
}

function runEntries(entries: readonly Entry<string>[], values: Values, path: string): Reading['turns'] {
  return entries.flatMap((entry) => {
    switch (entry.kind) {
      case 'turn': {
        const text = runContent(entry.content, values, path).trim();
        return text === '' ? [] : [{ role: runRole(entry.role, values, path), text }];
      }
      case 'choice':
        return runEntries(values.test(entry.test, path) ? entry.then : entry.else, values, path);
      case 'each':
        return iterations(values.count(entry.over, path), path).flatMap((inner) =>
          runEntries(entry.entries, values, inner),
        );
    }
  });
}

function runContent(content: Content<string>, values: Values, path: string): string {
  return content
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      if (piece.kind === 'hole') return values.text(piece.value, path);
      return runContent(values.test(piece.test, path) ? piece.then : piece.else, values, path);
    })
    .join('');
}

function runRole(role: Role<string>, values: Values, path: string): RoleName {
  return typeof role === 'string' ? role : runRole(values.test(role.test, path) ? role.then : role.else, values, path);
}

const iterations = (count: number, path: string) => Array.from({ length: count }, (_, index) => `${path}/${index}`);
