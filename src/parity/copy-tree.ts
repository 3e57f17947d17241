import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { isInside } from '../discover/paths.js';

/** The repository's own data, which a run does not need and which can be larger than everything else. */
const LEFT_OUT: ReadonlySet<string> = new Set(['.git']);

/**
 * Copies a folder with installed packages and ignored files, as a command needs them all, but without git's data.
 * Links within the tree lead to the same place in the copy; links out of it to where they led. Sockets and pipes stay behind.
 * @param to must not exist yet
 * @throws what the file system throws
 */
export async function copyTree(from: string, to: string): Promise<void> {
  await copyFolder(from, { from, to });
}

interface Trees {
  readonly from: string;
  readonly to: string;
}

async function copyFolder(folder: string, trees: Trees): Promise<void> {
  const copy = inCopy(folder, trees);
  await mkdir(copy);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (folder === trees.from && LEFT_OUT.has(entry.name)) continue;
    if (entry.isDirectory()) await copyFolder(path, trees);
    else if (entry.isSymbolicLink()) await copyLink(path, trees);
    else if (entry.isFile()) await copyFile(path, join(copy, entry.name), constants.COPYFILE_FICLONE);
  }
}

async function copyLink(path: string, trees: Trees): Promise<void> {
  const written = await readlink(path);
  const target = resolve(join(path, '..'), written);
  const inside = isInside(trees.from, target);
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  const kept = inside && !isAbsolute(written) ? written : inside ? inCopy(target, trees) : target;
  await symlink(kept, inCopy(path, trees), isFolder ? 'junction' : 'file');
}

function inCopy(path: string, { from, to }: Trees): string {
  return join(to, relative(from, path));
}
