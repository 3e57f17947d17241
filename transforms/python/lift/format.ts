import { argumentsOf, field, namedChildren, textOf, unwrap, type Node } from '../node.js';
import { markersIn } from './markers-in.js';
import type { Parts } from './handle.js';
import { handleOf, hole, lift, text, type LiftContext } from './lift.js';
import { wholeText } from './trimmed.js';

/** `template.format(...)`; undefined where the template or one of its fields is not seen. */
export function liftFormat(template: Node, call: Node, context: LiftContext): Parts | undefined {
  const positional = argumentsOf(call).filter(({ type }) => type !== 'keyword_argument');
  if (positional.some(({ type }) => type === 'list_splat' || type === 'dictionary_splat')) return undefined;
  const named = new Map(
    argumentsOf(call).flatMap((argument) => {
      const name = argument.type === 'keyword_argument' ? field(argument, 'name') : undefined;
      const value = name && field(argument, 'value');
      return name && value ? [[textOf(name), value] as const] : [];
    }),
  );
  const whole = templateText(template, context);
  if (whole === undefined) return undefined;
  const filled = isNamed(template) && !MAY_MARK.test(whole) ? filledIn(call, whole, context) : undefined;
  if (filled) return [filled];
  let next = 0;
  const parts: Parts[number][] = [];
  let at = 0;
  for (const match of whole.matchAll(/\{\{|\}\}|\{(\w*)(![rsa])?(:[^{}]*)?\}|[{}]/g)) {
    parts.push(text(whole.slice(at, match.index)));
    at = match.index + match[0].length;
    if (match[0] === '{{' || match[0] === '}}') parts.push(text(match[0].charAt(0)));
    else {
      const [, name, conversion = '', spec = ''] = match;
      if (name === undefined) return undefined;
      const value = name === '' ? positional[next++] : /^\d+$/.test(name) ? positional[Number(name)] : named.get(name);
      if (!value) return undefined;
      parts.push(...(conversion + spec === '' ? lift(value, context) : [hole(value, context, conversion + spec)]));
    }
  }
  return [...parts, text(whole.slice(at))];
}

/** A marker, or what may be one with the text beside it. */
const MAY_MARK = /Human:|Assistant:|^\s|\s$/;

/** A template with a name, which holds no marker, is filled in where its text is wanted. */
function isNamed(template: Node): boolean {
  return /^(identifier|attribute)$/.test(unwrap(template).type);
}

/** All of a call as one value; undefined where an argument may bring markers that are seen. */
function filledIn(call: Node, template: string, context: LiftContext): Parts[number] | undefined {
  const values = argumentsOf(call).map((argument) => field(argument, 'value') ?? argument);
  const known = new Set(values.map((value) => markersIn(value, context.unit, context.origins)));
  if (known.has('present')) return undefined;
  const markers = known.has('unknown') ? 'unknown' : known.has('unlikely') ? 'unlikely' : 'never';
  return {
    kind: 'hole',
    value: handleOf(call, context, ''),
    markers,
    mayBeBlank: template.replace(/\{[^{}]*\}/g, '').trim() === '',
  };
}

/** `template % values`; undefined where a conversion is none of `%s`, `%d`, `%i`, `%r` and `%%`. */
export function liftPercent(template: Node, values: Node, context: LiftContext): Parts | undefined {
  const whole = templateText(template, context);
  const given = unwrap(values);
  if (whole === undefined) return undefined;
  const positional =
    values.type === 'tuple' ? namedChildren(values) : given.type === 'tuple' ? namedChildren(given) : [given];
  const named = new Map(
    given.type === 'dictionary'
      ? namedChildren(given).flatMap((pair) => {
          const [key, value] = [field(pair, 'key'), field(pair, 'value')];
          const name = key && textOf(key).replace(/^["']|["']$/g, '');
          return name !== undefined && value ? [[name, value] as const] : [];
        })
      : [],
  );
  const isNamed = given.type === 'dictionary';
  const isOneValue = given.type !== 'tuple' && !isNamed;
  let next = 0;
  let at = 0;
  const parts: Parts[number][] = [];
  for (const match of whole.matchAll(/%%|%(?:\((\w+)\))?([sdir])|%/g)) {
    parts.push(text(whole.slice(at, match.index)));
    at = match.index + match[0].length;
    const [all, name, conversion] = match;
    if (all === '%%') parts.push(text('%'));
    else {
      if (conversion === undefined || (name !== undefined) !== isNamed) return undefined;
      const value = name === undefined ? positional[next++] : named.get(name);
      if (!value) return undefined;
      parts.push(
        ...(conversion === 's' ? lift(value, context) : [hole(value, context, conversion === 'r' ? '!r' : '')]),
      );
    }
  }
  // One name alone may be a tuple, whose elements would be spread over the conversions.
  if (isOneValue && next !== 1) return undefined;
  return [...parts, text(whole.slice(at))];
}

/** A template all of which is known: a literal, a constant, markers among them. */
export function templateText(node: Node, context: LiftContext): string | undefined {
  const direct = lift(node, context);
  const parts = direct.length === 1 && direct[0]?.kind === 'hole' ? constantParts(node, context) : direct;
  return parts && wholeText(parts);
}

/** The text of a constant that holds no turns, and so keeps its name elsewhere. */
function constantParts(node: Node, context: LiftContext): Parts | undefined {
  const [only, ...more] = context.origins.valuesOf(unwrap(node), context.unit);
  if (!only || more.length > 0 || context.origins.definitionsOf(unwrap(node), context.unit).length > 1)
    return undefined;
  return lift(only.node, { ...context, unit: only.unit, use: only.node });
}
