import { ts } from '../ts.js';
import { isBlank, leaves } from '../../../src/prompt/content.js';
import type { Content } from '../../../src/prompt/conversation.js';
import { usesOfContent } from '../../../src/prompt/uses.js';
import type { Analysis } from '../analyse.js';
import type { ExpressionHandle, Handle } from '../lift/handle.js';
import type { Site } from '../locate.js';
import type { ParameterUse } from '../params-plan.js';
import { areSettled } from '../settled.js';
import type { SitePlan } from '../site-plan.js';
import type { Symbols } from '../symbols.js';
import { enclosingFunction, isInside, isWritten, unwrap, walk, wrapping } from '../syntax.js';
import type { Unit } from '../unit.js';
import { isExportedSymbol } from '../values.js';
import { canStand, mayBeBlank } from './blank.js';
import { endsBefore, type EndsBefore } from './endings.js';
import { holderOf, type Holder } from './holder.js';
import { createNamer, type Namer } from './names.js';
import { pieceReader, type RawWrite } from './pieces.js';
import { writesIn } from './runs.js';
import type { Alias, Read, Transcript, TranscriptPrompt, Write } from './transcript.js';

/**
 * The prompts that are one text over several calls, and can become a list of messages: every piece of the text is seen to be
 * whole turns, or the answer that the turn before it asked for, and nothing but such calls reads it.
 */
export function planTranscripts(prompts: readonly Prompt[], analysis: Analysis): Transcripts {
  const bySite = new Map<Site, TranscriptPrompt>();
  const byExpression = new Map<ts.Expression, TranscriptPrompt>();
  const others = prompts.filter(({ expression }) => changedIn(expression, analysis).length === 0);
  const namer = createNamer(
    others.flatMap(({ plans }) => plans.map(({ site }) => site.call)),
    analysis.symbols,
  );
  const looked = new Set<ts.Symbol>();
  for (const { expression, plans } of prompts) {
    if (!plans.some((plan) => plan.prompt?.plan.kind === 'runtime')) continue;
    for (const symbol of changedIn(expression, analysis)) {
      if (looked.has(symbol)) continue;
      looked.add(symbol);
      const unit = analysis.units.find(({ tree }) => tree === expression.getSourceFile());
      const transcript = unit && planTranscript(symbol, unit, prompts, namer, analysis);
      for (const read of transcript?.reads ?? []) {
        const prompt = prompts.find((each) => each.expression === read.expression);
        if (!transcript || !prompt) continue;
        const planned: TranscriptPrompt = { kind: 'transcript', transcript, read };
        byExpression.set(read.expression, planned);
        if (!prompt.isPassed) for (const { site } of prompt.plans) bySite.set(site, planned);
      }
    }
  }
  return { bySite, byExpression };
}

export interface Transcripts {
  readonly bySite: ReadonlyMap<Site, TranscriptPrompt>;
  readonly byExpression: ReadonlyMap<ts.Expression, TranscriptPrompt>;
}

/** Where a prompt is written, and the calls that send it. */
export interface Prompt {
  readonly expression: ts.Expression;
  readonly alias: Alias['declaration'] | undefined;
  readonly uses: readonly ParameterUse[];
  readonly plans: readonly SitePlan[];
  /** Whether functions hand it on to the calls. */
  readonly isPassed: boolean;
}

/** Where the prompts of calls are written: in their parameters, or in a constant that only such calls send. */
export function promptsOf(moving: readonly SitePlan[], analysis: Analysis): readonly Prompt[] {
  const found = new Map<ts.Expression, Prompt>();
  for (const plan of moving) {
    const use = plan.prompt?.use;
    if (!use?.value || plan.params.mode !== 'static') continue;
    const alias = aliasIn(use.value, moving, analysis);
    const expression = alias?.initializer ?? use.value;
    const known = found.get(expression) ?? { expression, alias, uses: [], plans: [], isPassed: false };
    const uses = known.uses.includes(use) ? known.uses : [...known.uses, use];
    found.set(expression, { ...known, uses, plans: [...known.plans, plan] });
  }
  return [...found.values()];
}

/** The constant that a prompt is put into first, if it is read by nothing but calls that move. */
function aliasIn(value: ts.Expression, moving: readonly SitePlan[], { symbols }: Analysis): Prompt['alias'] {
  const node = unwrap(value);
  const declaration = ts.isIdentifier(node) ? symbols.declaration(node) : undefined;
  const symbol = symbols.of(node);
  if (!symbol || !declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  if (!ts.isIdentifier(declaration.name) || declaration.type || symbols.isReassigned(symbol)) return undefined;
  const values = moving.flatMap(({ prompt }) => (prompt?.use.value ? [unwrap(prompt.use.value)] : []));
  const isSent = symbols
    .references(symbol)
    .every((reference) => reference === declaration.name || values.includes(reference));
  return isSent && !isExportedSymbol(symbol, symbols) ? (declaration as Alias['declaration']) : undefined;
}

/** What a prompt reads that is written to more than once. */
export function changedIn(expression: ts.Expression, { symbols }: Analysis): readonly ts.Symbol[] {
  const found = new Set<ts.Symbol>();
  walk(expression, (node) => {
    if (ts.isFunctionLike(node)) return false;
    const symbol = ts.isIdentifier(node) || ts.isPrivateIdentifier(node) ? symbols.of(node) : undefined;
    const isChanged =
      symbol &&
      symbols.references(symbol).some((reference) => {
        const { parent } = reference;
        return isWritten(ts.isPropertyAccessExpression(parent) && parent.name === reference ? parent : reference);
      });
    if (isChanged) found.add(symbol);
    return undefined;
  });
  return [...found];
}

function planTranscript(
  symbol: ts.Symbol,
  unit: Unit,
  prompts: readonly Prompt[],
  namer: Namer,
  analysis: Analysis,
): Transcript | undefined {
  const holder = holderOf(symbol, unit, analysis);
  if (!holder) return undefined;
  const reader = pieceReader(holder, unit, analysis);
  const declared = reader.declared();
  const raw: RawWrite[] = declared ? [declared] : [];
  const reads: Read[] = [];
  for (const target of holder.accesses) {
    const prompt = prompts.find(({ expression }) => isInside(target, expression));
    if (prompt) {
      const { expression, uses, alias } = prompt;
      const read = reader.read(expression);
      if (!read || reads.some((each) => each.expression === expression)) return undefined;
      const name = alias && namer.variable(alias, alias.name.text, []);
      const named = alias && name !== undefined ? { declaration: alias, name } : undefined;
      reads.push({ ...read, expression, uses, target, alias: named, needsCopy: needsCopy(holder, prompt) });
    } else if (!isSoFarOf(target, raw, holder.accesses)) {
      const write = reader.write(target);
      if (!write) return undefined;
      raw.push(write);
    }
  }
  const sent = reads.map(({ expression }) => expression);
  const writes = writesIn(raw, sent, reader);
  if (!writes) return undefined;
  const system = systemOf(writes, reads, unit, analysis);
  const ends = endsBefore(writes, reads, analysis.symbols);
  if (!system || !ends || ends.isEntangled || reads.length === 0) return undefined;
  if (!writes.every((write) => isWhole(write, ends) && canStand(write, analysis.symbols))) return undefined;
  if (!reads.every((read) => isAnswerable(read, ends, analysis.symbols))) return undefined;
  const sending = prompts.filter(({ expression }) => reads.some((read) => read.expression === expression));
  const usesSdk = sending.some(({ plans }) => plans.some(({ site }) => site.request.kind === 'sdk' && !site.bedrock));
  const isSure = sending.every(({ plans }) => plans.every(({ site }) => site.request.kind === 'sdk'));
  const name = namer.holder(holder);
  return { holder, unit, writes, reads, system, assemblies: reader.assemblies, name, usesSdk, isSure };
}

/** The transcript on the right of `t = t + …`, where nothing else reads it. */
function isSoFarOf(target: ts.Expression, writes: readonly RawWrite[], accesses: readonly ts.Expression[]): boolean {
  const write = writes.find(({ target: written, value }) => written !== undefined && isInside(target, value));
  if (write?.kind !== 'append' || !write.target) return false;
  const { operatorToken } = write.target.parent as ts.BinaryExpression;
  const isOnly = accesses.filter((access) => isInside(access, write.value)).length === 1;
  return operatorToken.kind === ts.SyntaxKind.EqualsToken && isOnly;
}

/** Turns may follow anything; more text only what asks for it. */
function isWhole({ kind, nodes, fragment }: Write, { before }: EndsBefore): boolean {
  if (kind === 'set') return leaves(fragment.lead).every((leaf) => leaf.kind === 'text' || leaf.markers === 'never');
  if (fragment.lead.length === 0) return fragment.entries.length > 0 || fragment.endings.has('bare');
  return nodes.slice(0, 1).every((node) => [...before(node)].every((end) => end === 'open'));
}

/** Whether a prompt ends where the assistant is to speak; text right behind the transcript has to be a turn for sure. */
function isAnswerable({ expression, fragment, lead, uses }: Read, { before }: EndsBefore, symbols: Symbols): boolean {
  const ends = [...before(expression)];
  const isOpen = ends.every((end) => end === 'open');
  if (uses.length === 0 && lead.length > 0) return false;
  if (fragment.lead.length > 0 && (!isOpen || mayBeBlank(fragment.lead, symbols))) return false;
  if (fragment.entries.length > 0) return [...fragment.endings].every((ending) => ending === 'bare');
  if (fragment.lead.length > 0) return false;
  return fragment.endings.has('bare') ? ends.every((end) => end === 'open' || end === 'user') : isOpen;
}

/** The one system text that all its beginnings have, if it can stand where each prompt is sent. */
function systemOf(
  writes: readonly Write[],
  reads: readonly Read[],
  unit: Unit,
  { symbols }: Analysis,
): Content<Handle> | undefined {
  const leads = writes.filter(({ kind }) => kind === 'set').map(({ fragment }) => fragment.lead);
  const [system = []] = leads;
  const textOf = (content: Content<Handle>): string =>
    JSON.stringify(
      leaves(content).map((leaf) => {
        if (leaf.kind === 'text') return leaf.text;
        const { node } = leaf.value as ExpressionHandle;
        return [node && unit.source(node)];
      }),
    );
  if (!leads.every((lead) => textOf(lead) === textOf(system))) return undefined;
  if (isBlank(system)) return system;
  const isPlain = system.every(({ kind }) => kind !== 'choice');
  const isRepeated = reads.length > 1 && system.some(({ kind }) => kind === 'text');
  if (!isPlain || isRepeated || reads.some(({ lead, uses }) => !isBlank(lead) || uses.length === 0)) return undefined;
  return reads.every(({ uses }) =>
    uses.every(({ value }) => value && areSettled(usesOfContent(system), value, [], symbols)),
  )
    ? system
    : undefined;
}

/** Whether the list may grow between the call and the sending of its request, or while that is tried again. */
function needsCopy(
  { kind, declaration, accesses }: Holder,
  { expression, alias, uses, plans, isPassed }: Prompt,
): boolean {
  if (isPassed) return true;
  const home = declaration && enclosingFunction(declaration);
  const isOnlyHere = kind === 'variable' && accesses.every((access) => enclosingFunction(access) === home);
  return !plans.every(({ site: { call, request } }) => {
    const isHere = alias === undefined && uses.every(({ node }) => isInside(node, call));
    return isHere && (request.kind !== 'sdk' ? isWrittenOut(expression) : isOnlyHere && isAwaited(call));
  });
}

function isAwaited(call: ts.Expression): boolean {
  return ts.isAwaitExpression(wrapping(call).parent);
}

/** Whether a prompt is made JSON of where it stands. */
function isWrittenOut(expression: ts.Expression): boolean {
  for (let at: ts.Node = expression; !ts.isStatement(at); at = at.parent) {
    if (ts.isCallExpression(at) && at.expression.getText() === 'JSON.stringify') return true;
  }
  return false;
}
