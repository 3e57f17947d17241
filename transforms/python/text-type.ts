import { isDeclaredString } from './declared-type.js';
import { argumentsOf, calledMethod, field, namedChildren, textOf, unwrap, wrapping, type Node } from './node.js';
import type { Origins } from './origin.js';
import type { Binding, Definition } from './scopes.js';
import type { Unit } from './unit.js';

/** Methods that only a string has, or that always give one. */
const STRING_METHODS = new Set([
  ...[
    'strip',
    'lstrip',
    'rstrip',
    'lower',
    'upper',
    'title',
    'capitalize',
    'format',
    'join',
    'replace',
    'removeprefix',
    'removesuffix',
  ],
  ...['decode', 'zfill', 'ljust', 'rjust', 'center', 'casefold', 'swapcase', 'expandtabs', 'getvalue', 'read_text'],
]);
/** Of these, what also other values than strings have. */
const NOT_STRINGS_ALONE = new Set(['format', 'join', 'replace', 'decode', 'getvalue', 'read_text']);
const TESTS_OF_STRINGS = new Set(['split', 'splitlines', 'startswith', 'endswith', 'encode']);
const FUNCTIONS = new Set([
  'str',
  'input',
  'repr',
  'chr',
  'json.dumps',
  'textwrap.dedent',
  'textwrap.indent',
  'os.path.join',
  'getpass.getpass',
]);
const DEPTH = 5;

/** Whether an expression is seen to be a string, whatever the program does: then it needs no f-string around it. */
export function isStringValue(node: Node, unit: Unit, origins: Origins, depth = DEPTH): boolean {
  if (depth === 0) return false;
  const at = unwrap(node);
  const goOn = (next: Node): boolean => isStringValue(next, unit, origins, depth - 1);
  switch (at.type) {
    case 'string':
      return !/^\w*b/i.test(textOf(at).split(/["']/, 1)[0] ?? '');
    case 'concatenated_string':
      return namedChildren(at).every(goOn);
    case 'binary_operator': {
      const [left, right] = [field(at, 'left'), field(at, 'right')];
      const operator = textOf(field(at, 'operator') as Node);
      if (operator === '+') return (left !== undefined && goOn(left)) || (right !== undefined && goOn(right));
      return operator === '%' && left !== undefined && goOn(left);
    }
    case 'boolean_operator': {
      const sides = namedChildren(at);
      const last = sides.at(-1);
      return (
        textOf(field(at, 'operator') as Node) === 'or' &&
        last !== undefined &&
        goOn(last) &&
        sides.slice(0, -1).every((side) => goOn(side) || isMaybeString(side, unit))
      );
    }
    case 'conditional_expression': {
      const [then, , otherwise] = namedChildren(at);
      return then !== undefined && otherwise !== undefined && goOn(then) && goOn(otherwise);
    }
    case 'call': {
      const method = calledMethod(at);
      if (method && STRING_METHODS.has(method.name) && method.name !== 'replace') return true;
      if (method?.name === 'replace') return goOn(method.object) || argumentsOf(at).some(goOn);
      const callee = field(at, 'function') as Node;
      return FUNCTIONS.has(origins.fullName(callee, unit) ?? textOf(callee));
    }
    case 'identifier': {
      if (origins.marker(at, unit) !== undefined) return true;
      const binding = unit.scopes.bindingOf(at);
      return (
        binding !== undefined &&
        (isStringBinding(binding, unit, origins, depth - 1) || isDeclaredString(at, unit, origins))
      );
    }
    case 'attribute': {
      if (origins.marker(at, unit) !== undefined) return true;
      const values = origins.valuesOf(at, unit);
      const isSeen =
        values.length > 0 && values.every((value) => isStringValue(value.node, value.unit, origins, depth - 1));
      return isSeen || isDeclaredString(at, unit, origins);
    }
    case 'subscript':
      return isDeclaredString(at, unit, origins);
    default:
      return false;
  }
}

/** A parameter that is a string or nothing. */
function isMaybeString(node: Node, unit: Unit): boolean {
  const at = unwrap(node);
  const definitions = at.type === 'identifier' ? (unit.scopes.bindingOf(at)?.definitions ?? []) : [];
  return (
    definitions.length > 0 &&
    definitions.every(
      ({ kind, value }) =>
        kind === 'parameter' &&
        /^(Optional\[str\]|str \| None|None \| str|typing\.Optional\[str\])$/.test(
          textOf((value && field(value, 'type')) ?? at),
        ),
    )
  );
}

function isStringBinding(binding: Binding, unit: Unit, origins: Origins, depth: number): boolean {
  if (binding.definitions.length === 0) return false;
  if (binding.reads.some((read) => isUsedAsString(read))) return true;
  return binding.definitions.every((definition) => isStringDefinition(definition, unit, origins, depth));
}

function isStringDefinition({ kind, name, value }: Definition, unit: Unit, origins: Origins, depth: number): boolean {
  if (kind === 'parameter') {
    const type = value && field(value, 'type');
    if (type) return textOf(type) === 'str';
    const given = value && field(value, 'value');
    return given !== undefined && isStringValue(given, unit, origins, depth);
  }
  if (kind === 'assignment') {
    const type = name.parent?.type === 'assignment' ? field(name.parent, 'type') : undefined;
    return (
      (type !== undefined && textOf(type) === 'str') ||
      (value !== undefined && isStringValue(value, unit, origins, depth))
    );
  }
  return kind === 'augmented' && value !== undefined && isStringValue(value, unit, origins, depth);
}

/** `x.strip()`, `x + "..."`: what only works with a string. */
function isUsedAsString(read: Node): boolean {
  const { parent } = wrapping(read);
  if (parent?.type === 'attribute' && parent.parent?.type === 'call') {
    const method = calledMethod(parent.parent);
    if (method?.object !== read) return false;
    return (
      TESTS_OF_STRINGS.has(method.name) || (STRING_METHODS.has(method.name) && !NOT_STRINGS_ALONE.has(method.name))
    );
  }
  if (parent?.type !== 'binary_operator' || textOf(field(parent, 'operator') as Node) !== '+') return false;
  return [field(parent, 'left'), field(parent, 'right')].some(
    (side) => side?.type === 'string' || side?.type === 'concatenated_string',
  );
}
