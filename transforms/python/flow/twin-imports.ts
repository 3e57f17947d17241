import type { Changes } from '../changes.js';
import { descendants, field, isInside, textOf, type Node } from '../node.js';
import type { Unit } from '../unit.js';
import { nameOfTwin } from './names.js';
import type { Flow } from './plan.js';
import type { Builder } from './steps.js';
import type { Analysis } from './trace.js';

/**
 * Names a twin in the imports that bring in its builder, and in those that hand it on: beside the builder, or in its
 * place where nothing else of the file reads it.
 */
export function importTwins(builder: Builder, flow: Flow, { program, origins }: Analysis, changes: Changes): void {
  const name = textOf(builder.name);
  const twin = nameOfTwin(name);
  const calls = flow.passed.filter((step) => step.carrier === builder);
  const making = new Set([...flow.kept].flatMap(({ values }) => values));
  const isCopied = (node: Node): boolean => [...flow.twins].some(({ fn }) => isInside(node, fn));
  const callees = (steps: typeof calls): ReadonlySet<Node> =>
    new Set(steps.map(({ node }) => field(node, 'function') as Node));
  const turned = callees(calls.filter((step) => !making.has(step) && !isCopied(step.node)));
  const done = new Set<Node>();
  const bringIn = (unit: Unit, isHandedOn: boolean): void => {
    for (const statement of descendants(unit.root, 'import_from_statement')) {
      const clause = statement.children.find((child) => child.field === 'name' && textOf(child) === name);
      const module = field(statement, 'module_name');
      const from = clause && module ? program.resolve(textOf(module), unit) : undefined;
      if (!clause || !from || done.has(clause)) continue;
      done.add(clause);
      const reads = unit.scopes.all().flatMap(({ bindings }) => {
        const binding = bindings.get(name);
        return binding?.definitions.some((definition) => isInside(definition.name, clause)) ? binding.reads : [];
      });
      if (!isHandedOn && reads.every((read) => turned.has(read))) changes.replace(unit, clause, [twin]);
      else changes.insert(unit, clause.end, [`, ${twin}`]);
      if (from !== builder.unit) bringIn(from, true);
    }
  };
  for (const { node, unit } of calls) {
    const callee = field(node, 'function') as Node;
    if (callee.type === 'identifier' && origins.definitionsOf(callee, unit).some((each) => each.unit !== unit))
      bringIn(unit, false);
    else if (callee.type === 'attribute') handedOnBy(callee, unit);
  }

  /** `prompts.build_prompt`, where the package only hands on what one of its modules defines. */
  function handedOnBy(callee: Node, unit: Unit): void {
    const [definition] = origins.definitionsOf(field(callee, 'object') as Node, unit);
    const module =
      definition &&
      program.resolve(moduleName(definition.definition.name, definition.definition.value), definition.unit);
    if (module && module !== builder.unit) bringIn(module, true);
  }
}

/** What `import a.b`, or `from a import b`, names. */
function moduleName(name: Node, statement: Node | undefined): string {
  const from = statement && field(statement, 'module_name');
  if (!from) return textOf(name);
  const module = textOf(from);
  return module.endsWith('.') ? `${module}${textOf(name)}` : `${module}.${textOf(name)}`;
}
