import { posix } from 'node:path';
import type { Note } from '../../src/findings/finding.js';
import type { LanguageEntry, SourceFile } from '../transform.js';
import type { Cut, Surroundings } from './containers.js';
import { fencesIn, type Fence } from './fences.js';
import { holdsLegacy, mayCall } from './legacy.js';
import { assemble, type Program } from './program.js';
import { CONTINUATIONS, moduleTail, tagNamed, widestEnding } from './tags.js';

/** Documents that show code as it was. */
const OF_THE_PAST =
  /^(?:change(?:s|log)|history|migrat(?:e|ing|ion)|upgrad(?:e|ing)|releases?|release[-_]notes)(?![a-z])/i;
/** Fences that show no code of a program. */
const NO_CODE = /^(?:diff|patch)$/;

/** A fence in a language that a transform reads. */
interface Snippet {
  readonly fence: Fence;
  readonly language: LanguageEntry;
  readonly ending: string;
}

/**
 * The programs of a Markdown document. A snippet is one of its own; those behind it that bring no client along go on with its
 * names. What does not parse, such as code with an ellipsis, is told and left.
 */
export async function programsOfDocument(host: SourceFile, { languages, unread }: Surroundings): Promise<Cut> {
  const fences = fencesIn(host.text);
  const snippets = fences.flatMap((fence) => snippetOf(fence, languages));
  const calling = new Set<Fence>();
  for (const { fence, language } of snippets) if (await mayCall(fence.region.text, language)) calling.add(fence);
  const others = fences.filter(
    ({ tag, region }) => !NO_CODE.test(tag) && !isRead(tag, languages) && holdsLegacy(region.text, unread),
  );
  const found = [...calling, ...others].sort((a, b) => a.start - b.start);

  const [first] = found;
  if (OF_THE_PAST.test(posix.basename(host.path))) {
    return {
      programs: [],
      notes: first ? [note(host, first, 'CTM908', 'Not touched: it tells of code as it was')] : [],
    };
  }
  const broken = new Set<Fence>();
  const parses = (path: string, text: string, language: LanguageEntry): Promise<boolean> =>
    language.load().then((transform) => transform.parses({ path, text }));
  if (calling.size > 0) {
    for (const { fence, language, ending } of snippets)
      if (!(await parses(host.path + ending, fence.region.text, language))) broken.add(fence);
  }
  const notes = found.flatMap((fence) => {
    if (others.includes(fence))
      return [
        note(host, fence, 'CTM907', `The code of line ${fence.line} holds the legacy API, ${inNoLanguage(fence)}`),
      ];
    return broken.has(fence) ? [note(host, fence, 'CTM901', `The code of line ${fence.line} does not parse`)] : [];
  });
  const programs: Program[] = [];
  for (const group of groupsOf(snippets.filter(({ fence }) => !broken.has(fence)))) {
    const joined = joinedProgram(group, host, programs.length);
    const isWhole = group.length === 1 || (await parses(joined.path, joined.text, joined.language));
    for (const part of isWhole ? [group] : group.map((snippet) => [snippet])) {
      if (part.some(({ fence }) => calling.has(fence))) programs.push(joinedProgram(part, host, programs.length));
    }
  }
  return { programs, notes };
}

function snippetOf(fence: Fence, languages: readonly LanguageEntry[]): readonly Snippet[] {
  const tag = tagNamed(fence.tag);
  const language = languages.find(({ name }) => name === tag?.language);
  return tag && language && fence.region.text !== '' ? [{ fence, language, ending: tag.ending }] : [];
}

function isRead(tag: string, languages: readonly LanguageEntry[]): boolean {
  return languages.some(({ name }) => name === tagNamed(tag)?.language);
}

function inNoLanguage({ tag }: Fence): string {
  return tag === '' ? 'and does not say its language' : 'in a language that is not migrated';
}

function note({ path }: SourceFile, { start, region }: Fence, code: Note['code'], message: string): Note {
  return { code, path, range: { start, end: region.at(region.text.length) }, message };
}

/** Snippets that share names: one that brings its client along, and all of its language up to the next such. */
function groupsOf(snippets: readonly Snippet[]): readonly (readonly Snippet[])[] {
  const groups: Snippet[][] = [];
  const open = new Map<LanguageEntry, Snippet[]>();
  for (const snippet of snippets) {
    const { language, fence } = snippet;
    const isBeginning = CONTINUATIONS[language.name]?.isBeginning.test(fence.region.text) === true;
    const group = isBeginning ? undefined : open.get(language);
    if (group) group.push(snippet);
    else {
      const own = [snippet];
      groups.push(own);
      if (isBeginning) open.set(language, own);
    }
  }
  return groups;
}

/** A program of snippets. Its path is one that no file has; the number keeps those of one document apart. */
function joinedProgram(snippets: readonly Snippet[], host: SourceFile, number: number): Program {
  const [{ language }] = snippets as readonly [Snippet];
  const path = `${host.path}.${number + 1}${widestEnding(snippets.map(({ ending }) => ending))}`;
  const regions = snippets.map(({ fence }) => fence.region);
  const code = regions.map(({ text }) => text).join('\n');
  const { glue = {}, implied, isBeginning } = CONTINUATIONS[language.name] ?? {};
  const head = isBeginning?.test(code) === false ? implied?.(code) : '';
  return assemble({ path, host, language, kind: 'document' }, regions, {
    ...glue,
    ...(head && { head }),
    tail: moduleTail(language, regions),
  });
}
