import type { AnsweredEntry, LogEntry } from '../reference/log.js';
import type { Sampling } from '../reference/sampling.js';
import { describeConversation, describeEnd, describeRefusal, describeRequest } from './describe.js';
import type { Observation } from './observe.js';
import { pairRequests, type Pair } from './pair-requests.js';
import { blotted, sameButForLeadingSpaces } from './printed.js';

/** One thing in which two runs differ. */
export interface Difference {
  readonly what:
    'request' | 'legacy' | 'conversation' | 'limits' | 'stops' | 'sampling' | 'user' | 'refused' | 'printed' | 'ended';
  /** Which request, counted from 1 in the order of the legacy run; absent for the run as a whole. */
  readonly request?: number;
  /** As a person reads it; empty where there is nothing on this side. */
  readonly before: string;
  readonly after: string;
}

/** In what a legacy run and the migrated run differ: what the model was asked first, then what came out. */
export function compareRuns(before: Observation, after: Observation): readonly Difference[] {
  const answers = before.requests.filter(wasAnswered).map(({ answer }) => answer);
  const same = (legacy: string, migrated: string): boolean => sameButForLeadingSpaces(legacy, migrated, answers);
  const alike = (one: LogEntry, other: LogEntry): boolean =>
    wasAnswered(one) &&
    wasAnswered(other) &&
    same(describeConversation(one.conversation), describeConversation(other.conversation));
  return [
    ...pairRequests(before.requests, after.requests, alike).flatMap((pair, index) =>
      comparePair(pair, same).map((difference) => ({ ...difference, request: index + 1 })),
    ),
    ...comparePrinted(before, after, same),
    ...differ('ended', describeEnd(before.end), describeEnd(after.end)),
  ];
}

type Same = (legacy: string, migrated: string) => boolean;

function comparePair({ before, after }: Pair<LogEntry>, same: Same): readonly Difference[] {
  if (before === null || after === null) return differ('request', describeOrNothing(before), describeOrNothing(after));
  if ('error' in before || 'error' in after) return differ('refused', refusal(before), refusal(after));
  return [
    ...differ('legacy', 'messages', after.api),
    ...differ(
      'conversation',
      describeConversation(before.conversation),
      describeConversation(after.conversation),
      same,
    ),
    ...differ('limits', `max_tokens: ${before.limits.max_tokens}`, `max_tokens: ${after.limits.max_tokens}`),
    ...differ('stops', listed(before.stops), listed(after.stops)),
    ...differ('sampling', effective(before.sampling), effective(after.sampling)),
    ...differ('user', before.user_id ?? '', after.user_id ?? ''),
  ];
}

function describeOrNothing(request: LogEntry | null): string {
  return request === null ? '' : describeRequest(request);
}

function refusal(request: LogEntry): string {
  return 'error' in request ? describeRefusal(request) : 'answered';
}

/** One a line, and as JSON writes them: they often are white space. */
function listed(stops: readonly string[]): string {
  return stops.map((stop) => JSON.stringify(stop)).join('\n');
}

/** Without the values that a model takes anyway; -1 was the legacy API's word for a parameter that is off. */
function effective({ temperature, top_p, top_k }: Sampling): string {
  return [
    ...(temperature !== undefined && temperature !== 1 ? [`temperature: ${temperature}`] : []),
    ...(top_p !== undefined && top_p !== 1 && top_p !== -1 ? [`top_p: ${top_p}`] : []),
    ...(top_k !== undefined && top_k !== -1 ? [`top_k: ${top_k}`] : []),
  ].join('\n');
}

function comparePrinted(before: Observation, after: Observation, same: Same): readonly Difference[] {
  const requests = [...before.requests, ...after.requests];
  return differ('printed', blotted(before.stdout, requests), blotted(after.stdout, requests), same);
}

function wasAnswered(entry: LogEntry): entry is AnsweredEntry {
  return 'answer' in entry;
}

function differ(
  what: Difference['what'],
  before: string,
  after: string,
  same: Same = Object.is,
): readonly Difference[] {
  return same(before, after) ? [] : [{ what, before, after }];
}
