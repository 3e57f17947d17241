import { ts } from '../ts.js';
import type { HelperName } from '../../helpers/typescript/names.js';
import type { Pieces } from '../print.js';
import { enclosingFunction } from '../syntax.js';
import type { Unit } from '../unit.js';
import type { Answer } from './answer-type.js';
import { needsParentheses } from './precedence.js';
import type { Change } from './result-use.js';
import { hasCommentIn, innerRange, labelOf } from './text.js';
import type { World } from './world.js';

/** Turns a message, a stream of events, or a promise of one, into the legacy shape where it stands. */
export function turn(node: ts.Expression, mayBeError: boolean, unit: Unit, world: World): Change {
  const answer = world.answerOf(node);
  const helper = helperFor(answer?.kind, mayBeError);
  const name = world.nameOf(unit, helper);
  const helpers = [helper] as const;
  const outer = outermost(node, unit);
  const range = unit.range(outer);
  const inner = innerRange(node, unit);
  const label = labelOf(node);
  if (answer?.wrapper === 'promise') {
    const isPlain = !answer.isNullable && !answer.givesNothing;
    if (isPlain && ts.isAwaitExpression(node.parent)) {
      const awaited = node.parent;
      return {
        at: node,
        edits: [{ range: unit.range(outermost(awaited, unit)), pieces: [`${name}(`, unit.range(awaited), ')'] }],
        helpers,
      };
    }
    if (isPlain && isReturnedByAsync(node)) {
      return { at: node, edits: [{ range, pieces: [`${name}(await `, ...operand(node, unit), ')'] }], helpers };
    }
    const then = answer.givesNothing ? `(message) => message && ${name}(message)` : name;
    const own = operand(node, unit);
    const pieces = answer.isNullable ? guarded(node, [...own, `.then(${then})`], unit) : [...own, `.then(${then})`];
    return { at: node, edits: [{ range: unit.range(node), pieces: [label, ...pieces] }], helpers };
  }
  if (!answer?.isNullable) return { at: node, edits: [{ range, pieces: [label, `${name}(`, inner, ')'] }], helpers };
  const pieces = guarded(node, [`${name}(`, unit.range(node), ')'], unit);
  return { at: node, edits: [{ range: unit.range(node), pieces: [label, ...pieces] }], helpers };
}

function helperFor(kind: Answer['kind'] | undefined, mayBeError: boolean): HelperName {
  if (kind === 'stream') return 'completionChunks';
  if (kind === 'either') return 'toCompletionOrChunks';
  return mayBeError ? 'toCompletionOrError' : 'toCompletion';
}

/** `node && turned`: what may be missing stays what it is. */
function guarded(node: ts.Expression, turned: Pieces, unit: Unit): Pieces {
  const pieces = [unit.range(node), ' && ', ...turned];
  return needsParentheses(node, 'and') ? ['(', ...pieces, ')'] : pieces;
}

/** The expression with the parentheses around it that a call makes needless. */
function outermost(node: ts.Expression, unit: Unit): ts.Expression {
  let outer = node;
  while (ts.isParenthesizedExpression(outer.parent) && !hasCommentIn(outer.parent, unit)) outer = outer.parent;
  return outer;
}

/** An expression as the operand of `await` or of a member access. */
function operand(node: ts.Expression, unit: Unit): Pieces {
  const range = unit.range(node);
  return ts.isLeftHandSideExpression(node) ? [range] : ['(', range, ')'];
}

/** Whether an async function gives a promise back as its result, outside of any `try` that would catch more if it were awaited. */
function isReturnedByAsync(node: ts.Expression): boolean {
  let outer: ts.Node = node;
  while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent;
  const { parent } = outer;
  const isReturned = ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === outer);
  const fn = ts.isArrowFunction(parent) ? parent : enclosingFunction(parent);
  if (!isReturned || !fn?.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)) return false;
  for (let at: ts.Node = parent; at !== fn; at = at.parent) if (ts.isTryStatement(at)) return false;
  return true;
}
