import { attributeName, descendants, field, namedChildren, nameOf, textOf, unwrap, type Node } from './node.js';
import type { Origins, Placed } from './origin.js';
import { selfAttribute, type Scopes } from './scopes.js';
import type { Unit } from './unit.js';

const DEPTH = 5;

/** The classes of the project that an expression can be an object of: what it is made by, declared as, or `self` of. */
export function classesOf(node: Node, unit: Unit, origins: Origins, depth = DEPTH): readonly Placed[] {
  const at = unwrap(node);
  if (depth === 0) return [];
  const goOn = (next: Node, holder: Unit): readonly Placed[] => classesOf(next, holder, origins, depth - 1);
  if (at.type === 'call') return classesNamed(field(at, 'function') as Node, unit, origins);
  if (at.type === 'boolean_operator' || at.type === 'conditional_expression')
    return distinct(namedChildren(at).flatMap((child) => goOn(child, unit)));
  if (at.type !== 'identifier' && at.type !== 'attribute') return [];
  const own = classOfSelf(at, unit.scopes);
  if (own) return [{ node: own, unit }];
  const made = origins.valuesOf(at, unit).flatMap((value) => goOn(value.node, value.unit));
  const declared = origins.definitionsOf(at, unit).flatMap(({ definition, unit: holder }) => {
    const owner = definition.kind === 'parameter' ? definition.value : definition.name.parent;
    const type =
      owner && (owner.type === 'assignment' || definition.kind === 'parameter') ? field(owner, 'type') : undefined;
    return type
      ? descendants(type, 'identifier', 'attribute').flatMap((name) => classesNamed(name, holder, origins))
      : [];
  });
  return distinct([...made, ...declared]);
}

function classesNamed(node: Node, unit: Unit, { definitionsOf }: Origins): readonly Placed[] {
  return definitionsOf(node, unit).flatMap(({ definition, unit: holder }) =>
    definition.kind === 'class' && definition.value ? [{ node: definition.value, unit: holder }] : [],
  );
}

/** The class whose object the first parameter of a method is. */
function classOfSelf(node: Node, scopes: Scopes): Node | undefined {
  const { parent } = node;
  return node.type === 'identifier' && parent?.type === 'attribute' && node.field === 'object'
    ? selfAttribute(parent, scopes)?.owner
    : undefined;
}

/** The functions of a class body that have a name. */
export function methodsOf(owner: Node, name: string): readonly Node[] {
  const body = field(owner, 'body');
  const members = body
    ? namedChildren(body).map((member) =>
        member.type === 'decorated_definition' ? (field(member, 'definition') ?? member) : member,
      )
    : [];
  return members.filter((member) => member.type === 'function_definition' && nameOf(member) === name);
}

/** What a class gives an attribute of its objects: in its body, by `self.name = ...`, or by what `Class(name=...)` is given. */
export function membersOf({ node: owner, unit }: Placed, name: string): readonly Placed[] {
  const { scopes } = unit;
  return descendants(owner, 'assignment').flatMap((assignment) => {
    const [left, right] = [field(assignment, 'left'), field(assignment, 'right')];
    if (!left || !right) return [];
    const isSelf =
      left.type === 'attribute' && attributeName(left) === name && selfAttribute(left, scopes)?.owner === owner;
    const isMember = left.type === 'identifier' && textOf(left) === name && scopes.scopeOf(left).node === owner;
    return isSelf || isMember ? [{ node: right, unit }] : [];
  });
}

function distinct(placed: readonly Placed[]): readonly Placed[] {
  return [...new Map(placed.map((each) => [each.node, each])).values()];
}
