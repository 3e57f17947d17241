import {
  calledMethod,
  descendants,
  enclosingFunction,
  enclosingStatement,
  field,
  isInside,
  namedChildren,
  textOf,
  unwrap,
  type Node,
} from '../node.js';
import type { Binding } from '../scopes.js';
import type { Handle, IterationHandle, Parts } from './handle.js';
import { choice, joinElements, lift, liftComprehension, SO_FAR, type LiftContext } from './lift.js';
import { mentionsMarker } from './markers-in.js';

/** How the text of one variable comes about. */
export interface Assembly {
  readonly binding: Binding;
  readonly parts: Parts;
  /** The statements that make it, in order: its first assignment, and what appends to it in the same block. */
  readonly statements: readonly Node[];
  /** Whether these statements do nothing else, so that they can go with the text. */
  readonly isAlone: boolean;
}

interface Reading {
  readonly binding: Binding;
  /** What a list is joined with; undefined for text. */
  readonly separator: string | undefined;
  readonly context: LiftContext;
  /** Statements that do nothing but make this text, or what it is made of. */
  readonly own: Set<Node>;
}

/**
 * Reads the text that a variable of the same function holds at `context.use`. With a `separator` the variable is a list.
 * Undefined when something else than reading and appending happens to it, or when order cannot be told.
 */
export function readAssembly(node: Node, context: LiftContext, separator?: string): Parts | undefined {
  const binding = context.unit.scopes.bindingOf(node);
  const [first, ...rest] = binding?.definitions ?? [];
  if (
    !binding ||
    first?.kind !== 'assignment' ||
    !first.value ||
    rest.some(({ kind }) => kind !== 'augmented' && kind !== 'assignment')
  )
    return undefined;
  if (enclosingFunction(first.name) !== enclosingFunction(context.use)) {
    return rest.length === 0 && separator === undefined ? constantOf(first.value, binding, context) : undefined;
  }
  const start = enclosingStatement(first.name);
  const end = siblingOf(start, context.use);
  if (!end || context.use.start < start.end) return undefined;
  const siblings = start.parent?.children.filter(({ named, type }) => named && type !== 'comment') ?? [];
  const between = siblings.slice(siblings.indexOf(start) + 1, siblings.indexOf(end));
  const own = new Set<Node>();
  // What only this text reads goes with it.
  const onAssembly = (inner: Assembly): void => {
    context.onAssembly(inner);
    const isLocal = inner.binding.reads.every((read) =>
      [start, ...between].some((statement) => isInside(read, statement)),
    );
    if (inner.isAlone && isLocal) for (const statement of inner.statements) own.add(statement);
  };
  const reading: Reading = { binding, separator, context: { ...context, onAssembly }, own };
  const inner = { ...reading.context, use: first.value };
  const initial = separator === undefined ? lift(first.value, inner) : listParts(first.value, separator, inner);
  if (!initial) return undefined;
  const appends = between.filter((statement) => touches(statement, reading));
  if (touchesBeforeUse(end, context.use, reading)) return undefined;
  const added = readStatements(appends, reading, initial.length > 0);
  if (!added || changesAfter(reading, start, end)) return undefined;
  const parts = [...initial, ...added];
  if (
    appends.length === 0 &&
    separator === undefined &&
    !mentionsMarker(first.value, context.unit, context.origins) &&
    !saysMarker(parts)
  )
    return undefined;
  if (isSelfMade(start, first.value)) own.add(start);
  const statements = [start, ...appends];
  context.onAssembly({ binding, parts, statements, isAlone: statements.every((statement) => own.has(statement)) });
  return parts;
}

/** Whether text says a marker that its literal does not, such as one that was indented. */
function saysMarker(parts: Parts): boolean {
  return parts.some((part) => part.kind === 'text' && /\n\n(Human|Assistant):/.test(part.text));
}

/** `name = value`, and no `a = b = value`. */
function isSelfMade(statement: Node, value: Node): boolean {
  const [assignment] = namedChildren(statement);
  return (
    assignment?.type === 'assignment' &&
    field(assignment, 'right') === value &&
    field(assignment, 'left')?.type === 'identifier'
  );
}

/** A constant of the module that holds turns. */
function constantOf(value: Node, binding: Binding, context: LiftContext): Parts | undefined {
  if (binding.scope.node.type !== 'module' || !mentionsMarker(value, context.unit, context.origins)) return undefined;
  const parts = lift(value, { ...context, use: value });
  return parts.every(({ kind }) => kind === 'text') ? parts : undefined;
}

function listParts(value: Node, separator: string, context: LiftContext): Parts | undefined {
  const list = unwrap(value);
  if (list.type === 'list') return joinElements(namedChildren(list), separator, context);
  if (list.type !== 'list_comprehension') return undefined;
  const loop = liftComprehension(list, separator, context);
  return loop && [loop];
}

/** The statement beside `start` that `node` stands in. */
function siblingOf(start: Node, node: Node): Node | undefined {
  return start.parent?.children.find((child) => isInside(node, child) && child.named);
}

function touches(statement: Node, { binding, separator }: Reading): boolean {
  const isWritten = binding.definitions.some(({ name }) => isInside(name, statement));
  return isWritten || (separator !== undefined && binding.reads.some((read) => isInside(read, statement)));
}

/** Whether the statement that reads the variable also changes it before it does. */
function touchesBeforeUse(end: Node, use: Node, reading: Reading): boolean {
  if (end.type !== 'for_statement' && end.type !== 'while_statement') {
    return reading.binding.definitions.some(
      ({ name }) => isInside(name, end) && !isInside(use, enclosingStatement(name)) && name.start < use.start,
    );
  }
  return touches(end, { ...reading, separator: undefined });
}

/** Whether anything outside of what was read gives the variable a value, or a loop around all of it comes back to it. */
function changesAfter({ binding, own }: Reading, start: Node, end: Node): boolean {
  return binding.definitions.some(({ name }) => {
    const statement = enclosingStatement(name);
    return statement !== start && !own.has(statement) && name.start < end.start && name.start > start.end;
  });
}

function readStatements(statements: readonly Node[], reading: Reading, hasText: boolean): Parts | undefined {
  const parts: Parts[number][] = [];
  for (const statement of statements) {
    const read = readStatement(statement, reading, hasText || parts.length > 0);
    if (!read) return undefined;
    parts.push(...read);
  }
  return parts;
}

function readStatement(statement: Node, reading: Reading, hasText: boolean): Parts | undefined {
  if (statement.type === 'expression_statement') return readAppend(statement, reading, hasText);
  if (statement.type === 'if_statement') return readIf(statement, reading, hasText);
  return statement.type === 'for_statement' ? readFor(statement, reading) : undefined;
}

function readIf(statement: Node, reading: Reading, hasText: boolean): Parts | undefined {
  const arms = [statement, ...statement.children.filter(({ type }) => type === 'elif_clause')];
  const last = statement.children.find(({ type }) => type === 'else_clause');
  const blocks: Node[] = [];
  const readBlock = (block: Node | undefined): Parts | undefined => {
    const read = block && readStatements(meaningful(block, reading), reading, hasText);
    if (block) blocks.push(block);
    return read;
  };
  const otherwise = last ? readBlock(field(last, 'body')) : [];
  let parts: Parts | undefined = otherwise;
  for (const arm of [...arms].reverse()) {
    const test = field(arm, 'condition');
    const then = readBlock(field(arm, 'consequence'));
    if (!test || !then || !parts) return undefined;
    parts = choice(test, then, parts, reading.context);
  }
  const isAlone = blocks.every((block) =>
    namedChildren(block).every((inner) => inner.type === 'pass_statement' || reading.own.has(inner)),
  );
  if (isAlone) reading.own.add(statement);
  return parts;
}

/** The statements of a block that make the text. */
function meaningful(block: Node, reading: Reading): readonly Node[] {
  return namedChildren(block).filter((statement) => touches(statement, reading));
}

function readFor(statement: Node, reading: Reading): Parts | undefined {
  const [target, data, body] = [field(statement, 'left'), field(statement, 'right'), field(statement, 'body')];
  if (!target || !data || !body || statement.children.some(({ type }) => type === 'else_clause')) return undefined;
  const statements = namedChildren(body);
  const filters: IterationHandle['filters'][number][] = [];
  while (statements[filters.length] && skipTest(statements[filters.length] as Node))
    filters.push({ test: skipTest(statements[filters.length] as Node) as Node, isSkip: true });
  const rest = statements.slice(filters.length);
  if (descendants(body, 'break_statement', 'return_statement').length > 0) return undefined;
  if (rest.some((inner) => descendants(inner, 'continue_statement').length > 0)) return undefined;
  const appends = rest.filter((inner) => touches(inner, reading));
  const inner = {
    ...reading,
    context: { ...reading.context, use: appends.at(-1) ?? body, loop: { body, own: reading.own } },
  };
  const separator = reading.separator ?? '';
  const read = readStatements(appends, inner, false);
  if (!read) return undefined;
  if (rest.every((each) => reading.own.has(each))) reading.own.add(statement);
  const isAsync = statement.children.some(({ type }) => type === 'async');
  const over: Handle = { kind: 'iteration', target, data, filters, isAsync };
  return [{ kind: 'repeat', over, body: read, separator }];
}

/** `if test: continue` */
function skipTest(statement: Node): Node | undefined {
  if (statement.type !== 'if_statement' || statement.children.some(({ type }) => /^el(se|if)_clause$/.test(type)))
    return undefined;
  const block = field(statement, 'consequence');
  const [only, ...more] = block ? namedChildren(block) : [];
  return only?.type === 'continue_statement' && more.length === 0 ? field(statement, 'condition') : undefined;
}

/** `t += x`, `t = t + x`, `t = f"{t}x"`, and `list.append(x)`. */
function readAppend(statement: Node, reading: Reading, hasText: boolean): Parts | undefined {
  const { binding, separator, context, own } = reading;
  const [node] = namedChildren(statement);
  if (!node) return undefined;
  own.add(statement);
  if (separator !== undefined) {
    const added = appended(node, reading);
    const parts = added && joinElements(added, separator, { ...context, use: statement });
    return parts && hasText && separator !== '' ? [{ kind: 'text', text: separator, joins: true }, ...parts] : parts;
  }
  const left = field(node, 'left');
  const right = field(node, 'right');
  if (left?.type !== 'identifier' || textOf(left) !== binding.name || !right) return undefined;
  const inner = { ...context, use: statement };
  if (node.type === 'augmented_assignment')
    return textOf(field(node, 'operator') as Node) === '+=' ? lift(right, inner) : undefined;
  const [first, ...rest] = lift(right, { ...inner, soFar: binding }).filter(
    (part) => part.kind !== 'text' || part.text !== '',
  );
  const isSoFar = first?.kind === 'hole' && (first.value as { readonly made?: string }).made === SO_FAR;
  return isSoFar ? rest : undefined;
}

function appended(node: Node, { binding }: Reading): readonly Node[] | undefined {
  const method = calledMethod(node);
  if (method)
    return method.name === 'append' && textOf(method.object) === binding.name ? namedChildren(method.args) : undefined;
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  const isAdded = node.type === 'augmented_assignment' && left !== undefined && textOf(left) === binding.name;
  return isAdded && right && unwrap(right).type === 'list' ? namedChildren(unwrap(right)) : undefined;
}
