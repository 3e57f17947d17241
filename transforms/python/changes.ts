import type { Edit, Range } from '../../src/edits/edit.js';
import type { Code } from '../../src/findings/catalogue.js';
import type { Note } from '../../src/findings/finding.js';
import type { HelperName } from '../helpers/python/names.js';
import type { Node } from './node.js';
import type { Pieces } from './print-expression.js';
import { rangeOf, type Unit } from './unit.js';

/** What one site, or one use of its answer, wants done. Collected first, because a site may yet turn out to stay. */
export class Changes {
  readonly edits = new Map<Unit, Edit[]>();
  readonly notes: Note[] = [];
  readonly helpers: { readonly unit: Unit; readonly name: HelperName }[] = [];
  /** Statements that make a text which the messages say now. */
  readonly gone: { readonly unit: Unit; readonly node: Node }[] = [];

  replace(unit: Unit, range: Range, pieces: Pieces): void {
    this.apply(unit, [{ range: rangeOf(range), pieces }]);
  }

  insert(unit: Unit, at: number, pieces: Pieces): void {
    this.replace(unit, { start: at, end: at }, pieces);
  }

  apply(unit: Unit, edits: readonly Edit[]): void {
    const known = this.edits.get(unit);
    if (known) known.push(...edits);
    else this.edits.set(unit, [...edits]);
  }

  /** Takes over all that another collection holds. */
  add(other: Changes): void {
    for (const [unit, edits] of other.edits) this.apply(unit, edits);
    this.notes.push(...other.notes);
    this.helpers.push(...other.helpers);
    this.gone.push(...other.gone);
  }

  note(code: Code, unit: Unit, range: Range, message: string): void {
    this.notes.push({ code, path: unit.path, range: rangeOf(range), message });
  }

  need(unit: Unit, name: HelperName): void {
    this.helpers.push({ unit, name });
  }
}
