import { constantText } from './literals.js';
import { above, field, namedChildren, textOf, unwrap, type Node } from './node.js';
import { elementsOf, offeredByCall, offeredByDecorator, offeredByOption, type Offered } from './offered.js';
import { defaultsOf, type Origins, type Placed } from './origin.js';
import type { Definition } from './scopes.js';
import type { GivenTo } from './flow/arguments.js';
import type { Unit } from './unit.js';

const DEPTH = 6;

/** The constants that an expression can be, and whether these are all. */
export interface Values {
  readonly leaves: readonly Placed[];
  readonly isComplete: boolean;
}

/** Follows an expression through names, attributes of `self`, defaults, conditions and fallbacks to the constants it can be. */
export function constantsOf(
  node: Node,
  unit: Unit,
  origins: Origins,
  givenTo: GivenTo = () => undefined,
  depth = DEPTH,
): Values {
  const at = unwrap(node);
  if (depth === 0) return UNSEEN;
  const goOn = (next: Node, holder = unit): Values => constantsOf(next, holder, origins, givenTo, depth - 1);
  if (isConstant(at)) return { leaves: [{ node: at, unit }], isComplete: true };
  const chosen = ({ values, isComplete }: Offered): Values => {
    const found = merged(values.map((value) => goOn(value.node, value.unit)));
    return { leaves: found.leaves, isComplete: isComplete && found.isComplete };
  };
  switch (at.type) {
    case 'conditional_expression': {
      const [then, , otherwise] = namedChildren(at);
      return then && otherwise ? merged([goOn(then), goOn(otherwise)]) : UNSEEN;
    }
    case 'boolean_operator':
      return merged(namedChildren(at).map((side) => goOn(side)));
    case 'call': {
      const offered = offeredByCall(at, unit, origins);
      if (offered) return chosen(offered);
      return { leaves: fallbacksOf(at).flatMap((argument) => goOn(argument).leaves), isComplete: false };
    }
    case 'subscript': {
      const offered = elementsOf(field(at, 'value') as Node, unit, origins);
      if (offered) return chosen(offered);
      const [table, ...more] = origins.valuesOf(field(at, 'value') as Node, unit);
      const literal = table && more.length === 0 ? unwrap(table.node) : undefined;
      if (!table || literal?.type !== 'dictionary') return UNSEEN;
      return merged(
        namedChildren(literal).flatMap((pair) =>
          field(pair, 'value') ? [goOn(field(pair, 'value') as Node, table.unit)] : [UNSEEN],
        ),
      );
    }
    case 'identifier':
    case 'attribute': {
      const offered = offeredByOption(at, unit, origins);
      if (offered) return chosen(offered);
      const values = origins.valuesOf(at, unit).map((value) => goOn(value.node, value.unit));
      const definitions = origins.definitionsOf(at, unit);
      const taken = definitions.flatMap(({ definition, unit: holder }) => takenFrom(definition, holder, origins) ?? []);
      const defaults = defaultsOf(at, unit, origins).map((given) => goOn(given.node, given.unit));
      const offers = taken.map(chosen);
      const given = taken.length === 0 ? givenTo(at, unit) : undefined;
      const arguments_ = given?.values.map((argument) => goOn(argument.node, argument.unit)) ?? [];
      const found = merged([...values, ...offers, ...defaults, ...arguments_]);
      if (given) return { leaves: found.leaves, isComplete: given.isWhole && found.isComplete };
      const isSeen = values.length + offers.length > 0 && definitions.length <= values.length + offers.length;
      return { leaves: found.leaves, isComplete: isSeen && found.isComplete && defaults.length === 0 };
    }
    default:
      return UNSEEN;
  }
}

/** What a loop over a list takes from it, or a parameter from the command line. */
function takenFrom({ kind, name, value }: Definition, unit: Unit, origins: Origins): Offered | undefined {
  if (kind === 'loop') return value && elementsOf(value, unit, origins);
  const fn = kind === 'parameter' ? above(name, ({ type }) => type === 'function_definition') : undefined;
  return fn && offeredByDecorator(name, fn, unit, origins);
}

const UNSEEN: Values = { leaves: [], isComplete: false };

function merged(all: readonly Values[]): Values {
  return {
    leaves: all.flatMap(({ leaves }) => leaves),
    isComplete: all.length > 0 && all.every(({ isComplete }) => isComplete),
  };
}

function isConstant(node: Node): boolean {
  return (
    /^(integer|float|true|false|none)$/.test(node.type) ||
    constantText(node) !== undefined ||
    numberIn(node) !== undefined
  );
}

/** The fallback of `os.getenv("MODEL", "claude-2")`, `os.environ.get(...)`, `config.get("model", "claude-2")`, `int("300")`. */
function fallbacksOf(call: Node): readonly Node[] {
  const callee = textOf(field(call, 'function') as Node);
  const args = namedChildren(field(call, 'arguments') as Node);
  if (/(^|\.)(getenv|get|pop|setdefault)$/.test(callee))
    return args.slice(1).map((argument) => field(argument, 'value') ?? argument);
  if (/(^|\.)(Field|field|Option|Argument|add_argument)$/.test(callee))
    return args.flatMap((argument) =>
      argument.type === 'keyword_argument'
        ? /^default$/.test(textOf(field(argument, 'name') as Node))
          ? [field(argument, 'value') as Node]
          : []
        : [argument],
    );
  return /^(int|float|str)$/.test(callee) ? args : [];
}

/** The number that a literal says. */
export function numberIn(node: Node): number | undefined {
  if (node.type === 'integer' || node.type === 'float') return Number(textOf(node).replaceAll('_', ''));
  const [inner] = namedChildren(node);
  const isNegative = node.type === 'unary_operator' && node.children[0]?.type === '-';
  const value = isNegative && inner ? numberIn(inner) : undefined;
  return value === undefined ? undefined : -value;
}
