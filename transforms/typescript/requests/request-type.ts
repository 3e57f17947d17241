import { LEGACY_ONLY_PARAMETER } from '../../../src/api/parameters.js';
import { ts } from '../ts.js';
import type { Changes } from '../changes.js';
import type { Symbols } from '../symbols.js';
import { staticName } from '../syntax.js';
import { beginsLine, indentAt, type Unit } from '../unit.js';
import { isExportedSymbol } from '../values.js';
import { descriptionOf, type Description } from './answer-types.js';

/** A type of the program's own that describes one legacy request, and nothing else, so that it can describe one of Messages. */
export interface RequestType {
  readonly description: Description;
  readonly prompt: ts.PropertySignature;
  readonly limit: ts.PropertySignature;
}

/** Reads the type that the parameters of a request are declared to have; undefined where it has to stay. */
export function readRequestType(type: ts.TypeNode, symbols: Symbols): RequestType | undefined {
  const description = descriptionOf(type, symbols);
  if (!description || !isOnlyFor(type, description, symbols)) return undefined;
  const members = new Map<string, ts.PropertySignature>();
  for (const member of description.members) {
    const name = ts.isPropertySignature(member) ? staticName(member.name) : undefined;
    if (!ts.isPropertySignature(member) || name === undefined || !member.type) return undefined;
    members.set(name, member);
  }
  const [prompt, limit, model] = ['prompt', LEGACY_ONLY_PARAMETER, 'model'].map((name) => members.get(name));
  if (!prompt || !limit || !model || members.has('messages') || members.has('system')) return undefined;
  const isFit =
    isRequired(prompt, ts.SyntaxKind.StringKeyword) &&
    isRequired(limit, ts.SyntaxKind.NumberKeyword) &&
    model.type?.kind === ts.SyntaxKind.StringKeyword;
  // What a request may lose must not be missed.
  const others = [...members].filter(([name]) => !['prompt', LEGACY_ONLY_PARAMETER, 'model', 'stream'].includes(name));
  return isFit && others.every(([, member]) => member.questionToken) ? { description, prompt, limit } : undefined;
}

function isRequired({ questionToken, type }: ts.PropertySignature, kind: ts.SyntaxKind): boolean {
  return questionToken === undefined && type?.kind === kind;
}

/** Whether nothing else in the program has the type. */
function isOnlyFor(type: ts.TypeNode, description: Description, symbols: Symbols): boolean {
  if (type === description) return true;
  const declaration = ts.isInterfaceDeclaration(description) ? description : description.parent;
  const name =
    ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration) ? declaration.name : undefined;
  const symbol = name && symbols.of(name);
  if (!symbol || isExportedSymbol(symbol, symbols) || type.getSourceFile() !== declaration.getSourceFile())
    return false;
  const users = symbols.references(symbol).filter((reference) => reference !== name);
  return users.length === 1 && (symbol.declarations ?? []).length === 1;
}

/** Lets the type describe a request of Messages. */
export function lowerRequestType(
  { prompt, limit }: RequestType,
  mayHaveSystem: boolean,
  unit: Unit,
  changes: Changes,
): void {
  changes.replace(unit, unit.range(limit.name), ['max_tokens']);
  const { start } = unit.range(prompt.name);
  const end = prompt.type ? unit.range(prompt.type).end : start;
  const { quote } = unit.style;
  const separator = /[;,]$/.exec(unit.source(prompt))?.[0] ?? '';
  const isOnOwnLine = beginsLine(unit.text, start);
  const gap = isOnOwnLine ? `${separator}\n${indentAt(unit.text, start)}` : `${separator || ';'} `;
  const system = mayHaveSystem ? `system?: string${gap}` : '';
  changes.replace(unit, { start, end }, [
    `${system}messages: { role: ${quote}user${quote} | ${quote}assistant${quote}; content: string }[]`,
  ]);
}
