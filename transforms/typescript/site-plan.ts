import ts from 'typescript';
import { demandedSampling } from '../../src/api/sampling.js';
import { LEGACY_ONLY_PARAMETER } from '../../src/api/parameters.js';
import type { ModelNeeds } from '../../src/api/choose-model.js';
import type { FlowPrompt } from './flow/plan.js';
import { LeftToPerson } from './left-to-person.js';
import type { Site } from './locate.js';
import { samplingOf } from './lower/params.js';
import { readModel, type ModelSource } from './model-plan.js';
import { optionWithin } from './limit-option.js';
import { modelIn, planParams, type ParameterUse, type ParamsPlan } from './params-plan.js';
import { readUpdates, type Updates } from './old-client/updates.js';
import type { View } from './program.js';
import { planPrompt, type PromptPlan } from './prompt-plan.js';
import type { Symbols } from './symbols.js';
import { unwrap } from './syntax.js';
import { holdsResource, isResourceAccess } from './resource-holder.js';

/** What the survey found about one site, before anything is edited. */
export interface SitePlan {
  readonly site: Site;
  readonly params: ParamsPlan;
  readonly prompt: { readonly use: ParameterUse; readonly plan: PromptPlan | FlowPrompt } | undefined;
  readonly model: ModelSource | undefined;
  readonly streaming: boolean;
  /** What the callbacks of a `completeStream` ask for. */
  readonly updates: Updates | undefined;
  /** The member named max_tokens_to_sample that the limit is read from: an option of the program's own. */
  readonly limitOption: ts.Node | undefined;
  /** Declarations that the site would edit, and that others may share. */
  readonly claims: ReadonlySet<ts.Node>;
  /** Why a person has to look; empty when the site can move. */
  readonly problems: readonly LeftToPerson[];
}

/** Plans a site from its parameters; its answer is planned for all sites together. */
export function planSite(
  site: Site,
  view: View,
  symbols: Symbols,
  isSiteArgument: (node: ts.Expression) => boolean,
): SitePlan {
  const problems: LeftToPerson[] = [];
  const claims = new Set<ts.Node>();
  const argument = site.call.arguments[0];
  const params = argument && !ts.isSpreadElement(argument) ? planParams(argument, symbols, isSiteArgument) : NO_PARAMS;
  if (params === NO_PARAMS)
    problems.push(new LeftToPerson('CTM302', site.call, 'the call has no parameters that can be seen'));
  for (const declaration of params.declarations) claims.add(declaration);

  const modelUse = params.uses.find(({ key, value }) => key === 'model' && value);
  const modelValue = modelUse?.value ?? (argument && modelIn(argument, symbols));
  const model = modelValue && readModel(modelValue, symbols, view.checker);
  for (const leaf of model?.leaves ?? []) claims.add(leaf);

  const updates = planClient(site, params, symbols, claims, problems);

  const alias = typeAliasByImport(site, symbols);
  if (alias)
    problems.push(
      new LeftToPerson(
        'CTM316',
        alias,
        'an "import =" gives a legacy type another name; write "type" in its place first',
      ),
    );

  const promptUses = params.uses.filter(({ key, form }) => key === 'prompt' && form !== 'read');
  let prompt: SitePlan['prompt'];
  if (params.mode === 'static') {
    const [use] = promptUses;
    if (promptUses.length > 1)
      problems.push(new LeftToPerson('CTM302', site.call, 'the prompt is set in more than one place'));
    else if (use?.value) {
      try {
        const plan = planPrompt(use.value, { unit: site.unit, view, symbols });
        prompt = { use, plan };
        if (plan.kind === 'conversation' && plan.declaration) claims.add(plan.declaration);
      } catch (error) {
        if (!(error instanceof LeftToPerson)) throw error;
        problems.push(error);
      }
    }
  }
  return {
    site,
    params,
    prompt,
    model,
    streaming: isStreaming(params) || updates?.onUpdate !== undefined || updates?.onOpen !== undefined,
    updates,
    limitOption: limitOption(params, symbols, view),
    claims,
    problems,
  };
}

/** Claims what the call is made on, and says what of it cannot be followed. Gives what a `completeStream` calls back. */
function planClient(
  site: Site,
  params: ParamsPlan,
  symbols: Symbols,
  claims: Set<ts.Node>,
  problems: LeftToPerson[],
): Updates | undefined {
  if (site.method === 'create') {
    const holder = resourceAlias(site, symbols);
    if (holder) claims.add(holder);
    if (!isPlainResource(site, symbols)) {
      problems.push(
        new LeftToPerson(
          'CTM302',
          site.call,
          'how this reaches the completions resource cannot be followed; call messages.create here by hand',
        ),
      );
    }
    return undefined;
  }
  const callee = unwrap(site.call.expression);
  const method = ts.isPropertyAccessExpression(callee) ? symbols.declaration(callee.name) : undefined;
  // One client makes all calls: the class that declares the method stands for it.
  if (method) claims.add(method.parent);
  else
    problems.push(new LeftToPerson('CTM305', site.call, 'how this calls the client cannot be followed; use messages.create'));
  const stream = params.uses.find(({ key }) => key === 'stream');
  if (stream)
    problems.push(new LeftToPerson('CTM305', stream.node, 'this client ignored "stream"; take it out, and run the tool again'));
  if (site.method === 'complete') return undefined;
  try {
    return readUpdates(site.call.arguments[1], symbols);
  } catch (error) {
    if (!(error instanceof LeftToPerson)) throw error;
    problems.push(error);
    return undefined;
  }
}

const NO_PARAMS: ParamsPlan = { mode: 'runtime', uses: [], declarations: [], shown: [], why: undefined };

/** The option of the program's own that the limit comes from. */
function limitOption({ mode, uses }: ParamsPlan, symbols: Symbols, { checker }: View): ts.Node | undefined {
  const value =
    mode === 'static'
      ? uses.find(({ key, form }) => key === LEGACY_ONLY_PARAMETER && form !== 'read')?.value
      : undefined;
  return value && optionWithin(value, symbols, checker);
}

/** Whether the call always streams: only then may it ask for more than a call without a stream. */
function isStreaming({ uses }: ParamsPlan): boolean {
  const values = uses.filter(({ key }) => key === 'stream').map(({ value }) => value && unwrap(value));
  return values.length > 0 && values.every((value) => value?.kind === ts.SyntaxKind.TrueKeyword);
}

/** `import Answer = Anthropic.Completion`: what such a name becomes cannot be written as an import. */
function typeAliasByImport({ unit }: Site, symbols: Symbols): ts.Node | undefined {
  return unit.tree.statements.find((statement) => {
    if (!ts.isImportEqualsDeclaration(statement) || !ts.isQualifiedName(statement.moduleReference)) return false;
    return symbols.sdkName(statement.moduleReference.right)?.startsWith('Completion') === true;
  });
}

/** Whether a site calls `X.completions` itself, or a name that holds nothing but that. */
function isPlainResource({ resource }: Site, symbols: Symbols): boolean {
  const inner = unwrap(resource);
  if (isResourceAccess(inner, symbols)) return true;
  if (!ts.isIdentifier(inner) && !ts.isPropertyAccessExpression(inner)) return false;
  const symbol = symbols.of(ts.isPropertyAccessExpression(inner) ? inner.name : inner);
  return symbol !== undefined && holdsResource(symbol, symbols);
}

/** The variable, binding or member through which a site reaches `client.completions`, when it does not say so itself. */
function resourceAlias({ resource }: Site, symbols: Symbols): ts.Node | undefined {
  const inner = unwrap(resource);
  if (isResourceAccess(inner, symbols)) return undefined;
  return symbols.declaration(ts.isPropertyAccessExpression(inner) ? inner.name : inner);
}

/** What a site asks of the model that is chosen for it. */
export function needsOf(
  { params, prompt, site }: SitePlan,
  profile: ModelNeeds['profile'],
  symbols: Symbols,
): ModelNeeds {
  return {
    prefill: prompt !== undefined && mayPrefill(prompt.plan),
    sampling: params.mode === 'static' ? demandedSampling(samplingOf(params, symbols)) : [],
    profile,
    bedrock: site.bedrock,
  };
}

/** Whether the answer continues text of the prompt: seen to, or left to the program. */
function mayPrefill(plan: PromptPlan | FlowPrompt): boolean {
  if (plan.kind === 'flow') return plan.sources.some((source) => source.plan.conversation.prefill !== null);
  return plan.kind === 'conversation' ? plan.conversation.prefill !== null : plan.mayPrefill;
}
