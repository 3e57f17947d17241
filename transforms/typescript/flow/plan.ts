import { ts } from '../ts.js';
import type { Analysis } from '../analyse.js';
import { groupBy } from '../../groups.js';
import type { Site } from '../locate.js';
import type { Pieces } from '../print.js';
import type { StaticPrompt } from '../prompt-plan.js';
import type { SitePlan } from '../site-plan.js';
import { freshName } from '../results/names-in-scope.js';
import { enclosingFunction } from '../syntax.js';
import { functionOf } from './functions.js';
import { keysBeside } from './fields.js';
import { nameOfMessages } from './names.js';
import {
  isPassed,
  isSource,
  placesOf,
  stepsBefore,
  type Builder,
  type Carrier,
  type Passed,
  type Source,
  type Step,
  type Variable,
} from './steps.js';
import { createTracer, type Tracer } from './trace.js';
import { builtAgain, canBeBuiltAgain } from './copies.js';
import { canHaveTwin } from './twin.js';

/** Prompts that functions, constants and parameters hand on to calls, and that become messages together. */
export interface Flow {
  /** Whether any of them has system text: then all carry an object with both. */
  readonly hasSystem: boolean;
  /** Whether all of them have, whatever the program does. */
  readonly alwaysHasSystem: boolean;
  /** Whether the SDK sends any of them: then its types are at hand. */
  readonly usesSdk: boolean;
  readonly sources: readonly Source[];
  readonly carriers: readonly Carrier[];
  /** Builders that someone else reads too: they keep their text, and a twin returns the messages. */
  readonly twins: ReadonlySet<Builder>;
  /** Constants that someone else reads too: they keep their text, and what is sent is built beside them. */
  readonly kept: ReadonlySet<Variable>;
  readonly passed: readonly Passed[];
  /** New names of constants and parameters. */
  readonly names: ReadonlyMap<Carrier, string>;
}

/** How the prompt of one call moves with what hands it on. */
export interface FlowPrompt {
  readonly kind: 'flow';
  readonly flow: Flow;
  /** What is sent by this call. */
  readonly sources: readonly Source[];
}

/**
 * The prompts that can become messages where they are written, although they are sent elsewhere: everything on their
 * way is seen, and every reader of it is such a call itself. All others are left as they are. `isKept` tells which texts
 * are transcripts that may become lists.
 */
export function planFlows(
  moving: readonly SitePlan[],
  analysis: Analysis,
  isKept: (expression: ts.Expression) => boolean,
): ReadonlyMap<Site, FlowPrompt> {
  const tracer = createTracer(analysis, isKept);
  let alive = new Map<SitePlan, Step>();
  for (const plan of moving) {
    const value = plan.prompt?.plan.kind === 'runtime' ? plan.prompt.use.value : undefined;
    const step = value && tracer.trace(value);
    if (step) alive.set(plan, step);
  }
  const inlined = callsInlinedBy(moving, analysis);
  const kept = new Set<Variable>();
  for (;;) {
    const twins = twinsAmong(alive, kept, inlined, tracer);
    const nodes = nodesOf(alive, kept, twins);
    const all = nodesOf(alive, kept, new Set());
    const isRead = (carrier: Exclude<Carrier, Builder>): boolean =>
      isReadBy(carrier, placesOf(carrier).some((place) => isIn(place, twins)) ? all : nodes, analysis);
    const more = [...alive.values()]
      .flatMap(carriersBefore)
      .filter(isVariable)
      .filter((variable) => {
        const reads = symbolReads(variable, all, analysis);
        return (
          !kept.has(variable) &&
          !isRead(variable) &&
          !isIn(variable.declaration, twins) &&
          canBeBuiltAgain(variable, reads, analysis)
        );
      });
    more.forEach((variable) => kept.add(variable));
    if (more.length > 0) continue;
    const isSound = (carrier: Carrier): boolean => {
      if (carrier.kind === 'builder') return !twins.has(carrier) || canHaveTwin(carrier, analysis);
      return (carrier.kind === 'variable' && kept.has(carrier)) || isRead(carrier);
    };
    const sound = new Map([...alive].filter(([, step]) => carriersBefore(step).every(isSound)));
    if (sound.size === alive.size) return flowsOf(alive, twins, kept);
    alive = sound;
  }
}

function isVariable(carrier: Carrier): carrier is Variable {
  return carrier.kind === 'variable';
}

/** Where a constant is sent or handed on. */
function symbolReads({ symbol }: Variable, nodes: ReadonlySet<ts.Node>, { symbols }: Analysis): readonly ts.Node[] {
  return symbols.references(symbol).filter((reference) => nodes.has(reference));
}

function flowsOf(
  alive: ReadonlyMap<SitePlan, Step>,
  twins: ReadonlySet<Builder>,
  kept: ReadonlySet<Variable>,
): ReadonlyMap<Site, FlowPrompt> {
  const found = new Map<Site, FlowPrompt>();
  for (const group of groupBy([...alive], ([, step]) => carriersBefore(step))) {
    const steps = [...new Set(group.flatMap(([, step]) => stepsBefore(step)))];
    const sources = steps.filter(isSource);
    const carriers = [...new Set(steps.filter(isPassed).map(({ carrier }) => carrier))];
    const hasSystem = sources.some(({ plan }) => plan.conversation.system.length > 0);
    const flow: Flow = {
      hasSystem,
      alwaysHasSystem: sources.every(({ plan }) => isNeverBlank(plan.conversation.system)),
      usesSdk: group.some(([{ site }]) => site.request.kind === 'sdk'),
      sources,
      carriers,
      twins,
      kept,
      passed: steps.filter(isPassed),
      names: hasSystem
        ? new Map()
        : newNames(carriers.filter((carrier) => carrier.kind !== 'variable' || !kept.has(carrier))),
    };
    for (const [{ site }, step] of group)
      found.set(site, { kind: 'flow', flow, sources: stepsBefore(step).filter(isSource) });
  }
  return found;
}

/** Whether there is text in it for sure. */
function isNeverBlank(content: StaticPrompt['conversation']['system']): boolean {
  const [only, ...more] = content;
  if (only?.kind === 'hole' && more.length === 0) return !only.mayBeBlank;
  return content.some((piece) => piece.kind === 'text' && piece.text.trim() !== '');
}

/** What a name reads that handed on a prompt: a new name, or the call that builds again what a constant keeps as text. */
export function readAt({ kept, names, passed }: Flow, node: ts.Identifier): Pieces {
  const carrier = passed.find((step) => step.node === node)?.carrier;
  if (carrier?.kind === 'variable' && kept.has(carrier)) return builtAgain(carrier);
  return [(carrier && names.get(carrier)) ?? node.text];
}

/** What is called a prompt is called messages, where that name is free. */
function newNames(carriers: readonly Carrier[]): ReadonlyMap<Carrier, string> {
  const taken = new Set<string>();
  return new Map(
    carriers.flatMap((carrier): [Carrier, string][] => {
      if (carrier.kind === 'builder') return [];
      if (carrier.kind === 'field') {
        const key = nameOfMessages(carrier.key);
        const others = [...carrier.siblings, ...carrier.given.flatMap(({ property }) => keysBeside(property))];
        return key === carrier.key || others.includes(key) ? [] : [[carrier, key]];
      }
      if (!ts.isIdentifier(carrier.declaration.name)) return [];
      const old = carrier.declaration.name.text;
      const name = nameOfMessages(old);
      const holder = enclosingFunction(carrier.declaration) ?? carrier.declaration.getSourceFile();
      const key = `${carrier.unit.path}:${String(holder.pos)}:${name}`;
      if (name === old || taken.has(key) || freshName(holder, [name]) !== name) return [];
      taken.add(key);
      return [[carrier, name]];
    }),
  );
}

function carriersBefore(step: Step): readonly Carrier[] {
  return stepsBefore(step)
    .filter(isPassed)
    .map(({ carrier }) => carrier);
}

/** Builders with a reader that wants the text. What only their own text reads is such a reader too. */
function twinsAmong(
  alive: ReadonlyMap<SitePlan, Step>,
  kept: ReadonlySet<Variable>,
  inlined: ReadonlySet<ts.Node>,
  tracer: Tracer,
): ReadonlySet<Builder> {
  const builders = new Set([...alive.values()].flatMap(carriersBefore).filter((carrier) => carrier.kind === 'builder'));
  const twins = new Set<Builder>();
  for (;;) {
    const nodes = nodesOf(alive, kept, twins);
    const more = [...builders].filter((builder) => {
      const callee = functionOf(builder.symbol);
      const readers = callee && tracer.readersOf(callee);
      const isOurs = (call: ts.Node): boolean => nodes.has(call) || inlined.has(call);
      return (
        !twins.has(builder) && (!readers || readers.isOpen || readers.others.length > 0 || !readers.calls.every(isOurs))
      );
    });
    if (more.length === 0) return twins;
    more.forEach((builder) => twins.add(builder));
  }
}

/** The calls and names that hand the prompts on, without those that go on making text: in a builder or for a constant that stays. */
function nodesOf(
  alive: ReadonlyMap<SitePlan, Step>,
  kept: ReadonlySet<Variable>,
  twins: ReadonlySet<Builder>,
): ReadonlySet<ts.Node> {
  const passed = [...alive.values()].flatMap((step) => stepsBefore(step).filter(isPassed));
  const making = new Set<ts.Node>([...kept].flatMap(({ value }) => (value.kind === 'passed' ? [value.node] : [])));
  return new Set(passed.map(({ node }) => node).filter((node) => !isIn(node, twins) && !making.has(node)));
}

function isIn(node: ts.Node, twins: ReadonlySet<Builder>): boolean {
  return [...twins].some(
    ({ fn }) => fn.getSourceFile() === node.getSourceFile() && fn.pos <= node.pos && node.end <= fn.end,
  );
}

/** Whether nothing but these nodes reads a constant or a parameter. */
function isReadBy(carrier: Exclude<Carrier, Builder>, nodes: ReadonlySet<ts.Node>, { symbols }: Analysis): boolean {
  if (carrier.kind === 'field') return carrier.reads.every((read) => nodes.has(read));
  return symbols
    .references(carrier.symbol)
    .every((reference) => reference === carrier.declaration.name || nodes.has(reference));
}

/** Calls of builders whose text was taken into the messages of a call that moves. */
function callsInlinedBy(moving: readonly SitePlan[], { symbols }: Analysis): ReadonlySet<ts.Node> {
  const found = new Set<ts.Node>();
  for (const { prompt } of moving) {
    const { use, plan } = prompt ?? {};
    if (plan?.kind !== 'conversation' || !use?.value) continue;
    const { value } = use;
    for (const { symbol } of plan.assemblies) {
      for (const { parent, pos, end } of symbols.references(symbol)) {
        const isInside = parent.getSourceFile() === value.getSourceFile() && value.pos <= pos && end <= value.end;
        if (isInside && ts.isCallExpression(parent)) found.add(parent);
      }
    }
  }
  return found;
}
