import { ts } from '../ts.js';
import { nameOfMessages } from '../flow/names.js';
import { freshName } from '../results/names-in-scope.js';
import { staticName } from '../syntax.js';

/** What a transcript is called once it is a list: what is called a prompt is called messages, where that name is free. */
export function newName(name: string, scope: ts.Node): string {
  const renamed = nameOfMessages(name);
  if (renamed === name) return name;
  return isFree(renamed, scope) ? renamed : name;
}

function isFree(name: string, scope: ts.Node): boolean {
  if (ts.isClassLike(scope)) return !membersOf(scope).has(name);
  if (ts.isObjectLiteralExpression(scope)) return !scope.properties.some((each) => staticName(each.name) === name);
  return freshName(scope, [name]) === name;
}

/** Every name that a class declares, or reads of its own object. */
function membersOf(owner: ts.ClassLikeDeclaration): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) names.add(node.name.text);
    if (ts.isClassElement(node)) names.add(staticName(node.name) ?? '');
    if (ts.isParameter(node) && ts.isIdentifier(node.name)) names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(owner);
  return names;
}
