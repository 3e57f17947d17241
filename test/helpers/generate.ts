import { helperSource, type HelperOptions } from '../../transforms/helpers/typescript/helper-source.js';
import type { HelperName } from '../../transforms/helpers/typescript/names.js';

export const ALL: readonly HelperName[] = [
  'toMessages',
  'toMessageParams',
  'toCompletion',
  'completionChunks',
  'messageText',
];

/** Helpers in the style of this project; every option can be set. */
export function generate(
  functions: readonly HelperName[],
  options: Partial<Omit<HelperOptions, 'functions'>> = {},
): string {
  return helperSource({
    functions: new Set(functions),
    language: 'ts',
    moduleStyle: 'esm',
    profile: '0.x',
    nullReasons: true,
    hasIds: true,
    models: new Map([['claude-2', 'claude-sonnet-4-6']]),
    names: new Map(),
    indent: '  ',
    quote: "'",
    ...options,
  });
}
