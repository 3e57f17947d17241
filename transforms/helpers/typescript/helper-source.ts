import { HELPER_NAMES, LASTING, type HelperName } from './names.js';
import type { Snippet, SnippetSettings } from './snippet.js';
import { answerText } from './sources/answer-text.js';
import { completionChunks } from './sources/completion-chunks.js';
import { completionUpdates } from './sources/completion-updates.js';
import { messageText } from './sources/message-text.js';
import { textCompletionParams } from './sources/text-completion-params.js';
import { textCompletion } from './sources/text-completion.js';
import { toCompletionChunk } from './sources/to-completion-chunk.js';
import { toCompletionOrChunks } from './sources/to-completion-or-chunks.js';
import { toCompletionOrError } from './sources/to-completion-or-error.js';
import { toCompletion } from './sources/to-completion.js';
import { toMessageParams } from './sources/to-message-params.js';
import { toMessages } from './sources/to-messages.js';
import { restyle, type Style } from './style.js';

/** What the helpers of one file have to be. */
export interface HelperOptions extends SnippetSettings, Style {
  /** What the file uses; what these need comes with them. */
  readonly functions: ReadonlySet<HelperName>;
  readonly language: 'ts' | 'js';
  /**
   * inline: the helpers stand at the end of the file that uses them; esm and cjs: in a module of their own.
   * TypeScript exports alike in both.
   */
  readonly moduleStyle: 'esm' | 'cjs' | 'inline';
  /** What to call helpers whose names are taken. */
  readonly names: ReadonlyMap<HelperName, string>;
}

/** The first line of every block of helpers but those that are there to stay. What follows it in a file is no legacy code, whatever it mentions. */
export const HELPER_HEADER =
  '// Helpers written by completions-to-messages, for code that still speaks the Text Completions API.';
const HELPER_ADVICE = '// Delete each of them once its callers build messages and read messages themselves.';

/**
 * The source text of helpers, with a line break at the end and none at the start; lines end in `\n`.
 * Empty where nothing is left to write: types in JavaScript.
 */
export function helperSource(options: HelperOptions): string {
  const chosen = withNeeds(options);
  const blocks = chosen.map((name) => declaration(name, options)).filter((block) => block !== '');
  if (blocks.length === 0) return '';
  const exported = HELPER_NAMES.filter((name) => options.functions.has(name) && isValue(name));
  if (options.language === 'js' && options.moduleStyle === 'cjs' && exported.length > 0)
    blocks.push(exportsOf(exported));
  const isTransitional = chosen.some((name) => !LASTING.has(name));
  const text = restyle(
    [...(isTransitional ? [`${HELPER_HEADER}\n${HELPER_ADVICE}`] : []), ...blocks].join('\n\n'),
    options,
  );
  return `${rename(text, options.names)}\n`;
}

function withNeeds(options: HelperOptions): readonly HelperName[] {
  const chosen = new Set<HelperName>();
  const add = (name: HelperName): void => {
    chosen.add(name);
    snippet(name, options).needs.forEach(add);
  };
  options.functions.forEach(add);
  return HELPER_NAMES.filter((name) => chosen.has(name));
}

function declaration(name: HelperName, options: HelperOptions): string {
  const { text } = snippet(name, options);
  const plain = options.language === 'ts' ? text.replace(/[‹›]/g, '') : text.replace(/‹[^›]*›/g, '');
  const isExported = options.moduleStyle !== 'inline' && (options.functions.has(name) || !isValue(name));
  const keyword = options.moduleStyle === 'esm' || options.language === 'ts' ? 'export ' : '';
  return isExported ? plain.trim().replace(/^(?=function |interface )/m, keyword) : plain.trim();
}

/** The names that a CommonJS module gives, on one line where they fit. */
function exportsOf(names: readonly HelperName[]): string {
  const line = `module.exports = { ${names.join(', ')} };`;
  return line.length <= 120 ? line : `module.exports = {\n${names.map((name) => `  ${name},\n`).join('')}};`;
}

const isValue = (name: HelperName): boolean => !name.startsWith('Text');

function snippet(name: HelperName, settings: SnippetSettings): Snippet {
  switch (name) {
    case 'TextCompletion':
      return textCompletion(settings);
    case 'TextCompletionParams':
      return textCompletionParams;
    case 'toMessages':
      return toMessages;
    case 'toMessageParams':
      return toMessageParams(settings);
    case 'messageText':
      return messageText;
    case 'answerText':
      return answerText;
    case 'toCompletion':
      return toCompletion(settings);
    case 'toCompletionOrError':
      return toCompletionOrError;
    case 'toCompletionChunk':
      return toCompletionChunk;
    case 'completionChunks':
      return completionChunks;
    case 'toCompletionOrChunks':
      return toCompletionOrChunks;
    case 'completionUpdates':
      return completionUpdates;
  }
}

function rename(text: string, names: HelperOptions['names']): string {
  return text.replace(
    new RegExp(`\\b(?:${HELPER_NAMES.join('|')})\\b`, 'g'),
    (name) => names.get(name as HelperName) ?? name,
  );
}
