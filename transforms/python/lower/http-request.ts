import { LEGACY_SEGMENT, MESSAGES_SEGMENT, VERSION, VERSION_HEADER } from '../../../src/api/http.js';
import type { Changes } from '../changes.js';
import type { HelperNames } from '../helper-names.js';
import type { HttpRequest, Site } from '../locate.js';
import { namedChildren, textOf, type Node } from '../node.js';
import type { ResponseReads } from '../requests/response.js';
import { separatorAt } from '../list-edits.js';
import type { Unit } from '../unit.js';

/** Sends a request to the Messages API: its address, and the version that it asks for. */
export function lowerHttpRequest(
  { endpoint, headers: { bearer, plan }, url }: HttpRequest,
  { unit }: Site,
  changes: Changes,
): void {
  for (const { node, unit: holder } of endpoint.literals) {
    const at = node.start + textOf(node).lastIndexOf(LEGACY_SEGMENT);
    changes.replace(holder, { start: at, end: at + LEGACY_SEGMENT.length }, [MESSAGES_SEGMENT]);
  }
  if (endpoint.isDynamic)
    changes.note(
      'CTM221',
      unit,
      url,
      'The address may come from elsewhere; where it does, let it end in /v1/messages.',
    );
  if (bearer && endpoint.isOfficial)
    changes.note(
      'CTM223',
      bearer.unit,
      bearer.node,
      'The key is sent as a bearer token, as before; the header that the API documents for keys is x-api-key.',
    );
  if (plan.kind === 'added') addVersion(plan.to.node, plan.to.unit, changes);
  else if (plan.kind === 'raised')
    for (const { node, unit: holder } of plan.values)
      changes.replace(holder, { start: node.end - 1 - VERSION.length, end: node.end - 1 }, [VERSION]);
}

/** Writes the version behind the other headers, as they are written. */
function addVersion(dictionary: Node, unit: Unit, changes: Changes): void {
  const { quote } = unit.style;
  const pair = `${quote}${VERSION_HEADER}${quote}: ${quote}${VERSION}${quote}`;
  const last = namedChildren(dictionary).at(-1);
  if (!last) {
    changes.replace(unit, dictionary, [`{${pair}}`]);
    return;
  }
  changes.insert(unit, last.end, [separatorAt(last, unit) + pair]);
}

/** Gives the events of a stream their old form where they are parsed, and says where texts of answers are shown. */
export function lowerResponse(
  { events, shown }: ResponseReads,
  unit: Unit,
  names: HelperNames,
  changes: Changes,
): void {
  for (const { start, end } of events) {
    changes.need(unit, 'to_completion_event');
    changes.insert(unit, start, [`${names.get('to_completion_event') ?? 'to_completion_event'}(`]);
    changes.insert(unit, end, [')']);
  }
  for (const node of shown) changes.note('CTM206', unit, node, 'What is shown has the fields of a message now.');
}
