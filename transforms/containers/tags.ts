import type { LanguageEntry } from '../transform.js';
import type { Glue } from './program.js';
import type { Region } from './region.js';

/** The language that the tag of a fence, or the `lang` of a script, stands for, and the ending of a file that is written in it. */
export interface Tag {
  readonly language: LanguageEntry['name'];
  readonly ending: string;
}

const TAGS: Readonly<Record<string, Tag>> = {
  ...tags('ts', {
    '.ts': 'ts typescript mts cts',
    '.tsx': 'tsx',
    '.js': 'js javascript mjs node',
    '.cjs': 'cjs',
    '.jsx': 'jsx',
  }),
  ...tags('py', { '.py': 'py python python3 py3 ipython ipython3' }),
  ...tags('go', { '.go': 'go golang' }),
  ...tags('sh', { '.sh': 'sh bash shell zsh' }),
};

/** How snippets of one document continue each other. */
interface Continuation {
  /** Whether a snippet brings its client along. */
  readonly isBeginning: RegExp;
  readonly glue: Glue;
  /** What imports names of the SDK, for snippets that read them as if they were there. */
  readonly implied: (code: string) => string;
}

/** Where a scope declares a name only once, each snippet gets its own in that of the one before. */
export const CONTINUATIONS: Readonly<Partial<Record<LanguageEntry['name'], Continuation>>> = {
  ts: { isBeginning: /@anthropic-ai\//, glue: { scope: ['{\n', '}\n'] }, implied: impliedInTypeScript },
  py: { isBeginning: /^\s*(?:import|from)\s+anthropic\b/m, glue: {}, implied: impliedInPython },
};

/** What a tag stands for, if a transform may read it. */
export function tagNamed(name: string): Tag | undefined {
  return Object.hasOwn(TAGS, name) ? TAGS[name] : undefined;
}

/** The ending under which code of several endings can be read as one. */
export function widestEnding(endings: readonly string[]): string {
  const [first = ''] = endings;
  if (endings.every((ending) => ending === first)) return first;
  if (endings.some((ending) => ending.endsWith('x'))) return '.tsx';
  return endings.includes('.ts') ? '.ts' : '.js';
}

/** What makes a module of code that neither imports nor exports, so that its names are its own. */
export function moduleTail({ name }: LanguageEntry, regions: readonly Region[]): string {
  const isModule = regions.some(({ text }) => /^\s*(?:import|export)\b/m.test(text));
  return name === 'ts' && !isModule ? '\nexport {};\n' : '';
}

function impliedInTypeScript(code: string): string {
  const isDeclared = (name: string): boolean =>
    new RegExp(
      `\\b(?:class|const|let|var|function)\\s+${name}\\b|\\bimport\\b[^'"]*\\b${name}\\b[^'"]*\\bfrom\\b`,
    ).test(code);
  const names = namesRead(['Anthropic', 'HUMAN_PROMPT', 'AI_PROMPT'], code).filter((name) => !isDeclared(name));
  return names
    .map((name) => `import ${name === 'Anthropic' ? name : `{ ${name} }`} from '@anthropic-ai/sdk';\n`)
    .join('');
}

function impliedInPython(code: string): string {
  const isDeclared = (name: string): boolean =>
    new RegExp(`^\\s*(?:${name}\\s*=|class\\s+${name}\\b|(?:from|import)\\b.*\\b${name}\\b)`, 'm').test(code);
  const names = namesRead(['anthropic', 'Anthropic', 'AsyncAnthropic', 'HUMAN_PROMPT', 'AI_PROMPT'], code).filter(
    (name) => !isDeclared(name),
  );
  return names.map((name) => (name === 'anthropic' ? `import ${name}\n` : `from anthropic import ${name}\n`)).join('');
}

/** The names that code reads, and not as members of something. */
function namesRead(names: readonly string[], code: string): readonly string[] {
  return names.filter((name) => new RegExp(`(?<![.\\w$'"@/-])${name}\\b(?!\\s*=[^=])`).test(code));
}

function tags(language: Tag['language'], byEnding: Readonly<Record<string, string>>): Readonly<Record<string, Tag>> {
  return Object.fromEntries(
    Object.entries(byEnding).flatMap(([ending, names]) => names.split(' ').map((name) => [name, { language, ending }])),
  );
}
