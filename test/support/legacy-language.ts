import type { LanguageEntry, Migration, Transform } from '../../transforms/transform.js';
import type { Project } from '../../transforms/transform.js';
import type { Edit } from '../../src/edits/edit.js';

/** A language of a few lines: `legacy(` becomes `modern(`, `stuck(` is left to a person, and `(` must be closed. */
export function legacyLanguage(
  overrides: Partial<Transform<Project>> = {},
): LanguageEntry & { readonly loads: () => number } {
  let loads = 0;
  const transform: Transform<Project> = {
    survey: (given) => given,
    lower,
    parses: ({ text }) => balanced(text),
    ...overrides,
  };
  return {
    name: 'ts',
    extensions: ['.ts'],
    needles: ['legacy', 'stuck'],
    load: () => {
      loads += 1;
      return Promise.resolve(transform as Transform<unknown>);
    },
    loads: () => loads,
  };
}

function lower({ candidates }: Project): Migration {
  const edits = new Map<string, Edit[]>();
  const sites: Migration['sites'][number][] = [];
  const notes: Migration['notes'][number][] = [];
  for (const { path, text } of candidates) {
    for (const match of text.matchAll(/(legacy|stuck)\(/g)) {
      const range = { start: match.index, end: match.index + match[0].length - 1 };
      const id = `${path}:${match.index}`;
      if (match[1] === 'legacy') {
        edits.set(path, [...(edits.get(path) ?? []), { range, pieces: ['modern'] }]);
        sites.push({ id, path, state: 'exact', tier: 'static' });
        notes.push({ code: 'CTM101', path, range, message: 'Moved' });
      } else {
        sites.push({ id, path, state: 'manual' });
        notes.push({ code: 'CTM302', path, range, message: 'Cannot be followed' });
      }
    }
  }
  return { sites, edits, notes, created: [], modelVariables: new Map(), needMessages: [...edits.keys()] };
}

function balanced(text: string): boolean {
  return text.split('(').length === text.split(')').length;
}
