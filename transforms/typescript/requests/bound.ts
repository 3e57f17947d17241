import { ts } from '../ts.js';
import type { Symbols } from '../symbols.js';
import { accessName, isAccess, staticName, unwrap, type FunctionNode } from '../syntax.js';
import { optionsIn } from './options.js';

/** What a call passes for the parameters of its function; nothing for those that it leaves out. */
export type Arguments = ReadonlyMap<ts.Symbol, ts.Expression | undefined>;

/** The arguments of a call by the names that its function has for them, those in patterns too. */
export function argumentsOf(call: ts.CallExpression, fn: FunctionNode, symbols: Symbols): Arguments | undefined {
  const found = new Map<ts.Symbol, ts.Expression | undefined>();
  if (call.arguments.some(ts.isSpreadElement) || fn.parameters.some(({ dotDotDotToken }) => dotDotDotToken))
    return undefined;
  fn.parameters.forEach((parameter, index) => {
    const argument = call.arguments[index] ?? parameter.initializer;
    const bind = (name: ts.BindingName, value: ts.Expression | undefined): void => {
      const symbol = ts.isIdentifier(name) ? symbols.of(name) : undefined;
      if (symbol && !symbols.isReassigned(symbol)) found.set(symbol, value);
    };
    if (!ts.isObjectBindingPattern(parameter.name)) {
      bind(parameter.name, argument);
      return;
    }
    const options = optionsIn(argument, symbols);
    for (const { dotDotDotToken, initializer, name, propertyName } of parameter.name.elements) {
      if (!dotDotDotToken && options) bind(name, options.get(staticName(propertyName ?? name) ?? '') ?? initializer);
    }
  });
  return found;
}

/** Symbols that also tell what a call which is looked into passes for parameters. */
export function withArguments(symbols: Symbols, arguments_: Arguments): Symbols {
  return {
    ...symbols,
    argumentFor: (parameter) =>
      arguments_.has(parameter) ? { value: arguments_.get(parameter) } : symbols.argumentFor?.(parameter),
  };
}

/** What is passed for a parameter, or for a member of one, that an expression names; undefined for all else. */
export function boundValue(
  expression: ts.Expression,
  symbols: Symbols,
): { readonly value: ts.Expression | undefined } | undefined {
  const node = unwrap(expression);
  if (symbols.argumentFor === undefined) return undefined;
  if (ts.isIdentifier(node)) {
    const symbol = symbols.of(node);
    const bound = symbol && symbols.argumentFor(symbol);
    return (bound?.value && boundValue(bound.value, symbols)) ?? bound;
  }
  const holder = isAccess(node) ? boundValue(node.expression, symbols) : undefined;
  if (!isAccess(node) || !holder) return undefined;
  const value = holder.value && optionsIn(holder.value, symbols)?.get(accessName(node) ?? '');
  return (value && boundValue(value, symbols)) ?? { value };
}
