import { ts } from '../ts.js';
import { nameOfMessages } from '../flow/names.js';
import { freshName } from '../results/names-in-scope.js';
import type { Symbols } from '../symbols.js';
import { enclosingFunction, staticName, walk } from '../syntax.js';
import type { Holder } from './holder.js';

/** Names what holds messages from now on: what is called a prompt is called messages, where that name is free. */
export interface Namer {
  readonly variable: (declaration: ts.VariableDeclaration, name: string, accesses: readonly ts.Node[]) => string;
  readonly holder: (holder: Holder) => string;
}

/** `others`: prompts that are sent otherwise, and may get variables of that name as well. */
export function createNamer(others: readonly ts.Node[], symbols: Symbols): Namer {
  const given = new Set<string>();
  const crowded = new Set(others.map(homeOf));

  const variable: Namer['variable'] = (declaration, name, accesses) => {
    const renamed = nameOfMessages(name);
    const homes = [declaration, ...accesses].map(homeOf);
    const keys = homes.map((home) => `${home.getSourceFile().fileName} ${String(home.pos)} ${renamed}`);
    const isFree = freshName(declaration, [renamed]) === renamed && !homes.some((home) => crowded.has(home));
    if (renamed === name || !isFree || keys.some((key) => given.has(key))) return name;
    keys.forEach((key) => given.add(key));
    return renamed;
  };

  const holder: Namer['holder'] = (own) => {
    const { declaration, accesses, kind } = own;
    const name = nameOf(own);
    if (declaration && ts.isVariableDeclaration(declaration)) return variable(declaration, name, accesses);
    const renamed = nameOfMessages(name);
    const scope = declaration?.parent ?? accesses[0];
    const isFree =
      kind === 'field'
        ? ts.isClassLike(own.scope) && !isInherited(own.scope, symbols) && !membersOf(own.scope).has(renamed)
        : scope &&
          ts.isObjectLiteralExpression(scope) &&
          !scope.properties.some((each) => staticName(each.name) === renamed);
    return isFree ? renamed : name;
  };

  return { variable, holder };
}

function homeOf(node: ts.Node): ts.Node {
  return enclosingFunction(node) ?? node.getSourceFile();
}

function nameOf({ symbol, declaration, accesses: [first] }: Holder): string {
  const name = declaration ? ts.getNameOfDeclaration(declaration) : undefined;
  if (name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))) return name.text;
  return first && ts.isPropertyAccessExpression(first) ? first.name.text : symbol.name;
}

/** Whether a class shares its names with one above or below it. */
function isInherited(owner: ts.ClassLikeDeclaration, symbols: Symbols): boolean {
  const symbol = owner.name && symbols.of(owner.name);
  const isExtending = owner.heritageClauses?.some(({ token }) => token === ts.SyntaxKind.ExtendsKeyword) === true;
  const references = symbol ? symbols.references(symbol) : [];
  return isExtending || references.some(({ parent }) => ts.isExpressionWithTypeArguments(parent));
}

/** Every name that a class declares, or reads of an object. */
function membersOf(owner: ts.ClassLikeDeclaration): ReadonlySet<string> {
  const names = new Set<string>();
  walk(owner, (node) => {
    if (ts.isPropertyAccessExpression(node)) names.add(node.name.text);
    else if (ts.isClassElement(node)) names.add(staticName(node.name) ?? '');
    else if (ts.isParameter(node) && ts.isIdentifier(node.name)) names.add(node.name.text);
    return undefined;
  });
  return names;
}
