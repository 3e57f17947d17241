import type ts from 'typescript';
import { usesOfContent, type Use } from '../../src/prompt/uses.js';
import type { Assembly } from './lift/assembly.js';
import type { ExpressionHandle, Handle, IterationHandle } from './lift/handle.js';
import { canMove, isInScope, isPure } from './movable.js';
import type { Symbols } from './symbols.js';
import { isInside } from './syntax.js';

/** An expression that the output evaluates, and the loops that it stands in. */
interface Evaluated {
  readonly handle: ExpressionHandle;
  readonly loops: readonly IterationHandle[];
}

function evaluated({ handle, loops: around }: Use<Handle>): readonly Evaluated[] {
  const loops = around.filter((loop) => loop.kind === 'iteration');
  if (handle.kind === 'iteration') return evaluatedByLoop(handle, loops);
  if (!handle.loop) return [{ handle, loops }];
  const { over, body } = handle.loop;
  return [...evaluatedByLoop(over, loops), ...usesOfContent(body, [...loops, over]).flatMap(evaluated)];
}

function evaluatedByLoop(loop: IterationHandle, loops: readonly IterationHandle[]): readonly Evaluated[] {
  const data: ExpressionHandle = { kind: 'expression', pieces: loop.data, node: loop.dataNode, isString: false };
  const inside = [...loops, loop];
  const tests = loop.skips.map((node) => ({
    handle: { kind: 'expression', pieces: [], node, isString: false } as const,
    loops: inside,
  }));
  return [{ handle: data, loops }, ...tests];
}

/** Whether everything that is evaluated has the same value at `target`, and nothing with an effect is evaluated twice. */
export function areSettled(
  uses: readonly Use<Handle>[],
  target: ts.Node,
  assemblies: readonly Assembly[],
  symbols: Symbols,
): boolean {
  const ignored = assemblies.flatMap(({ appends, declaration }) => [...appends, declaration]);
  const seen = new Set<ts.Node>();
  return uses.flatMap(evaluated).every(({ handle, loops }) => {
    const { node, bound } = handle;
    const arguments_ = [...(bound?.values() ?? [])].flatMap((argument) => argument.node ?? []);
    const declaredByLoop = (symbol: ts.Symbol): boolean =>
      (symbol.declarations ?? []).some((declaration) =>
        loops.some((loop) =>
          loop.bindingNodes.some((binding) => isInside(declaration, binding) || declaration === binding.parent),
        ),
      );
    const areArgumentsSettled = arguments_.every(
      (argument) =>
        isInside(argument, target) || canMove(argument, { symbols, target, ignored, bound: declaredByLoop }),
    );
    // What was made of another file's text reads nothing but its arguments.
    if (!node) return areArgumentsSettled;
    if (seen.has(node) && !isPure(node)) return false;
    seen.add(node);
    const comesAlong = (symbol: ts.Symbol): boolean => bound?.has(symbol) === true || declaredByLoop(symbol);
    if (isInside(node, target)) return isInScope(node, { symbols, target, ignored, bound: comesAlong });
    return areArgumentsSettled && canMove(node, { symbols, target, ignored, bound: comesAlong });
  });
}
