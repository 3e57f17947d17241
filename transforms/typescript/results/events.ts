import { ts } from '../ts.js';
import { streamsByItself, type Site } from '../locate.js';
import { byHand } from '../requests/by-hand.js';
import { accessName, isAccess, staticName, unwrap, walk, wrapping } from '../syntax.js';
import type { Unit } from '../unit.js';
import type { ResultProblem, ResultUse } from './result-use.js';
import type { World } from './world.js';

/**
 * Streams that the program takes apart by itself: where it parses one event, the event is given the form of a chunk.
 * Parsers are looked for in the file of the request, and else in the files that it imports for that; each has to read a
 * chunk and nothing else.
 */
export function planEvents(world: World): readonly ResultUse[] {
  const streaming = new Map(
    world.units.map((unit) => [unit, world.sites.filter((site) => site.unit === unit && streamsByItself(site))]),
  );
  const units = world.units.filter((unit) => (streaming.get(unit) ?? []).length > 0);
  if (units.length === 0) return [];
  const parsers = new Map(world.units.map((unit) => [unit, parsersIn(unit, world)]));
  const parsersOf = (unit: Unit): readonly Parser[] => parsers.get(unit) ?? [];
  const lacking = units.filter((unit) => parsersOf(unit).length === 0);
  // A file that parses events for others does so for streams alone.
  const holders = world.units.filter((unit) => {
    const users = units.includes(unit) ? [] : usersOf(parsersOf(unit), unit, world);
    return users.length > 0 && users.every((user) => lacking.includes(user));
  });
  const served = new Set(holders.flatMap((holder) => usersOf(parsersOf(holder), holder, world)));
  return [
    ...units.filter((unit) => !served.has(unit)).map((unit) => ({ unit, sites: streaming.get(unit) ?? [] })),
    ...holders.map((unit) => ({
      unit,
      sites: usersOf(parsersOf(unit), unit, world).flatMap((user) => streaming.get(user) ?? []),
    })),
  ].flatMap(({ unit, sites }) => planParsers(unit, parsersOf(unit), sites, world));
}

/** The other files that name a function which parses events. */
function usersOf(parsers: readonly Parser[], holder: Unit, { symbols, units }: World): readonly Unit[] {
  const files = parsers.flatMap(({ call }) => {
    const name = outermostName(call);
    const symbol = name && symbols.of(name);
    return symbol ? symbols.references(symbol).map((reference) => reference.getSourceFile()) : [];
  });
  return units.filter((unit) => unit !== holder && files.includes(unit.tree));
}

/** The name of what a node stands in at the top of its file: a function, or a variable that holds one. */
function outermostName(node: ts.Node): ts.Identifier | undefined {
  let at = node;
  while (!ts.isSourceFile(at.parent)) at = at.parent;
  if (ts.isFunctionDeclaration(at)) return at.name;
  const name = ts.isVariableStatement(at) ? at.declarationList.declarations[0]?.name : undefined;
  return name && ts.isIdentifier(name) ? name : undefined;
}

function planParsers(
  unit: Unit,
  parsers: readonly Parser[],
  sites: readonly Site[],
  world: World,
): readonly ResultUse[] {
  const [first] = sites;
  if (!first) return [];
  const problem = problemOf(parsers, first, unit);
  const use = { unit, sites: new Set(sites), helpers: [], edits: [], notes: [] } as const;
  if (problem) return [{ ...use, problem }];
  const name = world.nameOf(unit, 'toCompletionChunk');
  const notes = parsers.map(({ call }) => ({
    code: 'CTM222' as const,
    path: unit.path,
    range: unit.range(call),
    message:
      'Each event is given the form of a chunk; those without text, of which there are more now, give an empty one.',
  }));
  const edits = parsers.map(({ call }) => ({ range: unit.range(call), pieces: [`${name}(`, unit.range(call), ')'] }));
  return [{ ...use, edits, notes, helpers: ['toCompletionChunk' as const] }];
}

interface Parser {
  readonly call: ts.CallExpression;
  /** A field that a chunk made from an event does not have. */
  readonly unknown: string | undefined;
}

function problemOf(parsers: readonly Parser[], site: Site, unit: Unit): ResultProblem | undefined {
  const [code, how] = byHand(site);
  const problem = (message: string): ResultProblem => ({ code, node: site.call, message: `${message}; ${how}` });
  if (parsers.length === 0) return problem('What reads the events of this stream cannot be seen');
  const { unknown } = parsers.find((parser) => parser.unknown !== undefined) ?? {};
  if (unknown !== undefined) return problem(`What parses the events of this stream also reads ${unknown}`);
  return namesEvent(unit)
    ? problem('The program tells events by the name completion, which they no longer have')
    : undefined;
}

/** The calls of `JSON.parse` whose result is read as a chunk. */
function parsersIn(unit: Unit, world: World): readonly Parser[] {
  const found: Parser[] = [];
  walk(unit.tree, (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'JSON.parse' || world.answerOf(node))
      return undefined;
    const fields = fieldsRead(node, world);
    if (fields.includes('completion') || fields.includes('stop_reason'))
      found.push({ call: node, unknown: fields.find((field) => !isGiven(field)) });
    return undefined;
  });
  return found;
}

/** Whether a chunk that is made from an event, or the body of an error, has a field; what no API gives is as undefined. */
function isGiven(field: string): boolean {
  return /^(completion|stop_reason|type|error|message)$/.test(field);
}

/** The fields that are read off a value, where it stands, off its variable or by a pattern. */
function fieldsRead(value: ts.Expression, world: World): readonly string[] {
  const outer = wrapping(value);
  const { parent } = outer;
  if (isAccess(parent) && parent.expression === outer) return [accessName(parent) ?? 'a computed field'];
  if (ts.isBinaryExpression(parent) && parent.right === outer && ts.isIdentifier(unwrap(parent.left)))
    return readsOfName(unwrap(parent.left) as ts.Identifier, world);
  if (!ts.isVariableDeclaration(parent)) return [];
  return ts.isIdentifier(parent.name) ? readsOfName(parent.name, world) : namesIn(parent.name);
}

function readsOfName(name: ts.Identifier, world: World): readonly string[] {
  const symbol = world.symbols.of(name);
  const references = symbol ? world.symbols.references(symbol).filter((reference) => reference !== name) : [];
  return references.flatMap((reference) => {
    const outer = wrapping(reference);
    const { parent } = outer;
    if (isAccess(parent) && parent.expression === outer) return [accessName(parent) ?? 'a computed field'];
    const isTaken = ts.isVariableDeclaration(parent) && !ts.isIdentifier(parent.name);
    return isTaken ? namesIn(parent.name) : [];
  });
}

function namesIn(pattern: ts.BindingName): readonly string[] {
  if (!ts.isObjectBindingPattern(pattern)) return [];
  return pattern.elements.map((element) =>
    element.dotDotDotToken ? 'the rest' : (staticName(element.propertyName ?? element.name) ?? 'a computed field'),
  );
}

/** Whether a text of the file is the name that legacy events had. */
function namesEvent(unit: Unit): boolean {
  let isNamed = false;
  walk(unit.tree, (node) => {
    if (!ts.isStringLiteralLike(node) || !/^(event:\s*)?completion$/.test(node.text)) return undefined;
    const { parent } = node;
    const isKey = isAccess(parent) || ts.isPropertyAssignment(parent) || ts.isBindingElement(parent);
    isNamed ||= !isKey && !ts.isLiteralTypeNode(parent);
    return undefined;
  });
  return isNamed;
}
