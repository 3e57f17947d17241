import type { Changes } from './changes.js';
import type { HelperNames } from './helper-names.js';
import type { OldRequest, Site } from './locate.js';
import { argumentsOf, descendants, field, textOf, type Node } from './node.js';
import { firstArgument, type Origins } from './origin.js';
import { copy } from './print-expression.js';
import { importedAs } from './scopes.js';
import { separatorAt } from './list-edits.js';
import type { Unit } from './unit.js';

/** `client.completion(...)` becomes `client.messages.create(...)`; a method that streamed by its name says so now. */
export function lowerOldCall(site: Site, { name }: OldRequest, saysStream: boolean, changes: Changes): void {
  const { args, unit } = site;
  changes.replace(unit, name, ['messages.create']);
  const last = args.at(-1);
  if (saysStream && last && streamsByName(site))
    changes.insert(unit, last.end, [`${separatorAt(last, unit)}stream=True`]);
}

/** Whether a call streams by the name of its method alone. */
export function streamsByName({ request, args }: Site): boolean {
  return (
    request.kind === 'old' &&
    request.method.endsWith('_stream') &&
    !args.some((argument) => textOf(argument) === 'stream=True')
  );
}

/** The keywords of the client of 0.2 and what they are called since (Python SDK 0.2.10 and 0.3.0). */
const OPTIONS: ReadonlyMap<string, string> = new Map([
  ['api_url', 'base_url'],
  ['default_request_timeout', 'timeout'],
]);

/** Whether a client is made in the way of 0.2: with a key that has no name, or an option that is gone. */
export function isOldConstructor(call: Node, unit: Unit, origins: Origins): boolean {
  const callee = field(call, 'function') as Node;
  if (origins.fullName(callee, unit) !== 'anthropic.Client') return false;
  return (
    firstArgument(call) !== undefined ||
    argumentsOf(call).some((argument) => OPTIONS.has(nameOf(argument)) || nameOf(argument) === 'proxy_url')
  );
}

/**
 * The files whose clients of 0.2 become asynchronous ones: no call that can be made with them is without `await`. A client
 * was for both kinds of calls; `sites` are those of 0.2 that move.
 */
export function asyncOnly(sites: readonly Site[], units: readonly Unit[], origins: Origins): ReadonlySet<Unit> {
  const makers = new Set(units.filter((unit) => clientsMadeIn(unit, origins).length > 0));
  const guests = sites.filter(({ unit }) => !makers.has(unit));
  const isWithout = (unit: Unit): boolean =>
    [...sites.filter((site) => site.unit === unit), ...guests].every(({ isAsync }) => isAsync);
  return new Set([...makers].filter(isWithout));
}

/** Gives awaited calls of a client that is for others too an asynchronous client of their own. */
export function lowerAwaited(
  sites: readonly Site[],
  units: readonly Unit[],
  origins: Origins,
  names: HelperNames,
  changes: Changes,
): void {
  const renamed = asyncOnly(sites, units, origins);
  const makers = units.filter((unit) => clientsMadeIn(unit, origins).length > 0);
  for (const { unit, client, isAsync } of sites) {
    const holders = makers.includes(unit) ? [unit] : makers;
    if (!isAsync || (holders.length > 0 && holders.every((each) => renamed.has(each)))) continue;
    changes.need(unit, 'async_client');
    changes.insert(unit, client.start, [`${names.get('async_client') ?? 'async_client'}(`]);
    changes.insert(unit, client.end, [')']);
  }
}

function clientsMadeIn(unit: Unit, origins: Origins): readonly Node[] {
  return descendants(unit.root, 'call').filter(
    (call) => origins.fullName(field(call, 'function') as Node, unit) === 'anthropic.Client',
  );
}

/** Writes the clients of 0.2 in a file as they are made since. `isAsync`: only awaited calls are made with them. */
export function lowerConstructors(unit: Unit, isAsync: boolean, origins: Origins, changes: Changes): void {
  for (const call of clientsMadeIn(unit, origins)) {
    const callee = field(call, 'function') as Node;
    const first = firstArgument(call);
    if (first) changes.insert(unit, first.start, ['api_key=']);
    for (const argument of argumentsOf(call)) {
      const renamed = OPTIONS.get(nameOf(argument));
      const name = field(argument, 'name');
      if (renamed !== undefined && name) changes.replace(unit, name, [renamed]);
      if (nameOf(argument) === 'proxy_url')
        changes.note(
          'CTM305',
          unit,
          argument,
          'proxy_url is gone: give the client an HTTP client with a proxy by http_client.',
        );
    }
    if (isAsync) renameClient(callee, unit, changes);
  }
}

function renameClient(callee: Node, unit: Unit, changes: Changes): void {
  const name = callee.type === 'attribute' ? field(callee, 'attribute') : callee;
  if (name) changes.replace(unit, name, ['AsyncClient']);
  const definition = callee.type === 'identifier' ? unit.scopes.bindingOf(callee)?.definitions[0] : undefined;
  const clause = definition && importedAs(definition)?.clause;
  if (clause && clause.type !== 'aliased_import') changes.replace(unit, clause, ['AsyncClient']);
}

/** `anthropic.ApiException` of 0.2 is `anthropic.APIError`. */
export function lowerExceptions(unit: Unit, origins: Origins, changes: Changes): void {
  for (const node of descendants(unit.root, 'attribute', 'identifier', 'dotted_name')) {
    const isNamed = node.type === 'attribute' || node.type === 'identifier';
    if (node.type === 'dotted_name') {
      const isImported =
        textOf(node) === 'ApiException' &&
        node.parent?.type === 'import_from_statement' &&
        /^anthropic(\.api)?$/.test(textOf(field(node.parent, 'module_name') as Node));
      if (isImported) {
        changes.replace(unit, node, ['APIError']);
        changes.replace(unit, field(node.parent, 'module_name') as Node, ['anthropic']);
      }
      continue;
    }
    if (!isNamed || !textOf(node).endsWith('ApiException') || node.parent?.type === 'dotted_name') continue;
    const name = origins.fullName(node, unit);
    if (name !== 'anthropic.ApiException' && name !== 'anthropic.api.ApiException') continue;
    if (node.type === 'identifier' && node.parent?.type === 'attribute') continue;
    // The module `anthropic.api` is gone too: of `anthropic.api.ApiException` both names go.
    const module = node.type === 'attribute' ? (field(node, 'object') as Node) : undefined;
    const holder =
      module?.type === 'attribute' && name === 'anthropic.api.ApiException' ? field(module, 'object') : module;
    changes.replace(unit, node, holder ? [copy(holder), '.APIError'] : ['APIError']);
  }
}

function nameOf(argument: Node): string {
  const name = argument.type === 'keyword_argument' ? field(argument, 'name') : undefined;
  return name ? textOf(name) : '';
}
