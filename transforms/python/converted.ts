import { ALL_HELPER_NAMES } from './helper-names.js';
import { argumentsOf, descendants, field, namedChildren, textOf, unwrap, type Node } from './node.js';
import { bodyOf } from './locate.js';
import type { Origins } from './origin.js';
import type { SitePlan } from './site-plan.js';
import type { Unit } from './unit.js';

/** The dictionaries that a helper converts when the program runs, in this run or since an earlier one: they keep the keys that it reads. */
export function convertedByHelpers(
  units: readonly Unit[],
  plans: readonly SitePlan[],
  origins: Origins,
): readonly Node[] {
  const now = plans
    .filter(({ params }) => params.mode === 'runtime')
    .map(({ site }) => ({ args: bodyOf(site) ? argumentsOf(site.call) : site.args, unit: site.unit }));
  const before = units
    .filter(({ text }) => text.includes('_params('))
    .flatMap((unit) =>
      descendants(unit.root, 'call').flatMap((call) => (isConversion(call) ? [{ args: argumentsOf(call), unit }] : [])),
    );
  return [...now, ...before].flatMap(({ args, unit }) => dictionariesIn(args, unit, origins));
}

/** `to_message_params(...)`, under whatever name it has in the project. */
export function isConversion(call: Node): boolean {
  const callee = field(call, 'function');
  const name = callee ? textOf(callee) : '';
  return callee?.type === 'identifier' && name.endsWith('params') && ALL_HELPER_NAMES.has(name);
}

/** What the names are that a call is given: `**options`, `options`, and both within `dict(...)`. */
function dictionariesIn(args: readonly Node[], unit: Unit, origins: Origins): readonly Node[] {
  return args.flatMap((argument): readonly Node[] => {
    const given = unwrap(argument.type === 'dictionary_splat' ? (namedChildren(argument)[0] ?? argument) : argument);
    if (given.type === 'call') return dictionariesIn(argumentsOf(given), unit, origins);
    return given.type === 'identifier' || given.type === 'attribute'
      ? origins.valuesOf(given, unit).map(({ node }) => node)
      : [];
  });
}
