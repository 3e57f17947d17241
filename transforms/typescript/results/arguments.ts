import { ts } from '../ts.js';
import { unwrap, wrapping, type FunctionNode } from '../syntax.js';
import { callTarget } from './call-target.js';
import type { FlowBuilder } from './flow.js';
import { holderOf } from './holders.js';
import { addPattern } from './patterns.js';
import type { World } from './world.js';

const ADDS_TO_RECEIVER = /^(push|unshift|add|set|fill|splice)$/;

/** An answer, or a function that gives one, is passed to a call. */
export function addArgument(
  node: ts.Expression,
  call: ts.CallExpression | ts.NewExpression,
  world: World,
  builder: FlowBuilder,
): void {
  const target = callTarget(call, world);
  const out = (): void => {
    builder.use(node, { kind: 'out' });
  };
  if (target.kind === 'log') builder.use(node, { kind: 'log' });
  else if (target.kind === 'carrier') {
    const holder =
      target.receiver && ADDS_TO_RECEIVER.test(target.name) ? holderOf(unwrap(target.receiver), world) : undefined;
    if (holder) builder.edge(node, holder);
    else if (world.answerOf(call)) builder.edge(node, call);
    else if (ADDS_TO_RECEIVER.test(target.name) || givesAnything(call, world)) out();
  } else if (target.kind === 'passes') {
    if (world.answerOf(call) && isHandedOn(node, call, world)) builder.edge(node, call);
    else out();
  } else if (target.kind === 'own') {
    const parameter = parameterOf(target.fn, node, call);
    if (parameter && world.answerOf(parameter)) {
      builder.edge(node, parameter);
      if (!ts.isIdentifier(parameter.name)) addPattern(parameter.name, parameter, world, builder);
    } else if (target.isGeneric && world.answerOf(call)) builder.edge(node, call);
    else out();
  } else if (world.answerOf(node)?.kind === 'http' || !isStreamOfAi(call, world)) out();
}

/** Whether the types do not tell what a call gives, or what its promise does: it may be the answer. */
function givesAnything(call: ts.CallExpression | ts.NewExpression, { view: { checker } }: World): boolean {
  const type = checker.getTypeAtLocation(call);
  const given = checker.getAwaitedType(type) ?? type;
  return (given.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
}

/** Whether a function of a known package gives what an argument gives: a function, or a promise. */
function isHandedOn(node: ts.Expression, call: ts.CallExpression | ts.NewExpression, world: World): boolean {
  const parameters = world.view.checker.getResolvedSignature(call)?.getParameters() ?? [];
  const [declaration] = parameters[call.arguments?.indexOf(node) ?? -1]?.declarations ?? [];
  const type = declaration && ts.isParameter(declaration) ? declaration.type : undefined;
  return type !== undefined && (ts.isFunctionTypeNode(type) || type.getText().startsWith('PromiseLike<'));
}

function parameterOf(
  fn: FunctionNode,
  node: ts.Expression,
  call: ts.CallExpression | ts.NewExpression,
): ts.ParameterDeclaration | undefined {
  const passed: readonly ts.Expression[] = call.arguments ?? [];
  const index = passed.indexOf(node);
  if (index < 0 || passed.slice(0, index).some(ts.isSpreadElement)) return undefined;
  const parameters = fn.parameters.filter(
    (parameter) => !(ts.isIdentifier(parameter.name) && parameter.name.text === 'this'),
  );
  const parameter = parameters[index];
  return parameter?.dotDotDotToken ? undefined : parameter;
}

/** `AnthropicStream` of the package `ai` reads the SDK's events of Messages as well (ai 2.2.30 to 3.4), but not those of an HTTP response. */
function isStreamOfAi(call: ts.CallExpression | ts.NewExpression, world: World): boolean {
  const callee = unwrap(call.expression);
  if (!ts.isIdentifier(callee)) return false;
  const [declaration] = world.view.checker.getSymbolAtLocation(callee)?.declarations ?? [];
  if (!declaration || !ts.isImportSpecifier(declaration)) return false;
  const from = declaration.parent.parent.parent.moduleSpecifier;
  return (
    (declaration.propertyName ?? declaration.name).text === 'AnthropicStream' &&
    ts.isStringLiteral(from) &&
    from.text === 'ai'
  );
}

/** What a promise or list holds is given to the functions that its method is called with. */
export function addCallbacks(
  receiver: ts.Expression,
  call: ts.CallExpression,
  world: World,
  builder: FlowBuilder,
): void {
  const isReader = /^(then|end|map|flatMap|forEach|filter|find|findLast|some|every|reduce|reduceRight|sort|toSorted)$/;
  const callee = unwrap(call.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  if (!isReader.test(name)) return;
  for (const argument of name === 'then' ? call.arguments.slice(0, 1) : call.arguments) {
    const fn = functionOf(argument, world);
    if (fn === 'log') builder.use(receiver, { kind: 'log' });
    else if (fn) addParameters(receiver, fn, world, builder);
    else if (isCallback(argument, world)) builder.use(receiver, { kind: 'out' });
  }
}

function addParameters(receiver: ts.Expression, fn: FunctionNode, world: World, builder: FlowBuilder): void {
  const [first] = fn.parameters;
  for (const parameter of fn.parameters) {
    if (!world.answerOf(parameter)) continue;
    builder.edge(receiver, parameter);
    if (!ts.isIdentifier(parameter.name)) addPattern(parameter.name, parameter, world, builder);
  }
  if (first && !fn.parameters.some((parameter) => world.answerOf(parameter))) builder.use(receiver, { kind: 'out' });
}

function functionOf(argument: ts.Expression, world: World): FunctionNode | 'log' | undefined {
  const value = unwrap(argument);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return value;
  if (ts.isPropertyAccessExpression(value) && value.expression.getText() === 'console') return 'log';
  if (!ts.isIdentifier(value)) return undefined;
  const declaration = world.symbols.declaration(value);
  if (!declaration || !world.unitOf(declaration)) return undefined;
  if (ts.isFunctionDeclaration(declaration) && declaration.body) return declaration as FunctionNode;
  const initial =
    ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : undefined;
  return initial && (ts.isArrowFunction(initial) || ts.isFunctionExpression(initial)) ? initial : undefined;
}

/** Whether an argument is a function: `reduce` also takes a value to begin with. */
function isCallback(argument: ts.Expression, world: World): boolean {
  const type = world.view.checker.getTypeAtLocation(wrapping(argument));
  return (type.flags & ts.TypeFlags.Any) !== 0 || type.getCallSignatures().length > 0;
}
