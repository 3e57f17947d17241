import { ts } from '../ts.js';
import type { Edit, Piece } from '../../../src/edits/edit.js';
import type { Unit } from '../unit.js';
import { insertAfter } from './insert-statement.js';
import { dropSliceOf } from './leading-space.js';
import { freshName } from './names-in-scope.js';
import { fieldOf, RENAMED, stopEdits, type Place } from './pattern-place.js';
import type { ReadContext } from './read-context.js';
import type { Change } from './result-use.js';
import { mapBackText } from './stop-reason-map.js';
import { helpersOf, innerRange, replaceReads, textOfContent, textOfName, type TextForm } from './text.js';
import type { World } from './world.js';

/** The number of reads of the text that a pattern makes which may go through `messageText`. */
export function textReadsIn(pattern: ts.ObjectBindingPattern): number {
  return pattern.elements.some(isText) && pattern.parent.kind !== ts.SyntaxKind.BindingElement ? 1 : 0;
}

const isText = (element: ts.BindingElement): boolean => fieldOf(element) === 'completion';
const isStop = (element: ts.BindingElement): boolean => fieldOf(element) === 'stop_reason';

/** Takes a message apart where a pattern took apart a completion. */
export function takeApart(pattern: ts.ObjectBindingPattern, place: Place, form: TextForm, stops: ReadContext): Change {
  const helpers = helpersOf(form);
  const { unit } = form;
  const leaving = pattern.elements.filter((element) => isStop(element) && stopEdits(element, stops) === undefined);
  const inPlace = pattern.elements.flatMap((element) => [
    ...renameEdits(element, unit),
    ...(isStop(element) ? (stopEdits(element, stops) ?? []) : []),
    ...(isText(element) ? dropSliceOf(element.name as ts.Identifier, unit, stops.world) : []),
  ]);
  const notes = pattern.elements
    .filter((element) => RENAMED.has(fieldOf(element)))
    .map((element) => ({
      code: 'CTM213' as const,
      node: element,
      message: `${fieldOf(element)} becomes ${RENAMED.get(fieldOf(element)) ?? ''}`,
    }));
  const texts = pattern.elements.filter(isText);
  if (texts.length === 0 && leaving.length === 0) return { at: pattern, edits: inPlace, notes };
  if (place.kind === 'statement')
    return {
      at: pattern,
      edits: [...inPlace, ...asMessage(pattern, place, leaving, form, stops.world)],
      helpers,
      notes,
    };
  const isOnly = pattern.elements.length === texts.length && ts.isParameter(pattern.parent);
  if (isOnly)
    return { at: pattern, edits: [...inPlace, ...asParameter(pattern, place, form, stops.world)], helpers, notes };
  return {
    at: pattern,
    edits: [...inPlace, ...texts.flatMap((element) => asContent(element, place, form, stops.world))],
    notes,
  };
}

function renameEdits(element: ts.BindingElement, unit: Unit): readonly Edit[] {
  const to = RENAMED.get(fieldOf(element));
  if (to === undefined) return [];
  if (element.propertyName) return [{ range: unit.range(element.propertyName), pieces: [to] }];
  return [{ range: unit.range(element.name), pieces: [`${to}: `, unit.source(element.name)] }];
}

/** `const message = …;` with the text, and what else was taken, in statements behind it. */
function asMessage(
  pattern: ts.ObjectBindingPattern,
  place: Place & { kind: 'statement' },
  leaving: readonly ts.BindingElement[],
  form: TextForm,
  world: World,
): readonly Edit[] {
  const { unit } = form;
  const { declaration, statement } = place;
  const keyword =
    statement.declarationList.flags & ts.NodeFlags.Const
      ? 'const'
      : statement.declarationList.flags & ts.NodeFlags.Let
        ? 'let'
        : 'var';
  const [only] = pattern.elements;
  if (
    pattern.elements.length === 1 &&
    only &&
    isText(only) &&
    form.helper !== undefined &&
    !declaration.type &&
    declaration.initializer
  ) {
    const init = declaration.initializer;
    return [
      { range: unit.range(pattern), pieces: [unit.source(only.name)] },
      { range: unit.range(init), pieces: [`${form.helper}(`, innerRange(init, unit), ')'] },
    ];
  }
  const { initializer } = declaration;
  const isNamed = initializer !== undefined && ts.isIdentifier(initializer) && !declaration.type;
  const message = isNamed ? initializer.text : freshName(pattern, ['message', 'reply', 'answer']);
  const added: Piece[][] = [];
  const rest = pattern.elements.filter((element) => !isText(element) && !leaving.includes(element));
  for (const element of pattern.elements) {
    if (isText(element)) added.push([`${keyword} ${unit.source(element.name)} = ${textOfName(message, form)}`]);
  }
  for (const element of leaving) {
    const value = mapBackText(`${message}.stop_reason`, unit, world);
    const fallback = element.initializer ? [' ?? ', unit.range(element.initializer)] : [];
    added.push([
      `${keyword} ${unit.source(element.name)} = `,
      ...(fallback.length > 0 ? [`(${value})`, ...fallback] : [value]),
    ]);
  }
  if (rest.length > 0) {
    const elements = rest.flatMap((element, index) => [index > 0 ? ', ' : '', unit.range(element)]);
    added.push([`${keyword} { `, ...elements, ` } = ${message}`]);
  }
  if (!isNamed) return [{ range: unit.range(pattern), pieces: [message] }, insertAfter(statement, added, unit)];
  const [first = [], ...others] = added;
  const start = unit.range(statement).start;
  const own: Edit = { range: { start, end: unit.range(declaration).end }, pieces: first };
  return others.length === 0 ? [own] : [own, insertAfter(statement, others, unit)];
}

function asParameter(pattern: ts.ObjectBindingPattern, place: Place, form: TextForm, world: World): readonly Edit[] {
  const { unit } = form;
  const message = freshName(pattern, ['message', 'reply', 'answer']);
  const edits: Edit[] = [{ range: unit.range(pattern), pieces: [message] }];
  const text = textOfName(message, form);
  const names = pattern.elements.map((element) => element.name as ts.Identifier);
  if (place.kind === 'before')
    return [
      ...edits,
      place.insert(
        names.map((name) => [`const ${name.text} = ${text}`]),
        unit,
      ),
    ];
  return [...edits, ...names.flatMap((name) => replaceReads(name, [text], world, unit))];
}

/** The element takes the message's `content`; the text gets its name in a statement, or stands where it is read. */
function asContent(element: ts.BindingElement, place: Place, form: TextForm, world: World): readonly Edit[] {
  const { unit } = form;
  const name = element.name as ts.Identifier;
  const plain = name.text === 'completion' ? 'content' : `${name.text}Content`;
  const content = freshName(element, [plain, 'blocks']);
  const edit = { range: unit.range(element), pieces: [content === 'content' ? content : `content: ${content}`] };
  const text = textOfContent(content, form);
  if (place.kind === 'before') return [edit, place.insert([[`const ${name.text} = ${text}`]], unit)];
  return [edit, ...replaceReads(name, [text], world, unit)];
}
