import { ts } from '../ts.js';
import { RESPONSE_FIELDS } from '../../../src/api/parameters.js';
import type { Edit } from '../../../src/edits/edit.js';
import { removeStatement } from '../list-edits.js';
import { quoted } from '../print.js';
import { accessName, wrapping, type Access } from '../syntax.js';
import type { Unit } from '../unit.js';
import { needsParentheses } from './precedence.js';
import type { Change } from './result-use.js';
import { turnReceiver } from './stop-reason.js';
import { isComparison, stringsOf } from './stop-reason-tests.js';
import { isSimple, type TextForm } from './text.js';
import type { World } from './world.js';

/** A read of a field other than the text and `stop_reason`, on a message. */
export function readField(access: Access, { unit, mayBeError }: TextForm, world: World): Change | undefined {
  const name = accessName(access) ?? '';
  const fate = RESPONSE_FIELDS.get(name);
  const at = access.expression;
  if (name === 'type') return { at, edits: [typeEdit(access, unit, world)] };
  if (!fate || !('code' in fate)) return undefined;
  const note = (message: string): Pick<Change, 'notes'> => ({ notes: [{ code: fate.code, node: access, message }] });
  if (name === 'stop') return readStop(access, unit, world);
  if (fate.kind === 'renamed')
    return { at, edits: [rename(access, fate.to, unit)], ...note(`${name} becomes ${fate.to}`) };
  // Without the SDK nothing is thrown: the field is read as before, and never set.
  if (fate.kind === 'error' && mayBeError)
    return { at, edits: [], ...note(`${name} is never set; what it told comes as the field error`) };
  if (!isSimple(at)) {
    return { at, edits: [], problem: { code: 'CTM315', node: access, message: `Messages has no field ${name}` } };
  }
  if (fate.kind === 'test') {
    const test = `stop_reason === ${literal(fate.stopReason, unit)}`;
    const edit = rename(access, test, unit);
    const isLoose = needsParentheses(access, 'comparison');
    const edits = isLoose ? [edit, { range: unit.range(access), pieces: ['(', unit.range(access), ')'] }] : [edit];
    return { at, edits, ...note(`${name} becomes a test of stop_reason`) };
  }
  const { parent } = access;
  const isGone =
    ts.isIfStatement(parent) && parent.expression === access && !parent.elseStatement && ts.isBlock(parent.parent);
  const edit = isGone ? removeStatement(parent, unit) : { range: unit.range(access), pieces: ['null'] };
  return { at, edits: [edit], ...note(`${name} is never set: what it told is thrown`) };
}

function literal(text: string, unit: Unit): string {
  return quoted(text, { quote: unit.style.quote, rawNewLines: false });
}

/** `X.name` under another name. */
export function rename(access: Access, to: string, unit: Unit): Edit {
  if (ts.isPropertyAccessExpression(access)) return { range: unit.range(access.name), pieces: [to] };
  const range = { start: unit.offset(access.expression.end), end: unit.offset(access.end) };
  return { range, pieces: [access.questionDotToken ? `?.${to}` : `.${to}`] };
}

function comparedWith(
  access: Access,
): { readonly comparison: ts.BinaryExpression; readonly other: ts.Expression } | undefined {
  const outer = wrapping(access);
  const { parent } = outer;
  if (!ts.isBinaryExpression(parent) || !isComparison(parent.operatorToken.kind)) return undefined;
  return { comparison: parent, other: parent.left === outer ? parent.right : parent.left };
}

function typeEdit(access: Access, unit: Unit, world: World): Edit {
  const other = comparedWith(access)?.other;
  const isTest = other && stringsOf(other, world)?.includes('completion');
  return isTest
    ? { range: unit.range(other), pieces: [literal('message', unit)] }
    : { range: unit.range(access), pieces: [literal('completion', unit)] };
}

/** `stop` named the string that ended the text; the Human marker, which the API added itself, is the end of a turn now. */
function readStop(access: Access, unit: Unit, world: World): Change {
  const at = access.expression;
  const compared = comparedWith(access);
  const isHuman = compared !== undefined && isHumanMarker(compared.other, world);
  const notes = [
    {
      code: 'CTM213',
      node: access,
      message: isHuman ? 'stop becomes a test of stop_reason' : 'stop becomes stop_sequence',
    },
  ] as const;
  if (isHuman) {
    return {
      at,
      edits: [
        rename(access, 'stop_reason', unit),
        { range: unit.range(compared.other), pieces: [literal('end_turn', unit)] },
      ],
      notes,
    };
  }
  const isTested = compared !== undefined && stringsOf(compared.other, world) !== undefined;
  if (isTested || isSimple(at)) return { at, edits: [rename(access, 'stop_sequence', unit)], notes };
  return turnReceiver(access, unit, world);
}

function isHumanMarker(node: ts.Expression, world: World): boolean {
  const name = ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) ? world.symbols.sdkName(node) : undefined;
  return name === 'HUMAN_PROMPT' || stringsOf(node, world)?.[0]?.trim() === 'Human:';
}
