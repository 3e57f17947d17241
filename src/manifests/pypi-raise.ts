import type { DeclaredPythonSdk } from '../api/python-range.js';
import { PYTHON_SDK } from '../api/sdk.js';
import type { Edit } from '../edits/edit.js';
import type { Note } from '../findings/finding.js';
import { lockAdvice, PYTHON_LOCK_FILES } from './lock-files.js';
import { brokenNote, raisedNote, stuckNote, unstatedNote } from './notes.js';
import type { PythonGovernedBy, PythonGoverning } from './pypi-governing.js';

/** What an SDK declaration means under constraints. */
export type ReadPython = (one: PythonGoverning, constraints: readonly PythonGoverning[]) => DeclaredPythonSdk;

/** What is raised so far; a declaration that governs several files is raised once. */
export interface PythonRaising {
  readonly edits: Map<string, readonly Edit[]>;
  /** By place, so that nothing is said twice. */
  readonly notes: Map<string, Note>;
}

/** How each tool that writes requirements is asked for newer ones. */
const COMMANDS: Readonly<Record<string, string>> = {
  'pip-compile': 'pip-compile --upgrade-package anthropic',
  uv: 'uv pip compile --upgrade-package anthropic',
};

/** Raises what governs one file. `paths` is what exists of the repository. */
export function raisePython(
  governed: PythonGovernedBy,
  read: ReadPython,
  paths: ReadonlySet<string>,
  raising: PythonRaising,
): void {
  const { own, constraints, compiled, broken } = governed;
  for (const [path, at] of broken) raising.notes.set(path, brokenNote(path, at));
  const [made] = compiled;
  const advice = (manifest: string): string =>
    made === undefined
      ? lockAdvice(manifest, paths, PYTHON_LOCK_FILES)
      : `${made.path} is stale until ${commandOf(made.by)} has run.`;
  const raised = own.flatMap((one) => {
    const declared = read(one, constraints);
    if (declared.kind === 'elsewhere')
      sayOnce(one, raising, unstatedNote(placeOf(one), PYTHON_SDK, one.declaration.version.replace(/^@\s*/, '')));
    return [
      { one, to: declared.raised },
      ...constraints.map((constraint, at) => ({ one: constraint, to: declared.constraints[at] ?? null })),
    ];
  });
  const tooLow = raised.flatMap(({ one, to }) => (to === null ? [] : [{ one, to }]));
  for (const { one, to } of tooLow) raiseOne(one, to, advice(one.path), raising);
  // What is made from the manifests follows them; where they let every version in, only this file says which it is.
  if (tooLow.length > 0) return;
  for (const one of compiled) {
    if (read(one, []).raised === null) continue;
    sayOnce(
      one,
      raising,
      stuckNote(placeOf(one), PYTHON_SDK, one.declaration.version, `This file is made: run ${commandOf(one.by)}.`),
    );
  }
}

function raiseOne(one: PythonGoverning, to: string, advice: string, raising: PythonRaising): void {
  const { version, range, hashed, print } = one.declaration;
  if (hashed) {
    const remedy = `Its hashes belong to that version: write ${to} with the hashes of the new one.`;
    sayOnce(one, raising, stuckNote(placeOf(one), PYTHON_SDK, version, remedy));
  } else if (sayOnce(one, raising, raisedNote(placeOf(one), PYTHON_SDK, { from: version, to }, advice))) {
    raising.edits.set(one.path, [...(raising.edits.get(one.path) ?? []), { range, pieces: [print(to)] }]);
  }
}

/** Whether nothing was said of this declaration yet. */
function sayOnce({ path, declaration }: PythonGoverning, { notes }: PythonRaising, note: Note): boolean {
  const place = `${path}:${declaration.range.start}`;
  if (notes.has(place)) return false;
  notes.set(place, note);
  return true;
}

function placeOf({ path, declaration }: PythonGoverning): Pick<Note, 'path' | 'range'> {
  return { path, range: declaration.range };
}

function commandOf(tool: string): string {
  return COMMANDS[tool] ?? tool;
}
