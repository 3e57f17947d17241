import type { LanguageEntry, SourceFile } from '../transforms/transform.js';
import { skipNote } from './discover/candidate.js';
import { applyFlat } from './edits/apply.js';
import { EditConflict } from './edits/conflict.js';
import type { Edit, FlatEdit } from './edits/edit.js';
import { flatten } from './edits/render.js';
import type { Note } from './findings/finding.js';
import type { TextFile } from './project-files.js';

/** One file as it is to be. */
export interface FileChange {
  readonly path: string;
  /** null for a file that is created. */
  readonly before: string | null;
  readonly after: string;
  /** Whether the file begins with a byte order mark, which neither text holds. */
  readonly bom: boolean;
  /** From `before` to `after`; empty for a file that is created. */
  readonly edits: readonly FlatEdit[];
}

export interface Verified {
  /** Sorted by path; only files whose text changes. */
  readonly changes: readonly FileChange[];
  /** Paths of the files whose edits were thrown away. */
  readonly rejected: ReadonlySet<string>;
  readonly notes: readonly Note[];
}

/** Carries edits out in memory and rejects every file whose new text would not parse. */
export async function verify(
  edits: ReadonlyMap<string, readonly Edit[]>,
  created: readonly SourceFile[],
  load: (path: string) => TextFile | undefined,
  languages: readonly LanguageEntry[],
): Promise<Verified> {
  const changes: FileChange[] = [];
  const notes: Note[] = [];
  const planned = [...[...edits].map(([path, own]) => editFile(path, own, load(path))), ...created.map((file) => createFile(file, load(file.path)))];
  for (const change of planned) {
    if ('problem' in change) notes.push(rejection(change.path, change.problem));
    else if (!(await parses(change, languages))) notes.push(rejection(change.path, 'the edited text would not parse'));
    else if (change.before !== change.after) changes.push(change);
  }
  changes.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { changes, notes, rejected: new Set(notes.map((note) => note.path)) };
}

interface Problem {
  readonly path: string;
  readonly problem: string;
}

function editFile(path: string, edits: readonly Edit[], file: TextFile | undefined): FileChange | Problem {
  if (file === undefined) return { path, problem: 'the file cannot be read' };
  try {
    const flat = flatten(file.text, edits);
    return { path, before: file.text, after: applyFlat(file.text, flat), bom: file.bom, edits: flat };
  } catch (error) {
    if (error instanceof EditConflict) return { path, problem: `its edits contradict each other at ${error.message}` };
    throw error;
  }
}

function createFile({ path, text }: SourceFile, existing: TextFile | undefined): FileChange | Problem {
  if (existing !== undefined && existing.text !== text) return { path, problem: 'a file of this name exists' };
  return { path, before: existing?.text ?? null, after: text, bom: existing?.bom ?? false, edits: [] };
}

async function parses({ path, after }: FileChange, languages: readonly LanguageEntry[]): Promise<boolean> {
  const language = languages.find(({ extensions }) => extensions.some((extension) => path.endsWith(extension)));
  if (language === undefined) return true;
  return (await language.load()).parses({ path, text: after });
}

function rejection(path: string, problem: string): Note {
  return skipNote('CTM905', path, `Left untouched: ${problem}; please report this as a bug`);
}
