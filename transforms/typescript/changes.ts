import type ts from 'typescript';
import type { Edit, Range } from '../../src/edits/edit.js';
import type { Code } from '../../src/findings/catalogue.js';
import type { Note } from '../../src/findings/finding.js';
import type { HelperName } from '../helpers/typescript/names.js';
import type { Pieces } from './print.js';
import type { BindingList } from './remove-imports.js';
import type { Unit } from './unit.js';

/** What one site, or one use of its answer, wants done. Collected first, because a site may yet turn out to stay. */
export class Changes {
  readonly edits = new Map<Unit, Edit[]>();
  readonly dropped = new Map<BindingList, { readonly unit: Unit; readonly nodes: Set<ts.Node> }>();
  readonly notes: Note[] = [];
  /** Names of imports that new types read. */
  readonly kept = new Map<Unit, Set<string>>();
  readonly helpers: { readonly unit: Unit; readonly name: HelperName }[] = [];

  replace(unit: Unit, range: Range, pieces: Pieces): void {
    this.apply(unit, [{ range, pieces }]);
  }

  /** Takes a name out of an import; those of one list go together, once all are known. */
  drop(unit: Unit, list: BindingList, node: ts.Node): void {
    const known = this.dropped.get(list);
    if (known) known.nodes.add(node);
    else this.dropped.set(list, { unit, nodes: new Set([node]) });
  }

  /** Says that what was written reads an imported name. */
  keep(unit: Unit, name: string): void {
    this.kept.set(unit, (this.kept.get(unit) ?? new Set()).add(name));
  }

  insert(unit: Unit, at: number, pieces: Pieces): void {
    this.replace(unit, { start: at, end: at }, pieces);
  }

  apply(unit: Unit, edits: readonly Edit[]): void {
    const known = this.edits.get(unit);
    if (known) known.push(...edits);
    else this.edits.set(unit, [...edits]);
  }

  /** The edits of one file so far. */
  of(unit: Unit): readonly Edit[] {
    return this.edits.get(unit) ?? [];
  }

  /** Takes over all that another collection holds. */
  add(other: Changes): void {
    for (const [unit, edits] of other.edits) this.apply(unit, edits);
    for (const [unit, names] of other.kept) for (const name of names) this.keep(unit, name);
    this.notes.push(...other.notes);
    this.helpers.push(...other.helpers);
  }

  note(code: Code, unit: Unit, range: Range, message: string): void {
    this.notes.push({ code, path: unit.path, range, message });
  }

  need(unit: Unit, name: HelperName): void {
    this.helpers.push({ unit, name });
  }
}
