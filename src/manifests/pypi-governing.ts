import { ancestors } from './ancestors.js';
import { setupCfg, requirementsFile, setupPy, type Include, type PythonManifest } from './python-lines.js';
import type { PythonDeclaration } from './python-requirement.js';
import { condaEnvironment, pipfile, pyproject } from './python-tables.js';
import type { ManifestFiles } from './plan.js';
import { tomlLeaves } from './toml-leaves.js';
import { yamlLeaves } from './yaml-leaves.js';

/** A declaration that decides which SDK a source file gets, and the manifest that holds it. */
export interface PythonGoverning {
  readonly path: string;
  readonly declaration: PythonDeclaration;
}

/** What decides about the SDK of one Python file. */
export interface PythonGovernedBy {
  /** What the manifests of the nearest folder that depends on the SDK say. */
  readonly own: readonly PythonGoverning[];
  /** What bounds them: files of constraints, and those of uv. */
  readonly constraints: readonly PythonGoverning[];
  /** What stands in files that a tool made from the manifests. */
  readonly compiled: readonly (PythonGoverning & { readonly by: string })[];
  /** Manifests above the file that do not parse, with the offset where they stop making sense. */
  readonly broken: ReadonlyMap<string, number>;
}

const REQUIREMENTS = /(?:^|\/)(?:[\w.-]*requirements[\w.-]*|requirements\/[\w.-]+)\.(?:txt|in|pip)$/;
const CONSTRAINTS = /(?:^|\/)[\w.-]*constraints?[\w.-]*\.(?:txt|in|pip)$/;
const CONDA = /(?:^|\/)(?:conda[-_])?env(?:ironment)?[\w.-]*\.ya?ml$/;
const NAMED = /(?:^|\/)(?:pyproject\.toml|setup\.cfg|setup\.py|Pipfile)$/;

/** Whether a path is a manifest of Python. */
export function isPythonManifest(path: string): boolean {
  return [REQUIREMENTS, CONSTRAINTS, CONDA, NAMED].some((names) => names.test(path));
}

/** Gives what governs a Python file. Reads each manifest once, and only when a file below it is asked for. */
export function pythonManifests(files: ManifestFiles): (source: string) => PythonGovernedBy {
  const parsed = new Map<string, PythonManifest | number | undefined>();
  const inFolder = new Map<string, PythonGovernedBy>();
  const byFolder = new Map<string, PythonGovernedBy>();

  function parse(path: string, role: Include['role']): PythonManifest | number | undefined {
    const key = `${role} ${path}`;
    if (!parsed.has(key)) {
      const text = files.read(path);
      parsed.set(key, text === undefined ? undefined : parseText(text, path, role));
    }
    return parsed.get(key);
  }

  /** What the manifests of one folder say, and those that they take in from wherever they are. */
  function declaredIn(folder: string): PythonGovernedBy {
    const known = inFolder.get(folder);
    if (known !== undefined) return known;
    const roles = new Map(
      files.manifests.filter((path) => standsFor(path) === folder).map((path) => [path, roleOf(path)]),
    );
    const found: PythonGoverning[] = [];
    const compiled: (PythonGoverning & { readonly by: string })[] = [];
    const broken = new Map<string, number>();
    // Files that are taken in are added at the end while the loop runs.
    for (const [path, role] of roles) {
      const manifest = parse(path, role);
      if (typeof manifest === 'number') broken.set(path, manifest);
      if (manifest === undefined || typeof manifest === 'number') continue;
      const { declarations, includes, compiledBy } = manifest;
      for (const declaration of declarations) {
        if (compiledBy === null) found.push({ path, declaration });
        else compiled.push({ path, declaration, by: compiledBy });
      }
      for (const include of includes) if (!roles.has(include.path)) roles.set(include.path, include.role);
    }
    const isConstraint = ({ declaration }: PythonGoverning): boolean => declaration.role === 'constraint';
    const result = {
      own: found.filter((one) => !isConstraint(one)),
      constraints: found.filter(isConstraint),
      compiled,
      broken,
    };
    inFolder.set(folder, result);
    return result;
  }

  function governedBy(source: string): PythonGovernedBy {
    const above = ancestors(source).map(declaredIn);
    const broken = new Map(above.flatMap((folder) => [...folder.broken]));
    const nearest = above.findIndex(({ own, compiled }) => own.length > 0 || compiled.length > 0);
    if (nearest === -1) return { own: [], constraints: [], compiled: [], broken };
    return {
      ...(above[nearest] as PythonGovernedBy),
      constraints: above.slice(nearest).flatMap(({ constraints }) => constraints),
      broken,
    };
  }

  return (source) => {
    const folder = ancestors(source)[0] as string;
    const found = byFolder.get(folder) ?? governedBy(source);
    byFolder.set(folder, found);
    return found;
  };
}

function roleOf(path: string): Include['role'] {
  return CONSTRAINTS.test(path) ? 'constraint' : 'requirement';
}

/** The folder that a manifest speaks for: its own, but for a folder of requirements the one that holds it. */
function standsFor(path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return folder.replace(/(^|\/)requirements\/$/, '$1');
}

function parseText(text: string, path: string, role: Include['role']): PythonManifest | number {
  if (path.endsWith('.toml') || path.endsWith('Pipfile')) {
    const result = tomlLeaves(text);
    if ('brokenAt' in result) return result.brokenAt;
    return path.endsWith('.toml') ? pyproject(result.leaves, text) : pipfile(result.leaves);
  }
  if (CONDA.test(path)) {
    const result = yamlLeaves(text, 'with lists');
    return 'brokenAt' in result ? result.brokenAt : condaEnvironment(result.leaves, text);
  }
  if (path.endsWith('.cfg')) return setupCfg(text);
  return path.endsWith('.py') ? setupPy(text) : requirementsFile(text, path, role);
}
