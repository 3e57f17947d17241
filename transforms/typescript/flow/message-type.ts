import { ts } from '../ts.js';
import { afterImports } from '../after-imports.js';
import type { Changes } from '../changes.js';
import type { Unit } from '../unit.js';
import { isTextType, promised } from './functions.js';
import type { Flow } from './plan.js';

type Carried = Pick<Flow, 'hasSystem' | 'alwaysHasSystem' | 'usesSdk'>;

/** How a file names the type of what hands messages on; an import of the SDK is added where there is none. */
export function messageType(unit: Unit, flow: Carried, changes: Changes): string {
  const namespace = namespaceIn(unit) ?? (flow.usesSdk ? importNamespace(unit, changes) : undefined);
  if (namespace !== undefined) changes.keep(unit, namespace);
  const { quote } = unit.style;
  const list = namespace === undefined ? messagesWrittenOut(quote) : `${namespace}.MessageParam[]`;
  return flow.hasSystem ? `{ system${flow.alwaysHasSystem ? '' : '?'}: string; messages: ${list} }` : list;
}

/** The same for a comment that a JavaScript file has in place of types. */
export function messageTypeInComment(flow: Carried): string {
  const list = flow.usesSdk ? "import('@anthropic-ai/sdk').Anthropic.MessageParam[]" : messagesWrittenOut("'");
  return flow.hasSystem ? `{ system${flow.alwaysHasSystem ? '' : '?'}: string, messages: ${list} }` : list;
}

/** The same for a program that sends its requests without the SDK, and need not have it. */
function messagesWrittenOut(quote: string): string {
  return `{ role: ${quote}user${quote} | ${quote}assistant${quote}; content: string }[]`;
}

/** Puts that type into a comment in place of `string`, or of a promise of it. */
export function retypeComment(type: ts.TypeNode, flow: Carried, unit: Unit, changes: Changes): void {
  const inner = promised(type) ?? type;
  if (isTextType(inner)) changes.replace(unit, unit.range(inner), [messageTypeInComment(flow)]);
}

/** The local name of the class whose namespace has the types. */
function namespaceIn({ tree }: Unit): string | undefined {
  for (const statement of tree.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (statement.moduleSpecifier.text !== '@anthropic-ai/sdk' || !statement.importClause) continue;
    const { name, namedBindings } = statement.importClause;
    if (name) return name.text;
    if (namedBindings && ts.isNamespaceImport(namedBindings)) return `${namedBindings.name.text}.Anthropic`;
    const own = namedBindings?.elements.find((element) =>
      /^(Anthropic|default)$/.test((element.propertyName ?? element.name).text),
    );
    if (own) return own.name.text;
  }
  return undefined;
}

function importNamespace(unit: Unit, changes: Changes): string {
  const { quote, semicolon } = unit.style;
  const isTaken = new RegExp('\\bAnthropic\\b').test(unit.text.replaceAll('@anthropic-ai', ''));
  const name = isTaken ? 'AnthropicSdk' : 'Anthropic';
  const at = afterImports(unit);
  changes.insert(unit, at, [
    `import type ${name} from ${quote}@anthropic-ai/sdk${quote}${semicolon}\n${at === 0 ? '\n' : ''}`,
  ]);
  return name;
}
