import { LEGACY_SEGMENT, LEGACY_URL } from '../../../src/api/http.js';
import { literalPieces } from '../literals.js';
import { argumentsOf, attributeName, calledMethod, field, namedChildren, textOf, unwrap, type Node } from '../node.js';
import type { Origins, Placed } from '../origin.js';
import { selfAttribute, type Definition } from '../scopes.js';
import type { Unit } from '../unit.js';

/** The URL of a request to the legacy API, as far as it is seen. */
export interface Endpoint {
  /** The string literals whose text ends in the legacy path. */
  readonly literals: readonly Placed[];
  /** The names, and members of `self`, that hold such a literal. */
  readonly holders: readonly Placed[];
  /** Whether the URL itself says that it is Anthropic's; otherwise the body has to. */
  readonly namesAnthropic: boolean;
  /** Whether it is the address of Anthropic's own servers. */
  readonly isOfficial: boolean;
  /** Whether the program may take another URL that is not seen. */
  readonly isDynamic: boolean;
}

const UNSEEN = /^\{[^{}]*\}$/s;
/** More ways than this to put a URL together are not looked at. */
const MOST_ALTERNATIVES = 16;
const DEPTH = 8;

/** Reads the URL of a request; undefined unless it is seen to lead to the legacy API wherever it is seen at all. */
export function legacyEndpoint(
  url: Node,
  base: Placed | undefined,
  unit: Unit,
  origins: Origins,
): Endpoint | undefined {
  const paths = fold({ node: url, unit }, origins, DEPTH);
  const ways = base ? joined(fold(base, origins, DEPTH), paths, '/') : paths;
  const seen = ways.filter(({ text }) => !UNSEEN.test(text));
  if (seen.length === 0 || !seen.every(({ text }) => LEGACY_URL.test(text))) return undefined;
  const ends = seen.map(({ parts }) => parts.findLast(({ text }) => text.includes(LEGACY_SEGMENT)));
  if (ends.includes(undefined)) return undefined;
  const found = ends as Part[];
  return {
    literals: distinct(found.map(({ at }) => at)),
    holders: distinct(found.flatMap(({ holders }) => holders)),
    namesAnthropic: seen.some(({ text }) => /anthropic/i.test(text)),
    isOfficial: seen.some(({ text }) => /\bapi\.anthropic\.com\b/.test(text)),
    isDynamic: seen.length < ways.length,
  };
}

/** A literal that is part of a text, and the names through which it came. */
interface Part {
  readonly at: Placed;
  readonly text: string;
  readonly holders: readonly Placed[];
}

/** One way to put a text together: an expression that is not seen stands in it as `{source}`. */
interface Folded {
  readonly text: string;
  readonly parts: readonly Part[];
}

function fold({ node: expression, unit }: Placed, origins: Origins, depth: number): readonly Folded[] {
  const node = unwrap(expression);
  const again = (next: Node): readonly Folded[] => fold({ node: next, unit }, origins, depth - 1);
  if (depth === 0) return [unseen(node)];
  switch (node.type) {
    case 'string':
      return foldString(node, unit, again);
    case 'concatenated_string':
      return namedChildren(node).reduce<readonly Folded[]>((ways, piece) => joined(ways, again(piece), ''), [EMPTY]);
    case 'binary_operator': {
      const [left, right] = namedChildren(node);
      const isSum = node.children.some(({ type }) => type === '+');
      return isSum && left && right ? joined(again(left), again(right), '') : [unseen(node)];
    }
    case 'boolean_operator':
      return namedChildren(node).flatMap(again);
    case 'conditional_expression': {
      const [then, , otherwise] = namedChildren(node);
      return then && otherwise ? [...again(then), ...again(otherwise)] : [unseen(node)];
    }
    case 'call':
      return foldCall(node, unit, origins, again);
    case 'identifier':
    case 'attribute':
      return foldName(node, unit, origins, depth);
    default:
      return [unseen(node)];
  }
}

const EMPTY: Folded = { text: '', parts: [] };

function foldString(node: Node, unit: Unit, again: (next: Node) => readonly Folded[]): readonly Folded[] {
  return (literalPieces(node) ?? []).reduce<readonly Folded[]>(
    (ways, piece) => {
      const next =
        typeof piece === 'string'
          ? [{ text: piece, parts: [{ at: { node, unit }, text: piece, holders: [] }] }]
          : again(piece.expression);
      return joined(ways, next, '');
    },
    [EMPTY],
  );
}

/** `os.getenv("URL", "https://...")`, `urljoin(base, path)`, and `base.rstrip("/")`, which leaves a URL what it is. */
function foldCall(
  node: Node,
  unit: Unit,
  origins: Origins,
  again: (next: Node) => readonly Folded[],
): readonly Folded[] {
  const method = calledMethod(node);
  const args = argumentsOf(node);
  const [first, second] = args;
  const name = origins.fullName(field(node, 'function') as Node, unit) ?? textOf(field(node, 'function') as Node);
  if (method && /^(rstrip|strip|lstrip)$/.test(method.name)) return again(method.object);
  if (/(^|\.)str$/.test(name) && first) return again(first);
  if (/(^|\.)URL$/.test(name) && first) return again(first);
  if (/(^|\.)urljoin$/.test(name) && first && second) {
    const paths = again(second);
    const isRooted = paths.every(({ text }) => text.startsWith('/'));
    const bases = again(first).map((way) =>
      isRooted ? { ...way, text: way.text.replace(/^(\w+:\/\/[^/]+).*$/s, '$1') } : way,
    );
    return joined(bases, paths, '/');
  }
  const fallback = /(^|\.)(getenv|get)$/.test(name) ? second && (field(second, 'value') ?? second) : undefined;
  return fallback ? [...again(fallback), unseen(node)] : [unseen(node)];
}

/** What a name stands for, and something that is not seen where it may hold more. */
function foldName(node: Node, unit: Unit, origins: Origins, depth: number): readonly Folded[] {
  const values = origins.valuesOf(node, unit);
  const definitions = origins.definitionsOf(node, unit);
  const defaults = definitions.flatMap(({ definition, unit: holder }) => {
    const given = defaultOf(definition);
    return given ? [{ node: given, unit: holder }] : [];
  });
  const ways = [...values, ...defaults].flatMap((value) => {
    const holder = holderOf(value);
    const found = fold(value, origins, depth - 1);
    return holder
      ? found.map((way) => ({
          ...way,
          parts: way.parts.map((part) => ({ ...part, holders: [...part.holders, holder] })),
        }))
      : found;
  });
  const isOpen = ways.length === 0 || defaults.length > 0 || definitions.length > values.length + defaults.length;
  return isOpen ? [...ways, unseen(node)] : ways;
}

export function defaultOf({ kind, value }: Definition): Node | undefined {
  return kind === 'parameter' && value?.type.includes('default') ? field(value, 'value') : undefined;
}

/** The name, or the member of `self`, that a value is given to. */
function holderOf({ node, unit }: Placed): Placed | undefined {
  const owner = node.parent;
  const target = owner && (field(owner, 'left') ?? field(owner, 'name'));
  const isNamed =
    target &&
    (target.type === 'identifier' ||
      selfAttribute(target, unit.scopes) !== undefined ||
      attributeName(target) !== undefined);
  return isNamed ? { node: target, unit } : undefined;
}

function unseen(node: Node): Folded {
  return { text: `{${textOf(node).replaceAll(/[{}]/g, '')}}`, parts: [] };
}

/** Every way of the first with every way of the second; `separator` stands between them once. */
function joined(first: readonly Folded[], second: readonly Folded[], separator: string): readonly Folded[] {
  const ways = first.flatMap((one) =>
    second.map((two) => ({
      text: separator === '' ? one.text + two.text : joinedUrl(one.text, two.text),
      parts: [...one.parts, ...two.parts],
    })),
  );
  return ways.slice(0, MOST_ALTERNATIVES);
}

function joinedUrl(base: string, path: string): string {
  return /^\w+:\/\//.test(path) ? path : `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

function distinct(all: readonly Placed[]): readonly Placed[] {
  return [...new Map(all.map((each) => [each.node, each])).values()];
}
