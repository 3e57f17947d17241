import type { Changes } from '../changes.js';
import { field, namedChildren, textOf, type Node } from '../node.js';
import type { Unit } from '../unit.js';

/** Names a parameter anew where the text at the head of its function describes it, in the forms of Sphinx, Google and NumPy. */
export function renameInDocstring(fn: Node, from: string, to: string, unit: Unit, changes: Changes): void {
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
    const written = [before && 'list ', to, inside?.replace('str', 'list'), colon, after?.replace('str', 'list')];
    changes.replace(unit, { start: start + lead.length, end: start + whole.length }, [
      written.filter((part) => part !== undefined).join(''),
    ]);
  }
}
