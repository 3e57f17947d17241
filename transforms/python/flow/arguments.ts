import { classesOf } from '../classes.js';
import { constantText } from '../literals.js';
import {
  above,
  argumentsOf,
  attributeName,
  calledMethod,
  descendants,
  enclosingFunction,
  field,
  keywordArgument,
  namedChildren,
  nameOf,
  textOf,
  unwrap,
  type Node,
} from '../node.js';
import type { Origins, Placed } from '../origin.js';
import { selfAttribute, type Definition } from '../scopes.js';
import type { Unit } from '../unit.js';
import { callIn, type Callers, type Uses } from './callers.js';
import { argumentFor, takesMany } from './functions.js';
import { basesOf, classOf, decoratorsOf } from './owners.js';

/** What callers give a parameter, or a field of the objects that they make. */
export interface Given {
  readonly values: readonly Placed[];
  /** Whether no others are given: every caller is seen. */
  readonly isWhole: boolean;
}

/** What a name or attribute is given by the callers of the function or class that it belongs to; undefined for others. */
export type GivenTo = (at: Node, unit: Unit) => Given | undefined;

/** Looks at the calls of functions and classes for what they are given. */
export function createGivenTo(origins: Origins, callers: Callers): GivenTo {
  const toParameter = ({ name, value: declaration }: Definition, unit: Unit): Given => {
    const fn = enclosingFunction(name);
    if (!declaration || fn?.type !== 'function_definition' || takesMany(declaration)) return UNSEEN;
    const owner = nameOf(fn) === '__init__' ? classOf(fn) : undefined;
    const uses = owner ? callers.ofClass({ node: owner, unit }) : callers.of({ node: fn, unit });
    const found = collect(uses, owner !== undefined, (call, holder) => {
      const given = argumentFor(call, holder, fn, declaration, origins);
      if (typeof given !== 'string') return given;
      return given === 'missing' && field(declaration, 'value') ? 'default' : 'unseen';
    });
    return { ...found, values: [...found.values, ...spread(uses, textOf(name))] };
  };

  /** The entries of a name in dictionaries that calls spread. */
  const spread = ({ uses }: Uses, name: string): readonly Placed[] =>
    uses.flatMap(({ node, unit }) => {
      const call = callIn(node);
      const splats = call ? argumentsOf(call).filter(({ type }) => type === 'dictionary_splat') : [];
      return splats.flatMap((splat) =>
        origins.valuesOf(namedChildren(splat)[0] ?? splat, unit).flatMap((value) => {
          const pairs = unwrap(value.node).type === 'dictionary' ? namedChildren(unwrap(value.node)) : [];
          return pairs.flatMap((pair) => {
            const [key, entry] = [field(pair, 'key'), field(pair, 'value')];
            return key && entry && constantText(key) === name ? [{ node: entry, unit: value.unit }] : [];
          });
        }),
      );
    });

  /** What `Config(name=...)` gives a class whose fields stand in its body. */
  const toField = (owner: Placed, name: string): Given | undefined => {
    const isField = descendants(owner.node, 'assignment').some((assignment) => {
      const left = field(assignment, 'left');
      return left && textOf(left) === name && assignment.parent && classOf(assignment.parent) === owner.node;
    });
    if (!isField || !takesFields(owner.node)) return undefined;
    const { uses, isClosed } = callers.ofClass(owner);
    const isFixed = origins.writesTo(name).length === 0;
    return collect({ uses, isClosed: isClosed && isFixed }, true, (call) => {
      const args = argumentsOf(call);
      const found = keywordArgument(call, name);
      if (found) return field(found, 'value') ?? 'unseen';
      return args.some(({ type }) => type !== 'keyword_argument') ? 'unseen' : 'default';
    });
  };

  return (at, unit) => {
    const node = unwrap(at);
    if (node.type === 'identifier') {
      const definitions = origins.definitionsOf(node, unit).filter(({ definition }) => definition.kind === 'parameter');
      return definitions.length === 0
        ? undefined
        : merged(definitions.map(({ definition, unit: holder }) => toParameter(definition, holder)));
    }
    const name = attributeName(node);
    const self = selfAttribute(node, unit.scopes);
    const object = name === undefined ? undefined : field(node, 'object');
    if (!object || name === undefined) return undefined;
    const owners = self ? [{ node: self.owner, unit }] : classesOf(object, unit, origins);
    const found = owners.flatMap((owner) => toField(owner, name) ?? []);
    return found.length > 0 ? merged(found) : undefined;
  };
}

const UNSEEN: Given = { values: [], isWhole: false };

type Argument = Node | 'default' | 'unseen';

function collect({ uses, isClosed }: Uses, isClass: boolean, argument: (call: Node, unit: Unit) => Argument): Given {
  const calls = uses.map(({ node, unit }) => ({ call: callIn(node), node, unit }));
  const given = calls.map(({ call, node, unit }) =>
    call
      ? { value: argument(call, unit), unit }
      : ({ value: isClass && isOnlyNamed(node) ? 'default' : 'unseen', unit } as const),
  );
  return {
    values: given.flatMap(({ value, unit }) => (typeof value === 'string' ? [] : [{ node: value, unit }])),
    isWhole: isClosed && given.every(({ value }) => value !== 'unseen'),
  };
}

/** A class in an annotation, or in `isinstance(x, C)`. */
function isOnlyNamed(use: Node): boolean {
  if (above(use, ({ type }) => type === 'type')) return true;
  const call = above(use, ({ type }) => type === 'call');
  return (
    call !== undefined &&
    !calledMethod(call) &&
    /^(isinstance|issubclass|cast)$/.test(textOf(field(call, 'function') as Node))
  );
}

function merged(all: readonly Given[]): Given {
  return { values: all.flatMap(({ values }) => values), isWhole: all.every(({ isWhole }) => isWhole) };
}

/** Whether what a class is called with are the fields of its body. */
function takesFields(owner: Node): boolean {
  return (
    decoratorsOf(owner).some((decorator) =>
      /^@(?:dataclasses\.)?dataclass\b|^@attrs?\.|^@define\b/.test(textOf(decorator)),
    ) || basesOf(owner).some((base) => /(?:^|\.)(?:BaseModel|BaseSettings|NamedTuple|Model)$/.test(textOf(base)))
  );
}
