import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Code } from '../findings/catalogue.js';
import type { Note } from '../findings/finding.js';
import type { LanguageEntry, SourceFile } from '../../transforms/transform.js';
import { whyGenerated } from './generated.js';
import type { FileKind } from './scope.js';

/** A file that holds something legacy, as far as its bytes say. */
export interface Candidate extends SourceFile {
  readonly language: LanguageEntry;
  /** Whether the file begins with a byte order mark, which `text` leaves out. */
  readonly bom: boolean;
}

/** A file that holds code, some of it maybe legacy. */
export interface Host extends SourceFile {
  readonly bom: boolean;
}

export type ReadCandidate =
  | { readonly kind: 'candidate'; readonly candidate: Candidate }
  | { readonly kind: 'host'; readonly host: Host }
  | { readonly kind: 'skipped'; readonly note: Note }
  | { readonly kind: 'none' };

/** Reads a file and rejects it by its bytes: no needle of its language, not text, not a person's own. */
export function readCandidate(root: string, path: string, language: FileKind): ReadCandidate {
  let bytes: Buffer;
  try {
    if (!lstatSync(join(root, path)).isFile()) return { kind: 'none' };
    bytes = readFileSync(join(root, path));
  } catch (error) {
    return skipped('CTM902', path, `Cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!language.needles.some((needle) => bytes.includes(needle))) return { kind: 'none' };
  const isRead = 'name' in language || 'kind' in language;
  if (!isRead) return skipped('CTM907', path, 'Holds the legacy API, in a language that is not migrated');
  const decoded = decode(bytes);
  if (decoded === undefined) return skipped('CTM906', path, 'Is not UTF-8 text');
  const reason = whyGenerated(path, decoded.text);
  if (reason !== undefined) return skipped('CTM903', path, `Not touched: ${reason}`);
  return 'kind' in language
    ? { kind: 'host', host: { path, ...decoded } }
    : { kind: 'candidate', candidate: { path, language, ...decoded } };
}

/** The text of a file without its byte order mark; undefined for what is not UTF-8. */
export function decode(bytes: Buffer): { readonly text: string; readonly bom: boolean } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const bom = text.startsWith('\uFEFF');
    return { text: bom ? text.slice(1) : text, bom };
  } catch {
    return undefined;
  }
}

/** The bytes of a file: the inverse of `decode`. */
export function encode(text: string, bom: boolean): Buffer {
  return Buffer.from(bom ? `\uFEFF${text}` : text);
}

function skipped(code: Code, path: string, message: string): ReadCandidate {
  return { kind: 'skipped', note: skipNote(code, path, message) };
}

/** A note about a whole file. */
export function skipNote(code: Code, path: string, message: string): Note {
  return { code, path, range: { start: 0, end: 0 }, message };
}
