import type { Range } from '../../src/edits/edit.js';
import type { LanguageEntry, SourceFile } from '../transform.js';
import type { Cut, Surroundings } from './containers.js';
import { holdsLegacy } from './legacy.js';
import { assemble, type Program } from './program.js';
import { plainRegion, type Region } from './region.js';
import { scriptsIn } from './scripts.js';
import { moduleTail, tagNamed, widestEnding } from './tags.js';
import { namesInTemplate, withoutRanges } from './template.js';

/**
 * The programs of a Vue, Svelte or Astro file. The scripts of one component share a scope; the fence of an Astro file and its
 * scripts do not. What the template reads is exported: others read it too.
 */
export function programsOfComponent(host: SourceFile, { languages, unread }: Surroundings): Cut {
  const { scripts, others } = scriptsIn(host.text);
  const isAstro = host.path.endsWith('.astro');
  const fence = isAstro ? fenceOf(host.text) : undefined;
  const notes: Cut['notes'][number][] = [];
  const readable = scripts
    .filter(({ isOfComponent }) => isOfComponent || isAstro)
    .flatMap((script) => {
      const tag = tagNamed(script.lang || (isAstro && !script.isInline ? 'ts' : 'js'));
      const language = languages.find(({ name }) => name === tag?.language);
      if (tag && language) return [{ ...script, ending: tag.ending, language }];
      if (!tag && holdsLegacy(host.text.slice(script.content.start, script.content.end), unread)) {
        notes.push({
          code: 'CTM907',
          path: host.path,
          range: script.content,
          message: 'A script holds the legacy API, in a language that is not migrated',
        });
      }
      return [];
    });
  const typescript = languages.find(({ name }) => name === 'ts');
  const program = (
    number: number,
    language: LanguageEntry,
    endings: readonly string[],
    regions: readonly Region[],
    names: readonly string[],
  ): Program => {
    const path = `${host.path}${number === 0 ? '' : `.${number}`}${widestEnding(endings)}`;
    return assemble({ path, host, language, kind: 'component' }, regions, {
      uses: readingOf(names),
      tail: handingOut(names, regions) + moduleTail(language, regions),
    });
  };
  const template = withoutRanges(host.text, [
    ...others,
    ...scripts.map(({ whole }) => whole),
    ...(fence ? [fence.whole] : []),
  ]);
  const region = ({ content }: { readonly content: Range }): Region =>
    plainRegion(host.text, codeLines(host.text, content));
  const programs: Program[] = [];
  if (isAstro) {
    if (fence && typescript)
      programs.push(program(0, typescript, ['.ts'], [region(fence)], namesInTemplate(template, 'astro')));
    readable.forEach(({ language, ending, content }, index) =>
      programs.push(program(index + 1, language, [ending], [region({ content })], [])),
    );
  } else {
    const [first] = readable.sort((a, b) => a.depth - b.depth);
    const names = namesInTemplate(template, host.path.endsWith('.vue') ? 'vue' : 'svelte');
    if (first)
      programs.push(
        program(
          0,
          first.language,
          readable.map(({ ending }) => ending),
          readable.map(region),
          names,
        ),
      );
  }
  return { programs, notes };
}

/** The script of an Astro file: between the first two lines of three dashes. */
function fenceOf(text: string): { readonly content: Range; readonly whole: Range } | undefined {
  const match = /^(\s*---[ \t]*(?:\r?\n))([\s\S]*?)^---/m.exec(text);
  if (match?.index !== 0) return undefined;
  const [whole, before = '', code = ''] = match;
  return {
    content: { start: before.length, end: before.length + code.length },
    whole: { start: 0, end: whole.length },
  };
}

/** The whole lines of a script, if it begins and ends with its tags' lines. */
function codeLines(text: string, { start, end }: Range): Range {
  const code = text.slice(start, end);
  const before = /^[ \t]*\r?\n/.exec(code)?.[0].length ?? 0;
  const behind = /(?<=\n)[ \t]*$/.exec(code)?.[0].length ?? 0;
  return before + behind > code.length ? { start, end } : { start: start + before, end: end - behind };
}

/** Reads names as the template does. */
function readingOf(names: readonly string[]): string {
  return names.length === 0 ? '' : `\n;[${names.join(', ')}];\n`;
}

/** Hands out the names that are declared here, as the template gets what they hold. */
function handingOut(names: readonly string[], regions: readonly Region[]): string {
  const code = regions.map(({ text }) => text).join('\n');
  const has = (name: string, before: string, behind: string): boolean =>
    new RegExp(`${before}(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])${behind}`, 'm').test(code);
  const own = names.filter(
    (name) => !has(name, '^[ \\t]*export\\b.*', '') && !has(name, '\\bimport\\b[^\'"]*', '[^\'"]*\\bfrom\\b'),
  );
  return own.length === 0 ? '' : `export { ${own.join(', ')} };\n`;
}

/** Where code stands in a component, whatever program it belongs to. */
export function regionsOfComponent({ path, text }: SourceFile): readonly Region[] {
  const fence = path.endsWith('.astro') ? fenceOf(text) : undefined;
  return [...(fence ? [fence] : []), ...scriptsIn(text).scripts].map(({ content }) =>
    plainRegion(text, codeLines(text, content)),
  );
}
