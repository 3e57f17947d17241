import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { encode } from './discover/candidate.js';
import type { FileChange } from './verify.js';

export interface Failure {
  readonly path: string;
  readonly reason: string;
}

export interface Written {
  readonly paths: readonly string[];
  /** Files that stay as they were. */
  readonly failures: readonly Failure[];
}

/**
 * Writes every change that still fits what is on disk, each file as a whole or not at all. New files come first, as changed
 * ones import them. A failure never keeps the other files from being written.
 */
export function writeChanges(root: string, changes: readonly FileChange[]): Written {
  const paths: string[] = [];
  const failures: Failure[] = [];
  const release = holdSignals();
  for (const change of [...changes].sort((a, b) => Number(a.before !== null) - Number(b.before !== null))) {
    try {
      if (change.before === null) create(join(root, change.path), change);
      else replace(join(root, change.path), change.before, change);
      paths.push(change.path);
    } catch (error) {
      failures.push({ path: change.path, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  release();
  return { paths: paths.sort(), failures };
}

function create(path: string, { after, bom }: FileChange): void {
  writeWhole(path, 0o666, (file) => {
    writeFileSync(file, encode(after, bom));
  });
}

function replace(path: string, before: string, { after, bom }: FileChange): void {
  const stats = lstatSync(path);
  if (!stats.isFile() || !readFileSync(path).equals(encode(before, bom)))
    throw new Error('changed on disk while this ran');
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  writeWhole(temporary, stats.mode, (file) => {
    writeFileSync(file, encode(after, bom));
    if (stats.uid !== process.getuid?.()) keepOwner(file, stats.uid, stats.gid);
    // After the owner, as a change of owner clears bits; the mode of `openSync` alone would be masked.
    fchmodSync(file, stats.mode & 0o7777);
    fsyncSync(file);
  });
  try {
    renameSync(temporary, path);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
}

/** Creates a file that must not exist yet, and takes it away again if it cannot be filled. */
function writeWhole(path: string, mode: number, fill: (file: number) => void): void {
  const file = openSync(path, 'wx', mode);
  try {
    fill(file);
  } catch (error) {
    closeSync(file);
    unlinkSync(path);
    throw error;
  }
  closeSync(file);
}

function keepOwner(file: number, uid: number, gid: number): void {
  try {
    fchownSync(file, uid, gid);
  } catch {
    // Only root may give a file away; for others the new text is what matters.
  }
}

/** Keeps an interrupt from ending the process between a temporary file and its rename; what is being written runs to its end. */
function holdSignals(): () => void {
  const hold = () => undefined;
  for (const signal of SIGNALS) process.on(signal, hold);
  return () => {
    for (const signal of SIGNALS) process.off(signal, hold);
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
