import { LEGACY_SEGMENT, LEGACY_URL } from '../../../src/api/http.js';
import { ts } from '../ts.js';
import { onlyDeclaration, type Symbols } from '../symbols.js';
import { isAccess, unwrap } from '../syntax.js';
import { boundValue } from './bound.js';
import { onlyValue } from './only-value.js';

/** The URL of a request to the legacy API, as far as it is seen. */
export interface Endpoint {
  /** The literals, or parts of templates, whose text ends in the legacy path. */
  readonly literals: readonly ts.Node[];
  /** Variables and members that hold such a literal, directly or as a part. */
  readonly holders: readonly ts.Declaration[];
  /** Whether the URL itself says that it is Anthropic's; otherwise the body has to. */
  readonly namesAnthropic: boolean;
  /** Whether it is the address of Anthropic's own servers. */
  readonly isOfficial: boolean;
  /** Whether the program may take another URL that is not seen. */
  readonly isDynamic: boolean;
}

const ANTHROPIC = /anthropic/i;
/** More ways than this to put a URL together are not looked at. */
const MOST_ALTERNATIVES = 16;
const UNSEEN = /^\{.*\}$/s;

/** Reads the URL of a request; undefined unless it is seen to lead to the legacy API wherever it is seen at all. */
export function legacyEndpoint(
  url: ts.Expression,
  base: ts.Expression | undefined,
  symbols: Symbols,
): Endpoint | undefined {
  const ways = base
    ? joined(fold(base, symbols, new Set()), fold(url, symbols, new Set()), '/')
    : fold(url, symbols, new Set());
  const seen = ways.filter(({ text }) => !UNSEEN.test(text));
  if (seen.length === 0 || !seen.every(({ text }) => LEGACY_URL.test(text))) return undefined;
  const literals = seen.map(({ parts }) => parts.findLast(({ text }) => text.includes(LEGACY_SEGMENT))?.node);
  if (literals.includes(undefined)) return undefined;
  return {
    literals: [...new Set(literals as ts.Node[])],
    holders: holdersOf(seen, new Set(literals)),
    namesAnthropic: seen.some(({ text }) => ANTHROPIC.test(text)),
    isOfficial: seen.some(({ text }) => /\bapi\.anthropic\.com\b/.test(text)),
    isDynamic: seen.length < ways.length,
  };
}

/** What holds a literal of the path; what only stands before it serves other addresses as well. */
function holdersOf(ways: readonly Folded[], literals: ReadonlySet<ts.Node | undefined>): readonly ts.Declaration[] {
  const holders = ways.flatMap((way) =>
    way.holders.filter((holder) => holder.parts.some(({ node }) => literals.has(node))),
  );
  return [...new Set(holders.map(({ declaration }) => declaration))];
}

/** One way to put a text together: an expression that is not seen stands in it as `{source}`. */
interface Folded {
  readonly text: string;
  readonly parts: readonly Part[];
  readonly holders: readonly { readonly declaration: ts.Declaration; readonly parts: readonly Part[] }[];
}

interface Part {
  readonly node: ts.Node;
  readonly text: string;
}

function fold(expression: ts.Expression, symbols: Symbols, seen: ReadonlySet<ts.Node>): readonly Folded[] {
  const node = unwrap(expression);
  const bound = boundValue(node, symbols);
  if (bound) return bound.value ? fold(bound.value, symbols, seen) : [unseen(node)];
  if (ts.isStringLiteralLike(node)) return [literal(node, node.text)];
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce<readonly Folded[]>(
      (ways, span) =>
        joined(joined(ways, fold(span.expression, symbols, seen), ''), [literal(span.literal, span.literal.text)], ''),
      [literal(node.head, node.head.text)],
    );
  }
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.PlusToken)
      return joined(fold(node.left, symbols, seen), fold(node.right, symbols, seen), '');
    if (kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken)
      return [...fold(node.left, symbols, seen), ...fold(node.right, symbols, seen)];
  }
  if (ts.isConditionalExpression(node))
    return [...fold(node.whenTrue, symbols, seen), ...fold(node.whenFalse, symbols, seen)];
  if (ts.isNewExpression(node) && node.expression.getText() === 'URL') return foldUrl(node, symbols, seen);
  if (ts.isIdentifier(node)) return foldDeclared(node, symbols.of(node), symbols, seen);
  if (!isAccess(node)) return ts.isCallExpression(node) ? foldCall(node, symbols, seen) : [unseen(node)];
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'href') return fold(node.expression, symbols, seen);
  const member = ts.isPropertyAccessExpression(node) ? symbols.of(node.name) : undefined;
  return foldDeclared(node, member, symbols, seen);
}

/** `new URL(path, base)`: the path of the base is left out where the new one begins at the root. */
function foldUrl(node: ts.NewExpression, symbols: Symbols, seen: ReadonlySet<ts.Node>): readonly Folded[] {
  const [path, base] = node.arguments ?? [];
  if (!path) return [unseen(node)];
  const ways = fold(path, symbols, seen);
  if (!base) return ways;
  const isRooted = ways.every(({ text }) => text.startsWith('/'));
  const bases = fold(base, symbols, seen).map((way) =>
    isRooted ? { ...way, text: way.text.replace(/^(\w+:\/\/[^/]+).*$/s, '$1') } : way,
  );
  return joined(bases, ways, '/');
}

/** `String(url)`, `url.toString()`, and `base.replace(/\/$/, '')`, which leaves a URL what it is. */
function foldCall(node: ts.CallExpression, symbols: Symbols, seen: ReadonlySet<ts.Node>): readonly Folded[] {
  const callee = unwrap(node.expression);
  const [first] = node.arguments;
  if (ts.isIdentifier(callee) && callee.text === 'String' && first) return fold(first, symbols, seen);
  if (!ts.isPropertyAccessExpression(callee)) return [unseen(node)];
  const isTrim =
    callee.name.text === 'replace' && first && ts.isRegularExpressionLiteral(first) && first.text.includes('\\/');
  return callee.name.text === 'toString' || isTrim ? fold(callee.expression, symbols, seen) : [unseen(node)];
}

/** What a name stands for: what it is declared with, and something that is not seen where it may hold more. */
function foldDeclared(
  node: ts.Expression,
  symbol: ts.Symbol | undefined,
  symbols: Symbols,
  seen: ReadonlySet<ts.Node>,
): readonly Folded[] {
  const declaration = onlyDeclaration(symbol) ?? symbol?.declarations?.[0];
  if (!symbol || !declaration || seen.has(declaration)) return [unseen(node)];
  const hasValue =
    ts.isVariableDeclaration(declaration) ||
    ts.isPropertyDeclaration(declaration) ||
    ts.isPropertyAssignment(declaration) ||
    ts.isParameter(declaration) ||
    ts.isBindingElement(declaration);
  const initial = (hasValue ? declaration.initializer : undefined) ?? onlyValue(symbol, symbols);
  if (!initial) return [unseen(node)];
  const isOpen = ts.isParameter(declaration) || ts.isBindingElement(declaration) || symbols.isReassigned(symbol);
  const ways = fold(initial, symbols, new Set([...seen, declaration]));
  const held = ways.map((way) => ({ ...way, holders: [...way.holders, { declaration, parts: way.parts }] }));
  return isOpen ? [...held, unseen(node)] : held;
}

function literal(node: ts.Node, text: string): Folded {
  return { text, parts: [{ node, text }], holders: [] };
}

function unseen(node: ts.Expression): Folded {
  return { text: `{${node.getText()}}`, parts: [], holders: [] };
}

/** Every way of the first with every way of the second; `separator` stands between them once. */
function joined(first: readonly Folded[], second: readonly Folded[], separator: string): readonly Folded[] {
  const ways = first.flatMap((one) =>
    second.map((two) => ({
      text: separator === '' ? one.text + two.text : join(one.text, two.text),
      parts: [...one.parts, ...two.parts],
      holders: [...one.holders, ...two.holders],
    })),
  );
  return ways.slice(0, MOST_ALTERNATIVES);
}

function join(base: string, path: string): string {
  return /^\w+:\/\//.test(path) ? path : `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}
