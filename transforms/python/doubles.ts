import {
  above,
  argumentsOf,
  attributeName,
  calledMethod,
  descendants,
  field,
  nameOf,
  textOf,
  unwrap,
  walk,
  type Node,
} from './node.js';
import { keywordName } from './keywords.js';
import { constantText } from './literals.js';
import type { Origins } from './origin.js';
import type { Program } from './program.js';
import { hasDoubles } from './test-code.js';
import type { Unit } from './unit.js';

const MOCK = /(?:^|\.)(?:Mock|MagicMock|AsyncMock|NonCallableMock|NonCallableMagicMock|SimpleNamespace)$/;
const PATCH = /(?:^|\.)(?:patch(?:\.object|\.multiple)?|setattr|spy|stub|create_autospec)$/;
const TEST_PATH = /(?:^|\/)(?:tests?|testing)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/;
/** Other vendors, whose answers have a completion too. */
const OTHERS = /openai|litellm|cohere|mistral|gpt/i;
const FAKE = /fake|mock|stub|dummy/i;

/** Whether a file can hold any, told from its text. */
export function mayHoldDoubles({ text }: Unit): boolean {
  return /\bcompletions?\b/i.test(text);
}

/**
 * What stands for the Text Completions API, or for its answers, in code that tests something: mocks, and objects and classes
 * that are written by hand. One node for each.
 */
export function doublesIn(unit: Unit, origins: Origins): readonly Node[] {
  const isTest = hasDoubles(unit.text) || TEST_PATH.test(unit.path);
  const found: Node[] = [];
  const classes = new Set<Node>();
  walk(unit.root, (node) => {
    if (node.type === 'call' && (isAnswerOrClient(node) || (isTest && isOfSdk(node, unit, origins)))) found.push(node);
    else if (node.type === 'attribute' && isTest && isPatched(node)) found.push(node);
    else if (node.type === 'assignment') {
      const owner = fakeOf(node, isTest);
      if (owner && !classes.has(owner)) found.push(node);
      if (owner) classes.add(owner);
      else if (isTest && isStaged(node, unit, origins)) found.push(node);
    } else if (node.type === 'pair' && isTest && isAnswerBody(node)) found.push(node);
    return undefined;
  });
  return found;
}

/** `Completion(...)` of the SDK. */
export function isOfSdk(call: Node, unit: Unit, { fullName }: Origins): boolean {
  return fullName(field(call, 'function') as Node, unit) === 'anthropic.types.Completion';
}

/** `Mock(completion=...)`, `SimpleNamespace(completions=...)`, a tuple with these names. */
function isAnswerOrClient(call: Node): boolean {
  const callee = field(call, 'function') as Node;
  const args = argumentsOf(call);
  if (MOCK.test(textOf(callee)))
    return args.some((argument) => {
      const name = keywordName(argument);
      return name === 'completion' || (name === 'completions' && /\bcreate\b/.test(textOf(argument)));
    });
  if (!/(?:^|\.)namedtuple$/.test(textOf(callee))) return false;
  return args
    .slice(1)
    .some((argument) =>
      descendants(argument, 'string').some((text) => /\bcompletion\b/.test(constantText(text) ?? '')),
    );
}

/** `client.completions` that is given to `patch.object` and the like. */
function isPatched(access: Node): boolean {
  const object = field(access, 'object');
  const list = access.parent?.type === 'argument_list' ? access.parent : undefined;
  const isResource =
    attributeName(access) === 'completions' && object !== undefined && attributeName(object) !== 'chat';
  return isResource && list?.parent?.type === 'call' && PATCH.test(textOf(field(list.parent, 'function') as Node));
}

/** `mock.return_value.completion = ...`, and `fake.completion = ...` of a mock. */
function isStaged(assignment: Node, unit: Unit, origins: Origins): boolean {
  const left = field(assignment, 'left');
  const object = left?.type === 'attribute' && attributeName(left) === 'completion' ? field(left, 'object') : undefined;
  if (!object) return false;
  if (/\b(?:return_value|side_effect)\b/.test(textOf(object))) return true;
  return origins.valuesOf(object, unit).some(({ node }) => {
    const made = unwrap(node);
    return made.type === 'call' && MOCK.test(textOf(field(made, 'function') as Node));
  });
}

/** The class of a test whose objects have completions, or are one. */
function fakeOf(assignment: Node, isTest: boolean): Node | undefined {
  const left = field(assignment, 'left');
  const name =
    left?.type === 'attribute' && textOf(field(left, 'object') as Node) === 'self'
      ? attributeName(left)
      : left && textOf(left);
  if (name !== 'completion' && name !== 'completions') return undefined;
  // A share of something done.
  if (/^(?:integer|float|true|false)$/.test(field(assignment, 'right')?.type ?? '')) return undefined;
  const owner = above(assignment, ({ type }) => type === 'class_definition');
  const isMember = left?.type === 'attribute' || assignment.parent?.parent === (owner && field(owner, 'body'));
  return owner && isMember && (isTest || FAKE.test(nameOf(owner) ?? '')) ? owner : undefined;
}

/** `{"completion": ...}` that a request is answered with; not what is expected of the program itself. */
function isAnswerBody(pair: Node): boolean {
  if (constantText(field(pair, 'key') ?? pair) !== 'completion') return false;
  const judge = above(
    pair,
    (node) => node.type === 'assert_statement' || node.type === 'comparison_operator' || isAssertion(node),
  );
  return judge === undefined;
}

function isAssertion(node: Node): boolean {
  return (calledMethod(node)?.name ?? '').startsWith('assert');
}

/** Whether what a file tests calls the API: it names Anthropic or no other vendor, or imports, through the program, a file that has a call. */
export function reachesCalls(unit: Unit, callers: ReadonlySet<Unit>, program: Program): boolean {
  if (/anthropic/i.test(unit.text)) return true;
  if (callers.size === 0) return false;
  // What tests share imports nothing of the program.
  if (TEST_PATH.test(unit.path) && !OTHERS.test(unit.text)) return true;
  const seen = new Set<Unit>();
  const ahead = [unit];
  for (let at = ahead.pop(); at; at = ahead.pop()) {
    if (callers.has(at)) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    ahead.push(...importedBy(at, program));
  }
  return false;
}

function importedBy(unit: Unit, { resolve }: Program): readonly Unit[] {
  return descendants(unit.root, 'import_statement', 'import_from_statement').flatMap((statement) => {
    const module = field(statement, 'module_name');
    const names = statement.children
      .filter((child) => child.field === 'name')
      .map((name) => textOf(field(name, 'name') ?? name));
    const modules = module
      ? [
          textOf(module),
          ...names.map((name) => (textOf(module).endsWith('.') ? textOf(module) + name : `${textOf(module)}.${name}`)),
        ]
      : names;
    return modules.flatMap((each) => resolve(each, unit) ?? []);
  });
}
