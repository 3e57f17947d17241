import ts from 'typescript';
import { LEGACY_ONLY_PARAMETER } from '../../src/api/parameters.js';
import type { Symbols } from './symbols.js';

/** The name of the member in `options.max_tokens_to_sample`, or of the member that a destructured name stands for. */
export function optionBehind(node: ts.Expression, symbols: Symbols, checker: ts.TypeChecker): ts.Node | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === LEGACY_ONLY_PARAMETER ? node.name : undefined;
  const declaration = ts.isIdentifier(node) ? symbols.declaration(node) : undefined;
  if (!declaration || !ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent))
    return undefined;
  const member = checker.getTypeAtLocation(declaration.parent).getProperty(LEGACY_ONLY_PARAMETER)?.declarations?.[0];
  return member && ts.getNameOfDeclaration(member);
}
