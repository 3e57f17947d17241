import type { Dialect } from '../api/python-specifiers.js';
import type { Leaf } from './leaf.js';
import type { PythonManifest } from './python-lines.js';
import { isSdk, requirementIn, type PythonDeclaration } from './python-requirement.js';

/** Lists of requirements in pyproject.toml: PEP 621, PEP 735, uv, PDM and Hatch. A number is the place in a list. */
const LISTS =
  /^(?:project\0dependencies|project\0optional-dependencies\0[^\0]+|dependency-groups\0[^\0]+|tool\0uv\0dev-dependencies|tool\0pdm\0dev-dependencies\0[^\0]+|tool\0hatch\0envs\0[^\0]+\0(?:extra-)?dependencies)\0\d+$/;
const CONSTRAINTS = /^tool\0uv\0(?:constraint|override)-dependencies\0\d+$/;
/** Tables of Poetry whose keys are packages. */
const POETRY = /^tool\0poetry\0(?:(?:dev-)?dependencies|group\0[^\0]+\0dependencies)\0([^\0]+)((?:\0.+)?)$/s;
const UV_SOURCE = /^tool\0uv\0sources\0([^\0]+)\0(?:git|path|url|workspace)$/;
/** Tables of a Pipfile whose keys are no packages. */
const PIPFILE_OWN: ReadonlySet<string> = new Set(['source', 'requires', 'scripts', 'pipenv']);
/** Where in the table of a package its version stands; a list of such tables is possible. */
const VERSION = /^(?:\0\d+)?(?:\0version)?$/;
const ADDRESS = /^(?:\0\d+)?\0(?:git|path|url|file|workspace)$/;

/** pyproject.toml of PEP 621, Poetry, uv, PDM and Hatch. */
export function pyproject(leaves: readonly Leaf[], text: string): PythonManifest {
  const declarations = leaves.flatMap((leaf): readonly PythonDeclaration[] => {
    const path = leaf.keys.join('\0');
    const [, name = '', rest = ''] = POETRY.exec(path) ?? [];
    if (isSdk(name)) return inTable(leaf, rest, 'poetry');
    if (isSdk(UV_SOURCE.exec(path)?.[1] ?? '')) return [elsewhere(leaf)];
    if (LISTS.test(path)) return [requirementIn(leaf, text) ?? []].flat();
    return CONSTRAINTS.test(path) ? [requirementIn(leaf, text, 'constraint') ?? []].flat() : [];
  });
  return manifestOf(declarations);
}

/** Pipfile. */
export function pipfile(leaves: readonly Leaf[]): PythonManifest {
  return manifestOf(
    leaves.flatMap((leaf) => {
      const [table = '', name = '', ...rest] = leaf.keys;
      return !PIPFILE_OWN.has(table) && isSdk(name)
        ? inTable(leaf, rest.map((key) => `\0${key}`).join(''), 'pep440')
        : [];
    }),
  );
}

/** environment.yml of conda: its own packages, and the list for pip in it. */
export function condaEnvironment(leaves: readonly Leaf[], text: string): PythonManifest {
  return manifestOf(
    leaves.flatMap((leaf): readonly PythonDeclaration[] => {
      const path = leaf.keys.join('\0');
      if (/^dependencies\0\d+\0pip\0\d+$/.test(path)) return [requirementIn(leaf, text) ?? []].flat();
      const [, before = '', name = '', version = ''] = /^((?:[\w-]+::)?([\w.-]+)\s*)(.*)$/.exec(leaf.value) ?? [];
      if (!/^dependencies\0\d+$/.test(path) || !isSdk(name)) return [];
      return [{ ...declarationOf(leaf, 'conda'), version, print: (raised) => leaf.print(`${before}${raised}`) }];
    }),
  );
}

function inTable(leaf: Leaf, rest: string, dialect: Dialect): readonly PythonDeclaration[] {
  if (VERSION.test(rest)) return [declarationOf(leaf, dialect)];
  return ADDRESS.test(rest) ? [elsewhere(leaf)] : [];
}

function declarationOf({ value, range, print }: Leaf, dialect: Dialect): PythonDeclaration {
  return { version: value, dialect, range, print, role: 'requirement', hashed: false };
}

function elsewhere(leaf: Leaf): PythonDeclaration {
  return { ...declarationOf(leaf, 'pep440'), version: `@ ${leaf.value}` };
}

function manifestOf(declarations: readonly PythonDeclaration[]): PythonManifest {
  return { declarations, includes: [], compiledBy: null };
}
