import { describe, expect, it } from 'vitest';
import {
  STREAM_EVENT_TYPE,
  currentModule,
  currentType,
  isOnNamespace,
  type TypeReplacement,
} from '../../src/api/type-names.js';
import type { SdkTarget } from '../../src/api/sdk.js';
import { SDKS, failing } from './compile.js';

const NAMES = [
  'Completion',
  'Completions',
  'CompletionCreateParams',
  'CompletionCreateParamsNonStreaming',
  'CompletionCreateParamsStreaming',
  'CompletionCreateParams.CompletionCreateParamsNonStreaming',
  'CompletionCreateParams.CompletionCreateParamsStreaming',
  'CompletionCreateParams.CompletionRequestNonStreaming',
  'CompletionCreateParams.CompletionRequestStreaming',
  'CompletionCreateParams.Metadata',
];
const target = (lowest: string): SdkTarget => ({ profile: '0.x', lowest });

function print(scope: string, type: TypeReplacement | undefined): string {
  if (type === undefined) throw new Error('no replacement');
  return type.member === undefined ? `${scope}${type.name}` : `NonNullable<${scope}${type.name}['${type.member}']>`;
}

describe('a legacy type', () => {
  it.each(SDKS)(
    'has a replacement on the namespace that compiles on $version, from wherever its range starts',
    ({ alias, version }) => {
      const starts = ['0.14.0', '0.20.0', '0.29.0', '1.0.0'].filter(
        (lowest) => Number.parseInt(lowest) <= Number.parseInt(version),
      );
      const possible = starts.filter((lowest) => lowest.localeCompare(version, undefined, { numeric: true }) <= 0);
      const types = possible.flatMap((lowest) =>
        NAMES.map((name) => print('Anthropic.', currentType(name, target(lowest)))),
      );
      const texts = [...types, `Anthropic.${STREAM_EVENT_TYPE}`].map(
        (type) => `import Anthropic from '@anthropic-ai/sdk';\nexport type T = ${type};\n`,
      );
      expect(failing(alias, texts)).toEqual([]);
    },
  );

  it.each(SDKS)('has a replacement in the module that compiles on $version', ({ alias, version }) => {
    const module = currentModule('@anthropic-ai/sdk/resources/completions', target(version));
    const names = [...NAMES.filter((name) => !name.includes('.')), 'CompletionCreateParamsBase'];
    const texts = names.map((name) => {
      const type = currentType(name, target(version))?.name ?? 'missing';
      return `import type { ${type} } from '${module}';\nexport type T = ${type};\n`;
    });
    expect(failing(alias, texts)).toEqual([]);
  });

  it('is on the namespace or not', () => {
    expect(NAMES.filter((name) => !isOnNamespace(name))).toEqual([]);
    expect(isOnNamespace('CompletionCreateParamsBase')).toBe(false);
    expect(isOnNamespace('Message')).toBe(false);
  });

  it.each(['Message', 'CompletionUsage', 'completion', 'constructor', ''])('is not %j', (name) => {
    expect(currentType(name, target('1.0.0'))).toBeUndefined();
  });
});

describe('a deep import', () => {
  it.each([
    ['@anthropic-ai/sdk/resources/completions', '0.20.0', '@anthropic-ai/sdk/resources/messages'],
    ['@anthropic-ai/sdk/resources/completions.js', '1.0.0', '@anthropic-ai/sdk/resources/messages.js'],
    ['@anthropic-ai/sdk/resources/completions.mjs', '0.36.3', '@anthropic-ai/sdk/resources/index.mjs'],
    ['@anthropic-ai/sdk/resources/completions', '0.39.0', '@anthropic-ai/sdk/resources/index'],
    ['@anthropic-ai/sdk/resources/completions', '0.40.0', '@anthropic-ai/sdk/resources/messages'],
  ])('%s from %s on is %s', (specifier, lowest, module) => {
    expect(currentModule(specifier, target(lowest))).toBe(module);
  });
  it.each([
    '@anthropic-ai/sdk',
    '@anthropic-ai/sdk/resources',
    'openai/resources/completions',
    './resources/completions',
    '@anthropic-ai/sdk/resources/completions/x',
  ])('%s is none', (specifier) => {
    expect(currentModule(specifier, target('1.0.0'))).toBeUndefined();
  });
});
