import { atRunTime } from '../../src/prompt/at-run-time.js';
import { isOneTurn, isOneValue, type Conversation } from '../../src/prompt/conversation.js';
import { convert, type Remark } from '../../src/prompt/convert.js';
import { PREFILL_NAME } from '../../src/prompt/telling-names.js';
import { usesIn, type Use } from '../../src/prompt/uses.js';
import type { LeftToPerson } from './left-to-person.js';
import type { Assembly } from './lift/assembly.js';
import type { Handle, Parts } from './lift/handle.js';
import type { EndsInPrefill } from './lift/ends-in-prefill.js';
import { lift } from './lift/lift.js';
import { canMove, isPure, type Way } from './movable.js';
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

/** Decides how the prompt in `value` moves, or says why a person has to. */
export function planPrompt(
  value: Node,
  unit: Unit,
  origins: Origins,
  endsInPrefill: EndsInPrefill,
): PromptPlan | LeftToPerson {
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
  if (conversion.kind === 'runtime')
    return splitLater(conversion.reason, parts, conversion.remarks, value, endsInPrefill([value], unit));
  const { conversation, tier, remarks } = conversion;
  const found = { kind: 'conversation', conversation, tier, assemblies, remarks } as const;
  const uses = usesIn(conversation).flatMap(evaluated);
  const own = ownAssembly(value, assemblies, unit);
  if (own) {
    const target = own.statements.at(-1) as Node;
    const isSettledThere = uses.every((use) => settled(use, target, own.statements, unit));
    const isSettledHere = uses.every((use) => settled(use, value, own.statements, unit));
    const isConstantSystem = conversation.system.every((piece) => piece.kind === 'text') || isSettledHere;
    const isWorthAName = !isOneValue(conversation) && !(isOneTurn(conversation) && conversation.entries.length === 0);
    const isReturned = value.parent?.type === 'return_statement';
    if (isSettledHere && (!isWorthAName || isReturned)) return { ...found, place: 'inline', assembly: own };
    if (isSettledThere && isConstantSystem)
      return { ...found, place: isOneTurn(conversation) ? 'text' : 'messages', assembly: own };
    if (isSettledHere) return { ...found, place: 'inline', assembly: own };
  }
  const going = goingWith(value, assemblies);
  const isOnce = ({ node }: Evaluated): boolean =>
    isInside(node, value) || isPure(node) || going.some((statement) => isInside(node, statement));
  if (uses.every((use) => settled(use, value, [], unit) && isOnce(use)))
    return { ...found, place: 'inline', assembly: undefined };
  const ends = endsInPrefill([value], unit);
  return splitLater('What the prompt is made of may change before the call.', parts, remarks, value, ends);
}

function splitLater(
  reason: string,
  parts: Parts,
  remarks: readonly Remark[],
  value: Node,
  endsInPrefill: boolean,
): RuntimePrompt | LeftToPerson {
  const isNamedPrefill = PREFILL_NAME.test(textOf(value).slice(-60));
  const { doubt, ...told } = atRunTime(parts, remarks, { isNamedPrefill, endsInPrefill });
  return doubt ? { code: doubt.code, node: value, message: doubt.message } : { kind: 'runtime', reason, ...told };
}

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

/** The statements that make nothing but what this prompt reads: they go with it. */
function goingWith(value: Node, assemblies: readonly Assembly[]): readonly Node[] {
  return assemblies.flatMap(({ binding, statements, isAlone }) =>
    isAlone && binding.reads.every((read) => [value, ...statements].some((holder) => isInside(read, holder)))
      ? statements
      : [],
  );
}

/** An expression that the output evaluates, and what the elements of the loops around it are called. */
interface Evaluated {
  readonly node: Node;
  readonly targets: readonly Node[];
}

function evaluated({ handle, loops }: Use<Handle>): readonly Evaluated[] {
  const targets = loops.flatMap((loop) => (loop.kind === 'iteration' ? [loop.target] : []));
  if (handle.kind === 'expression') return [{ node: handle.node, targets }];
  const inside = [...targets, handle.target];
  return [{ node: handle.data, targets }, ...handle.filters.map(({ test }) => ({ node: test, targets: inside }))];
}

function settled({ node, targets }: Evaluated, target: Node, own: readonly Node[], unit: Unit): boolean {
  const way: Way = { unit, target, own, loops: targets };
  return node.file === target.file && canMove(node, way);
}
