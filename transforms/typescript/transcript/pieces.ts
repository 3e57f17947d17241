import { ts } from '../ts.js';
import type { Part } from '../../../src/prompt/parts.js';
import { readFragment } from '../../../src/prompt/fragment.js';
import { usesIn } from '../../../src/prompt/uses.js';
import type { Analysis } from '../analyse.js';
import type { Assembly } from '../lift/assembly.js';
import type { LiftContext, Parts } from '../lift/context.js';
import type { ExpressionHandle, Handle } from '../lift/handle.js';
import { lift } from '../lift/lift.js';
import { hasRawNewLines } from '../prompt-plan.js';
import { areSettled } from '../settled.js';
import { isWritten } from '../syntax.js';
import type { Unit } from '../unit.js';
import type { Holder } from './holder.js';
import type { Read, Write } from './transcript.js';

/** Reads the pieces that a transcript is made of, and the prompts that begin with it. */
export interface PieceReader {
  readonly declared: () => Write | undefined;
  readonly write: (target: ts.Expression) => Write | undefined;
  readonly read: (expression: ts.Expression) => Sent | undefined;
  readonly assemblies: readonly Assembly[];
}

type Sent = Pick<Read, 'lead' | 'fragment' | 'rawNewLines'>;

export function pieceReader(holder: Holder, unit: Unit, { symbols, view: { checker } }: Analysis): PieceReader {
  const all: Assembly[] = [];

  /** The parts of an expression, with one hole that stands for the transcript. */
  const taken = (expression: ts.Expression): Taken => {
    const assemblies: Assembly[] = [];
    const context: LiftContext = {
      unit,
      checker,
      symbols,
      use: expression,
      bound: new Map([[holder.symbol, SO_FAR]]),
      onAssembly: (assembly) => assemblies.push(assembly),
      onBuilder: () => undefined,
      depth: 0,
    };
    return { parts: lift(expression, context).filter((part) => part.kind !== 'text' || part.text !== ''), assemblies };
  };

  const isSoFar = (handle: Handle): boolean =>
    handle === SO_FAR ||
    (handle.kind === 'expression' && handle.node !== undefined && holder.accesses.includes(handle.node));
  const standsForAll = (part: Part<Handle> | undefined): boolean => part?.kind === 'hole' && isSoFar(part.value);

  /** What the parts say; text that is put together elsewhere has to be the same where it is used. */
  const fragmentOf = (
    { parts, assemblies }: Taken,
    place: 'start' | 'behind',
    target: ts.Expression,
  ): Piece | undefined => {
    const fragment = readFragment(parts, place);
    if (!fragment || assemblies.some(({ symbol }) => symbol === holder.symbol)) return undefined;
    const uses = usesIn({ system: fragment.lead, entries: fragment.entries, prefill: null });
    if (uses.some(({ handle }) => isSoFar(handle)) || !areSettled(uses, target, assemblies, symbols)) return undefined;
    all.push(...assemblies);
    return fragment;
  };

  const piece = (
    kind: Write['kind'],
    node: ts.Node,
    target: ts.Expression | undefined,
    value: ts.Expression,
    taken: Taken,
  ): Write | undefined => {
    const fragment = fragmentOf(taken, kind === 'set' ? 'start' : 'behind', value);
    return fragment && { kind, node, target, value, fragment, rawNewLines: hasRawNewLines(value, taken.assemblies) };
  };

  const declared = (): Write | undefined => {
    const { declaration } = holder;
    const value = declaration?.initializer;
    return declaration && value && piece('set', declaration, undefined, value, taken(value));
  };

  const write = (target: ts.Expression): Write | undefined => {
    const { parent } = target;
    if (!isWritten(target) || !ts.isBinaryExpression(parent) || !ts.isExpressionStatement(parent.parent))
      return undefined;
    const { right, operatorToken } = parent;
    const made = taken(right);
    if (operatorToken.kind === ts.SyntaxKind.PlusEqualsToken)
      return piece('append', parent.parent, target, right, made);
    if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
    return standsForAll(made.parts[0])
      ? piece('append', parent.parent, target, right, { ...made, parts: made.parts.slice(1) })
      : piece('set', parent.parent, target, right, made);
  };

  const read = (expression: ts.Expression): Sent | undefined => {
    const made = taken(expression);
    const at = made.parts.findIndex(standsForAll);
    if (at < 0) return undefined;
    const opening = fragmentOf({ ...made, parts: made.parts.slice(0, at) }, 'start', expression);
    const fragment = fragmentOf({ ...made, parts: made.parts.slice(at + 1) }, 'behind', expression);
    if (!opening?.endings.has('nothing') || !fragment) return undefined;
    return { lead: opening.lead, fragment, rawNewLines: hasRawNewLines(expression, made.assemblies) };
  };

  return { declared, write, read, assemblies: all };
}

interface Taken {
  readonly parts: Parts;
  readonly assemblies: readonly Assembly[];
}

type Piece = Write['fragment'];

/** Stands for the text that is there already. */
const SO_FAR: ExpressionHandle = { kind: 'expression', pieces: [], isString: true };
