import type { Node } from '../node.js';
import type { StaticPrompt } from '../prompt-plan.js';
import type { Binding } from '../scopes.js';
import type { Unit } from '../unit.js';

/** Where a prompt comes from, when it is not written where it is sent. */
export type Step = Source | Choice | Passed;

/** Text whose turns are seen: messages are written in its place. */
export interface Source {
  readonly kind: 'source';
  readonly unit: Unit;
  readonly expression: Node;
  readonly plan: StaticPrompt;
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
  readonly node: Node;
  readonly carrier: Carrier;
}

/** What hands a prompt on from one place to another: it carries messages once it is rewritten. */
export type Carrier = Builder | Variable | Parameter;

/** A function that returns a prompt. */
export interface Builder {
  readonly kind: 'builder';
  readonly unit: Unit;
  readonly fn: Node;
  /** What it is called, where it is defined. */
  readonly name: Node;
  readonly returned: readonly Step[];
}

/** A variable that holds nothing but prompts. */
export interface Variable {
  readonly kind: 'variable';
  readonly unit: Unit;
  readonly binding: Binding;
  readonly values: readonly Step[];
}

/** A parameter that is given a prompt by every caller. */
export interface Parameter {
  readonly kind: 'parameter';
  readonly unit: Unit;
  readonly fn: Node;
  readonly binding: Binding;
  /** The whole parameter: its name, type and default. */
  readonly declaration: Node;
  /** The calls, and the keywords by which some of them name it. */
  readonly calls: readonly Node[];
  readonly keywords: readonly { readonly unit: Unit; readonly name: Node }[];
  /** What the callers pass, and the default. */
  readonly passed: readonly Step[];
}

/** Where the names of a variable or parameter stand that give it a value. */
export function placesOf({ binding }: Variable | Parameter): readonly Node[] {
  return binding.definitions.map(({ name }) => name);
}

/** The steps that a carrier's prompts come from. */
export function stepsInto(carrier: Carrier): readonly Step[] {
  if (carrier.kind === 'builder') return carrier.returned;
  return carrier.kind === 'variable' ? carrier.values : carrier.passed;
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

/** What a builder's own text is made of, without what other builders make. */
export function stepsWithin(builder: Builder): readonly Step[] {
  return builder.returned.flatMap((step) => stepsBefore(step, ({ kind }) => kind !== 'builder'));
}

export function isPassed(step: Step): step is Passed {
  return step.kind === 'passed';
}

export function isSource(step: Step): step is Source {
  return step.kind === 'source';
}
