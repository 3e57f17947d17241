import { applyFlat } from '../../src/edits/apply.js';
import type { FlatEdit, Range } from '../../src/edits/edit.js';
import type { Note } from '../../src/findings/finding.js';
import type { LanguageEntry, SourceFile, UnreadEntry } from '../transform.js';
import { programsOfComponent, regionsOfComponent } from './components.js';
import { programsOfDocument } from './documents.js';
import { fencesIn } from './fences.js';
import { programsOfNotebook, regionsOfNotebook } from './notebooks.js';
import type { Program } from './program.js';
import { isCandidate } from './legacy.js';
import { hostRange, putBack, type PlacedPart } from './put-back.js';
import type { Region } from './region.js';
import { settle } from './settle.js';

/** What may be asked while a host is cut. */
export interface Surroundings {
  readonly languages: readonly LanguageEntry[];
  /** How code is told that no transform reads; nothing is said of it where this is empty. */
  readonly unread: readonly UnreadEntry[];
}

/** What a host holds. */
export interface Cut {
  readonly programs: readonly Program[];
  /** About the host: code in it that is not looked at. */
  readonly notes: readonly Note[];
}

/** Cuts files into the programs that they hold, and puts what became of these back. */
export interface Containers {
  /** What of a host may be legacy, and what belongs to that. */
  readonly cut: (host: SourceFile, surroundings: Surroundings) => Promise<Cut>;
  /** All that a component holds, legacy or not. */
  readonly programsOfComponent: (host: SourceFile, surroundings: Surroundings) => Cut;
  /** The edits of a program as they fit its host, still in the program. */
  readonly settle: (program: Program, edits: readonly FlatEdit[]) => readonly FlatEdit[];
  /** Settled edits in the host; undefined where they would not be the same there. */
  readonly putBack: (program: Program, edits: readonly FlatEdit[]) => readonly FlatEdit[] | undefined;
  /** A range of a program in its host. */
  readonly hostRange: (program: Program, range: Range) => Range;
}

export const containers: Containers = {
  cut: async (host, surroundings) => {
    if (isNotebook(host)) return programsOfNotebook(host, surroundings);
    if (isDocument(host)) return programsOfDocument(host, surroundings);
    const { programs, notes } = programsOfComponent(host, surroundings);
    return { programs: programs.some(({ text, language }) => isCandidate(text, language)) ? programs : [], notes };
  },
  programsOfComponent,
  settle,
  putBack: (program, edits) => {
    const placed = putBack(program, edits);
    return placed && isSameInHost(program, placed) ? placed.flatMap(({ edits: own }) => own) : undefined;
  },
  hostRange,
};

/** Whether the host, cut again, holds the edited regions, and all others as they were. */
function isSameInHost({ host }: Program, placed: readonly PlacedPart[]): boolean {
  const changed = new Map(placed.map(({ region, text }) => [region.at(0), text]));
  const text = applyFlat(
    host.text,
    placed.flatMap(({ edits }) => edits),
  );
  const wanted = regionsOf(host).map((region) => changed.get(region.at(0)) ?? region.text);
  return JSON.stringify(regionsOf({ ...host, text }).map((region) => region.text)) === JSON.stringify(wanted);
}

function regionsOf(host: SourceFile): readonly Region[] {
  if (isNotebook(host)) return regionsOfNotebook(host);
  return isDocument(host) ? fencesIn(host.text).map(({ region }) => region) : regionsOfComponent(host);
}

function isNotebook({ path }: SourceFile): boolean {
  return path.endsWith('.ipynb');
}

function isDocument({ path }: SourceFile): boolean {
  return /\.(?:mdx?|markdown)$/.test(path);
}
