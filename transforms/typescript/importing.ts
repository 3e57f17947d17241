import { posix } from 'node:path';
import { parse as parseJsonc } from 'jsonc-parser';
import type { Importing } from '../transform.js';

const SPECIFIER = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"`])([^'"`\n]+)\1/g;
const REEXPORT =
  /\bexport\s*(?:type\s*)?[*{]|\bexport\s+default\s+[\w.]+\s*;|\bexport\s+import\b|\bmodule\.exports\b|\bexports\./;
const ENDING = /(?:\.d)?\.[mc]?[jt]sx?$/;

/** What a call, its parameters, or what is made for one cannot be written without. */
const CALL = [
  /max_tokens_to_sample|HUMAN_PROMPT|AI_PROMPT|v1\/complete\b|completeStream\b|\b(?:AWSBedrock)?AnthropicStream\b|buildAnthropicPrompt/,
  /(?<!chat\??)\.completions\b|\bcompletions\s*[:}=,]|\[['"]completions['"]\]/,
  /(?:\n|\\n){2}(?:Human|Assistant):|langchain\/(?:chat_models|llms)\/anthropic/,
];
/** Names of the SDK, and packages around it, that only text completions have. */
const OF_SDK = /\b(?:Completions?|CompletionCreateParams\w*|Client)\b|@anthropic-ai\/tokenizer/;

/** A type, or a class without an implementation, that says what is given to a wrapper. */
const TAKES_PROMPT = /\b(?:interface|type|abstract)\b[^]*\bprompt\s*:\s*string\b/;

/** How files of this language name the modules that they import, told from their text alone: no parser is loaded for it. */
export const importing: Importing = {
  mayCall: (text) =>
    CALL.some((pattern) => pattern.test(text)) ||
    (text.includes('@anthropic-ai/') && OF_SDK.test(text)) ||
    (text.includes('api.anthropic.com') && /\/complete\b/.test(text)),
  mayRead: (text) => /\b(?:completion|stop_reason|Response)\b/.test(text) || TAKES_PROMPT.test(text),
  hosts: ['.vue', '.svelte', '.astro', '.mdx', '.html', '.ipynb'],
  specifiersIn: (text) => [...text.matchAll(SPECIFIER)].map((match) => match[2] ?? ''),
  isRelative: (specifier) => /^\.\.?(\/|$)/.test(specifier),
  isReexporting: (text) => REEXPORT.test(text),
  pathsOf: (path) => {
    const stem = path.replace(ENDING, '');
    return posix.basename(stem) === 'index' ? [stem, posix.dirname(stem)] : [stem];
  },
  withoutEnding: (path) => path.replace(ENDING, ''),
  namesOf: (path, read) => [...ownNames(path), ...foldersOf(path).flatMap((folder) => namesIn(folder, read))],
};

/** What an alias ends in that leads to a file. */
function ownNames(path: string): readonly string[] {
  const stem = path.replace(ENDING, '');
  const name = posix.basename(stem);
  return name === 'index' ? [name, posix.basename(posix.dirname(stem))] : [name];
}

function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = posix.dirname(path); ; at = posix.dirname(at)) {
    folders.push(at);
    if (at === '.' || at === '/') return folders;
  }
}

/** Names that a folder's manifest and compiler options give to modules: the package's own, and aliases without a star. */
function namesIn(folder: string, read: (path: string) => string | undefined): readonly string[] {
  const manifest = readJson(posix.join(folder, 'package.json'), read);
  const options = ['tsconfig.json', 'jsconfig.json'].map((name) =>
    recordIn(readJson(posix.join(folder, name), read), 'compilerOptions'),
  );
  const aliases = [recordIn(manifest, 'imports'), ...options.map((each) => recordIn(each, 'paths'))];
  const keys = aliases.flatMap((each) => Object.keys(each)).filter((key) => !key.includes('*'));
  const name = manifest['name'];
  return [...keys, ...(typeof name === 'string' ? [name] : [])].map((key) => posix.basename(key));
}

function readJson(path: string, read: (path: string) => string | undefined): Readonly<Record<string, unknown>> {
  const text = read(path);
  return text === undefined ? {} : record(parseJsonc(text, [], { allowTrailingComma: true }));
}

function recordIn(value: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  return record(value[key]);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
