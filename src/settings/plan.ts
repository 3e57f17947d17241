import { posix } from 'node:path';
import { chooseModel, type ModelNeeds, type ModelOptions } from '../api/choose-model.js';
import { isLegacyId } from '../api/models.js';
import type { Edit } from '../edits/edit.js';
import type { Note } from '../findings/finding.js';
import type { Leaf, Leaves } from '../manifests/leaf.js';
import { envLeaves } from './env-leaves.js';

export interface Settings {
  /** Paths among which the files with settings are. */
  readonly paths: readonly string[];
  readonly read: (path: string) => string | undefined;
  /** Environment variables that choose the model of calls which moved, and what these calls need of it. */
  readonly fed: ReadonlyMap<string, ModelNeeds>;
  readonly models: ModelOptions;
}

export interface SettingsPlan {
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly notes: readonly Note[];
}

const NAMES = /(?:^|\/)\.env(?:\.[\w.-]+)?$|\.(?:json|jsonc|ya?ml)$/;
/** What tools write or read for themselves. */
const NO_SETTINGS =
  /(?:^|\/)(?:package(?:-lock)?|npm-shrinkwrap|composer|[jt]sconfig[\w.-]*)\.json$|(?:^|\/)pnpm-lock\.yaml$/;
const LARGEST = 100_000;

/**
 * Model ids in the program's settings, such as `.env.example`, JSON and YAML: replaced where a variable of the
 * environment is seen to feed a call that moved, told with the path of their keys where they only might.
 */
export async function planSettings({ paths, read, fed, models }: Settings): Promise<SettingsPlan> {
  const edits = new Map<string, readonly Edit[]>();
  const notes: Note[] = [];
  for (const path of paths) {
    if (!NAMES.test(path) || NO_SETTINGS.test(path)) continue;
    const text = read(path);
    if (text === undefined || text.length > LARGEST || !text.includes('claude-')) continue;
    for (const leaf of await leavesOf(path, text)) {
      if (!isLegacyId(leaf.value)) continue;
      // A deployment names the variable as the program does.
      const needs = fed.get(leaf.keys.at(-1) ?? '');
      const choice = needs && chooseModel(leaf.value, needs, models);
      if (choice?.kind === 'replaced') {
        edits.set(path, [...(edits.get(path) ?? []), { range: leaf.range, pieces: [choice.model] }]);
        notes.push({ code: 'CTM104', path, range: leaf.range, message: choice.reason });
      } else if (choice?.kind !== 'kept') notes.push(mayFeed(path, leaf));
    }
  }
  return { edits, notes };
}

function mayFeed(path: string, { keys, value, range }: Leaf): Note {
  const message = `${keys.join('.')} is ${value}, which answers 404 now; it may feed a call.`;
  return { code: 'CTM318', path, range, message };
}

function isEnvironment(path: string): boolean {
  return posix.basename(path).startsWith('.env');
}

/** The values of a file; none where it does not parse, which is no business of this tool. */
async function leavesOf(path: string, text: string): Promise<readonly Leaf[]> {
  if (isEnvironment(path)) return envLeaves(text);
  const found: Leaves = /\.jsonc?$/.test(path)
    ? (await import('../manifests/json-leaves.js')).jsonLeaves(text)
    : (await import('../manifests/yaml-leaves.js')).yamlLeaves(text);
  return 'leaves' in found ? found.leaves : [];
}
