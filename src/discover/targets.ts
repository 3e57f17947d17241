import { lstatSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { UsageError } from '../usage-error.js';

/** A path argument that exists. */
export interface NamedPath {
  /** As it was typed. */
  readonly arg: string;
  /** Absolute; its folder is free of links, the name itself may be one. */
  readonly location: string;
  /** What it is in the end: `location`, or where its links lead. */
  readonly real: string;
  readonly isFolder: boolean;
}

export interface Glob {
  readonly arg: string;
  /** The folder that the pattern's fixed beginning names; absolute and free of links. */
  readonly folder: string;
  /** Takes a path relative to `folder`, with forward slashes. */
  readonly matches: (path: string) => boolean;
}

export interface Targets {
  readonly paths: readonly NamedPath[];
  readonly globs: readonly Glob[];
}

/**
 * Reads path arguments: an existing file or folder, or else a glob. No argument means the current folder.
 * Throws UsageError for what does not exist.
 */
export function readTargets(args: readonly string[], cwd: string): Targets {
  const paths: NamedPath[] = [];
  const globs: Glob[] = [];
  for (const arg of args.length === 0 ? ['.'] : args) {
    if (arg === '') throw new UsageError('An empty path argument');
    const path = resolve(cwd, arg);
    const stats = statsOf(path, arg);
    if (stats === undefined) {
      globs.push(readGlob(arg, cwd));
    } else if (stats.isDirectory() || stats.isFile()) {
      const location = basename(path) === '' ? path : join(realpathSync(dirname(path)), basename(path));
      paths.push({ arg, location, real: realpathSync(path), isFolder: stats.isDirectory() });
    } else {
      throw new UsageError(`${arg} is neither a file nor a folder`);
    }
  }
  return { paths, globs };
}

function readGlob(arg: string, cwd: string): Glob {
  const { base, glob, isGlob } = picomatch.scan(sep === '\\' ? arg.replaceAll('\\', '/') : arg);
  if (!isGlob) throw new UsageError(`${arg} does not exist`);
  const folder = resolve(cwd, base);
  if (statsOf(folder, arg)?.isDirectory() !== true)
    throw new UsageError(`${arg} matches nothing: there is no folder ${base}`);
  return { arg, folder: realpathSync(folder), matches: picomatch(glob, { dot: true }) };
}

/** undefined for what does not exist; a link that leads nowhere is an error of its own. */
function statsOf(path: string, arg: string): Stats | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined && lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
      throw new UsageError(`${arg} is a link to something that does not exist`);
    }
    return stats;
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'ENOTDIR') return undefined;
    throw new UsageError(`${arg} cannot be read: ${error.message}`);
  }
}
