import { ts } from '../ts.js';
import { HELPER_HEADER } from '../../helpers/typescript/helper-source.js';
import { walk } from '../syntax.js';
import type { Unit } from '../unit.js';
import type { Leftover } from './leftover.js';

const MARKER = /\n\n(Human|Assistant):/g;
/** Markers are nothing to other vendors, whose prompts may look alike. */
const ANTHROPIC = /anthropic|claude/i;
/** What a call is after it has moved: a builder whose prompt others read too stays beside its twin. */
const MESSAGES_CALL = /\.messages\s*\.\s*(create|stream)\(/;
/** The constants that stay of the SDK's, in code that reads markers. */
const KEPT = /^(HUMAN|AI)_PROMPT$/;

/**
 * Prompts in files that no call is seen to reach: what builds them in another module, for a request that the program
 * sends in a way of its own. What the files with calls import, and what imports them, is the calls'; `isTold` are files that
 * have another finding.
 */
export function strayMarkers(
  units: readonly Unit[],
  calling: ReadonlySet<Unit>,
  isTold: (unit: Unit) => boolean,
  checker: ts.TypeChecker,
): ReadonlyMap<Unit, Leftover> {
  const found = new Map<Unit, Leftover>();
  const isHandled = (unit: Unit): boolean =>
    calling.has(unit) || unit.text.includes(HELPER_HEADER) || MESSAGES_CALL.test(unit.text);
  const suspects = units.filter((unit) => ANTHROPIC.test(unit.path + unit.text) && !isTold(unit) && !isHandled(unit));
  const marked = suspects.flatMap((unit) => {
    const node = firstMarker(unit);
    return node ? [{ unit, node }] : [];
  });
  if (marked.length === 0) return found;
  const neighbours = importGraph(units, checker);
  for (const { unit, node } of marked) {
    const near = reachedFrom(unit.tree, neighbours);
    if (units.some((other) => near.has(other.tree) && isHandled(other))) continue;
    found.set(unit, {
      code: 'CTM309',
      node,
      message:
        'A legacy prompt is written or read here, for a call that is not seen; build messages, and read messages.',
    });
  }
  return found;
}

/** The first text with a marker, in a file that has both kinds of them. */
function firstMarker({ tree, text }: Unit): ts.Node | undefined {
  if (!text.includes('Human:') || !text.includes('Assistant:')) return undefined;
  const kinds = new Set<string>();
  let first: ts.Node | undefined;
  walk(tree, (node) => {
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
    if (!isText || isKept(node)) return undefined;
    const before = kinds.size;
    for (const [, kind = ''] of node.text.matchAll(MARKER)) kinds.add(kind);
    if (kinds.size > before) first ??= node;
    return undefined;
  });
  return kinds.size === 2 ? first : undefined;
}

function isKept({ parent }: ts.Node): boolean {
  const name = ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) ? parent.name : undefined;
  return name !== undefined && ts.isIdentifier(name) && KEPT.test(name.text);
}

type Graph = ReadonlyMap<ts.SourceFile, ReadonlySet<ts.SourceFile>>;

/** Which files import each other, in either direction. */
function importGraph(units: readonly Unit[], checker: ts.TypeChecker): Graph {
  const graph = new Map<ts.SourceFile, Set<ts.SourceFile>>();
  const connect = (from: ts.SourceFile, to: ts.SourceFile): void => {
    graph.set(from, (graph.get(from) ?? new Set()).add(to));
    graph.set(to, (graph.get(to) ?? new Set()).add(from));
  };
  for (const { tree } of units) {
    walk(tree, (node) => {
      const file =
        ts.isStringLiteralLike(node) && isSpecifier(node)
          ? checker.getSymbolAtLocation(node)?.declarations?.[0]
          : undefined;
      if (file && ts.isSourceFile(file)) connect(tree, file);
      return undefined;
    });
  }
  return graph;
}

function isSpecifier({ parent }: ts.Node): boolean {
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
  if (!ts.isCallExpression(parent)) return false;
  const { expression } = parent;
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require')
  );
}

function reachedFrom(start: ts.SourceFile, graph: Graph): ReadonlySet<ts.SourceFile> {
  const reached = new Set([start]);
  for (const file of reached) graph.get(file)?.forEach((next) => reached.add(next));
  return reached;
}
