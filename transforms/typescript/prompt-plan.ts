import { ts } from './ts.js';
import { atRunTime } from '../../src/prompt/at-run-time.js';
import { isOneTurn, isOneValue, type Conversation } from '../../src/prompt/conversation.js';
import { convert, type Remark } from '../../src/prompt/convert.js';
import type { Part } from '../../src/prompt/parts.js';
import { PREFILL_NAME } from '../../src/prompt/telling-names.js';
import { usesIn, usesOfContent } from '../../src/prompt/uses.js';
import type { Assembly } from './lift/assembly.js';
import type { ExpressionHandle, Handle } from './lift/handle.js';
import type { LiftContext, Parts } from './lift/context.js';
import { lift } from './lift/lift.js';
import { endsInPrefill } from './lift/ends-in-prefill.js';
import { LeftToPerson } from './left-to-person.js';
import type { View } from './program.js';
import { areSettled } from './settled.js';
import type { Symbols } from './symbols.js';
import { isInside, literalText, unwrap, walk } from './syntax.js';
import type { Unit } from './unit.js';
import { isExportedSymbol, valuesOf } from './values.js';

/** How one prompt moves. */
export type PromptPlan = StaticPrompt | RuntimePrompt;

export interface StaticPrompt {
  readonly kind: 'conversation';
  readonly conversation: Conversation<Handle>;
  readonly tier: 'static' | 'structural';
  /** inline: at the call; text: its variable keeps the user's text; messages: its variable becomes the messages. */
  readonly place: 'inline' | 'text' | 'messages';
  /** The variable of the places `text` and `messages`. */
  readonly declaration: ts.VariableDeclaration | undefined;
  readonly assemblies: readonly Assembly[];
  /** Imported functions whose work the messages do now. */
  readonly builders: readonly ts.ImportSpecifier[];
  readonly rawNewLines: boolean;
  readonly remarks: readonly Remark[];
}

export interface RuntimePrompt {
  readonly kind: 'runtime';
  readonly reason: string;
  readonly remarks: readonly Remark[];
  /** Whether the prompt may end in text that the answer continues. */
  readonly mayPrefill: boolean;
}

export interface PromptReader {
  readonly unit: Unit;
  readonly view: View;
  readonly symbols: Symbols;
}

/** Decides how the prompt in `value` moves; throws LeftToPerson where any edit would be a guess. */
export function planPrompt(value: ts.Expression, reader: PromptReader): PromptPlan {
  const assemblies: Assembly[] = [];
  const builders: ts.ImportSpecifier[] = [];
  const context: LiftContext = {
    unit: reader.unit,
    checker: reader.view.checker,
    symbols: reader.symbols,
    use: value,
    bound: new Map(),
    onAssembly: (assembly) => assemblies.push(assembly),
    onBuilder: (builder) => builders.push(builder),
    depth: 0,
  };
  const parts = settleBorders(lift(value, context), reader.symbols);
  const conversion = convert(parts);
  if (conversion.kind === 'manual') throw new LeftToPerson(conversion.code, value, conversion.reason);
  if (conversion.kind === 'runtime')
    return splitLater(conversion.reason, parts, conversion.remarks, value, reader.symbols);
  const { conversation, tier } = conversion;
  const remarks = builders.length > 0 ? [...conversion.remarks, REBUILT] : conversion.remarks;
  const uses = usesIn(conversation);
  const found = {
    kind: 'conversation',
    conversation,
    tier,
    assemblies,
    builders,
    rawNewLines: hasRawNewLines(value, assemblies),
    remarks,
  } as const;
  const variable = ownVariable(value, assemblies, reader);
  if (variable && areSettled(uses, variable, assemblies, reader.symbols)) {
    const place = isOneTurn(conversation) ? 'text' : 'messages';
    const isWorthAName = place === 'messages' || !isOneValue(conversation);
    const systemMoves = areSettled(usesOfContent(conversation.system), value, assemblies, reader.symbols);
    if (systemMoves && (isWorthAName || !areSettled(uses, value, assemblies, reader.symbols)))
      return { ...found, place, declaration: variable };
  }
  if (areSettled(uses, value, assemblies, reader.symbols)) return { ...found, place: 'inline', declaration: undefined };
  return splitLater('What the prompt is made of may change before the call.', parts, remarks, value, reader.symbols);
}

const REBUILT: Remark = {
  code: 'CTM220',
  message:
    'The messages are sent as they are, without the commas that the ai package put between turns; any role but user is still the assistant’s.',
};

function splitLater(
  reason: string,
  parts: Parts,
  remarks: readonly Remark[],
  value: ts.Expression,
  symbols: Symbols,
): RuntimePrompt {
  if (isForced(value))
    throw new LeftToPerson('CTM302', value, 'the prompt is cast to a string by force, so it may be none');
  const { doubt, ...told } = atRunTime(parts, remarks, {
    isNamedPrefill: PREFILL_NAME.test(value.getText().slice(-60)),
    endsInPrefill: endsInPrefill(value, symbols),
  });
  // It may be the user's text, and a person decides.
  if (doubt) throw new LeftToPerson(doubt.code, value, doubt.message);
  return { kind: 'runtime', reason, ...told };
}

/** `x as unknown as string`: the compiler knew the value as something else. */
function isForced(value: ts.Expression): boolean {
  if (!ts.isAsExpression(value) || !ts.isAsExpression(value.expression)) return false;
  return (
    value.expression.type.kind === ts.SyntaxKind.UnknownKeyword ||
    value.expression.type.kind === ts.SyntaxKind.AnyKeyword
  );
}

/** A value that ends where the text after it starts like a marker: the line breaks may be the value's own. */
function settleBorders(parts: Parts, symbols: Symbols): Parts {
  return parts.map((part, index): Part<Handle> => {
    const next = parts[index + 1];
    if (part.kind !== 'hole' || next?.kind !== 'text' || !/^\n?(Human|Assistant):/.test(next.text)) return part;
    const { node } = part.value as ExpressionHandle;
    const { leaves, complete } = node ? valuesOf(node, symbols) : { leaves: [], complete: false };
    const known = complete && leaves.length === 1 ? literalText(leaves[0]) : undefined;
    return known === undefined ? { ...part, markers: 'present' } : { kind: 'text', text: known };
  });
}

/** The variable that the prompt is, when only its declaration makes it and only this call reads it. */
function ownVariable(
  value: ts.Expression,
  assemblies: readonly Assembly[],
  { symbols, unit }: PromptReader,
): ts.VariableDeclaration | undefined {
  const node = unwrap(value);
  const own = ts.isIdentifier(node) ? symbols.of(node) : undefined;
  const assembly = assemblies.find(({ symbol, parts }) =>
    own ? symbol === own : parts.some(({ kind }) => kind === 'repeat'),
  );
  if (!assembly || assembly.isPieceMeal || assembly.declaration.getSourceFile() !== unit.tree) return undefined;
  const { declaration, symbol } = assembly;
  if (!ts.isVariableDeclaration(declaration) || isExportedSymbol(symbol, symbols)) return undefined;
  // What a function gives is made anew with each call.
  if (declaration.initializer && ts.isFunctionLike(unwrap(declaration.initializer))) return undefined;
  const readers = symbols.references(symbol).filter((reference) => reference !== declaration.name);
  return readers.length === 1 && readers.every((reader) => isInside(reader, value)) ? declaration : undefined;
}

/** Whether the prompt's own templates break their lines more often than they spell line breaks out. */
export function hasRawNewLines(value: ts.Expression, assemblies: readonly Assembly[]): boolean {
  const roots = [value, ...assemblies.flatMap(({ declaration, appends }) => [declaration, ...appends])];
  let balance = 0;
  for (const root of roots) {
    walk(root, (node) => {
      if (!ts.isTemplateExpression(node) && !ts.isNoSubstitutionTemplateLiteral(node)) return undefined;
      const text = node.getText();
      balance += (text.match(/\n/g)?.length ?? 0) - (text.match(/\\n/g)?.length ?? 0);
      return false;
    });
  }
  return balance > 0;
}
