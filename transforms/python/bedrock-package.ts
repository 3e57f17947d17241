import { PYTHON_MARKERS } from '../../src/api/python-names.js';
import type { Changes } from './changes.js';
import { descendants, field, nameOf, textOf, type Node } from './node.js';
import type { Unit } from './unit.js';

/** The package of Amazon Bedrock that came before `AnthropicBedrock` of the SDK, and never had Messages (0.8.0 is its last). */
const PACKAGE = 'anthropic_bedrock';

/** Takes the clients of Bedrock from the SDK itself, which has them under the same names and with the same options. */
export function lowerBedrockPackage(unit: Unit, changes: Changes): void {
  const imports = descendants(unit.root, 'import_statement', 'import_from_statement').filter(importsPackage);
  const isTaken = unit.scopes.all().some(({ bindings }) => bindings.has('anthropic'));
  let first: Node | undefined;
  for (const statement of imports) {
    const module = field(statement, 'module_name');
    if (module && isMarkersOnly(statement)) continue;
    first ??= statement;
    if (module) changes.replace(unit, module, [textOf(module).replace(PACKAGE, 'anthropic')]);
    else for (const clause of clausesOf(statement)) lowerClause(clause, isTaken, unit, changes);
  }
  if (first)
    changes.note(
      'CTM209',
      unit,
      first,
      `${PACKAGE} has no Messages; its clients are those of anthropic now: install anthropic[bedrock] in its place.`,
    );
}

function importsPackage(statement: Node): boolean {
  const module = field(statement, 'module_name');
  const names = module ? [textOf(module)] : clausesOf(statement).map((clause) => nameOf(clause) ?? textOf(clause));
  return names.some((name) => name.split('.')[0] === PACKAGE);
}

function clausesOf(statement: Node): readonly Node[] {
  return statement.children.filter((child) => child.field === 'name');
}

/** Markers become constants of the file, and their import goes. */
function isMarkersOnly(statement: Node): boolean {
  return clausesOf(statement).every((clause) => PYTHON_MARKERS.has(nameOf(clause) ?? textOf(clause)));
}

/** `import anthropic_bedrock` becomes `import anthropic`, and so do the places that read the name, if it is free. */
function lowerClause(clause: Node, isTaken: boolean, unit: Unit, changes: Changes): void {
  const name = clause.type === 'aliased_import' ? field(clause, 'name') : clause;
  if (name === undefined || textOf(name).split('.')[0] !== PACKAGE) return;
  const renamed = textOf(name).replace(PACKAGE, 'anthropic');
  if (clause.type === 'aliased_import') changes.replace(unit, name, [renamed]);
  else if (isTaken) changes.replace(unit, name, [`${renamed} as ${PACKAGE}`]);
  else {
    changes.replace(unit, name, [renamed]);
    for (const read of descendants(unit.root, 'identifier'))
      if (textOf(read) === PACKAGE && unit.scopes.bindingOf(read)?.reads.includes(read) === true)
        changes.replace(unit, read, ['anthropic']);
  }
}
