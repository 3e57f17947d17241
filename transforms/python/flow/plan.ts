import { groupBy } from '../../groups.js';
import type { Site } from '../locate.js';
import { descendants, isInside, keywordArgument, textOf, type Node } from '../node.js';
import type { SitePlan } from '../site-plan.js';
import { callIn } from './callers.js';
import { builtAgain, canBeBuiltAgain } from './copies.js';
import { nameOfMessages } from './names.js';
import type { Pieces } from '../print-expression.js';
import {
  isPassed,
  isSource,
  placesOf,
  stepsBefore,
  type Builder,
  type Carrier,
  type Parameter,
  type Passed,
  type Source,
  type Step,
  type Variable,
} from './steps.js';
import { createTracer, type Analysis, type Tracer } from './trace.js';
import { canHaveTwin } from './twin.js';

/** Prompts that functions, variables and parameters hand on to calls, and that become messages together. */
export interface Flow {
  /** Whether any of them has system text: then all carry a dictionary with both. */
  readonly hasSystem: boolean;
  /** Whether the SDK sends any of them: then its types are at hand. */
  readonly usesSdk: boolean;
  readonly sources: readonly Source[];
  readonly carriers: readonly Carrier[];
  /** Builders that someone else reads too: they keep their text, and a twin returns the messages. */
  readonly twins: ReadonlySet<Builder>;
  /** Variables that someone else reads too: they keep their text, and what is sent is built beside them. */
  readonly kept: ReadonlySet<Variable>;
  readonly passed: readonly Passed[];
  /** New names of variables and parameters. */
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
 * way is seen, and every reader of it is such a call itself. All others are left as they are.
 */
export function planFlows(moving: readonly SitePlan[], analysis: Analysis): ReadonlyMap<Site, FlowPrompt> {
  const tracer = createTracer(analysis);
  let alive = new Map<SitePlan, Step>();
  for (const plan of moving) {
    const value = plan.prompt?.plan.kind === 'runtime' ? plan.prompt.use.value : undefined;
    const step = value && tracer.trace(value, plan.site.unit);
    if (step) alive.set(plan, step);
  }
  const kept = new Set<Variable>();
  for (;;) {
    const twins = twinsAmong(alive, kept, tracer);
    const nodes = nodesOf(alive, kept, twins);
    const all = nodesOf(alive, kept, new Set());
    const isRead = (carrier: Variable | Parameter): boolean => {
      const counted = placesOf(carrier).some((place) => isIn(place, twins)) ? all : nodes;
      return carrier.binding.reads.every((read) => counted.has(read));
    };
    const more = [...alive.values()]
      .flatMap(carriersBefore)
      .filter((carrier) => carrier.kind === 'variable')
      .filter((variable) => {
        const isOpen = !kept.has(variable) && !isRead(variable);
        const isOfTwin = placesOf(variable).some((place) => isIn(place, twins));
        const sent = variable.binding.reads.filter((read) => all.has(read));
        return isOpen && !isOfTwin && canBeBuiltAgain(variable, sent);
      });
    more.forEach((variable) => kept.add(variable));
    if (more.length > 0) continue;
    const isSound = (carrier: Carrier): boolean => {
      if (carrier.kind === 'builder')
        return !twins.has(carrier) || canHaveTwin(carrier, tracer.usesOf(carrier), analysis);
      return (carrier.kind === 'variable' && kept.has(carrier)) || isRead(carrier);
    };
    const sound = new Map([...alive].filter(([, step]) => carriersBefore(step).every(isSound)));
    if (sound.size === alive.size) return flowsOf(alive, twins, kept);
    alive = sound;
  }
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
    const isKept = (carrier: Carrier): boolean => carrier.kind === 'variable' && kept.has(carrier);
    const flow: Flow = {
      hasSystem,
      usesSdk: group.some(([{ site }]) => site.request.kind === 'create' || site.request.kind === 'old'),
      sources,
      carriers,
      twins,
      kept,
      passed: steps.filter(isPassed),
      names: hasSystem ? new Map() : newNames(carriers.filter((carrier) => !isKept(carrier))),
    };
    for (const [{ site }, step] of group)
      found.set(site, { kind: 'flow', flow, sources: stepsBefore(step).filter(isSource) });
  }
  return found;
}

/** What a name reads that handed on a prompt: a new name, or the call that builds again what a variable keeps as text. */
export function readAt({ kept, names, passed }: Flow, node: Node): Pieces {
  const carrier = passed.find((step) => step.node === node)?.carrier;
  if (carrier?.kind === 'variable' && kept.has(carrier)) return builtAgain(carrier);
  return [(carrier && names.get(carrier)) ?? textOf(node)];
}

/** What is called a prompt is called messages, where that name is free. */
function newNames(carriers: readonly Carrier[]): ReadonlyMap<Carrier, string> {
  const taken = new Set<string>();
  return new Map(
    carriers.flatMap((carrier): [Carrier, string][] => {
      if (carrier.kind === 'builder') return [];
      const { binding, unit } = carrier;
      const name = nameOfMessages(binding.name);
      const holder = binding.scope.node;
      const key = `${unit.path}:${String(holder.start)}:${name}`;
      const isGiven =
        carrier.kind === 'parameter' && carrier.calls.some((call) => keywordArgument(call, name) !== undefined);
      if (name === binding.name || taken.has(key) || isGiven || !isFree(name, holder)) return [];
      taken.add(key);
      return [[carrier, name]];
    }),
  );
}

/** Whether nothing in a function, or a file, is called by a name, whoever it belongs to. */
function isFree(name: string, holder: Node): boolean {
  return !descendants(holder, 'identifier').some((node) => {
    const isKeyword = node.parent?.type === 'keyword_argument' && node.field === 'name';
    const isMember = node.parent?.type === 'attribute' && node.field === 'attribute';
    return textOf(node) === name && !isKeyword && !isMember;
  });
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
  tracer: Tracer,
): ReadonlySet<Builder> {
  const builders = new Set([...alive.values()].flatMap(carriersBefore).filter((carrier) => carrier.kind === 'builder'));
  const twins = new Set<Builder>();
  for (;;) {
    const nodes = nodesOf(alive, kept, twins);
    const more = [...builders].filter((builder) => {
      const { uses, isClosed } = tracer.usesOf(builder);
      const areOurs = uses.every(({ node }) => {
        const call = callIn(node);
        return call !== undefined && nodes.has(call);
      });
      return !twins.has(builder) && !(isClosed && areOurs);
    });
    if (more.length === 0) return twins;
    more.forEach((builder) => twins.add(builder));
  }
}

/** The calls and names that hand the prompts on, without those that go on making text: in a builder or for a variable that stays. */
function nodesOf(
  alive: ReadonlyMap<SitePlan, Step>,
  kept: ReadonlySet<Variable>,
  twins: ReadonlySet<Builder>,
): ReadonlySet<Node> {
  const passed = [...alive.values()].flatMap((step) => stepsBefore(step).filter(isPassed));
  const making = new Set([...kept].flatMap(({ values }) => values.filter(isPassed).map(({ node }) => node)));
  return new Set(passed.map(({ node }) => node).filter((node) => !isIn(node, twins) && !making.has(node)));
}

function isIn(node: Node, twins: ReadonlySet<Builder>): boolean {
  return [...twins].some(({ fn }) => isInside(node, fn));
}
