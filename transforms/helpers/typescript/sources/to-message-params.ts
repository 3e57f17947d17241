import { MAX_TOKENS_WITHOUT_STREAMING } from '../../../../src/api/max-tokens.js';
import { findModel, type Model } from '../../../../src/api/models.js';
import { PARAMETERS } from '../../../../src/api/parameters.js';
import { CUT_OFFS, SWITCHED_OFF } from '../../../../src/api/sampling.js';
import type { Snippet, SnippetSettings } from '../snippet.js';

/** Parameters known only at run time; what they lose is what `src/api` says that a call written out would lose. */
export function toMessageParams(settings: SnippetSettings): Snippet {
  const rows = [...settings.models.values()].map(findModel).filter((row) => row !== undefined);
  return {
    needs: ['TextCompletionParams', 'toMessages'],
    text: String.raw`
/** Turns the parameters of a text completion into those of a message; other keys are passed on. */
function toMessageParams‹<P extends TextCompletionParams>›(params‹: P›)‹: Omit<
  P,
  'model' | 'prompt' | 'max_tokens_to_sample' | 'stop_sequences'
> &
  ReturnType<typeof toMessages> & { model: string; max_tokens: number; stop_sequences?: string[] }› {
${modelTable(settings)}  const { model, prompt, max_tokens_to_sample, stop_sequences, ...rest } = params;
${removals(settings, rows)}  // The API refuses blank stop sequences, and answers end before a Human turn anyway.
  const stops = (stop_sequences || []).filter((stop) => stop.trim() && !/^\n{2}Human:\s*$/.test(stop));
  return {
    ...rest,
    ...toMessages(prompt),
    model: ${settings.models.size === 0 ? 'model' : 'models.get(model) || model'},
    max_tokens: ${maxTokens(rows)},
    ...(stops.length > 0 ? { stop_sequences: stops } : {}),
  };
}`,
  };
}

function modelTable({ models }: SnippetSettings): string {
  if (models.size === 0) return '';
  const rows = [...models].map(([from, to]) => `    [${literal(from)}, ${literal(to)}],\n`);
  return `  const models = new Map([\n${rows.join('')}  ]);\n`;
}

function removals({ profile }: SnippetSettings, rows: readonly Model[]): string {
  const noSampling = profile === '1.x' || rows.some((row) => row.sampling === 'none');
  const fates = noSampling ? ['removed', 'restricted'] : ['removed'];
  const keys = [...PARAMETERS].filter(([, fate]) => fates.includes(fate.kind)).map(([key]) => literal(key));
  const loop = `  const dropped = [${keys.join(', ')}];\n  for (const key of dropped) Reflect.deleteProperty(rest, key);\n`;
  const off = [...CUT_OFFS].map((key) => `  if ((rest.${key} || 0) < 0) Reflect.deleteProperty(rest, ${literal(key)});\n`);
  return noSampling
    ? loop
    : `${loop}  // ${String(SWITCHED_OFF)} switched these off once, and is refused now.\n${off.join('')}  // Models take temperature or top_p, not both.\n  if (rest.temperature !== undefined) Reflect.deleteProperty(rest, 'top_p');\n`;
}

/** Without a stream the SDK throws above a limit of its own; with one, the models' maximum is the limit. */
function maxTokens(rows: readonly Model[]): string {
  const most = Math.min(...rows.map((row) => row.maxOutput ?? Infinity));
  const whole = Math.min(most, MAX_TOKENS_WITHOUT_STREAMING);
  if (most === Infinity) return `params.stream ? max_tokens_to_sample : Math.min(max_tokens_to_sample, ${whole})`;
  return `Math.min(max_tokens_to_sample, params.stream ? ${most} : ${whole})`;
}

/** A string literal that any quotes can stand around. */
function literal(text: string): string {
  return `'${text.replace(/[^\w .:@/-]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
}
