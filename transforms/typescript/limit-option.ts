import { ts } from './ts.js';
import { LEGACY_ONLY_PARAMETER } from '../../src/api/parameters.js';
import type { Symbols } from './symbols.js';
import { unwrap } from './syntax.js';

/** The option that a limit is read from, or what may stand in its place: `options.max_tokens_to_sample ?? 1024`. */
export function optionWithin(value: ts.Expression, symbols: Symbols, checker: ts.TypeChecker): ts.Node | undefined {
  const node = unwrap(value);
  if (ts.isBinaryExpression(node))
    return optionWithin(node.left, symbols, checker) ?? optionWithin(node.right, symbols, checker);
  if (ts.isConditionalExpression(node))
    return optionWithin(node.whenTrue, symbols, checker) ?? optionWithin(node.whenFalse, symbols, checker);
  return optionBehind(node, symbols, checker);
}

/** The name of the member in `options.max_tokens_to_sample`, or of the member that a destructured name stands for. */
export function optionBehind(node: ts.Expression, symbols: Symbols, checker: ts.TypeChecker): ts.Node | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === LEGACY_ONLY_PARAMETER ? node.name : undefined;
  const declaration = ts.isIdentifier(node) ? symbols.declaration(node) : undefined;
  if (!declaration || !ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent))
    return undefined;
  const member = checker.getTypeAtLocation(declaration.parent).getProperty(LEGACY_ONLY_PARAMETER)?.declarations?.[0];
  return member && ts.getNameOfDeclaration(member);
}
