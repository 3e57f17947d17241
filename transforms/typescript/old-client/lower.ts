import { ts } from '../ts.js';
import type { Changes } from '../changes.js';
import type { HelperNames } from '../helper-names.js';
import { removeElements } from '../list-edits.js';
import type { SdkRequest } from '../locate.js';
import type { Pieces } from '../print.js';
import { isAccess, unwrap } from '../syntax.js';
import { indentAt, type Unit } from '../unit.js';
import type { OpenCallback, UpdateCallback, Updates, WholeCallback } from './updates.js';

/** `client.complete` becomes `client.messages.create`; a stream that is looked at becomes `client.messages.stream`. */
export function lowerOldCall(
  { call }: SdkRequest,
  unit: Unit,
  updates: Updates | undefined,
  names: HelperNames,
  changes: Changes,
): void {
  const callee = unwrap(call.expression);
  if (!isAccess(callee) || !ts.isPropertyAccessExpression(callee)) return;
  const streams = updates?.onUpdate !== undefined || updates?.onOpen !== undefined;
  changes.replace(unit, unit.range(callee.name), [streams ? 'messages.stream' : 'messages.create']);
  if (!updates) return;
  dropCallbacks(call, updates, unit, changes);
  if (!streams) return;
  const { end } = unit.range(call);
  const { callbacks, onOpen, onUpdate } = updates;
  const line = callbacks[0] ? ownLine(callbacks[0], unit) : '';
  // In place of the parenthesis, so that what is put around the call goes around all of this.
  changes.replace(unit, { start: end - 1, end }, [
    ')',
    ...(onOpen ? listener('connect', asFunction(onOpen.fn, unit), line, unit) : []),
    ...(onUpdate ? updateListener(onUpdate, line, names, unit) : []),
    `${line}.finalMessage()`,
  ]);
  if (onOpen) closeOpen(onOpen, unit, changes);
  if (onUpdate?.kind === 'text') renameText(onUpdate, unit, changes);
  if (onUpdate?.kind === 'whole') changes.need(unit, 'completionUpdates');
  changes.note('CTM219', unit, unit.range(call), `${calledFor(onUpdate)}; an error in it no longer ends the call.`);
}

/** Whether a comment stands in an object beside its properties: it is the author's, and stays. */
function hasOtherComment(literal: ts.ObjectLiteralExpression, unit: Unit): boolean {
  let { start } = unit.range(literal);
  const ends = [
    ...literal.properties.map((property) => unit.range(property)),
    { start: unit.range(literal).end, end: 0 },
  ];
  return ends.some((range) => {
    const between = unit.text.slice(start, range.start);
    start = range.end;
    return /\/[*/]/.test(between);
  });
}

function calledFor(update: Updates['onUpdate']): string {
  if (!update) return 'onOpen is called as before, without the HTTP response';
  const pieces = 'onUpdate is called with every piece of text';
  return update.kind === 'text'
    ? `${pieces}, and no more for the end of the answer`
    : `${pieces}, and for the end of the answer`;
}

/** A text event has all text so far; what reads more than that gets the answer so far, in its legacy form. */
function updateListener(update: UpdateCallback | WholeCallback, line: string, names: HelperNames, unit: Unit): Pieces {
  const fn = asFunction(update.fn, unit);
  if (update.kind === 'text') return listener('text', fn, line, unit);
  return listener('streamEvent', [`${names.get('completionUpdates') ?? 'completionUpdates'}(`, ...fn, ')'], line, unit);
}

/** Takes the response out of `onOpen`: it is called for one status only. */
function closeOpen({ fn, parameter, reads }: OpenCallback, unit: Unit, changes: Changes): void {
  if (!parameter) return;
  changes.replace(unit, unit.range(parameter), [ts.isArrowFunction(fn) && isUnbracketed(fn, unit) ? '()' : '']);
  for (const [read, value] of reads) changes.replace(unit, unit.range(read), [value]);
}

/** Takes the callbacks out of the options, or the options away where nothing else is in them. */
function dropCallbacks(call: ts.CallExpression, { callbacks }: Updates, unit: Unit, changes: Changes): void {
  const [, options] = call.arguments;
  const literal = options && unwrap(options);
  if (!options || !literal || !ts.isObjectLiteralExpression(literal)) return;
  if (literal.properties.length === callbacks.length && !hasOtherComment(literal, unit))
    changes.apply(unit, removeElements(call.arguments, [options], unit));
  else changes.apply(unit, removeElements(literal.properties, callbacks, unit));
}

function listener(event: string, fn: Pieces, line: string, unit: Unit): Pieces {
  const { quote } = unit.style;
  return [`${line}.on(${quote}${event}${quote}, `, ...fn, ')'];
}

/** A new line as far in as a callback stood on its own, so that its text keeps its place. */
function ownLine(callback: ts.Node, unit: Unit): string {
  const { start } = unit.range(callback);
  const indent = indentAt(unit.text, start);
  return unit.text.slice(0, start).endsWith(`\n${indent}`) ? `\n${indent}` : '';
}

/** A callback as an expression of its own: a method becomes an arrow function. */
function asFunction(fn: ts.Node, unit: Unit): Pieces {
  if (!ts.isMethodDeclaration(fn) || !fn.body) return [unit.range(fn)];
  const isAsync = (ts.getCombinedModifierFlags(fn) & ts.ModifierFlags.Async) !== 0;
  const parameters = fn.parameters.map((parameter) => unit.range(parameter));
  return [isAsync ? 'async (' : '(', ...parameters, ') => ', unit.range(fn.body)];
}

/** The text so far is the second argument of a text event. */
function renameText({ fn, parameter, name, reads }: UpdateCallback, unit: Unit, changes: Changes): void {
  const text = name ?? (/\bsnapshot\b/.test(unit.text) ? 'textSoFar' : 'snapshot');
  const isBare = ts.isArrowFunction(fn) && isUnbracketed(fn, unit);
  const list = `_delta, ${text}`;
  changes.replace(unit, unit.range(parameter), [isBare ? `(${list})` : list]);
  for (const read of reads) changes.replace(unit, unit.range(read), [text]);
}

/** Whether an arrow function's only parameter stands without parentheses. */
function isUnbracketed(fn: ts.ArrowFunction, unit: Unit): boolean {
  const [parameter] = fn.parameters;
  if (!parameter) return false;
  const after = unit.text.slice(unit.range(parameter).end, unit.range(fn.equalsGreaterThanToken).start);
  return !after.includes(')');
}
