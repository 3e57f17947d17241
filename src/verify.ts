import type { LanguageEntry, SourceFile } from '../transforms/transform.js';
import type { Hosting } from './containers.js';
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

export interface Verification {
  /** By path, of files and of programs in containers. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly created: readonly SourceFile[];
  readonly load: (path: string) => TextFile | undefined;
  readonly languages: readonly LanguageEntry[];
  readonly hosting: Pick<Hosting, 'programAt' | 'isHost' | 'place'>;
}

/** Carries edits out in memory and rejects every file, and every program in one, whose new text would not parse. */
export async function verify({ edits, created, load, languages, hosting }: Verification): Promise<Verified> {
  const changes: FileChange[] = [];
  const inHosts = new Map<string, FlatEdit[]>();
  const notes: Note[] = [];
  const planned = [
    ...[...edits].map(([path, own]) => editFile(path, own, load(path), hosting)),
    ...created.map((file) => createFile(file, load(file.path))),
  ];
  for (const change of planned) {
    if ('problem' in change) notes.push(rejection(change.path, change.problem));
    else if (!(await parses(change, languages))) notes.push(rejection(change.path, 'the edited text would not parse'));
    else if (change.host !== undefined)
      inHosts.set(change.host.path, [...(inHosts.get(change.host.path) ?? []), ...change.host.edits]);
    else if (hosting.isHost(change.path))
      inHosts.set(change.path, [...(inHosts.get(change.path) ?? []), ...change.edits]);
    else if (change.before !== change.after) changes.push(change);
  }
  for (const [path, own] of inHosts) {
    const file = load(path);
    if (file && own.length > 0)
      changes.push(
        changed(
          path,
          own.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end),
          file,
        ),
      );
  }
  changes.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { changes, notes, rejected: new Set(notes.map((note) => note.path)) };
}

interface Problem {
  readonly path: string;
  readonly problem: string;
}

/** A change of a file, or of a program in one. */
interface Planned extends FileChange {
  readonly host?: { readonly path: string; readonly edits: readonly FlatEdit[] };
}

function editFile(
  path: string,
  edits: readonly Edit[],
  file: TextFile | undefined,
  { programAt, place }: Verification['hosting'],
): Planned | Problem {
  if (file === undefined) return { path, problem: 'the file cannot be read' };
  try {
    const flat = flatten(file.text, edits);
    const program = programAt(path);
    if (!program) return changed(path, flat, file);
    const placed = place(program, flat);
    if (!placed) return { path, problem: 'its edits do not fit the file that the code stands in' };
    return { ...changed(path, placed.settled, file), host: { path: program.host.path, edits: placed.inHost } };
  } catch (error) {
    if (error instanceof EditConflict) return { path, problem: `its edits contradict each other at ${error.message}` };
    throw error;
  }
}

function changed(path: string, edits: readonly FlatEdit[], { text, bom }: TextFile): FileChange {
  return { path, before: text, after: applyFlat(text, edits), bom, edits };
}

function createFile({ path, text }: SourceFile, existing: TextFile | undefined): Planned | Problem {
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
