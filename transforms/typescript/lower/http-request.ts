import { LEGACY_SEGMENT, MESSAGES_SEGMENT, VERSION, VERSION_HEADER } from '../../../src/api/http.js';
import { ts } from '../ts.js';
import type { Changes } from '../changes.js';
import type { HttpRequest, Site } from '../locate.js';
import { beginsLine, indentAt, type Unit } from '../unit.js';

/** Sends a request to the Messages API: its address, and the version that it asks for. */
export function lowerHttpRequest(
  { endpoint, headers: { bearer, plan }, url }: HttpRequest,
  { unit }: Site,
  units: readonly Unit[],
  changes: Changes,
): void {
  const edit = (node: ts.Node, write: (holder: Unit) => void): void => {
    const holder = units.find(({ tree }) => tree === node.getSourceFile());
    if (holder) write(holder);
  };
  for (const literal of endpoint.literals) {
    edit(literal, (holder) => {
      const { start } = holder.range(literal);
      const at = start + holder.source(literal).lastIndexOf(LEGACY_SEGMENT);
      changes.replace(holder, { start: at, end: at + LEGACY_SEGMENT.length }, [MESSAGES_SEGMENT]);
    });
  }
  if (endpoint.isDynamic)
    changes.note(
      'CTM221',
      unit,
      unit.range(url),
      'The address may come from elsewhere; where it does, let it end in /v1/messages.',
    );
  if (bearer && endpoint.isOfficial) {
    edit(bearer, (holder) => {
      changes.note(
        'CTM223',
        holder,
        holder.range(bearer),
        'The key is sent as a bearer token, as before; the header that the API documents for keys is x-api-key.',
      );
    });
  }
  if (plan.kind === 'added') {
    edit(plan.to, (holder) => {
      addVersion(plan.to, holder, changes);
    });
  } else if (plan.kind === 'chained') {
    edit(plan.behind, (holder) => {
      setVersion(plan.behind, holder, changes);
    });
  } else if (plan.kind === 'raised') {
    for (const value of plan.values) {
      edit(value, (holder) => {
        const { start, end } = holder.range(value);
        changes.replace(holder, { start: start + 1, end: end - 1 }, [VERSION]);
      });
    }
  }
}

/** Sets the version by a call behind another one, on a line of its own where that has one. */
function setVersion(call: ts.CallExpression, unit: Unit, changes: Changes): void {
  const { quote } = unit.style;
  const { end } = unit.range(call);
  const dot = unit.text.lastIndexOf(
    '.',
    unit.range(ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call).start,
  );
  const isOnOwnLine = beginsLine(unit.text, dot);
  const line = isOnOwnLine ? `\n${indentAt(unit.text, dot)}` : '';
  changes.insert(unit, end, [`${line}.set(${quote}${VERSION_HEADER}${quote}, ${quote}${VERSION}${quote})`]);
}

/** Writes the version behind the other headers, as they are written. */
function addVersion(literal: ts.ObjectLiteralExpression, unit: Unit, changes: Changes): void {
  const { quote } = unit.style;
  const property = `${quote}${VERSION_HEADER}${quote}: ${quote}${VERSION}${quote}`;
  const last = literal.properties.at(-1);
  const { start, end } = unit.range(literal);
  if (!last) {
    changes.replace(unit, { start, end }, [`{ ${property} }`]);
    return;
  }
  const at = unit.range(last);
  const isOnOwnLine = beginsLine(unit.text, at.start);
  if (!isOnOwnLine) {
    changes.insert(unit, at.end, [`, ${property}`]);
    return;
  }
  const line = `\n${indentAt(unit.text, at.start)}${property}`;
  const rest = /^(,?)([ \t]*\/\/[^\n\r]*)?/.exec(unit.text.slice(at.end));
  if (rest?.[1]) changes.insert(unit, at.end + rest[0].length, [`${line},`]);
  else {
    changes.insert(unit, at.end, [',']);
    changes.insert(unit, at.end + (rest?.[0].length ?? 0), [line]);
  }
}
