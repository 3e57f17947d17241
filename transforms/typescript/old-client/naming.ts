import { ts } from '../ts.js';
import type { Edit } from '../../../src/edits/edit.js';
import { namesIn } from '../results/names-in-scope.js';
import { LeftToPerson } from '../left-to-person.js';
import type { Symbols } from '../symbols.js';
import { isAccess, staticName, unwrap, walk } from '../syntax.js';
import type { Unit } from '../unit.js';

/** What becomes of the client of SDK 0.4 (FACTS: client surface) wherever the program names or makes it. */
export interface OldClientNames {
  readonly edits: readonly { readonly unit: Unit; readonly edits: readonly Edit[] }[];
  /** Why one of those places cannot change; then none does, and no call of such a client moves. */
  readonly problem: LeftToPerson | undefined;
}

const OLD = 'Client';
const NEW = 'Anthropic';

/** Plans `new Client(key, { apiUrl })` as `new Anthropic({ apiKey: key, baseURL })`, with its imports and types. */
export function planOldClient(units: readonly Unit[], symbols: Symbols): OldClientNames {
  const plans: { unit: Unit; edits: readonly Edit[] }[] = [];
  try {
    for (const unit of units) {
      const edits = mayName(unit) ? editsIn(unit, symbols) : [];
      if (edits.length > 0) plans.push({ unit, edits });
    }
  } catch (error) {
    if (!(error instanceof LeftToPerson)) throw error;
    return { edits: [], problem: error };
  }
  return { edits: plans, problem: undefined };
}

/** Types that went with the client. */
const OLD_TYPES: ReadonlySet<string> = new Set(['SamplingParameters', 'CompletionResponse', 'OnOpen', 'OnUpdate']);

/** Whether a file can name the client or its types at all: that is told from the text, at no cost. */
function mayName({ text }: Unit): boolean {
  return text.includes('@anthropic-ai/sdk') && [OLD, ...OLD_TYPES].some((name) => text.includes(name));
}

function editsIn(unit: Unit, symbols: Symbols): readonly Edit[] {
  const edits: Edit[] = [];
  const isFree = !namesIn(unit.tree).has(NEW);
  const aliases = [...unit.text.matchAll(/\bClient\s*(?:as|:)\s*(\w+)/g)].map((match) => match[1] ?? '');
  const spelled = new Set([OLD, ...OLD_TYPES, ...aliases]);
  walk(unit.tree, (node) => {
    const name = ts.isIdentifier(node) && spelled.has(node.text) ? symbols.sdkName(node) : undefined;
    if (name !== undefined && OLD_TYPES.has(name))
      throw new LeftToPerson(
        'CTM305',
        node,
        `${name} is a type of SDK 0.4 only; write the type of today there by hand`,
      );
    if (ts.isIdentifier(node) && name === OLD) {
      const text = renamed(node, isFree);
      if (text !== undefined) edits.push({ range: unit.range(node), pieces: [text] });
    }
    if (ts.isNewExpression(node) && symbols.sdkName(unwrap(node.expression)) === OLD)
      edits.push(...constructed(node, unit));
    return undefined;
  });
  return edits;
}

/** The new text of one identifier that means the old client; undefined where it is a name of the program's own. */
function renamed(node: ts.Identifier, isFree: boolean): string | undefined {
  const { parent } = node;
  if (ts.isImportSpecifier(parent) || ts.isBindingElement(parent)) {
    if (parent.propertyName) return parent.propertyName === node ? NEW : undefined;
    if (isFree) return NEW;
    return ts.isImportSpecifier(parent) ? `${NEW} as ${OLD}` : `${NEW}: ${OLD}`;
  }
  const isMember =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isQualifiedName(parent) && parent.right === node);
  const place = isMember ? parent : node;
  if (!isCarried(place))
    throw new LeftToPerson(
      'CTM305',
      node,
      'the class of this client is used as a value; make an Anthropic client there by hand',
    );
  if (isMember) return NEW;
  return isFree && node.text === OLD ? NEW : undefined;
}

/** Whether a name of the class stands where the new class can stand: made with `new`, or as a type. */
function isCarried(node: ts.Node): boolean {
  const { parent } = node;
  return (
    (ts.isNewExpression(parent) && parent.expression === node) ||
    ts.isTypeReferenceNode(parent) ||
    (ts.isImportTypeNode(parent) && parent.qualifier === node)
  );
}

/** The options that take the place of a key and an `apiUrl`. */
function constructed({ arguments: given }: ts.NewExpression, unit: Unit): readonly Edit[] {
  const [key, options, ...more] = given ?? [];
  if (!key) return [];
  if (ts.isSpreadElement(key) || more.length > 0) throw unreadable(key);
  const url = options && apiUrlOf(options);
  const { start } = unit.range(key);
  const { end } = unit.range(options ?? key);
  const name = ts.isIdentifier(key) && key.text === 'apiKey';
  return [
    {
      range: { start, end },
      pieces: [
        name ? '{ ' : '{ apiKey: ',
        unit.range(key),
        ...(url ? [', baseURL: ', unit.range(url.node), url.suffix] : []),
        ' }',
      ],
    },
  ];
}

/** The `apiUrl` of the options, which is all that they could hold: written there, or a member of what they are. */
function apiUrlOf(options: ts.Expression): { readonly node: ts.Node; readonly suffix: string } | undefined {
  const literal = unwrap(options);
  if (ts.isIdentifier(literal) || isAccess(literal)) return { node: literal, suffix: '?.apiUrl' };
  if (!ts.isObjectLiteralExpression(literal)) throw unreadable(options);
  const [first, ...more] = literal.properties;
  if (!first) return undefined;
  if (more.length > 0 || staticName(first.name) !== 'apiUrl') throw unreadable(options);
  if (ts.isPropertyAssignment(first)) return { node: first.initializer, suffix: '' };
  if (ts.isShorthandPropertyAssignment(first)) return { node: first.name, suffix: '' };
  throw unreadable(options);
}

function unreadable(node: ts.Node): LeftToPerson {
  return new LeftToPerson(
    'CTM305',
    node,
    'what this client is made from cannot be seen; make it with new Anthropic({ apiKey, baseURL })',
  );
}
