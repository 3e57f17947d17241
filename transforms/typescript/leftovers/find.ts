import { ts } from '../ts.js';
import { LEGACY_ONLY_PARAMETER } from '../../../src/api/parameters.js';
import { HELPER_HEADER } from '../../helpers/typescript/helper-source.js';
import type { Analysis } from '../analyse.js';
import type { HelperNames } from '../helper-names.js';
import { staticName, walk } from '../syntax.js';
import { optionBehind } from '../limit-option.js';
import { sourcesOf } from '../values.js';
import type { SitePlan } from '../site-plan.js';
import type { Symbols } from '../symbols.js';
import type { Unit } from '../unit.js';
import type { Leftover, Rule, RuleContext } from './leftover.js';
import { strayModelId } from './model-ids.js';
import { legacyBody, legacyName, legacyShape, legacyUrl, testDouble } from './requests.js';
import {
  escapedResource,
  markerInContent,
  oldClient,
  oldErrorText,
  oldTokenizer,
  undecidedCall,
  vercelGlue,
  wrapperLibrary,
} from './sdk.js';

const RULES: readonly Rule[] = [
  oldClient,
  oldErrorText,
  escapedResource,
  vercelGlue,
  wrapperLibrary,
  oldTokenizer,
  testDouble,
  legacyUrl,
  legacyBody,
  legacyName,
  legacyShape,
  markerInContent,
  strayModelId,
];

/** Members named max_tokens_to_sample that a call's limit is read from, whether it has moved already or is about to. */
export function optionsReadIn(
  { units, symbols, view }: Analysis,
  plans: readonly SitePlan[],
  helperCalls: Iterable<ts.Node>,
): ReadonlySet<ts.Symbol> {
  const names = plans.flatMap(({ limitOption }) => limitOption ?? []);
  const given = plans.flatMap(({ params, site }) =>
    params.mode === 'runtime' && site.parameters ? [site.parameters] : [],
  );
  const helped = [...helperCalls].flatMap((call) => (ts.isCallExpression(call) ? call.arguments.slice(0, 1) : []));
  for (const argument of [...given, ...helped]) {
    const type = view.checker.getTypeAtLocation(argument);
    for (const member of type.getProperty(LEGACY_ONLY_PARAMETER)?.declarations ?? [])
      names.push(ts.getNameOfDeclaration(member) ?? member);
  }
  for (const { tree } of units) {
    walk(tree, (node) => {
      if (!ts.isPropertyAssignment(node) || staticName(node.name) !== 'max_tokens') return undefined;
      walk(node.initializer, (inner) => {
        const option = ts.isExpression(inner) ? optionBehind(inner, symbols, view.checker) : undefined;
        if (option) names.push(option);
        return undefined;
      });
      return undefined;
    });
  }
  return new Set(names.flatMap((name) => symbols.of(name) ?? []));
}

/** What the project's own converting helper is called with: legacy on purpose. */
export function convertedByHelper(
  units: readonly Unit[],
  names: HelperNames,
  symbols: Symbols,
): { readonly nodes: ReadonlySet<ts.Node>; readonly files: ReadonlySet<ts.SourceFile> } {
  const spelled = new Set<string>(['toMessageParams', names.get('toMessageParams') ?? '']);
  const found = new Set<ts.Node>();
  const fedFiles = new Set<ts.SourceFile>();
  for (const { tree, text } of units) {
    if (![...spelled].some((name) => name !== '' && text.includes(`${name}(`))) continue;
    walk(tree, (node) => {
      if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || !spelled.has(node.expression.text))
        return undefined;
      found.add(node);
      for (const source of sourcesOf(node, symbols)) found.add(source);
      fedFiles.add(tree);
      return undefined;
    });
  }
  return { nodes: found, files: fedFiles };
}

/** What the whole project tells about what a file holds. */
export interface Known {
  /** Nodes that sites, or calls of the converting helper, answer for. */
  readonly owned: ReadonlySet<ts.Node>;
  /** Files with a call that converts parameters which it cannot see. */
  readonly fed: ReadonlySet<ts.SourceFile>;
  readonly options: ReadonlySet<ts.Symbol>;
  /** The range that the package of a file declares for another package. */
  readonly rangeOf: (path: string, name: string) => string | undefined;
}

/** Everything legacy in a file that is no site. */
export function findLeftovers(
  unit: Unit,
  { view, symbols, undecided }: Analysis,
  { owned, fed, options, rangeOf }: Known,
): readonly Leftover[] {
  const isOfSite = (node: ts.Node): boolean => {
    for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) if (owned.has(at)) return true;
    return false;
  };
  const context: RuleContext = {
    unit,
    checker: view.checker,
    symbols,
    isOfSite,
    convertsParams: (file) => fed.has(file),
    options,
    rangeOf: (name) => rangeOf(unit.path, name),
  };
  const found: Leftover[] = [];
  const helpersAt = unit.tree.text.indexOf(HELPER_HEADER);
  walk(unit.tree, (node) => {
    if (helpersAt >= 0 && node.pos >= helpersAt) return false;
    for (const rule of RULES) {
      const leftover = rule(node, context);
      if (leftover) found.push(leftover);
    }
    return undefined;
  });
  for (const { unit: holder, call } of undecided) {
    const leftover = holder === unit && !isOfSite(call) ? undecidedCall(call, context) : undefined;
    if (leftover) found.push(leftover);
  }
  return found;
}
