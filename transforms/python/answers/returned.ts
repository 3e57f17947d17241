import type { Project } from '../../transform.js';
import { callIn, type Callers } from '../flow/callers.js';
import { descendants, enclosingFunction, field, namedChildren, unwrap, type Node } from '../node.js';
import type { Origins, Placed } from '../origin.js';
import type { Unit } from '../unit.js';
import { runOf } from './threads.js';

/** How an answer can be followed through the program. */
export interface AnswerPaths {
  readonly origins: Origins;
  readonly callers: Callers;
  /** What the SDK of a file is. */
  readonly sdkFor: Project['sdkFor'];
  /** Whether an expression is the answer of a site. */
  readonly isAnswer: (node: Node) => boolean;
}

const DEPTH = 5;

/** Whether every value that an expression can have is an answer: of a site, or of a function that returns nothing else. */
export function isAnswerValue(node: Node, unit: Unit, paths: AnswerPaths, depth = DEPTH): boolean {
  const at = unwrap(node);
  if (paths.isAnswer(at)) return true;
  if (depth === 0) return false;
  if (at.type === 'await')
    return namedChildren(at).some((inner) => unwrap(inner).type === 'call' && isAnswerValue(inner, unit, paths, depth));
  if (at.type === 'call') {
    const fn = paths.callers.callee(at, unit);
    return fn !== undefined && returnsAnswers(fn, paths, depth - 1);
  }
  const definitions = at.type === 'identifier' ? (unit.scopes.bindingOf(at)?.definitions ?? []) : [];
  const isGiven = definitions.some(({ value }) => value !== undefined && value.type !== 'none');
  return (
    isGiven &&
    definitions.every(
      ({ kind, value }) =>
        kind === 'assignment' &&
        value !== undefined &&
        (value.type === 'none' || isAnswerValue(value, unit, paths, depth - 1)),
    )
  );
}

function returnsAnswers({ node: fn, unit }: Placed, paths: AnswerPaths, depth: number): boolean {
  const values = returnsIn(fn);
  if (!values || depth === 0) return false;
  const given = values.filter((value) => value.type !== 'none');
  return given.length > 0 && given.every((value) => isAnswerValue(value, unit, paths, depth));
}

/** The values that a function returns, without those of functions inside it; undefined for a generator. */
export function returnsIn(fn: Node): readonly Node[] | undefined {
  const isOwn = (node: Node): boolean => enclosingFunction(node) === fn;
  const body = field(fn, 'body');
  if (!body || fn.type !== 'function_definition' || descendants(body, 'yield').some(isOwn)) return undefined;
  return descendants(body, 'return_statement')
    .filter(isOwn)
    .flatMap((statement) => namedChildren(statement));
}

/** The calls of the function that a statement returns from, where all are seen, and it returns answers only. */
export function callsOfReturn(
  statement: Node,
  paths: AnswerPaths,
): { readonly fn: Node; readonly calls: readonly Node[] } | undefined {
  const fn = enclosingFunction(statement);
  const unit = fn && paths.origins.unitOf(fn);
  if (!fn || !unit || !returnsAnswers({ node: fn, unit }, paths, DEPTH)) return undefined;
  const { uses, isClosed } = paths.callers.of({ node: fn, unit });
  const calls = uses.map(({ node, unit: holder }) => {
    const call = callIn(node);
    return call ? [call] : runOf(node, holder)?.answers;
  });
  const seen = calls.filter((each) => each !== undefined);
  return isClosed && seen.length === calls.length ? { fn, calls: seen.flat() } : undefined;
}
