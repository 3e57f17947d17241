import { ts } from '../ts.js';
import { PASS_THROUGH_PATH } from '../pass-through-stub.js';
import { STUB_PATH } from '../sdk-stub.js';
import { isAccess, unwrap, walk, type FunctionNode } from '../syntax.js';
import type { World } from './world.js';

/** What a call runs, as far as it matters for an answer that goes in or comes out. */
export type CallTarget =
  /** The SDK's `completions.create`, or what its oldest client had in its place. */
  | { readonly kind: 'create' }
  /** A method of promises, arrays and the like, which hands on what it is given. */
  | { readonly kind: 'carrier'; readonly name: string; readonly receiver: ts.Expression | undefined }
  /** A function of the program, with the parameters as declared. `isGeneric`: it hands on what it is given, unread. */
  | { readonly kind: 'own'; readonly fn: FunctionNode; readonly isGeneric: boolean }
  /** A retry, a queue or a timer of a known package: gives what it is given, or what its function gives. */
  | { readonly kind: 'passes' }
  | { readonly kind: 'log' }
  | { readonly kind: 'unknown' };

const UNKNOWN: CallTarget = { kind: 'unknown' };
/** Types of the language whose methods take and give their elements, and do nothing else with them. */
const CARRIERS =
  /^(Promise|PromiseLike|PromiseConstructor|APIPromise|APIResponse|HttpResponse|RawStream|JsonSource|AxiosResponse|GotResponse|SuperagentResponse|SuperagentEnd|SuperagentBuild|UndiciResponse|InvokeModelAnswer|JsonText|JsonBytes|BufferConstructor|TextDecoder|Stream|(Readonly)?Array|ArrayConstructor|(Readonly)?(Map|Set)|(Map|Set)Constructor|(Async)?(Iterator|Iterable|IterableIterator|Generator|IteratorObject)|(Map|Set|Array)Iterator|CallableFunction)$/;

export function callTarget(call: ts.CallExpression | ts.NewExpression, world: World): CallTarget {
  if (isConsoleCall(call)) return { kind: 'log' };
  const declaration = world.view.checker.getResolvedSignature(call)?.declaration;
  if (!declaration || ts.isJSDocSignature(declaration)) return UNKNOWN;
  if (world.isLibrary(declaration.getSourceFile())) return libraryTarget(call, declaration);
  const isOwn = 'body' in declaration && declaration.body !== undefined && ts.isCallExpression(call);
  if (!isOwn || isOverloaded(declaration, world)) return UNKNOWN;
  const fn = declaration as FunctionNode;
  const isGeneric = handsOn(fn, world);
  // What nothing is edited in is not followed any further.
  return isGeneric || world.unitOf(declaration) ? { kind: 'own', fn, isGeneric } : UNKNOWN;
}

function libraryTarget(call: ts.CallExpression | ts.NewExpression, declaration: ts.SignatureDeclaration): CallTarget {
  if (declaration.getSourceFile().fileName === PASS_THROUGH_PATH)
    return ts.isConstructorDeclaration(declaration) ? UNKNOWN : { kind: 'passes' };
  const owner = declaration.parent;
  const isNamed = (ts.isInterfaceDeclaration(owner) || ts.isClassDeclaration(owner)) && owner.name;
  if (!isNamed) return UNKNOWN;
  const callee = unwrap(call.expression);
  const name = isAccess(callee) && ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  const isOfSdk = declaration.getSourceFile().fileName === STUB_PATH && !ts.isConstructorDeclaration(declaration);
  if (isOfSdk && (isNamed.text === 'Completions' || isNamed.text === 'Client')) return { kind: 'create' };
  if (!CARRIERS.test(isNamed.text) && !(isNamed.text === 'JSON' && name === 'parse')) return UNKNOWN;
  return { kind: 'carrier', name, receiver: isAccess(callee) ? callee.expression : undefined };
}

function isConsoleCall(call: ts.CallExpression | ts.NewExpression): boolean {
  const callee = unwrap(call.expression);
  return (
    ts.isPropertyAccessExpression(callee) && ts.isIdentifier(callee.expression) && callee.expression.text === 'console'
  );
}

function isOverloaded(declaration: ts.SignatureDeclaration, world: World): boolean {
  const name = ts.getNameOfDeclaration(declaration);
  const symbol = name && world.view.checker.getSymbolAtLocation(name);
  return (symbol?.declarations?.length ?? 1) > 1;
}

/**
 * Whether a generic function only hands on a value of its type parameter: a retry, a timer, a queue.
 * One that reads the value from a cache or prints it for one knows a shape that its types do not tell.
 */
function handsOn(fn: FunctionNode, { view: { checker } }: World): boolean {
  const parameters = new Set(
    ts.getEffectiveTypeParameterDeclarations(fn).map((parameter) => checker.getTypeAtLocation(parameter)),
  );
  if (parameters.size === 0) return false;
  const isGiven = (node: ts.Node): boolean => {
    const type = checker.getTypeAtLocation(node);
    return parameters.has(type) || (type.aliasTypeArguments?.some((each) => parameters.has(each)) ?? false);
  };
  const isAny = (node: ts.Expression): boolean => (checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) !== 0;
  let isClean = true;
  walk(fn, (node) => {
    if (ts.isCallExpression(node) && !isConsoleCall(node))
      isClean &&= !node.arguments.some((argument) => isGiven(argument) && !isResolve(node));
    if (ts.isAsExpression(node) && node.type.kind !== ts.SyntaxKind.ConstKeyword)
      isClean &&= !isGiven(node) || isGiven(node.expression);
    if (ts.isVariableDeclaration(node) && node.type && node.initializer)
      isClean &&= !isGiven(node.name) || !isAny(node.initializer);
    if (ts.isReturnStatement(node) && node.expression) {
      isClean &&= !isAny(node.expression);
    }
    return isClean && !ts.isTypeNode(node);
  });
  return isClean;
}

function isResolve(call: ts.CallExpression): boolean {
  return /(^|\.)resolve$/.test(call.expression.getText());
}
