import type { Content, Conversation, Entry, Role } from '../../src/prompt/conversation.js';
import { convert, type Remark } from '../../src/prompt/convert.js';
import { mayPrefill } from '../../src/prompt/may-prefill.js';
import type { LeftToPerson } from './left-to-person.js';
import type { Assembly } from './lift/assembly.js';
import type { ExpressionHandle, Handle, IterationHandle, Parts } from './lift/handle.js';
import { lift } from './lift/lift.js';
import { canMove, type Way } from './movable.js';
import { isInside, textOf, unwrap, type Node } from './node.js';
import type { Origins } from './origin.js';
import type { Unit } from './unit.js';

/** How one prompt moves. */
export type PromptPlan = StaticPrompt | RuntimePrompt;

export interface StaticPrompt {
  readonly kind: 'conversation';
  readonly conversation: Conversation<Handle>;
  readonly tier: 'static' | 'structural';
  /** inline: at the call; text: its variable keeps the user's text; messages: its variable becomes the messages. */
  readonly place: 'inline' | 'text' | 'messages';
  /** The variable of the places `text` and `messages`, or one that is no longer needed. */
  readonly assembly: Assembly | undefined;
  readonly assemblies: readonly Assembly[];
  readonly remarks: readonly Remark[];
}

export interface RuntimePrompt {
  readonly kind: 'runtime';
  readonly reason: string;
  readonly remarks: readonly Remark[];
  /** Whether the prompt may end in text that the answer continues. */
  readonly mayPrefill: boolean;
}

const PREFILL_NAME = /prefill|primer|prefix|starter|partial|assistant|answer_?start|response_?start/i;

/** Decides how the prompt in `value` moves, or says why a person has to. */
export function planPrompt(value: Node, unit: Unit, origins: Origins): PromptPlan | LeftToPerson {
  const assemblies: Assembly[] = [];
  const parts = lift(value, {
    unit,
    origins,
    use: value,
    onAssembly: (assembly) => assemblies.push(assembly),
    handles: new Map(),
    depth: 0,
  });
  const conversion = convert(parts);
  if (conversion.kind === 'manual') return { code: conversion.code, node: value, message: conversion.reason };
  if (conversion.kind === 'runtime') return atRunTime(conversion.reason, parts, conversion.remarks, value);
  const { conversation, tier, remarks } = conversion;
  const found = { kind: 'conversation', conversation, tier, assemblies, remarks } as const;
  const uses = usesIn(conversation);
  const own = ownAssembly(value, assemblies, unit);
  if (own) {
    const target = own.statements.at(-1) as Node;
    const isSettledThere = uses.every((use) => settled(use, target, own.statements, unit));
    const isSettledHere = uses.every((use) => settled(use, value, own.statements, unit));
    const isConstantSystem = conversation.system.every((piece) => piece.kind === 'text') || isSettledHere;
    const isWorthAName = !isOneValue(conversation) && !(isOneTurn(conversation) && conversation.entries.length === 0);
    if (isSettledHere && !isWorthAName) return { ...found, place: 'inline', assembly: own };
    if (isSettledThere && isConstantSystem)
      return { ...found, place: isOneTurn(conversation) ? 'text' : 'messages', assembly: own };
    if (isSettledHere) return { ...found, place: 'inline', assembly: own };
  }
  if (uses.every((use) => settled(use, value, [], unit))) return { ...found, place: 'inline', assembly: undefined };
  return atRunTime('What the prompt is made of may change before the call.', parts, remarks, value);
}

function atRunTime(
  reason: string,
  parts: Parts,
  remarks: readonly Remark[],
  value: Node,
): RuntimePrompt | LeftToPerson {
  const told = remarks.map((remark) =>
    remark.code === 'CTM320' && PREFILL_NAME.test(textOf(value).slice(-60)) ? NAMED_PREFILL : remark,
  );
  const doubt = told.find(({ code }) => code === 'CTM320');
  if (doubt) return { code: doubt.code, node: value, message: doubt.message };
  const isTold = told.some(({ code }) => code === 'CTM204');
  const ends = isTold || mayPrefill(parts);
  return { kind: 'runtime', reason, remarks: ends && !isTold ? [...told, MAY_PREFILL] : told, mayPrefill: ends };
}

const NAMED_PREFILL: Remark = {
  code: 'CTM204',
  message: 'The value after the last "Assistant:" is kept as a final assistant message, which the answer continues.',
};

const MAY_PREFILL: Remark = {
  code: 'CTM204',
  message:
    'Where the prompt ends in text after the last "Assistant:", it is kept as a final assistant message, which the answer continues.',
};

/** The variable that the prompt is, when only its own statements make it and only this call reads it. */
function ownAssembly(value: Node, assemblies: readonly Assembly[], unit: Unit): Assembly | undefined {
  const node = unwrap(value);
  const binding = node.type === 'identifier' ? unit.scopes.bindingOf(node) : undefined;
  const assembly = assemblies.find((each) =>
    binding ? each.binding === binding : each.parts.some(({ kind }) => kind === 'repeat'),
  );
  if (!assembly?.isAlone) return undefined;
  const others = assembly.binding.reads.filter((read) => !isInside(read, value));
  return others.every((read) => assembly.statements.some((statement) => isInside(read, statement)))
    ? assembly
    : undefined;
}

function isOneTurn({ system, entries, prefill }: Conversation<Handle>): boolean {
  const [only, ...more] = entries;
  return system.length === 0 && prefill === null && more.length === 0 && only?.kind === 'turn' && only.role === 'user';
}

/** Whether all that is said is one value: a name of its own would only repeat it. */
function isOneValue({ entries: [only] }: Conversation<Handle>): boolean {
  return only?.kind === 'turn' && only.content.length === 1 && only.content[0]?.kind === 'hole';
}

/** An expression that the output evaluates, and the loops that it stands in. */
interface Use {
  readonly node: Node;
  readonly loops: readonly IterationHandle[];
}

function usesIn({ system, entries, prefill }: Conversation<Handle>): readonly Use[] {
  return [
    ...usesOfContent(system, []),
    ...entries.flatMap((entry) => usesOfEntry(entry, [])),
    ...usesOfContent(prefill ?? [], []),
  ];
}

function usesOfEntry(entry: Entry<Handle>, loops: readonly IterationHandle[]): readonly Use[] {
  if (entry.kind === 'turn') return [...usesOfRole(entry.role, loops), ...usesOfContent(entry.content, loops)];
  if (entry.kind === 'choice')
    return [use(entry.test, loops), ...[...entry.then, ...entry.else].flatMap((inner) => usesOfEntry(inner, loops))];
  const loop = entry.over as IterationHandle;
  const inside = [...loops, loop];
  return [
    { node: loop.data, loops },
    ...loop.filters.map(({ test }) => ({ node: test, loops: inside })),
    ...entry.entries.flatMap((inner) => usesOfEntry(inner, inside)),
  ];
}

function usesOfRole(role: Role<Handle>, loops: readonly IterationHandle[]): readonly Use[] {
  return typeof role === 'string'
    ? []
    : [use(role.test, loops), ...usesOfRole(role.then, loops), ...usesOfRole(role.else, loops)];
}

function usesOfContent(content: Content<Handle>, loops: readonly IterationHandle[]): readonly Use[] {
  return content.flatMap((piece) => {
    if (piece.kind === 'text') return [];
    if (piece.kind === 'hole') return [use(piece.value, loops)];
    return [use(piece.test, loops), ...usesOfContent(piece.then, loops), ...usesOfContent(piece.else, loops)];
  });
}

function use(handle: Handle, loops: readonly IterationHandle[]): Use {
  return { node: (handle as ExpressionHandle).node, loops };
}

function settled({ node, loops }: Use, target: Node, own: readonly Node[], unit: Unit): boolean {
  const way: Way = { unit, target, own, loops: loops.map((loop) => loop.target) };
  return node.file === target.file && canMove(node, way);
}
