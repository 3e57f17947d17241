import { ts } from './ts.js';
import type { Site } from './locate.js';
import type { SitePlan } from './site-plan.js';
import type { Symbols } from './symbols.js';
import { unwrap, walk } from './syntax.js';

/** The shape that a place with a legacy parameter type has once its calls move, and the calls that decide it. */
export interface ParamsShape {
  readonly shape: 'messages' | 'legacy';
  readonly sites: Iterable<Site>;
}

/**
 * Tells for any declaration whether the parameters that it holds are edited where they stand, or converted when the
 * program runs. Undefined where no call is seen to use them.
 */
export function paramsShapes(
  plans: readonly SitePlan[],
  symbols: Symbols,
): (owner: ts.Node) => ParamsShape | undefined {
  const edited = new Map<ts.Node, Site[]>();
  const converted = new Map<ts.Node, Site[]>();
  for (const { site, params } of plans) {
    const argument = site.parameters;
    if (!argument) continue;
    const nodes =
      params.mode === 'static'
        ? [...params.declarations, argument, unwrap(argument)]
        : sourcesOfParams(argument, symbols);
    const table = params.mode === 'static' ? edited : converted;
    for (const node of nodes) table.set(node, [...(table.get(node) ?? []), site]);
  }
  return (owner) => {
    const runtime = converted.get(owner);
    if (runtime) return { shape: 'legacy', sites: runtime };
    const own =
      edited.get(owner) ??
      (ts.isAsExpression(owner) || ts.isSatisfiesExpression(owner) ? edited.get(owner.parent) : undefined);
    if (own) return { shape: 'messages', sites: own };
    const beside = plans.filter(({ site }) => site.unit.tree === owner.getSourceFile());
    const allConvert = beside.length > 0 && beside.every(({ params }) => params.mode === 'runtime');
    return allConvert ? { shape: 'legacy', sites: beside.map(({ site }) => site) } : undefined;
  };
}

/** What parameters are made from: variables, parameters, fields, the functions that return them, and casts on the way. */
function sourcesOfParams(argument: ts.Expression, symbols: Symbols): ReadonlySet<ts.Node> {
  const found = new Set<ts.Node>();
  const visit = (root: ts.Node): void => {
    walk(root, (node) => {
      if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) found.add(node);
      const declaration = ts.isIdentifier(node) ? symbols.declaration(node) : undefined;
      if (!declaration || found.has(declaration) || !isHolder(declaration)) return undefined;
      found.add(declaration);
      const made = ts.isFunctionLike(declaration) ? declaration.body : declaration.initializer;
      if (made) visit(made);
      return undefined;
    });
  };
  visit(argument);
  return found;
}

function isHolder(
  declaration: ts.Declaration,
): declaration is
  | ts.VariableDeclaration
  | ts.ParameterDeclaration
  | ts.PropertyDeclaration
  | ts.FunctionDeclaration
  | ts.MethodDeclaration {
  return (
    ts.isVariableDeclaration(declaration) ||
    ts.isParameter(declaration) ||
    ts.isPropertyDeclaration(declaration) ||
    ts.isFunctionDeclaration(declaration) ||
    ts.isMethodDeclaration(declaration)
  );
}
