import { ts } from '../ts.js';
import { currentModule, currentType, STREAM_EVENT_TYPE } from '../../../src/api/type-names.js';
import type { Edit } from '../../../src/edits/edit.js';
import { literalText } from '../syntax.js';
import type { TypeRef } from './type-refs.js';
import type { World } from './world.js';

/** Which shape the value has that a type describes. */
export type TypeShape = 'messages' | 'legacy';

/** What one reference to a legacy type becomes. */
export interface TypeEdit {
  readonly edits: readonly Edit[];
  readonly helper: 'TextCompletion' | 'TextCompletionParams' | undefined;
  /** The type of the SDK that it names now. */
  readonly needs: string | undefined;
  /** The SDK's `Stream` around it, if that is named no more. */
  readonly freed?: ts.EntityName;
}

const STREAMS = /^(Stream|AsyncIterable|AsyncIterableIterator|AsyncGenerator|AsyncIterator)$/;
/** Keys of parameters that have another name, or a type that no longer has a key. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['prompt', 'messages'],
  ['max_tokens_to_sample', 'max_tokens'],
]);
const SAMPLING = /^(temperature|top_p|top_k)$/;

/** Renames a reference; `localOf` says what an imported type of the SDK is called in the file. */
export function typeEdit(ref: TypeRef, shape: TypeShape, localOf: (name: string) => string, world: World): TypeEdit {
  const indexed = indexedEdit(ref, world);
  if (indexed) return { edits: [indexed], helper: undefined, needs: undefined };
  if (shape === 'legacy') return legacyEdit(ref, world);
  const { unit, node, legacy, tail } = ref;
  const target = world.targetOf(unit);
  const current = currentType(legacy, target);
  const paths = moduleEdits(ref, world);
  if (ref.isOwnName || !current) return { edits: keyEdits(ref), helper: undefined, needs: undefined };
  const needs = legacy === 'Completion' && streamAround(node) ? STREAM_EVENT_TYPE : current.name;
  const name = ref.binding && ts.isImportSpecifier(ref.binding) ? localOf(needs) : needs;
  const { quote } = unit.style;
  if (current.member === undefined)
    return { edits: [{ range: tail, pieces: [name] }, ...paths, ...keyEdits(ref)], helper: undefined, needs };
  const { start } = unit.range(node);
  const pieces = ['NonNullable<', { start, end: tail.start }, `${name}[${quote}${current.member}${quote}]>`];
  return { edits: [{ range: { start, end: tail.end }, pieces }, ...paths], helper: undefined, needs };
}

/** `import('…/completions').Completion`: the module moves with the name. */
function moduleEdits({ unit, node }: TypeRef, world: World): readonly Edit[] {
  if (!ts.isImportTypeNode(node) || !ts.isLiteralTypeNode(node.argument)) return [];
  return pathEdits(node.argument.literal, unit, world);
}

/** The specifier of a module that only the legacy types are in. */
export function pathEdits(literal: ts.Node, unit: TypeRef['unit'], world: World): readonly Edit[] {
  const to = ts.isStringLiteral(literal) ? currentModule(literal.text, world.targetOf(unit)) : undefined;
  const { start, end } = unit.range(literal);
  return to === undefined ? [] : [{ range: { start: start + 1, end: end - 1 }, pieces: [to] }];
}

function legacyEdit({ unit, node, legacy, tail: { end } }: TypeRef, world: World): TypeEdit {
  const helper = legacy === 'Completion' ? 'TextCompletion' : 'TextCompletionParams';
  const { start } = unit.range(node);
  const name = unit.isTypeScript ? world.nameOf(unit, helper) + streamOption(node, legacy) : 'any';
  const stream = streamAround(node);
  const around = stream && lastName(stream.typeName) === 'Stream' ? streamEdits(stream, unit, world) : [];
  const isLoose =
    name.includes('&') &&
    (ts.isArrayTypeNode(node.parent) || ts.isTypeOperatorNode(node.parent) || ts.isIndexedAccessTypeNode(node.parent));
  return {
    edits: [{ range: { start, end }, pieces: [isLoose ? `(${name})` : name] }, ...around],
    helper: unit.isTypeScript ? helper : undefined,
    needs: undefined,
    ...(around.length > 0 && stream ? { freed: stream.typeName } : {}),
  };
}

/** What a type of parameters says about `stream`; an interface cannot extend it together with the rest. */
function streamOption(node: ts.Node, legacy: string): string {
  if (ts.isExpressionWithTypeArguments(node)) return '';
  if (legacy.endsWith('NonStreaming')) return ' & { stream?: false }';
  return legacy.endsWith('Streaming') ? ' & { stream: true }' : '';
}

/** A stream that was turned is no `Stream` of the SDK; its `controller` is named where the program reads one. */
function streamEdits(stream: ts.TypeReferenceNode, unit: TypeRef['unit'], world: World): readonly Edit[] {
  const name = { range: unit.range(stream.typeName), pieces: ['AsyncIterable'] };
  if (!world.units.some(({ text }) => /\.controller\b/.test(text))) return [name];
  const range = unit.range(stream);
  const pieces = ['{ controller: AbortController } & ', range];
  return [name, { range, pieces: ts.isArrayTypeNode(stream.parent) ? ['(', ...pieces, ')'] : pieces }];
}

/** The type of a stream that a reference is the element of. */
function streamAround(node: ts.Node): ts.TypeReferenceNode | undefined {
  let at = node;
  while (ts.isParenthesizedTypeNode(at.parent)) at = at.parent;
  const { parent } = at;
  return ts.isTypeReferenceNode(parent) && parent.typeArguments?.[0] === at && STREAMS.test(lastName(parent.typeName))
    ? parent
    : undefined;
}

function lastName(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : name.right.text;
}

/** `Legacy['key']` where Messages has no such key, or fewer values for it than a legacy one may take. */
function indexedEdit({ unit, node, legacy }: TypeRef, world: World): Edit | undefined {
  const { parent } = node;
  if (!ts.isIndexedAccessTypeNode(parent) || parent.objectType !== node || !ts.isLiteralTypeNode(parent.indexType))
    return undefined;
  const key = literalText(parent.indexType.literal) ?? '';
  if (key === 'completion' || key === 'prompt') return { range: unit.range(parent), pieces: ['string'] };
  if (key === 'stop_reason')
    return {
      range: unit.range(parent),
      pieces: [ts.isArrayTypeNode(parent.parent) ? '(string | null)' : 'string | null'],
    };
  const isGone = SAMPLING.test(key) && world.targetOf(unit).profile === '1.x' && legacy !== 'Completion';
  return isGone ? { range: unit.range(parent), pieces: ['number'] } : undefined;
}

/** Keys beside a reference: `Legacy['max_tokens_to_sample']`, `Omit<Legacy, 'prompt'>`. */
function keyEdits({ unit, node }: TypeRef): readonly Edit[] {
  const { parent } = node;
  const keys = ts.isIndexedAccessTypeNode(parent) && parent.objectType === node ? parent.indexType : parent;
  const isChoice =
    ts.isTypeReferenceNode(parent) &&
    /^(Omit|Pick)$/.test(lastName(parent.typeName)) &&
    parent.typeArguments?.[0] === node;
  const list = isChoice ? parent.typeArguments[1] : keys === parent ? undefined : keys;
  const members = list && ts.isUnionTypeNode(list) ? list.types : list ? [list] : [];
  return members.flatMap((member): Edit[] => {
    const text =
      ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? KEYS.get(member.literal.text) : undefined;
    const { start, end } = unit.range(member);
    return text === undefined ? [] : [{ range: { start: start + 1, end: end - 1 }, pieces: [text] }];
  });
}
