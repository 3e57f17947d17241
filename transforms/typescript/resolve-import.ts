import { posix } from 'node:path';
import { parse as parseJsonc } from 'jsonc-parser';
import { STUB_PATH } from './sdk-stub.js';

/** Packages whose every entry point is the SDK's stub. */
const SDK_PACKAGE = /^@anthropic-ai\/(sdk|bedrock-sdk)(\/|$)/;
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'] as const;
/** TypeScript sources are imported by the name of the file that they compile to. */
const COMPILED: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
};

export type Resolver = (specifier: string, fromPath: string) => string | undefined;

/**
 * Where an import leads within the repository: relative paths, index files, tsconfig `paths` and `baseUrl`,
 * workspace packages by the name in their package.json. Undefined for every other package.
 */
export function createResolver(
  candidates: readonly string[],
  exists: (path: string) => boolean,
  read: (path: string) => string | undefined,
): Resolver {
  const aliases = new Map<string, PathAliases | undefined>();
  const workspace = workspacePackages(candidates, read);
  return (specifier, fromPath) => {
    if (SDK_PACKAGE.test(specifier)) return STUB_PATH;
    const folder = posix.dirname(fromPath);
    if (specifier.startsWith('.')) return probe(posix.join(folder, specifier), exists);
    for (const target of aliasTargets(specifier, folder, aliases, read)) {
      const found = probe(target, exists);
      if (found !== undefined) return found;
    }
    return probeWorkspace(specifier, workspace, exists);
  };
}

interface WorkspacePackage {
  readonly folder: string;
  /** Paths that its manifest names as its entry, the source first where it says so. */
  readonly entries: readonly string[];
}

/** The packages that candidates stand in, by the names in their manifests. */
function workspacePackages(
  candidates: readonly string[],
  read: (path: string) => string | undefined,
): ReadonlyMap<string, WorkspacePackage> {
  const packages = new Map<string, WorkspacePackage>();
  const seen = new Set<string>();
  for (const candidate of candidates) {
    for (let folder = posix.dirname(candidate); !seen.has(folder); folder = posix.dirname(folder)) {
      seen.add(folder);
      const text = read(posix.join(folder, 'package.json'));
      const manifest: unknown = text === undefined ? undefined : parseJsonc(text);
      if (!isRecord(manifest) || typeof manifest['name'] !== 'string') continue;
      const entries = ['source', 'types', 'module', 'main']
        .map((key) => manifest[key])
        .filter((entry) => typeof entry === 'string');
      packages.set(manifest['name'], { folder, entries });
    }
  }
  return packages;
}

/** A package of the repository by its name, or a path below it; built output is looked for where its source would be. */
function probeWorkspace(
  specifier: string,
  packages: ReadonlyMap<string, WorkspacePackage>,
  exists: (path: string) => boolean,
): string | undefined {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const found = packages.get(name);
  if (!found) return undefined;
  const rest = specifier.slice(name.length + 1);
  const built = rest === '' ? [...found.entries, 'index', 'src/index'] : [rest, `src/${rest}`];
  for (const path of built) {
    const target = probeBuilt(found.folder, path, exists);
    if (target !== undefined) return target;
  }
  return undefined;
}

function probeBuilt(folder: string, path: string, exists: (path: string) => boolean): string | undefined {
  return probe(posix.join(folder, path), exists) ?? probe(posix.join(folder, sourcePath(path)), exists);
}

/** Where the source of built output would stand. */
function sourcePath(path: string): string {
  return path.replace(/^(\.\/)?(dist|lib|build|out)\//, 'src/');
}

/** The file behind an entry that a package's manifest names: itself, or the source that it is built from. */
export function sourceOf(
  folder: string,
  entry: string,
  read: (path: string) => string | undefined,
): string | undefined {
  const path = entry.replace(/\.d\.([mc]?)ts$/, '.$1js');
  const exists = (candidate: string): boolean => read(candidate) !== undefined;
  return probe(posix.join(folder, sourcePath(path)), exists) ?? probe(posix.join(folder, path), exists);
}

interface PathAliases {
  readonly base: string;
  readonly hasBaseUrl: boolean;
  readonly paths: ReadonlyMap<string, readonly string[]>;
}

function* aliasTargets(
  specifier: string,
  folder: string,
  cache: Map<string, PathAliases | undefined>,
  read: (path: string) => string | undefined,
): Generator<string> {
  for (let at = folder; ; at = posix.dirname(at)) {
    if (!cache.has(at)) cache.set(at, readAliases(at, read));
    const config = cache.get(at);
    if (config) {
      for (const [pattern, targets] of config.paths) {
        const rest = matchPattern(pattern, specifier);
        if (rest === undefined) continue;
        for (const target of targets) yield posix.join(config.base, target.replace('*', rest));
      }
      if (config.hasBaseUrl) yield posix.join(config.base, specifier);
      return;
    }
    if (at === '.' || at === '/') return;
  }
}

function matchPattern(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === specifier ? '' : undefined;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const fits = specifier.length >= head.length + tail.length && specifier.startsWith(head) && specifier.endsWith(tail);
  return fits ? specifier.slice(head.length, specifier.length - tail.length) : undefined;
}

function readAliases(folder: string, read: (path: string) => string | undefined): PathAliases | undefined {
  for (const name of ['tsconfig.json', 'jsconfig.json']) {
    const text = read(posix.join(folder, name));
    if (text === undefined) continue;
    const config: unknown = parseJsonc(text, [], { allowTrailingComma: true });
    const options = isRecord(config) && isRecord(config['compilerOptions']) ? config['compilerOptions'] : {};
    const baseUrl = typeof options['baseUrl'] === 'string' ? options['baseUrl'] : undefined;
    const paths = isRecord(options['paths']) ? options['paths'] : {};
    return {
      base: posix.join(folder, baseUrl ?? '.'),
      hasBaseUrl: baseUrl !== undefined,
      paths: new Map(
        Object.entries(paths).map(([key, value]) => [
          key,
          Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [],
        ]),
      ),
    };
  }
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function probe(base: string, exists: (path: string) => boolean): string | undefined {
  const path = posix.normalize(base);
  if (path.startsWith('..')) return undefined;
  const ending = posix.extname(path);
  const stem = path.slice(0, path.length - ending.length);
  const compiled = (COMPILED[ending] ?? []).map((extension) => stem + extension);
  const written = EXTENSIONS.some((extension) => extension === ending) ? [path] : [];
  const spelled = EXTENSIONS.map((extension) => path + extension);
  const index = EXTENSIONS.map((extension) => posix.join(path, `index${extension}`));
  return [...compiled, ...written, ...spelled, ...index].find(exists);
}
