import { posix } from 'node:path';

/**
 * Whether programs outside of the repository may import a module: it belongs to a package, or stands in a `src`, below a
 * manifest that builds a distribution; or a manifest beside it hands out single modules.
 */
export function isPublished(path: string, read: (path: string) => string | undefined): boolean {
  const folder = posix.dirname(path);
  const isInPackage = read(posix.join(folder, '__init__.py')) !== undefined || /(^|\/)src(\/|$)/.test(folder);
  if (!isInPackage)
    return /\bpy[_-]modules\b/.test(
      ['setup.py', 'setup.cfg', 'pyproject.toml'].map((name) => read(posix.join(folder, name)) ?? '').join('\n'),
    );
  for (let at = folder; ; at = posix.dirname(at)) {
    if (read(posix.join(at, 'setup.py')) !== undefined) return true;
    if (/^\[metadata\]/m.test(read(posix.join(at, 'setup.cfg')) ?? '')) return true;
    const manifest = read(posix.join(at, 'pyproject.toml')) ?? '';
    const isBuilt =
      /^\[build-system\]/m.test(manifest) && !/^package-mode\s*=\s*false|Private :: Do Not Upload/m.test(manifest);
    if (isBuilt) return true;
    if (at === '.' || at === '/') return false;
  }
}
