import type { LeftToPerson } from '../left-to-person.js';
import type { Site } from '../locate.js';
import type { Node } from '../node.js';
import type { Pieces } from '../print-expression.js';
import type { AnswerKind } from './kind.js';
import type { FieldRead, StreamLoop } from './reads.js';
import type { AnswerPaths } from './returned.js';

/** How the answer of a site moves. */
export interface AnswerPlan {
  readonly kind: AnswerKind;
  /** What tells a stream from a message when the program runs, of an answer that may be either. */
  readonly streamTest: Pieces | undefined;
  /** The expressions that are the answer; a helper goes around each where it is wrapped. */
  readonly answers: readonly Node[];
  /** Names and functions that hold or hand on the answer: answers that share one are read by the same code. */
  readonly keys: ReadonlySet<unknown>;
  /** Whether a helper gives the answer its old form, because what happens to it is not seen or needs that form. */
  readonly isWrapped: boolean;
  /** Why it is, as a clause for a person. */
  readonly why: string | undefined;
  readonly reads: readonly FieldRead[];
  readonly loops: readonly StreamLoop[];
  /** Where all of an answer is printed or logged. */
  readonly shown: readonly Node[];
  readonly problem: LeftToPerson | undefined;
}

/** What is known of an answer while its readers are followed. */
export interface Reading {
  readonly kind: AnswerKind;
  /** Whether every event of the stream holds all of the text so far. */
  readonly isCumulative: boolean;
  readonly site: Site;
  readonly paths: AnswerPaths;
  readonly reads: FieldRead[];
  readonly loops: StreamLoop[];
  readonly shown: Node[];
  readonly seen: Set<unknown>;
  /** Where the stream is used in a way that a generator of chunks has not: it is entered, closed, or asked for its response. */
  readonly connections: Node[];
  why: string | undefined;
  problem: LeftToPerson | undefined;
}

export function leave(reading: Reading, why: string): void {
  reading.why ??= why;
}

export function problem(reading: Reading, node: Node, message: string): void {
  reading.problem ??= { code: 'CTM315', node, message };
}

export function readIn({ paths, site }: Reading, name: string, node: Node, object: Node): FieldRead {
  return { field: name, node, object, unit: paths.origins.unitOf(node) ?? site.unit };
}
