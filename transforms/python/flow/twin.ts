import { applyEdits } from '../../../src/edits/apply.js';
import { Changes } from '../changes.js';
import { descendants, isInside, textOf, type Node } from '../node.js';
import { indentAt } from '../unit.js';
import { removeUnused } from '../unused.js';
import { classOf } from './owners.js';
import { nameOfTwin } from './names.js';
import { isPassed, isSource, placesOf, stepsWithin, type Builder } from './steps.js';
import type { Uses } from './callers.js';
import type { Analysis } from './trace.js';

/** Whether a function that returns messages can stand beside a builder, and every call of it can be pointed there. */
export function canHaveTwin(builder: Builder, { uses, isClosed }: Uses, { program }: Analysis): boolean {
  const { fn, name } = builder;
  const twin = nameOfTwin(textOf(name));
  const isTaken = program.units.some(
    ({ root, text }) => text.includes(twin) && descendants(root, 'identifier').some((node) => textOf(node) === twin),
  );
  const areOwn = stepsWithin(builder).every((step) => {
    if (isSource(step))
      return (
        isInside(step.expression, fn) &&
        (step.plan.assembly?.statements ?? []).every((statement) => isInside(statement, fn))
      );
    if (!isPassed(step) || step.carrier.kind === 'builder') return true;
    return step.carrier.kind === 'variable' && placesOf(step.carrier).every((place) => isInside(place, fn));
  });
  // Others may put a method of theirs in the place of one that they see.
  return !isTaken && areOwn && uses.length > 0 && (isClosed || !classOf(fn));
}

/** The lines between a function and what follows it: as many as stand there, or as many as are usual. */
function gapBelow(rest: string, base: string): string {
  const blank = /^[^\n]*\n((?:[ \t]*\r?\n)+)[ \t]*\S/.exec(rest)?.[1];
  return '\n' + (blank?.replace(/[ \t\r]/g, '') ?? (base === '' ? '\n\n' : '\n'));
}

/** The definition of a builder with its decorators. */
function declarationOf({ fn }: Builder): Node {
  return fn.parent?.type === 'decorated_definition' ? fn.parent : fn;
}

/** Puts the twin behind its builder; `rewrite` makes the edits that turn the one into the other. */
export function addTwin(
  builder: Builder,
  { origins }: Analysis,
  changes: Changes,
  rewrite: (own: Changes) => void,
): void {
  const { unit, name } = builder;
  const own = new Changes();
  rewrite(own);
  const made = stepsWithin(builder)
    .filter(isSource)
    .flatMap(({ plan }) => plan.assemblies);
  removeUnused(unit, made, [], origins, own);
  own.replace(unit, name, [nameOfTwin(textOf(name))]);
  const { start, end } = declarationOf(builder);
  const inside = (own.edits.get(unit) ?? []).filter(({ range }) => range.start >= start && range.end <= end);
  const text = applyEdits(unit.text, inside);
  const twin = text.slice(start, text.length - (unit.text.length - end)).replaceAll('\r\n', '\n');
  const base = indentAt(unit.text, start);
  changes.insert(unit, end, [gapBelow(unit.text.slice(end), base) + base, twin.trimEnd()]);
}
