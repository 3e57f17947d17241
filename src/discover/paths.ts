import { isAbsolute, relative, sep } from 'node:path';

/** Whether an absolute path is a folder or in it. */
export function isInside(folder: string, path: string): boolean {
  const step = relative(folder, path);
  return step !== '..' && !step.startsWith(`..${sep}`) && !isAbsolute(step);
}

/** A path of this system with forward slashes. */
export function slashed(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}

/** An absolute path relative to a folder, with forward slashes; empty for the folder itself. */
export function pathFrom(folder: string, path: string): string {
  return slashed(relative(folder, path));
}

/** Whether a path goes through a folder of installed packages, which nothing here ever reads. */
export function isInstalled(path: string): boolean {
  return /(?:^|\/)node_modules(?:\/|$)/.test(path);
}
