import { ts } from '../ts.js';
import type { Edit, Range } from '../../../src/edits/edit.js';
import type { HelperName } from '../../helpers/typescript/names.js';
import { castsHandingOn } from '../hands-on.js';
import type { Pieces } from '../print.js';
import { isAccess, wrapping, type Access } from '../syntax.js';
import type { Unit } from '../unit.js';
import { dropSlice } from './leading-space.js';
import { readsOf } from './reads-of.js';
import type { Change } from './result-use.js';
import type { World } from './world.js';

/** How a file reads the text of a message: by an expression where it does so once, else through `messageText`. */
export interface TextForm {
  readonly unit: Unit;
  readonly helper: string | undefined;
  /** Whether what is read may be an error, which has no content: the text of that is undefined, as it always was. */
  readonly mayBeError: boolean;
  /** Whether some answers have no type: a callback's parameter would be an implicit any. */
  readonly isUntyped: boolean;
}

export const TEXT_SUFFIX = ".map((block) => (block.type === 'text' ? block.text : '')).join('')";

/** Chooses the form of a file from the number of its reads. */
export function textForm(unit: Unit, reads: number, world: World): TextForm {
  const isUntyped =
    unit.isTypeScript && (castsHandingOn(unit) || world.sites.some((site) => site.unit === unit && site.isUntyped));
  const helper = reads > 1 || isUntyped ? world.nameOf(unit, 'messageText') : undefined;
  return { unit, helper, mayBeError: false, isUntyped };
}

/** The form for answers that come over HTTP without the SDK: errors come the same way, and nothing has a type. */
export function textFormOfJson(unit: Unit, reads: number, world: World): TextForm {
  const helper = reads > 1 ? world.nameOf(unit, 'answerText') : undefined;
  return { unit, helper, mayBeError: true, isUntyped: unit.isTypeScript };
}

/** The helper behind a form's text. */
export function helpersOf({ helper, mayBeError }: TextForm): readonly HelperName[] {
  if (helper === undefined) return [];
  return [mayBeError ? 'answerText' : 'messageText'];
}

/** The text of a message that a new name holds. */
export function textOfName(name: string, form: TextForm): string {
  return form.helper === undefined ? `${name}.content${suffix(form)}` : `${form.helper}(${name})`;
}

/** What replaces `content` where it was taken out of a message. */
export function textOfContent(name: string, form: TextForm): string {
  return `${name}${suffix(form)}`;
}

function suffix({ unit, mayBeError, isUntyped }: TextForm): string {
  const plain = TEXT_SUFFIX.replaceAll("'", unit.style.quote);
  const block = `(block: { type: string; text${mayBeError ? '' : '?'}: string })`;
  const text = isUntyped ? plain.replace('(block)', block) : plain;
  return mayBeError ? `?${text}` : text;
}

/** `X.completion` becomes the text of X. */
export function readText(access: Access, form: TextForm): Change {
  const { unit, helper } = form;
  const receiver = access.expression;
  const edits = [...dropSlice(access, unit)];
  const isInline = helper === undefined || isInChain(access) || hasComment(access, unit);
  if (isInline) edits.push(inlineEdit(access, form));
  else edits.push({ range: unit.range(access), pieces: [`${helper}(`, innerRange(receiver, unit), ')'] });
  return { at: receiver, edits, helpers: isInline ? [] : helpersOf(form) };
}

/** Whether a read of the text can go through `messageText`; an optional chain cannot. */
export function isInChain(access: Access): boolean {
  return (access.flags & ts.NodeFlags.OptionalChain) !== 0;
}

function inlineEdit(access: Access, form: TextForm): Edit {
  const { unit } = form;
  // What goes on with the text fails without one, as it did before.
  const goesOn = isAccess(access.parent) && access.parent.expression === access && !access.parent.questionDotToken;
  const text = `content${goesOn ? suffix(form).replace(/^\?/, '') : suffix(form)}`;
  if (ts.isPropertyAccessExpression(access)) return { range: unit.range(access.name), pieces: [text] };
  const range = { start: unit.offset(access.expression.end), end: unit.offset(access.end) };
  return { range, pieces: [access.questionDotToken ? `?.${text}` : `.${text}`] };
}

function hasComment(access: Access, unit: Unit): boolean {
  return /\/[*/]/.test(unit.text.slice(unit.offset(access.expression.end), unit.offset(access.end)));
}

/** The range of an expression without the parentheses around it. */
export function innerRange(node: ts.Expression, unit: Unit): Range {
  let inner = node;
  while (ts.isParenthesizedExpression(inner) && !hasCommentIn(inner, unit)) inner = inner.expression;
  return unit.range(inner);
}

/** Whether there is a comment between parentheses and what they hold. */
export function hasCommentIn(node: ts.ParenthesizedExpression, unit: Unit): boolean {
  const whole = unit.range(node);
  const inner = unit.range(node.expression);
  return /\/[*/]/.test(unit.text.slice(whole.start, inner.start) + unit.text.slice(inner.end, whole.end));
}

/** Whether an expression can be written twice: a name, or members of one. */
export function isSimple(node: ts.Expression): boolean {
  if (ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node))
    return isSimple(node.expression);
  if (ts.isElementAccessExpression(node))
    return (
      isSimple(node.expression) &&
      (ts.isLiteralExpression(node.argumentExpression) || ts.isIdentifier(node.argumentExpression))
    );
  return ts.isPropertyAccessExpression(node) && isSimple(node.expression);
}

/** Text in place of every read of a name that goes. */
export function replaceReads(name: ts.Identifier, text: Pieces, world: World, unit: Unit): readonly Edit[] {
  return readsOf(name, world).flatMap((node): Edit[] => {
    const isShorthand = ts.isShorthandPropertyAssignment(node.parent);
    return [
      ...dropSlice(wrapping(node), unit),
      { range: unit.range(node), pieces: isShorthand ? [`${node.text}: `, ...text] : text },
    ];
  });
}

/** `name: ` in front of the new value of the short form `{ name }`. */
export function labelOf(read: ts.Expression): string {
  return ts.isShorthandPropertyAssignment(read.parent) ? `${read.getText()}: ` : '';
}
