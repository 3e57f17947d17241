import { attributeName, descendants, field, textOf, unwrap, type Node } from './node.js';
import { constantText } from './literals.js';
import type { Origins } from './origin.js';
import type { Unit } from './unit.js';

/** A type as it is written, and where. */
interface Declared {
  readonly text: string;
  readonly at: Node;
  readonly unit: Unit;
}

const DEPTH = 5;
const LIST =
  /^(?:typing\.)?(?:List|list|Sequence|Iterable|Set|set|FrozenSet|Deque|deque)\[\s*([^,]*(?:\[.*\])?)\s*\]$/s;
const DICTIONARY = /^(?:typing\.)?(?:Dict|dict|Mapping|MutableMapping)\[\s*str\s*,\s*(.*?)\s*\]$/s;

/** Whether annotations say that an expression is a string: of a parameter, of the elements or values of one, of a field of a class. */
export function isDeclaredString(node: Node, unit: Unit, origins: Origins): boolean {
  return declaredType(node, unit, origins, DEPTH)?.text === 'str';
}

function declaredType(node: Node, unit: Unit, origins: Origins, depth: number): Declared | undefined {
  const at = unwrap(node);
  if (depth === 0) return undefined;
  const typeOf = (inner: Node | undefined): Declared | undefined =>
    inner && declaredType(inner, unit, origins, depth - 1);
  if (at.type === 'subscript') {
    const holder = typeOf(field(at, 'value'));
    const key = field(at, 'subscript');
    const name = key && constantText(key);
    if (!holder || name === undefined) return undefined;
    return inside(holder, DICTIONARY) ?? memberType(holder, name, origins, /\bTypedDict\b/);
  }
  if (at.type === 'attribute') {
    const holder = typeOf(field(at, 'object'));
    return (
      holder &&
      memberType(
        holder,
        attributeName(at) ?? '',
        origins,
        /@(?:dataclasses\.)?dataclass\b|\bNamedTuple\b|\bBaseModel\b/,
      )
    );
  }
  const [only, ...more] = at.type === 'identifier' ? (unit.scopes.bindingOf(at)?.definitions ?? []) : [];
  if (!only || more.length > 0) return undefined;
  if (only.kind === 'loop') {
    const data = only.value && typeOf(only.value);
    return data && inside(data, LIST);
  }
  const owner = only.kind === 'parameter' ? only.value : only.name.parent;
  const type = owner && (only.kind === 'parameter' || owner.type === 'assignment') ? field(owner, 'type') : undefined;
  return type && { text: textOf(type).trim(), at: type, unit };
}

/** What the brackets of a type hold. */
function inside(type: Declared, pattern: RegExp): Declared | undefined {
  const inner = pattern.exec(type.text)?.[1];
  return inner === undefined ? undefined : { ...type, text: inner };
}

/** The annotation of a field in the body of a class that is made of such fields. */
function memberType({ text, at, unit }: Declared, name: string, origins: Origins, kind: RegExp): Declared | undefined {
  const [bound, ...more] = /^\w+$/.test(text) ? (unit.scopes.lookUp(text, at)?.definitions ?? []) : [];
  const [found] = bound && more.length === 0 ? origins.definitionsOf(bound.name, unit) : [];
  const owner = found?.definition.kind === 'class' ? found.definition.value : undefined;
  const head =
    owner && textOf(owner.parent?.type === 'decorated_definition' ? owner.parent : owner).split(/:\s*\n/, 1)[0];
  if (!found || !owner || head === undefined || !kind.test(head)) return undefined;
  const body = field(owner, 'body');
  const declared = (body ? descendants(body, 'assignment') : []).filter((each) => {
    const left = field(each, 'left');
    return left?.type === 'identifier' && textOf(left) === name && each.parent?.parent === body;
  });
  const type = declared.length === 1 ? field(declared[0] as Node, 'type') : undefined;
  return type && { text: textOf(type).trim(), at: type, unit: found.unit };
}
