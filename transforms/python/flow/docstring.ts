import type { Changes } from '../changes.js';
import { field, namedChildren, textOf, type Node } from '../node.js';
import type { Unit } from '../unit.js';

/** Gives a parameter its new name and type where the text at the head of its function describes it, in the forms of Sphinx, Google and NumPy. */
export function describeAnew(
  fn: Node,
  { from, to, type }: { readonly from: string; readonly to: string; readonly type: string },
  unit: Unit,
  changes: Changes,
): void {
  const body = field(fn, 'body');
  const [first] = body ? namedChildren(body) : [];
  const [docstring] = first?.type === 'expression_statement' ? namedChildren(first) : [];
  if (docstring?.type !== 'string') return;
  const described = new RegExp(
    `^([ \\t]*(?::param[ ]+|:type[ ]+)?)(str[ ]+)?${from}([ ]*\\(str\\))?([ ]*:)([ ]*str$)?`,
    'gm',
  );
  for (const match of textOf(docstring).matchAll(described)) {
    const [whole, lead = '', before, inside, colon = '', after] = match;
    const start = docstring.start + match.index;
    const written = [before && `${type} `, to, inside?.replace('str', type), colon, after?.replace('str', type)];
    changes.replace(unit, { start: start + lead.length, end: start + whole.length }, [
      written.filter((part) => part !== undefined).join(''),
    ]);
  }
}
