import { ts } from '../ts.js';
import { afterImports } from '../after-imports.js';
import type { Changes } from '../changes.js';
import type { Unit } from '../unit.js';
import type { Flow } from './plan.js';

type Carried = Pick<Flow, 'hasSystem' | 'alwaysHasSystem'>;

/** How a type of the SDK's namespace is named in a file; an import is added where there is none. */
export function messageType(unit: Unit, flow: Carried, changes: Changes): string {
  const namespace = namespaceIn(unit) ?? importNamespace(unit, changes);
  changes.keep(unit, namespace);
  const list = `${namespace}.MessageParam[]`;
  return flow.hasSystem ? `{ system${flow.alwaysHasSystem ? '' : '?'}: string; messages: ${list} }` : list;
}

/** The same for a comment that a JavaScript file has in place of types. */
export function messageTypeInComment(flow: Carried): string {
  const list = "import('@anthropic-ai/sdk').Anthropic.MessageParam[]";
  return flow.hasSystem ? `{ system${flow.alwaysHasSystem ? '' : '?'}: string, messages: ${list} }` : list;
}

/** The local name of the class whose namespace has the types. */
function namespaceIn({ tree }: Unit): string | undefined {
  for (const statement of tree.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (statement.moduleSpecifier.text !== '@anthropic-ai/sdk' || !statement.importClause) continue;
    const { name, namedBindings } = statement.importClause;
    if (name) return name.text;
    if (namedBindings && ts.isNamespaceImport(namedBindings)) return `${namedBindings.name.text}.Anthropic`;
    const own = namedBindings?.elements.find((element) => /^(Anthropic|default)$/.test((element.propertyName ?? element.name).text));
    if (own) return own.name.text;
  }
  return undefined;
}

function importNamespace(unit: Unit, changes: Changes): string {
  const { quote, semicolon } = unit.style;
  const isTaken = new RegExp('\\bAnthropic\\b').test(unit.text.replaceAll('@anthropic-ai', ''));
  const name = isTaken ? 'AnthropicSdk' : 'Anthropic';
  const at = afterImports(unit);
  changes.insert(unit, at, [`import type ${name} from ${quote}@anthropic-ai/sdk${quote}${semicolon}\n${at === 0 ? '\n' : ''}`]);
  return name;
}
