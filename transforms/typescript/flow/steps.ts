import type ts from 'typescript';
import type { StaticPrompt } from '../prompt-plan.js';
import type { FunctionNode } from '../syntax.js';
import type { Unit } from '../unit.js';
import type { GivenProperty, Member } from './fields.js';

/** Where a prompt comes from, when it is not written where it is sent. */
export type Step = Source | Choice | Passed;

/** Text whose turns are seen: messages are written in its place. */
export interface Source {
  readonly kind: 'source';
  readonly unit: Unit;
  readonly expression: ts.Expression;
  readonly plan: StaticPrompt;
  /** Whether it begins with a transcript that is kept over several calls: what it says is planned with that. */
  readonly isKept?: boolean;
}

/** One of two prompts. */
export interface Choice {
  readonly kind: 'choice';
  readonly branches: readonly Step[];
}

/** A prompt that something hands on; `node` is the call, or the name, that reads it there. */
export interface Passed {
  readonly kind: 'passed';
  readonly unit: Unit;
  readonly node: ts.CallExpression | ts.Identifier | ts.PropertyAccessExpression;
  readonly carrier: Carrier;
}

/** What hands a prompt on from one place to another: it carries messages once it is rewritten. */
export type Carrier = Builder | Variable | Parameter | Field;

/** A function that returns a prompt. */
export interface Builder {
  readonly kind: 'builder';
  readonly symbol: ts.Symbol;
  readonly unit: Unit;
  readonly fn: FunctionNode;
  readonly name: ts.Identifier | ts.PrivateIdentifier;
  readonly returned: readonly Returned[];
}

export interface Returned {
  readonly expression: ts.Expression;
  readonly step: Step;
}

/** A constant that holds a prompt, or that takes it out of a function's options. */
export interface Variable {
  readonly kind: 'variable';
  readonly symbol: ts.Symbol;
  readonly unit: Unit;
  readonly declaration: ts.VariableDeclaration | ts.BindingElement;
  readonly value: Step;
}

/** A parameter that is given a prompt by every caller. */
export interface Parameter {
  readonly kind: 'parameter';
  readonly symbol: ts.Symbol;
  readonly unit: Unit;
  readonly fn: FunctionNode;
  readonly declaration: ts.ParameterDeclaration;
  /** The parameter of the contract that its function fulfils. */
  readonly contracted: readonly ts.ParameterDeclaration[];
  /** What the callers pass, and the default. */
  readonly passed: readonly Step[];
}

/** A member of a function's options that is given a prompt by every caller. */
export interface Field extends Member {
  readonly kind: 'field';
  readonly unit: Unit;
  readonly key: string;
  readonly given: readonly Given[];
}

export interface Given {
  readonly property: GivenProperty;
  readonly step: Step;
}

/** Where the name stands that a carrier goes by in a function or file; for a member, in each of its functions. */
export function placesOf(carrier: Exclude<Carrier, Builder>): readonly ts.Node[] {
  return carrier.kind === 'field' ? carrier.takers : [carrier.declaration];
}

/** The steps that a carrier's prompts come from. */
export function stepsInto(carrier: Carrier): readonly Step[] {
  if (carrier.kind === 'builder') return carrier.returned.map(({ step }) => step);
  if (carrier.kind === 'field') return carrier.given.map(({ step }) => step);
  return carrier.kind === 'variable' ? [carrier.value] : carrier.passed;
}

/** All steps that lead to one, itself first; `enter` tells which carriers are looked into. */
export function stepsBefore(step: Step, enter: (carrier: Carrier) => boolean = () => true): readonly Step[] {
  const found = new Set<Step>();
  const visit = (at: Step): void => {
    if (found.has(at)) return;
    found.add(at);
    if (at.kind === 'choice') at.branches.forEach(visit);
    if (at.kind === 'passed' && enter(at.carrier)) stepsInto(at.carrier).forEach(visit);
  };
  visit(step);
  return [...found];
}

export function isPassed(step: Step): step is Passed {
  return step.kind === 'passed';
}

export function isSource(step: Step): step is Source {
  return step.kind === 'source';
}
