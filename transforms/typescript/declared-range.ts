import { posix } from 'node:path';
import { parse } from 'jsonc-parser';
import type { Project } from '../transform.js';
import { packageFolder } from './package-folder.js';

/** The version range that the nearest package.json declares for a package; undefined where it declares none. */
export function declaredRange(path: string, name: string, project: Pick<Project, 'read'>): string | undefined {
  const manifest: unknown = parse(project.read(posix.join(packageFolder(path, project), 'package.json')) ?? '');
  for (const key of ['dependencies', 'devDependencies', 'peerDependencies']) {
    const range = member(member(manifest, key), name);
    if (typeof range === 'string') return range;
  }
  return undefined;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
