import { posix } from 'node:path';
import type { Importing } from '../transform.js';

const IMPORT = /^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+([^#\n]*)|import[ \t]+([^#\n]+))/gm;

/** What a call, its parameters, or what is made for one cannot be written without. */
const CALL = [
  /max_tokens_to_sample|HUMAN_PROMPT|AI_PROMPT|v1\/complete\b|\ba?completion_stream\b/,
  /(?<!chat)\.completions\b|\bcompletions\b\s*[:=,]/,
  /(?:\n|\\n){2}(?:Human|Assistant):/,
  /^\s*(?:import|from)\s+anthropic(?:_bedrock)?\b/m,
];

/** How files of this language name the modules that they import, told from their text alone: no parser is loaded for it. */
export const importing: Importing = {
  mayCall: (text) => CALL.some((pattern) => pattern.test(text)),
  mayRead: (text) => /\b(?:completion|stop_reason)\b/.test(text),
  isLoadedUnasked: (path) => posix.basename(path) === 'conftest.py',
  hosts: ['.ipynb'],
  specifiersIn: (text) =>
    [...text.matchAll(IMPORT)]
      .flatMap(([, from, names = '', modules = '']) =>
        from === undefined
          ? modules.split(',').map((each) => each.trim().split(/\s+/)[0] ?? '')
          : [
              from,
              ...names
                .replace(/[()]/g, '')
                .split(',')
                .map((each) => `${from}${from.endsWith('.') ? '' : '.'}${each.trim().split(/\s+/)[0] ?? ''}`),
            ],
      )
      .map(asPath),
  isRelative: (specifier) => specifier.startsWith('./') || specifier.startsWith('../'),
  isReexporting: (text) => /^[ \t]*from[ \t]+[.\w]+[ \t]+import\b/m.test(text),
  pathsOf: (path) => {
    const stem = path.replace(/\.pyi?$/, '');
    return posix.basename(stem) === '__init__' ? [stem, posix.dirname(stem)] : [stem];
  },
  withoutEnding: (path) => path.replace(/\.pyi?$/, ''),
  namesOf: (path) => {
    const stem = path.replace(/\.pyi?$/, '');
    const name = posix.basename(stem);
    return name === '__init__' ? [posix.basename(posix.dirname(stem))] : [name];
  },
};

/** `..pkg.mod` as a path from the file's folder, `pkg.mod` as one whose end is the module's name. */
function asPath(module: string): string {
  const dots = /^\.+/.exec(module)?.[0].length ?? 0;
  const rest = module.slice(dots).replaceAll('.', '/');
  if (dots === 0) return rest;
  return `${dots === 1 ? './' : '../'.repeat(dots - 1)}${rest}`;
}
