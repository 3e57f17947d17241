import { chooseModel, type ModelNeeds } from '../../src/api/choose-model.js';
import { MODELS, MODELS_DATE, type Model } from '../../src/api/models.js';

/** The parts of docs/models.md that are data, by the name of their comment in the page. */
export const BLOCKS: Readonly<Record<string, () => string>> = { date, served, retired, choices };

/** The page with every data block as the table has it now. Throws where the page lacks one. */
export function withData(page: string): string {
  return Object.entries(BLOCKS).reduce((text, [name, print]) => {
    const block = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!block.test(text)) throw new Error(`docs/models.md has no block ${name}`);
    return text.replace(block, (_, open: string, close: string) => `${open}${print()}\n${close}`);
  }, page);
}

function date(): string {
  return `Checked on **${MODELS_DATE}**.`;
}

function served(): string {
  const head = [
    'Model',
    'Other ids',
    'On Bedrock',
    'Released',
    'Stays',
    'Maximum output',
    'Prefill',
    'Sampling',
    'Thinks',
  ];
  const models = MODELS.filter(({ status }) => status !== 'retired');
  return table(
    head,
    models.map((model) => [
      code([model.id]),
      code(model.aliases),
      code(model.bedrock),
      stated(model.released),
      stay(model),
      model.maxOutput === null ? 'not stated' : `${model.maxOutput / 1000}K`,
      model.prefill === null ? 'not stated' : model.prefill ? 'yes' : 'no',
      stated(model.sampling),
      stated(model.thinks),
    ]),
  );
}

function stay({ status, ends, staysUntil }: Model): string {
  if (status === 'unknown') return 'not stated';
  if (ends !== null) return `**ends ${ends}**`;
  return staysUntil === null ? 'yes' : `at least until ${staysUntil}`;
}

function retired(): string {
  const models = MODELS.filter(({ status }) => status === 'retired');
  return table(
    ['Model', 'Other ids', 'Tier', 'Retired'],
    models.map((model) => [
      code([model.id]),
      code([...model.aliases, ...model.bedrock]),
      model.tier,
      model.ends ?? 'Bedrock sets its own date',
    ]),
  );
}

function choices(): string {
  const ids = [
    'claude-2.1',
    'claude-instant-1.2',
    'claude-3-opus-20240229',
    'anthropic.claude-v2:1',
    'anthropic.claude-instant-v1',
  ];
  const needs: readonly (readonly [string, Partial<ModelNeeds>])[] = [
    ['nothing more', {}],
    ['`temperature`', { sampling: ['temperature'] }],
    ['`temperature` and `top_p`', { sampling: ['temperature', 'top_p'] }],
    ['a prefill', { prefill: true }],
    ['`temperature`, on 1.x', { sampling: ['temperature'], profile: '1.x' }],
  ];
  const rows = ids.flatMap((id) =>
    needs.map(([sent, some]) => [
      code([id]),
      sent,
      ...(['parity', 'latest'] as const).map((policy) => chosen(id, some, policy)),
    ]),
  );
  return table(['Id', 'Its calls send', '`parity`', '`latest`'], rows);
}

function chosen(id: string, some: Partial<ModelNeeds>, policy: 'parity' | 'latest'): string {
  const choice = chooseModel(id, { prefill: false, sampling: [], profile: '0.x', ...some }, { policy, map: new Map() });
  if (choice.kind === 'unknown') throw new Error(choice.reason);
  return choice.dropped.length === 0
    ? code([choice.model])
    : `${code([choice.model])} without ${choice.dropped.join(', ')}`;
}

function code(ids: readonly string[]): string {
  return ids.map((id) => `\`${id}\``).join(', ');
}

function stated(value: string | null): string {
  return value ?? 'not stated';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
