import { ts } from '../ts.js';
import type { SdkTarget } from '../../../src/api/sdk.js';
import type { HelperName } from '../../helpers/typescript/names.js';
import type { Site } from '../locate.js';
import { projectPath, type View } from '../program.js';
import type { Symbols } from '../symbols.js';
import type { Unit } from '../unit.js';
import type { TypeUse } from './plan-types.js';
import { createAnswerReader, type Answer } from './answer-type.js';

/** What the plan of the results is made from. */
export interface ResultsInput {
  readonly view: View;
  readonly symbols: Symbols;
  readonly units: readonly Unit[];
  readonly sites: readonly Site[];
  readonly targetOf: (unit: Unit) => SdkTarget;
  /** What a helper will be called in a file; asked for every helper that an edit uses. */
  readonly nameOf: (unit: Unit, helper: HelperName) => string;
  /** The shape of the parameters that a declaration, or a type alias, has a legacy parameter type for. */
  readonly paramsTypeAt?: (owner: ts.Node) => TypeUse | undefined;
}

/** The input, with the questions that every part of the plan asks. */
export interface World extends ResultsInput {
  /** The file that a node stands in, if it may be edited. */
  readonly unitOf: (node: ts.Node) => Unit | undefined;
  /** What an expression, declaration or pattern holds of a legacy answer. */
  readonly answerOf: (node: ts.Node) => Answer | undefined;
  readonly answerIn: (type: ts.Type) => Answer | undefined;
  /** The call whose answer a node is where it begins. */
  readonly siteOf: (node: ts.Node) => Site | undefined;
  readonly isLibrary: (file: ts.SourceFile) => boolean;
}

export function createWorld(input: ResultsInput): World {
  const { checker } = input.view;
  const units = new Map(input.units.map((unit) => [unit.tree, unit]));
  const sites = new Map<ts.Node, Site>(
    input.sites.flatMap((site) => [...site.answers].map((node) => [node, site] as const)),
  );
  const isLibrary = (file: ts.SourceFile): boolean => projectPath(file) === undefined;
  const answerIn = createAnswerReader(checker, isLibrary);
  const cache = new Map<ts.Node, Answer | undefined>();
  return {
    ...input,
    isLibrary,
    answerIn,
    unitOf: (node) => units.get(node.getSourceFile()),
    siteOf: (node) => sites.get(node),
    answerOf: (node) => {
      if (!cache.has(node)) cache.set(node, answerIn(typeOf(declaredName(node), checker)));
      return cache.get(node);
    },
  };
}

/** The type of a node; of a name that seems to hold nothing here, what it may hold after another function has run. */
function typeOf(node: ts.Node, checker: ts.TypeChecker): ts.Type {
  const type = checker.getTypeAtLocation(node);
  const isNothing = (type.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Never)) !== 0;
  const symbol = isNothing && ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
  return symbol ? checker.getTypeOfSymbol(symbol) : type;
}

/** The node whose type a declaration has: its name, or its pattern. */
function declaredName(node: ts.Node): ts.Node {
  return ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node) ? node.name : node;
}
