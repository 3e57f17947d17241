import { describe, expect, it } from 'vitest';
import { LEGACY_ONLY_PARAMETER, PARAMETERS, RESPONSE_FIELDS } from '../../src/api/parameters.js';
import { isCode } from '../../src/findings/catalogue.js';
import { failing } from './compile.js';

/** Compiles only if `type` has no keys but these. */
function hasOnly(type: string, module: string, keys: readonly string[]): string {
  const others = `Exclude<keyof ${type}, ${keys.map((key) => `'${key}'`).join(' | ')}>`;
  return `import type { ${type} } from '@anthropic-ai/sdk/resources/${module}';\nexport const none: [${others}] extends [never] ? true : false = true;\n`;
}

/** Compiles only if `type` has this key. */
function has(type: string, module: string, key: string): string {
  return `import type { ${type} } from '@anthropic-ai/sdk/resources/${module}';\nexport type T = ${type}['${key}'];\n`;
}

describe('request parameters', () => {
  it('are all there', () => {
    expect(
      failing('sdk-0.137', [hasOnly('CompletionCreateParamsBase', 'completions', [...PARAMETERS.keys()])]),
    ).toEqual([]);
    expect(failing('sdk-0.20', [hasOnly('CompletionCreateParamsBase', 'completions', [...PARAMETERS.keys()])])).toEqual(
      [],
    );
  });

  it('go where Messages has a key for them', () => {
    const targets = [...PARAMETERS].flatMap(([key, fate]) => {
      if (fate.kind === 'removed') return [];
      return fate.kind === 'renamed' ? [fate.to] : fate.kind === 'rebuilt' ? fate.into : [key];
    });
    const texts = targets.map((key) => has('MessageCreateParamsBase', 'messages', key));
    const sampling = ['temperature', 'top_p', 'top_k'].map((key) => has('MessageCreateParamsBase', 'messages', key));
    expect(failing('sdk-0.137', texts)).toEqual([]);
    expect(failing('sdk-1', texts)).toEqual(sampling);
  });

  it('are told by one that Messages does not have', () => {
    expect(PARAMETERS.get(LEGACY_ONLY_PARAMETER)).toEqual({ kind: 'renamed', to: 'max_tokens' });
    expect(failing('sdk-1', [has('MessageCreateParamsBase', 'messages', LEGACY_ONLY_PARAMETER)])).toHaveLength(1);
  });
});

describe('response fields', () => {
  it('are all there', () => {
    expect(failing('sdk-0.137', [hasOnly('Completion', 'completions', [...RESPONSE_FIELDS.keys()])])).toEqual([]);
  });

  it('keep the name that Messages gives them', () => {
    const names = [...RESPONSE_FIELDS].flatMap(([field, fate]) =>
      fate.kind === 'kept' ? [field] : fate.kind === 'renamed' ? [fate.to] : [],
    );
    expect(
      failing(
        'sdk-1',
        names.map((name) => has('Message', 'messages', name)),
      ),
    ).toEqual([]);
  });
});

it('cites codes that exist', () => {
  const codes = [...PARAMETERS.values(), ...RESPONSE_FIELDS.values()].flatMap((fate) =>
    'code' in fate ? [fate.code] : [],
  );
  expect(codes.filter((code) => !isCode(code))).toEqual([]);
});
