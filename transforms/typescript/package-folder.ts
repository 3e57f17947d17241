import { posix } from 'node:path';
import type { Project } from '../transform.js';

/** The folder of the package that a file belongs to: that of the nearest package.json above it, or the root. */
export function packageFolder(path: string, { read }: Pick<Project, 'read'>): string {
  let folder = posix.dirname(path);
  while (folder !== '.' && read(posix.join(folder, 'package.json')) === undefined) folder = posix.dirname(folder);
  return folder;
}
