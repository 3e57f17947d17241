import { ts } from './ts.js';
import { LEGACY_ONLY_PARAMETER } from '../../src/api/parameters.js';
import { isConvertedBody } from './leftovers/requests.js';
import type { SitePlan } from './site-plan.js';
import type { Symbols } from './symbols.js';
import { isInside, staticName, wrapping } from './syntax.js';
import { sourcesOf } from './values.js';

/** Whether a model id is also sent by a legacy body that no call which moves sends. */
export function feedsAnotherBody(leaf: ts.StringLiteralLike, moving: readonly SitePlan[], symbols: Symbols): boolean {
  const moved = new Set<ts.Node>(moving.flatMap(({ params }) => params.uses.map(({ node }) => node)));
  const atRunTime = moving.filter(({ params }) => params.mode === 'runtime');
  const converting = new Set(atRunTime.map(({ site }) => site.unit.tree));
  const sources = atRunTime.flatMap(({ site: { parameters } }) =>
    parameters ? [parameters, ...sourcesOf(parameters, symbols)] : [],
  );
  const isLeft = (model: ts.ObjectLiteralElementLike): boolean => {
    const body = model.parent as ts.ObjectLiteralExpression;
    const limit = body.properties.find(({ name }) => staticName(name) === LEGACY_ONLY_PARAMETER);
    return (
      limit !== undefined &&
      !moved.has(limit) &&
      !sources.some((source) => isInside(body, source)) &&
      !isConvertedBody(limit, { symbols, convertsParams: (file) => converting.has(file) })
    );
  };
  return bodiesNaming(leaf, symbols, new Set()).some(isLeft);
}

/** The `model` keys of the objects that a value goes into, through constants and members. */
function bodiesNaming(
  value: ts.Expression,
  symbols: Symbols,
  seen: Set<ts.Node>,
): readonly ts.ObjectLiteralElementLike[] {
  const holder = holderOf(value);
  if (!holder || seen.has(holder)) return [];
  seen.add(holder);
  const name = ts.getNameOfDeclaration(holder as ts.Declaration);
  const isKey = ts.isObjectLiteralElementLike(holder) && staticName(holder.name) === 'model';
  const symbol = name && !ts.isShorthandPropertyAssignment(holder) ? symbols.of(name) : undefined;
  const readers = symbol ? symbols.references(symbol).filter((reference) => reference !== name) : [];
  return [...(isKey ? [holder] : []), ...readers.flatMap((reader) => bodiesNaming(accessOf(reader), symbols, seen))];
}

/** What gets a value as it is, or as one of two. */
function holderOf(value: ts.Expression): ts.Node | undefined {
  const outer = wrapping(value);
  const { parent } = outer;
  if (ts.isConditionalExpression(parent)) return parent.condition === outer ? undefined : holderOf(parent);
  if (ts.isBinaryExpression(parent))
    return /^(\?\?|\|\|)$/.test(parent.operatorToken.getText()) ? holderOf(parent) : undefined;
  const isHolder =
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isEnumMember(parent);
  return isHolder ? parent : undefined;
}

function accessOf(name: ts.Identifier): ts.Expression {
  const { parent } = name;
  return ts.isPropertyAccessExpression(parent) && parent.name === name ? parent : name;
}
