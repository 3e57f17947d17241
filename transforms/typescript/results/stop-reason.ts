import { ts } from '../ts.js';
import { enclosingFunction, unwrap, walk, type Access } from '../syntax.js';
import type { Unit } from '../unit.js';
import type { ReadContext } from './read-context.js';
import type { Change } from './result-use.js';
import { mapBack } from './stop-reason-map.js';
import { readerEdits } from './stop-reason-readers.js';
import { isComparison } from './stop-reason-tests.js';
import { innerRange, isSimple } from './text.js';
import type { World } from './world.js';

/**
 * `X.stop_reason` on a message. Where every reader is seen, they learn the new reasons; a value that leaves is mapped
 * back to the legacy reason.
 */
export function readStopReason(access: Access, unit: Unit, context: ReadContext): Change {
  const edits = readerEdits(access, context);
  if (edits) return { at: access.expression, edits };
  if (isSimple(access.expression) && !isNarrowed(access, unit))
    return { at: access.expression, edits: [mapBack(access, unit, context.world)] };
  return turnReceiver(access, unit, context.world);
}

/** Whether an earlier test of the same stop reason may leave a type here that `end_turn` cannot be compared with. */
function isNarrowed(access: Access, unit: Unit): boolean {
  if (!unit.isTypeScript) return false;
  const text = access.getText();
  let narrowed = false;
  walk(enclosingFunction(access) ?? unit.tree, (node) => {
    const tested = ts.isSwitchStatement(node)
      ? node.expression
      : ts.isBinaryExpression(node) && isComparison(node.operatorToken.kind)
        ? node.left
        : undefined;
    narrowed ||=
      tested !== undefined && tested !== access && tested.pos < access.pos && unwrap(tested).getText() === text;
    return !narrowed;
  });
  return narrowed;
}

/** `X.field` on a message, read from the legacy shape of X instead. */
export function turnReceiver(access: Access, unit: Unit, world: World): Change {
  const range = unit.range(access.expression);
  const inner = innerRange(access.expression, unit);
  return {
    at: access.expression,
    edits: [{ range, pieces: [`${world.nameOf(unit, 'toCompletion')}(`, inner, ')'] }],
    helpers: ['toCompletion'],
  };
}
