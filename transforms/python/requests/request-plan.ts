import type { LeftToPerson } from '../left-to-person.js';
import type { BedrockRequest, HttpRequest, Site } from '../locate.js';
import { attributeName, calledMethod, descendants, field, isInside, textOf, type Node } from '../node.js';
import type { Placed } from '../origin.js';
import type { ParamsPlan } from '../params-plan.js';
import type { Program } from '../program.js';
import { lostKey } from './event-keys.js';

/** Whether an expression is part of the URL of a request that is a site. */
export type IsSiteUrl = (node: Node) => boolean;

/** Why a request that no SDK sends is left to a person. */
export function problemsOf(
  site: Site,
  params: ParamsPlan,
  streams: boolean,
  program: Program,
  isSiteUrl: IsSiteUrl,
): readonly LeftToPerson[] {
  if (site.request.kind === 'http') return problemsOfHttp(site, site.request, streams, program, isSiteUrl);
  return site.request.kind === 'bedrock' ? problemsOfBedrock(site, site.request, params) : [];
}

function problemsOfHttp(
  { unit }: Site,
  { endpoint, headers: { plan }, response, url }: HttpRequest,
  streams: boolean,
  program: Program,
  isSiteUrl: IsSiteUrl,
): readonly LeftToPerson[] {
  const problems: LeftToPerson[] = [];
  const problem = (message: string, node = url): void => {
    problems.push({ code: 'CTM303', node, message: `${message}; send this request to /v1/messages by hand` });
  };
  const events = response.events.length > 0;
  if (response.problem !== undefined) problem(response.problem);
  if (endpoint.holders.some((holder) => !isForSitesOnly(holder, endpoint.holders, program, isSiteUrl)))
    problem('the address is also used in another way than for requests that can move');
  if (plan.kind === 'unseen') problem('its header anthropic-version, which the Messages API wants, cannot be seen');
  if (events && plan.kind !== 'kept' && plan.kind !== 'unseen')
    problem('without anthropic-version: 2023-06-01 every chunk had all text so far, which its events do not');
  if (streams && !events) problem('who reads the events of its stream cannot be seen');
  const lost = response.events.flatMap((event) => lostKey(event, unit) ?? [])[0];
  if (lost !== undefined) problem(`it reads "${lost}" of an event, which Messages tells otherwise`);
  return problems;
}

function problemsOfBedrock(
  { call, unit }: Site,
  { isStream, problem, response }: BedrockRequest,
  { mode, why }: ParamsPlan,
): readonly LeftToPerson[] {
  const lost = response.events.flatMap((event) => lostKey(event, unit) ?? [])[0];
  const reason =
    problem ??
    response.problem ??
    (isStream && response.events.length === 0 ? 'who reads the events of its stream cannot be seen' : undefined) ??
    (lost === undefined ? undefined : `it reads "${lost}" of an event, which Messages tells otherwise`) ??
    (mode === 'runtime' ? (why ?? 'its body cannot be seen whole') : undefined);
  return reason === undefined
    ? []
    : [{ code: 'CTM304', node: call, message: `${reason}; send a Messages body with anthropic_version by hand` }];
}

/** Whether nothing reads what holds a URL but the URLs of sites, the other holders, and logs. */
function isForSitesOnly(holder: Placed, holders: readonly Placed[], { units }: Program, isSiteUrl: IsSiteUrl): boolean {
  const name = attributeName(holder.node) ?? textOf(holder.node);
  const isMember =
    holder.node.type === 'attribute' || holder.unit.scopes.scopeOf(holder.node).node.type === 'class_definition';
  const isGlobal = holder.unit.scopes.scopeOf(holder.node).node.type === 'module';
  const reads = isMember
    ? units.flatMap(({ root }) => descendants(root, 'attribute').filter((node) => attributeName(node) === name))
    : [
        ...(holder.unit.scopes.bindingOf(holder.node)?.reads ?? []),
        ...(isGlobal ? units.filter((unit) => unit !== holder.unit).flatMap((unit) => importsOf(name, unit.root)) : []),
      ];
  return reads.every((read) => isSiteUrl(read) || isHolder(read, holders) || isShown(read));
}

/** What another file reads under a name that it may have imported. */
function importsOf(name: string, root: Node): readonly Node[] {
  return descendants(root, 'identifier', 'attribute').filter((node) => {
    if (node.type === 'attribute') return attributeName(node) === name;
    const { parent } = node;
    const isBound = parent?.type === 'dotted_name' || parent?.type === 'aliased_import';
    return textOf(node) === name && !isBound && node.field !== 'attribute';
  });
}

/** Whether a read stands in what another holder is given, or is a holder itself. */
function isHolder(read: Node, holders: readonly Placed[]): boolean {
  return holders.some(({ node }) => {
    const owner = node.parent;
    return (
      node === read || (owner !== undefined && isInside(read, field(owner, 'right') ?? field(owner, 'value') ?? node))
    );
  });
}

function isShown({ parent }: Node): boolean {
  const call = parent?.type === 'argument_list' ? parent.parent : undefined;
  if (!call) return false;
  return (
    /^(debug|info|warning|error|log)$/.test(calledMethod(call)?.name ?? '') ||
    textOf(field(call, 'function') as Node) === 'print'
  );
}
