import type ts from 'typescript';
import type { Analysis } from '../analyse.js';
import { planFlows, type FlowPrompt } from '../flow/plan.js';
import type { Site } from '../locate.js';
import type { SitePlan } from '../site-plan.js';
import { isInside } from '../syntax.js';
import { changedIn, planTranscripts, promptsOf, type Prompt } from './plan.js';
import type { TranscriptPrompt } from './transcript.js';

/** The prompts that become messages although they are not written where they are sent. */
export interface HandedOn {
  readonly prompts: ReadonlyMap<Site, FlowPrompt | TranscriptPrompt>;
  /** What begins with a transcript, in a call or on the way to one. */
  readonly transcripts: ReadonlyMap<ts.Expression, TranscriptPrompt>;
}

/**
 * Plans what functions hand on and what is kept over several calls. Either may need the other: a transcript that is passed to
 * a function is a list only if the function takes messages, and this takes them only if all that is passed to it are lists.
 */
export function planHandedOn(moving: readonly SitePlan[], analysis: Analysis): HandedOn {
  const own = promptsOf(moving, analysis);
  const refused = new Set<ts.Expression>(own.map(({ expression }) => expression));
  for (;;) {
    const isKept = (expression: ts.Expression): boolean =>
      !refused.has(expression) && changedIn(expression, analysis).length > 0;
    const flows = planFlows(moving, analysis, isKept);
    const passed = passedIn(flows, moving);
    const { bySite, byExpression } = planTranscripts([...own, ...passed], analysis);
    const lost = passed.filter(({ expression, isCopied }) => isCopied || !byExpression.has(expression));
    if (lost.length === 0) {
      const prompts = new Map<Site, FlowPrompt | TranscriptPrompt>([...flows, ...bySite]);
      return { prompts, transcripts: byExpression };
    }
    lost.forEach(({ expression }) => refused.add(expression));
  }
}

interface Passed extends Prompt {
  /** Whether it stands in a function that goes on making text for others. */
  readonly isCopied: boolean;
}

/** The transcripts that flows carry to calls. */
function passedIn(flows: ReadonlyMap<Site, FlowPrompt>, moving: readonly SitePlan[]): readonly Passed[] {
  const distinct = new Set([...flows.values()].map(({ flow }) => flow));
  return [...distinct].flatMap((flow) => {
    const plans = moving.filter(({ site }) => flows.get(site)?.flow === flow);
    const kept = flow.sources.filter(({ isKept }) => isKept === true);
    return kept.map(({ expression }) => {
      const isCopied = [...flow.twins].some(({ fn }) => isInside(expression, fn));
      return { expression, alias: undefined, uses: [], plans, isPassed: true, isCopied };
    });
  });
}
