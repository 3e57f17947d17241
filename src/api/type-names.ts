import semver from 'semver';

import type { SdkTarget } from './sdk.js';

/** The type that stands for a legacy one. */
export interface TypeReplacement {
  /** Relative to where the legacy name stood: the `Anthropic` namespace, or a resources module. */
  readonly name: string;
  /** Set where only a member of the type is meant, to be written `NonNullable<name['member']>`. */
  readonly member?: string;
}

interface TypeRow {
  /** In the order of preference; the first that the lowest SDK has is taken. */
  readonly becomes: readonly (TypeReplacement & { readonly since: string })[];
  /** Whether the name is one of the `Anthropic` namespace, or of the resources modules only. */
  readonly onNamespace: boolean;
}

const FIRST = '0.14.0';

function row(name: string, onNamespace = true): TypeRow {
  return { becomes: [{ name, since: FIRST }], onNamespace };
}

/**
 * Legacy type names of the TypeScript SDK, dots included. Found by type-checking each name against 43 versions from
 * 0.4.4 to 1.11.0. `MessageCreateParams.Metadata` exists from 0.14 to 0.41 only, so no open range may use it.
 */
const TYPE_NAMES: ReadonlyMap<string, TypeRow> = new Map([
  ['Completion', row('Message')],
  ['Completions', row('Messages')],
  ['CompletionCreateParams', row('MessageCreateParams')],
  ['CompletionCreateParamsNonStreaming', row('MessageCreateParamsNonStreaming')],
  ['CompletionCreateParamsStreaming', row('MessageCreateParamsStreaming')],
  ['CompletionCreateParamsBase', row('MessageCreateParamsBase', false)],
  ['CompletionCreateParams.CompletionCreateParamsNonStreaming', row('MessageCreateParamsNonStreaming')],
  ['CompletionCreateParams.CompletionCreateParamsStreaming', row('MessageCreateParamsStreaming')],
  ['CompletionCreateParams.CompletionRequestNonStreaming', row('MessageCreateParamsNonStreaming')],
  ['CompletionCreateParams.CompletionRequestStreaming', row('MessageCreateParamsStreaming')],
  [
    'CompletionCreateParams.Metadata',
    {
      becomes: [
        { name: 'Metadata', since: '0.29.0' },
        { name: 'MessageCreateParams', member: 'metadata', since: FIRST },
      ],
      onNamespace: true,
    },
  ],
]);

/** The element of a stream of messages; `RawMessageStreamEvent` came with 0.22 only. */
export const STREAM_EVENT_TYPE = 'MessageStreamEvent';

/**
 * The current name of a legacy SDK type, such as `CompletionCreateParams.Metadata`, or undefined for any other name.
 * Every SDK that the target allows has the answer.
 */
export function currentType(legacy: string, target: SdkTarget): TypeReplacement | undefined {
  const found = TYPE_NAMES.get(legacy)?.becomes.find(({ since }) => semver.gte(target.lowest, since));
  if (found === undefined) return undefined;
  return found.member === undefined ? { name: found.name } : { name: found.name, member: found.member };
}

/** Whether a legacy name is on the `Anthropic` namespace; `CompletionCreateParamsBase` is on its module only. */
export function isOnNamespace(legacy: string): boolean {
  return TYPE_NAMES.get(legacy)?.onNamespace ?? false;
}

const MODULE = /^(@anthropic-ai\/sdk\/resources\/)completions(\.m?js)?$/;

/**
 * The module that replaces `@anthropic-ai/sdk/resources/completions`, or undefined for any other specifier.
 * In SDKs from 0.33 to 0.39 `resources/messages` is a folder that Node does not resolve: there it is `resources/index`.
 */
export function currentModule(specifier: string, target: SdkTarget): string | undefined {
  const match = MODULE.exec(specifier);
  if (match === null) return undefined;
  const reached = semver.satisfies(target.lowest, '>=0.33.0 <0.40.0') ? 'index' : 'messages';
  return `${match[1]}${reached}${match[2] ?? ''}`;
}
