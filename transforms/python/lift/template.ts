import { constantText } from '../literals.js';
import { argumentsOf, attributeName, field, namedChildren, unwrap, type Node } from '../node.js';
import { firstArgument } from '../origin.js';
import { keywordName } from '../keywords.js';
import { templateText } from './format.js';
import type { Parts } from './handle.js';
import { lift, text, type LiftContext } from './lift.js';

/** Python library reference, `string.Template`: `$$`, `$name` and `${name}`; any other `$` is an error. */
const FIELD = /\$(?:(\$)|([_a-z][_a-z0-9]*)|\{([_a-z][_a-z0-9]*)\})?/gi;

/** `Template(...).substitute(...)`; undefined where the template or one of its values is not seen. */
export function liftTemplate(object: Node, call: Node, context: LiftContext): Parts | undefined {
  const template = templateOf(object, context);
  const values = template && valuesIn(call);
  const whole = template && templateText(template.node, { ...context, unit: template.unit });
  if (!values || whole === undefined) return undefined;
  const parts: Parts[number][] = [];
  let at = 0;
  for (const match of whole.matchAll(FIELD)) {
    const [all, dollar, name = match[3]] = match;
    const value = name === undefined ? undefined : values.get(name);
    if (dollar === undefined && !value) return undefined;
    parts.push(text(whole.slice(at, match.index)), ...(value ? lift(value, context) : [text('$')]));
    at = match.index + all.length;
  }
  return [...parts, text(whole.slice(at))];
}

/** What `string.Template` is given, of a template that is made in place or kept under a name. */
function templateOf(
  object: Node,
  { unit, origins }: LiftContext,
): { node: Node; unit: LiftContext['unit'] } | undefined {
  const at = unwrap(object);
  const [only, ...more] = at.type === 'call' ? [{ node: at, unit }] : origins.valuesOf(at, unit);
  const made = only && more.length === 0 ? unwrap(only.node) : undefined;
  const isSure =
    at.type === 'call' ||
    (origins.definitionsOf(at, unit).length <= 1 && origins.writesTo(attributeName(at) ?? '').length <= 1);
  const callee = made?.type === 'call' ? field(made, 'function') : undefined;
  if (!only || !made || !callee || !isSure || origins.fullName(callee, only.unit) !== 'string.Template')
    return undefined;
  const given = argumentsOf(made).length === 1 ? firstArgument(made) : undefined;
  return given && { node: given, unit: only.unit };
}

/** The values by their names, keywords before those of a dictionary; undefined where they are not all seen. */
function valuesIn(call: Node): ReadonlyMap<string, Node> | undefined {
  const found = new Map<string, Node>();
  for (const argument of argumentsOf(call)) {
    const name = keywordName(argument);
    const value = field(argument, 'value');
    if (name !== undefined && value) found.set(name, value);
    else if (argument.type !== 'dictionary' || !readPairs(argument, found)) return undefined;
  }
  return found;
}

function readPairs(dictionary: Node, found: Map<string, Node>): boolean {
  return namedChildren(dictionary).every((pair) => {
    const [key, value] = [field(pair, 'key'), field(pair, 'value')];
    const name = key && constantText(key);
    if (name === undefined || !value) return false;
    found.set(name, value);
    return true;
  });
}
