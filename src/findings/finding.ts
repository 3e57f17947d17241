import type { FlatEdit, Range } from '../edits/edit.js';
import type { Code } from './catalogue.js';

/** What a transform says about one place: a code of the catalogue, a range and a sentence for a person. */
export interface Note {
  readonly code: Code;
  /** Path relative to the project root, with forward slashes. */
  readonly path: string;
  readonly range: Range;
  /** One sentence, without the code and without the location: reports print both beside it. */
  readonly message: string;
}

/** A position as people and editors count it: both from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A note with everything that a printer needs. The one list of these is what every report prints. */
export interface Finding extends Note {
  readonly severity: Severity;
  readonly start: Position;
  readonly end: Position;
  /** The edits that belong to this finding; empty where nothing is changed. */
  readonly edits: readonly FlatEdit[];
}

/** exact: same behaviour; adjusted: a named difference; manual: left to a person; skipped: file not looked at. */
export type Severity = 'exact' | 'adjusted' | 'manual' | 'skipped';
