import { ts } from '../ts.js';
import { RESPONSE_FIELDS } from '../../../src/api/parameters.js';
import type { Edit, Piece } from '../../../src/edits/edit.js';
import { isWritten, staticName } from '../syntax.js';
import type { Unit } from '../unit.js';
import { insertAfter, insertFirst } from './insert-statement.js';
import type { ReadContext } from './read-context.js';
import { readsOf } from './reads-of.js';
import { readerEdits } from './stop-reason-readers.js';

/** Where a pattern over an answer stands, if it can be taken apart there. */
export type Place =
  /** `const { … } = answer;` as a statement. */
  | {
      readonly kind: 'statement';
      readonly declaration: ts.VariableDeclaration;
      readonly statement: ts.VariableStatement;
    }
  /** The parameter of a function with a block, or an inner pattern: statements can follow. */
  | { readonly kind: 'before'; readonly insert: (added: readonly (readonly Piece[])[], unit: Unit) => Edit }
  /** The parameter of an arrow that is one expression. */
  | { readonly kind: 'expression'; readonly parameter: ts.ParameterDeclaration };

const KEPT = new Set(['id', 'model']);
/** Fields that only have another name in a message. */
export const RENAMED: ReadonlyMap<string, string> = new Map([
  ['stop', 'stop_sequence'],
  ['log_id', 'id'],
]);

/** How a pattern over an answer moves; undefined if the answer has to keep the legacy shape for it. */
export function placeOf(pattern: ts.ObjectBindingPattern, stops: ReadContext): Place | undefined {
  const place = findPlace(pattern);
  const isKnown = pattern.elements.every((element) => {
    const name = staticName(element.propertyName ?? element.name);
    if (element.dotDotDotToken || name === undefined) return false;
    // What a completion never had is as undefined in a message, or of an error, which comes as it did.
    if (KEPT.has(name) || !RESPONSE_FIELDS.has(name)) return true;
    if (!ts.isIdentifier(element.name)) return false;
    if (name === 'stop_reason') return place?.kind === 'statement' || stopEdits(element, stops) !== undefined;
    if (name === 'completion')
      return place?.kind !== 'expression' || !readsOf(element.name, stops.world).some(isWritten);
    return RENAMED.has(name) && element.initializer === undefined;
  });
  return isKnown ? place : undefined;
}

function findPlace(pattern: ts.BindingPattern): Place | undefined {
  const { parent } = pattern;
  if (ts.isBindingElement(parent)) {
    const outer = parent.initializer ? undefined : findPlace(parent.parent);
    if (outer?.kind !== 'statement') return outer;
    return { kind: 'before', insert: (added, unit) => insertAfter(outer.statement, added, unit) };
  }
  if (ts.isParameter(parent)) {
    const { body } = parent.parent as ts.FunctionLikeDeclaration;
    if (!body || parent.initializer) return undefined;
    return ts.isBlock(body)
      ? { kind: 'before', insert: (added, unit) => insertFirst(body, added, unit) }
      : { kind: 'expression', parameter: parent };
  }
  const list = parent.parent;
  if (!ts.isVariableDeclarationList(list) || list.declarations.length !== 1) return undefined;
  const owner = list.parent;
  if (ts.isForOfStatement(owner)) {
    const { statement } = owner;
    return ts.isBlock(statement)
      ? { kind: 'before', insert: (added, unit) => insertFirst(statement, added, unit) }
      : undefined;
  }
  const isPlain = ts.isVariableStatement(owner) && !owner.modifiers?.length && parent.initializer !== undefined;
  return isPlain ? { kind: 'statement', declaration: parent, statement: owner } : undefined;
}

/** The field that an element of a pattern takes. */
export function fieldOf(element: ts.BindingElement): string {
  return staticName(element.propertyName ?? element.name) ?? '';
}

/** What the readers of a stop reason that a pattern takes have to change; undefined if it leaves. */
export function stopEdits(element: ts.BindingElement, stops: ReadContext): readonly Edit[] | undefined {
  if (!ts.isIdentifier(element.name) || element.initializer) return undefined;
  const reads = readsOf(element.name, stops.world);
  if (reads.some(isWritten)) return undefined;
  const edits = reads.map((read) => readerEdits(read, stops));
  return edits.every((each) => each !== undefined) ? edits.flat() : undefined;
}
