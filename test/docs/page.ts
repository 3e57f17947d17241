import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Code } from '../../src/findings/catalogue.js';
import type { Files } from '../harness/files.js';

/** The page of a code, taken apart. */
export interface Page {
  readonly title: string;
  readonly headings: readonly string[];
  /** The files that are shown before the run; empty where code cannot show the finding. */
  readonly before: Files;
  /** The files that the run is said to change, as they are afterwards. */
  readonly after: Files;
  /** Flags that the page says the run has. */
  readonly flags: readonly string[];
}

const FENCE = /^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm;
const EXTENSIONS = new Set(['ts', 'tsx', 'js', 'jsx', 'cjs', 'mjs', 'json', 'yaml']);

/** Where the page of a code stands. */
export function pagePath(code: Code): string {
  return fileURLToPath(new URL(`../../docs/codes/${code}.md`, import.meta.url));
}

/** The page of a code, or undefined if there is none. */
export function readPage(code: Code): Page | undefined {
  if (!existsSync(pagePath(code))) return undefined;
  const text = readFileSync(pagePath(code), 'utf8');
  const before = section(text, 'Before');
  return {
    title: text.slice(0, text.indexOf('\n')),
    headings: [...text.replace(FENCE, '').matchAll(/^## (.*)$/gm)].map(([, heading]) => heading ?? ''),
    before: filesIn(before),
    after: filesIn(section(text, 'After')),
    flags: [...before.replace(FENCE, '').matchAll(/`(--[a-z-]+(?: [a-z]+)?)`/g)].map(([, flag]) => flag ?? ''),
  };
}

/** Puts what a run really gives into the page's last section. */
export function writeAfter(code: Code, output: Files): void {
  const text = readFileSync(pagePath(code), 'utf8');
  const fences = [...output].map(([path, content]) => `\`\`\`${fenceInfo(path)}\n${content}\`\`\`\n`);
  const body = fences.length === 0 ? 'The file stays as it is.\n' : fences.join('\n');
  writeFileSync(pagePath(code), `${text.slice(0, text.indexOf('## After\n'))}## After\n\n${body}`);
}

/** The files of a section: `ts` alone is main.ts, a path after the language names another. Other languages are no files. */
function filesIn(text: string): Files {
  return new Map(
    [...text.matchAll(FENCE)]
      .filter(([, language]) => EXTENSIONS.has(language ?? ''))
      .map(([, language, path, content]) => [path ?? `main.${language ?? ''}`, content ?? '']),
  );
}

function fenceInfo(path: string): string {
  const language = path.slice(path.lastIndexOf('.') + 1);
  return path === `main.${language}` ? language : `${language} ${path}`;
}

function section(text: string, heading: string): string {
  const start = text.indexOf(`## ${heading}\n`);
  if (start === -1) return '';
  const end = text.indexOf('\n## ', start);
  return text.slice(start, end === -1 ? undefined : end);
}
