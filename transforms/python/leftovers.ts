import type { Code } from '../../src/findings/catalogue.js';
import { LEGACY_ONLY_PARAMETER } from '../../src/api/parameters.js';
import { OLD_PYTHON_METHODS } from '../../src/api/python-names.js';
import { findModel } from '../../src/api/models.js';
import { classesOf } from './classes.js';
import { doublesIn, isOfSdk, mayHoldDoubles } from './doubles.js';
import { mayBeLegacy } from './evidence.js';
import { functionsOf, isConversion } from './converted.js';
import { ALL_HELPER_NAMES } from './helper-names.js';
import { constantText } from './literals.js';
import { isModelId } from './model-plan.js';
import {
  above,
  argumentsOf,
  attributeName,
  calledMethod,
  enclosingStatement,
  field,
  keyword,
  nameOf,
  textOf,
  walk,
  wrapping,
  type Node,
} from './node.js';
import type { Origins } from './origin.js';
import { hasDoubles } from './test-code.js';
import type { Unit } from './unit.js';

/** Something legacy that is no site, or none that is seen to be one. */
export interface Leftover {
  readonly code: Code;
  readonly node: Node;
  readonly message: string;
}

const FOLLOW = 'How this reaches the completions resource cannot be followed; call messages.create here by hand.';
const SEND =
  'Send this request to /v1/messages with max_tokens and messages, and read the text from the blocks of content.';
const BODY =
  'Send a Messages body with anthropic_version, max_tokens and messages, and read the text from the blocks of content.';
const DOUBLE =
  'This test double stands for the Text Completions API; let it stand for messages.create, with content in its answer.';
const KEY = 'Build a Messages request here: max_tokens instead of max_tokens_to_sample, messages instead of prompt.';
const MADE = 'Make a message here, with content in place of completion: SDK 1.x has no Completion.';
const NAMED =
  'max_tokens_to_sample is a parameter of the legacy API, which is max_tokens in Messages; change it with what reads it.';
const WRAPPER =
  'Move to ChatAnthropic of langchain-anthropic, which calls the Messages API, and give it a model that is served.';
const BEDROCK_WRAPPER =
  'Move to ChatBedrock of langchain-aws, which calls the Messages API, and give it a model that is served and max_tokens.';
const TOKENS = 'Count with client.messages.count_tokens: this tokenizer is that of the retired models.';
const ENDPOINT = /(?:^|anthropic\.com|\/)\/?v1\/complete\b/;
const PATCHED =
  /\b(?:completions|resources)\.(?:Async)?Completions\.create$|\.completions\.create$|^completions\.create\b|(?:client|anthropic|claude)\w*\.a?completion(?:_stream)?$/i;
/** The name by which an instrumentation finds what it patches. */
const RESOURCE = /^(?:\w{0,2}["']+)?anthropic\.resources\.(?:completions|(?:Async)?Completions)\b/;

/** Everything legacy in a file that no site answers for. `owned` are the nodes that sites answer for. */
export function findLeftovers(
  unit: Unit,
  origins: Origins,
  owned: ReadonlySet<Node>,
  reachesCalls: (unit: Unit) => boolean,
): readonly Leftover[] {
  const found: Leftover[] = [];
  const add = (code: Code, node: Node, message: string): void => {
    if (!owned.has(node) && !above(node, (outer) => owned.has(outer))) found.push({ code, node, message });
  };
  const isTest = hasDoubles(unit.text);
  const doubles = new Set(mayHoldDoubles(unit) && reachesCalls(unit) ? doublesIn(unit, origins) : []);
  walk(unit.root, (node) => {
    if (isOfHelper(node)) return false;
    if (doubles.has(node) || (isTest && isStagedAnswer(node))) {
      add('CTM307', node, DOUBLE);
      if (node.type !== 'pair') return undefined;
    }
    if (node.type === 'import_from_statement') ofImport(node, add);
    else if (node.type === 'attribute') ofAttribute(node, unit, origins, add);
    else if (node.type === 'call') ofCall(node, unit, origins, add);
    else if (node.type === 'string') {
      ofString(node, isTest, add);
      ofLimit(node, add);
      return node.children.some(({ type }) => type === 'interpolation') ? undefined : false;
    } else if (node.type === 'keyword_argument' && textOf(field(node, 'name') ?? node) === 'max_tokens_to_sample') {
      ofOption(node, unit, origins, add);
    } else if (node.type === 'pair' && constantText(field(node, 'key') ?? node) === 'max_tokens_to_sample')
      addBody(node, add);
    return undefined;
  });
  return withoutEchoes(found);
}

/** The key as an argument: of the program's own function, which maps it, of a library that wraps the API, or of a request. */
function ofOption(argument: Node, unit: Unit, origins: Origins, add: Add): void {
  const call = argument.parent?.parent;
  const callee = call?.type === 'call' ? field(call, 'function') : undefined;
  const isOwn =
    callee !== undefined &&
    (functionsOf(callee, unit, origins).length > 0 ||
      origins.definitionsOf(callee, unit).some(({ definition }) => definition.kind === 'class'));
  const [library] = (callee && origins.fullName(callee, unit)?.split('.')) ?? [];
  if (isOwn || library === 'langchain_anthropic') return;
  if (library === 'langchain' || library === 'langchain_community') add('CTM317', argument, WRAPPER);
  else addBody(argument, add);
}

/** What is sent, as the code around it says. */
function addBody(node: Node, add: Add): void {
  if (isForWrapper(node)) {
    add('CTM317', node, BEDROCK_WRAPPER);
    return;
  }
  const code = codeOfBody(node);
  add(code, node, code === 'CTM304' ? BODY : KEY);
}

/** `Bedrock(model_kwargs={...})` of LangChain, also by the name of a dictionary. */
function isForWrapper(node: Node): boolean {
  if (!/^\s*from\s+langchain[\w.]*\s+import\b[^\n]*\bBedrock/m.test(node.file)) return false;
  if (above(node, (outer) => outer.type === 'keyword_argument' && nameOf(outer) === 'model_kwargs')) return true;
  const assignment = above(node, ({ type }) => type === 'assignment');
  const target = assignment && field(assignment, 'left');
  return target !== undefined && new RegExp(`\\bmodel_kwargs\\s*=\\s*${textOf(target)}\\b`).test(node.file);
}

/** `client.completions.create.return_value` of a mock, where the file says whose mock it is. */
function isStagedAnswer(node: Node): boolean {
  const method =
    node.type === 'attribute' && /^(return_value|side_effect)$/.test(attributeName(node) ?? '')
      ? field(node, 'object')
      : undefined;
  const resource = method && attributeName(method) === 'create' ? field(method, 'object') : undefined;
  const holder = resource && attributeName(resource) === 'completions' ? field(resource, 'object') : undefined;
  return holder !== undefined && attributeName(holder) !== 'chat' && /anthropic/i.test(node.file);
}

/** A helper of an earlier run, or what it is given: that is legacy on purpose. */
function isOfHelper(node: Node): boolean {
  if (node.type === 'function_definition') return ALL_HELPER_NAMES.has(textOf(field(node, 'name') ?? node));
  return node.type === 'call' && isConversion(node);
}

type Add = (code: Code, node: Node, message: string) => void;

/** The tokenizer of the retired models, which later SDKs have no module for. */
function ofImport(statement: Node, add: Add): void {
  const module = field(statement, 'module_name');
  if (module && /^anthropic\._?tokenizers?\b/.test(textOf(module))) add('CTM317', statement, TOKENS);
}

/** `client.completions` that is handed on, or whose `create` is no call. */
function ofAttribute(node: Node, unit: Unit, origins: Origins, add: Add): void {
  const name = attributeName(node);
  const object = field(node, 'object') as Node;
  if (name === 'completions' && origins.client(object, unit)) add('CTM302', node, FOLLOW);
  const isOld = /^a?completion(_stream)?$/.test(name ?? '') && origins.client(object, unit) !== undefined;
  if (isOld) add('CTM305', node, 'Move to a client of today: anthropic.Anthropic(api_key=...) and messages.create.');
  if (
    /\.?count_tokens$|get_tokenizer$/.test(name ?? '') &&
    (origins.client(object, unit) || origins.fullName(object, unit) === 'anthropic')
  ) {
    const isNew = attributeName(object) === 'messages';
    if (!isNew) add('CTM317', node, TOKENS);
  }
  if (origins.fullName(node, unit)?.startsWith('anthropic.types.completion') === true)
    add('CTM316', node, 'This type has no counterpart of its own in the Messages API.');
}

function isOldMethod(name: string): boolean {
  return OLD_PYTHON_METHODS.some((method) => method === name);
}

/** Whether it is known what an object is: a client, one of the program's own, or of a library. */
function isSeen(object: Node, unit: Unit, origins: Origins): boolean {
  return (
    origins.client(object, unit) !== undefined ||
    origins.fullName(object, unit) !== undefined ||
    classesOf(object, unit, origins).length > 0
  );
}

function isGivenPrompt(call: Node): boolean {
  return keyword(call, 'prompt') !== undefined || argumentsOf(call).some(({ type }) => type === 'dictionary_splat');
}

/** The legacy key as an entry that is set, or as a text that others read it from. */
function ofLimit(node: Node, add: Add): void {
  if (constantText(node) !== LEGACY_ONLY_PARAMETER) return;
  const { parent } = node;
  const isSet = parent?.type === 'subscript' && parent.parent?.type === 'assignment' && parent.field === 'left';
  const method = parent?.type === 'argument_list' && parent.parent ? calledMethod(parent.parent) : undefined;
  if (isSet || method?.name === 'setdefault') addBody(node, add);
  else if ((parent?.type === 'pair' && node.field === 'value') || /^(list|tuple|set)$/.test(parent?.type ?? ''))
    add('CTM308', node, NAMED);
}

/** `getattr(client, name)` and calls of an unseen client with parameters of the old API. */
function ofCall(node: Node, unit: Unit, origins: Origins, add: Add): void {
  const callee = field(node, 'function') as Node;
  const [first] = argumentsOf(node);
  if (textOf(callee) === 'getattr' && first && origins.client(first, unit)) {
    const name = argumentsOf(node)[1];
    const text = name && constantText(name);
    if (text === undefined || text.includes('completion')) add('CTM302', node, FOLLOW);
  }
  if (isOfSdk(node, unit, origins)) add('CTM308', node, MADE);
  const method = calledMethod(node);
  if (
    method?.name === 'create' &&
    attributeName(method.object) === 'completions' &&
    (/\banthropic\b/i.test(textOf(method.object)) || mayBeLegacy(node, unit))
  )
    add('CTM302', node, FOLLOW);
  if (method && isOldMethod(method.name) && mayBeLegacy(node, unit) && isGivenPrompt(node))
    if (!isSeen(method.object, unit, origins)) add('CTM302', node, FOLLOW);
}

function ofString(node: Node, isTest: boolean, add: Add): void {
  const text = constantText(node) ?? textOf(node);
  if (ENDPOINT.test(text)) add(isTest ? 'CTM307' : 'CTM303', node, isTest ? DOUBLE : SEND);
  else if (!isTest && RESOURCE.test(text)) add('CTM302', node, FOLLOW);
  else if (isTest && PATCHED.test(text) && !/openai|\bchat\.completions\b/i.test(text)) add('CTM307', node, DOUBLE);
  else if (isModelId(text) && findModel(text)?.status === 'retired') {
    const { parent } = node;
    const isIdentity = parent?.type === 'comparison_operator' || (parent?.type === 'pair' && node.field === 'key');
    if (isIdentity)
      add(
        'CTM311',
        node,
        `${text} is retired; it is compared, a key or a type here, so it changes by hand with what it stands for.`,
      );
    else add('CTM318', node, `${text} is retired and answers 404; where it feeds a call, put a model that is served.`);
  }
}

/** A body for Bedrock is recognised by who it is given to. */
function codeOfBody(node: Node): Code {
  const call = above(node, ({ type }) => type === 'call');
  const scope =
    above(node, ({ type }) => type === 'function_definition') ?? above(node, ({ type }) => type === 'module');
  const isBedrock = call !== undefined && textOf(scope ?? call).includes('invoke_model');
  if (isBedrock) return 'CTM304';
  return /\.post\(|\.request\(|urlopen\(/.test(textOf(scope ?? node)) && node.file.includes('v1/complete')
    ? 'CTM303'
    : 'CTM308';
}

/** One finding a statement and code is enough, and a call that is reported says enough of its parameters. */
function withoutEchoes(found: readonly Leftover[]): readonly Leftover[] {
  const told = new Set<string>();
  const placeOf = (node: Node): string => String(enclosingStatement(wrapping(node)).start);
  const calls = new Set(found.flatMap(({ code, node }) => (code === 'CTM302' ? placeOf(node) : [])));
  return found.filter(({ code, node }) => {
    if (code === 'CTM308' && calls.has(placeOf(node))) return false;
    const isSaidEach = code === 'CTM318' || code === 'CTM311';
    const key = `${code} ${isSaidEach ? String(node.start) : placeOf(node)}`;
    if (told.has(key)) return false;
    told.add(key);
    return true;
  });
}
