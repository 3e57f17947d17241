import { ts } from '../ts.js';
import type { Fragment } from '../../../src/prompt/fragment.js';
import { readFragment } from '../../../src/prompt/fragment.js';
import type { Part } from '../../../src/prompt/parts.js';
import { usesIn } from '../../../src/prompt/uses.js';
import type { Analysis } from '../analyse.js';
import type { Assembly } from '../lift/assembly.js';
import type { LiftContext, Parts } from '../lift/context.js';
import type { Handle } from '../lift/handle.js';
import { lift } from '../lift/lift.js';
import { choice } from '../lift/parts.js';
import { hasRawNewLines } from '../prompt-plan.js';
import { areSettled } from '../settled.js';
import type { Symbols } from '../symbols.js';
import { isWritten } from '../syntax.js';
import type { Unit } from '../unit.js';
import type { Holder } from './holder.js';
import type { Read, Write } from './transcript.js';

/** A statement that writes to a transcript, with the text that it writes taken apart. */
export interface RawWrite {
  readonly kind: Write['kind'];
  readonly statement: ts.Node;
  readonly target: ts.Expression | undefined;
  readonly value: ts.Expression;
  readonly text: Taken;
}

interface Taken {
  readonly parts: Parts;
  readonly assemblies: readonly Assembly[];
}

/** Reads the pieces that a transcript is made of, and the prompts that begin with it. */
export interface PieceReader {
  readonly declared: () => RawWrite | undefined;
  readonly write: (target: ts.Expression) => RawWrite | undefined;
  /** What one write says. */
  readonly single: (write: RawWrite) => Write | undefined;
  /** What several statements in a row say together; each appends, or does so under a condition. */
  readonly together: (statements: readonly ts.Statement[], writes: readonly RawWrite[]) => Write | undefined;
  readonly read: (expression: ts.Expression) => Pick<Read, 'lead' | 'fragment' | 'rawNewLines'> | undefined;
  readonly assemblies: readonly Assembly[];
}

export function pieceReader(holder: Holder, unit: Unit, { symbols, view: { checker } }: Analysis): PieceReader {
  const all: Assembly[] = [];
  const withoutHolder: Symbols = {
    ...symbols,
    of: (node) => (symbols.of(node) === holder.symbol ? undefined : symbols.of(node)),
    declaration: (node) => (symbols.of(node) === holder.symbol ? undefined : symbols.declaration(node)),
  };

  const contextOf = (use: ts.Expression, assemblies: Assembly[]): LiftContext => ({
    unit,
    checker,
    // What the transcript holds is not asked: in a text it stands for itself, and an answer to it holds none of it.
    symbols: withoutHolder,
    use,
    bound: new Map(),
    onAssembly: (assembly) => assemblies.push(assembly),
    onBuilder: () => undefined,
    depth: 0,
  });

  const taken = (expression: ts.Expression): Taken => {
    const assemblies: Assembly[] = [];
    const parts = lift(expression, contextOf(expression, assemblies));
    return { parts: parts.filter((part) => part.kind !== 'text' || part.text !== ''), assemblies };
  };

  const isSoFar = (handle: Handle): boolean =>
    handle.kind === 'expression' && handle.node !== undefined && holder.accesses.includes(handle.node);
  const standsForAll = (part: Part<Handle> | undefined): boolean => part?.kind === 'hole' && isSoFar(part.value);

  /** What the parts say; text that is put together elsewhere has to be the same where it is used. */
  const fragmentOf = (
    { parts, assemblies }: Taken,
    place: 'start' | 'behind',
    target: ts.Node,
  ): Fragment<Handle> | undefined => {
    const fragment = readFragment(parts, place);
    if (!fragment) return undefined;
    const uses = usesIn({ system: fragment.lead, entries: fragment.entries, prefill: null });
    if (uses.some(({ handle }) => isSoFar(handle)) || !areSettled(uses, target, assemblies, symbols)) return undefined;
    all.push(...assemblies);
    return fragment;
  };

  const single = ({ kind, statement, target, value, text }: RawWrite): Write | undefined => {
    const fragment = fragmentOf(text, kind === 'set' ? 'start' : 'behind', value);
    const rawNewLines = hasRawNewLines(value, text.assemblies);
    return fragment && { kind, nodes: [statement], target, values: [value], fragment, rawNewLines };
  };

  const together = (statements: readonly ts.Statement[], writes: readonly RawWrite[]): Write | undefined => {
    const assemblies: Assembly[] = [];
    const partsOf = (statement: ts.Statement): Parts => {
      if (ts.isBlock(statement)) return statement.statements.flatMap(partsOf);
      if (ts.isIfStatement(statement)) {
        const { expression, thenStatement, elseStatement } = statement;
        const otherwise = elseStatement ? partsOf(elseStatement) : [];
        return choice(expression, partsOf(thenStatement), otherwise, contextOf(expression, assemblies));
      }
      const text = writes.find((write) => write.statement === statement)?.text;
      assemblies.push(...(text?.assemblies ?? []));
      return text?.parts ?? [];
    };
    const [first] = writes;
    const [start] = statements;
    if (!first || !start) return undefined;
    const fragment = fragmentOf({ parts: statements.flatMap(partsOf), assemblies }, 'behind', start.parent);
    const rawNewLines = writes.some(({ value }) => hasRawNewLines(value, assemblies));
    const values = statements.map(
      (statement) => writes.find((write) => write.statement === statement)?.value ?? statement,
    );
    return fragment && { kind: 'append', nodes: statements, target: first.target, values, fragment, rawNewLines };
  };

  const declared = (): RawWrite | undefined => {
    const { declaration } = holder;
    const value = declaration?.initializer;
    return (
      declaration && value && { kind: 'set', statement: declaration, target: undefined, value, text: taken(value) }
    );
  };

  const write = (target: ts.Expression): RawWrite | undefined => {
    const { parent } = target;
    if (!isWritten(target) || !ts.isBinaryExpression(parent) || !ts.isExpressionStatement(parent.parent))
      return undefined;
    const { right: value, operatorToken } = parent;
    const text = taken(value);
    const made = { statement: parent.parent, target, value, text };
    if (operatorToken.kind === ts.SyntaxKind.PlusEqualsToken) return { ...made, kind: 'append' };
    if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
    return standsForAll(text.parts[0])
      ? { ...made, kind: 'append', text: { ...text, parts: text.parts.slice(1) } }
      : { ...made, kind: 'set' };
  };

  const read: PieceReader['read'] = (expression) => {
    const made = taken(expression);
    const at = made.parts.findIndex(standsForAll);
    if (at < 0) return undefined;
    const opening = fragmentOf({ ...made, parts: made.parts.slice(0, at) }, 'start', expression);
    const fragment = fragmentOf({ ...made, parts: made.parts.slice(at + 1) }, 'behind', expression);
    if (!opening?.endings.has('nothing') || !fragment) return undefined;
    return { lead: opening.lead, fragment, rawNewLines: hasRawNewLines(expression, made.assemblies) };
  };

  return { declared, write, single, together, read, assemblies: all };
}
