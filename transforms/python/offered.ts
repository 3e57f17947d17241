import { constantText } from './literals.js';
import {
  argumentsOf,
  attributeName,
  calledMethod,
  descendants,
  field,
  namedChildren,
  nameOf,
  textOf,
  unwrap,
  type Node,
} from './node.js';
import type { Origins, Placed } from './origin.js';
import type { Unit } from './unit.js';

/** What a program lets its user choose from, and whether nothing else can be chosen. */
export interface Offered {
  readonly values: readonly Placed[];
  readonly isComplete: boolean;
}

const NAMESPACE = /^(args|arguments|cli_args|opts?|options|flags|ns|namespace|parsed(_args)?)$/i;

/** `args.model` of argparse: the default of the option, and its choices. */
export function offeredByOption(access: Node, unit: Unit, origins: Origins): Offered | undefined {
  const name = attributeName(access);
  const object = access.type === 'attribute' ? field(access, 'object') : undefined;
  if (name === undefined || !object || !isNamespace(object, unit, origins)) return undefined;
  const options = descendants(unit.root, 'call').filter(
    (call) => calledMethod(call)?.name === 'add_argument' && destinationOf(call) === name,
  );
  const [only, ...more] = options;
  return only && more.length === 0 ? ofOption(only, unit, origins) : undefined;
}

/** A parameter that a decorator of click fills: `@click.option("--model", default="claude-2")`. */
export function offeredByDecorator(name: Node, definition: Node, unit: Unit, origins: Origins): Offered | undefined {
  const decorated = definition.parent?.type === 'decorated_definition' ? definition.parent : undefined;
  const options = namedChildren(decorated ?? definition).flatMap((decorator) => {
    const call = decorator.type === 'decorator' ? namedChildren(decorator)[0] : undefined;
    const isOption = call?.type === 'call' && /(^|\.)(option|argument)$/.test(textOf(field(call, 'function') as Node));
    return isOption && destinationOf(call) === textOf(name) ? [call] : [];
  });
  const [only] = options;
  return only && ofOption(only, unit, origins);
}

/** The elements of a list that a call offers: `st.selectbox("Model", MODELS)`, `random.choice(MODELS)`. */
export function offeredByCall(call: Node, unit: Unit, origins: Origins): Offered | undefined {
  const callee = textOf(field(call, 'function') as Node);
  const [first, second] = argumentsOf(call).filter(({ type }) => type !== 'keyword_argument');
  const list = /(^|\.)(selectbox|radio|select_slider|segmented_control)$/.test(callee)
    ? (valueOf(call, 'options') ?? second)
    : /^random\.choice$|^next$/.test(callee)
      ? first
      : undefined;
  return list && elementsOf(list, unit, origins);
}

/** The elements of a list that is written out; undefined where it is not. */
export function elementsOf(list: Node, unit: Unit, origins: Origins): Offered | undefined {
  const at = unwrap(list);
  const [value, ...more] = /^(identifier|attribute)$/.test(at.type) ? origins.valuesOf(at, unit) : [{ node: at, unit }];
  const literal = value && unwrap(value.node);
  if (!value || !literal || more.length > 0 || !/^(list|tuple|set)$/.test(literal.type)) return undefined;
  const isComplete = value.node === at || !isFilledLater(textOf(at), value.unit);
  return { values: namedChildren(literal).map((node) => ({ node, unit: value.unit })), isComplete };
}

/** Whether a list gets more elements, or others, than it is written with. */
function isFilledLater(name: string, { text }: Unit): boolean {
  const last = name.split('.').at(-1) ?? name;
  return new RegExp(`\\b${last}(\\.(append|extend|insert)\\(|\\s*\\+=|\\[[^\\]]*\\]\\s*=[^=])`).test(text);
}

function ofOption(option: Node, unit: Unit, origins: Origins): Offered {
  const given = valueOf(option, 'default');
  const choices = valueOf(option, 'choices') ?? clickChoices(valueOf(option, 'type'));
  const offered = choices && elementsOf(choices, unit, origins);
  return {
    values: [...(given ? [{ node: given, unit }] : []), ...(offered?.values ?? [])],
    isComplete: offered !== undefined,
  };
}

/** `click.Choice([...])` */
function clickChoices(type: Node | undefined): Node | undefined {
  const isChoice = type?.type === 'call' && /(^|\.)Choice$/.test(textOf(field(type, 'function') as Node));
  return isChoice ? argumentsOf(type)[0] : undefined;
}

/** The name under which an option is read: what it says itself, or its first long name. */
function destinationOf(option: Node): string | undefined {
  const told = valueOf(option, 'dest');
  if (told) return constantText(told);
  const names = argumentsOf(option).flatMap((argument) => constantText(argument) ?? []);
  const long = names.find((name) => name.startsWith('--')) ?? names.find((name) => !name.startsWith('-'));
  return (long ?? names[0])?.replace(/^-+/, '').replaceAll('-', '_');
}

function valueOf(call: Node, name: string): Node | undefined {
  const argument = argumentsOf(call).find((each) => each.type === 'keyword_argument' && nameOf(each) === name);
  return argument && field(argument, 'value');
}

/** Whether an object holds the options of the command line: it is made by `parse_args`, or is called so and made elsewhere. */
function isNamespace(object: Node, unit: Unit, origins: Origins): boolean {
  const values = origins.valuesOf(object, unit);
  if (values.some(({ node }) => /\bparse_(known_)?args\b/.test(textOf(node)))) return true;
  const last = object.type === 'attribute' ? (attributeName(object) ?? '') : textOf(object);
  return (
    NAMESPACE.test(last) &&
    values.every(({ node }) => unwrap(node).type === 'call' || unwrap(node).type === 'identifier')
  );
}
