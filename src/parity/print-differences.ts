import { diffLines } from 'diff';
import type { Difference } from './compare.js';

const TITLES: Readonly<Record<Difference['what'], string>> = {
  request: 'sent by one run only',
  legacy: 'still sent to the Text Completions API',
  conversation: 'the conversation differs',
  limits: 'the limits differ',
  stops: 'the stop sequences differ',
  sampling: 'the sampling parameters differ',
  user: 'metadata.user_id differs',
  refused: 'refused in one run, or for different reasons',
  printed: 'the program printed something else',
  ended: 'the program ended differently',
};

/** Lines of one difference that are shown before the rest is counted. */
const SHOWN_LINES = 60;
/** A line diff takes quadratic time in how much differs. */
const PATIENCE_MS = 2_000;

/** The differences as a person wants to read them: one paragraph each, its lines marked - before and + after. */
export function printDifferences(differences: readonly Difference[]): string {
  return differences.map((difference) => `${heading(difference)}\n${shortened(changedLines(difference))}`).join('\n');
}

function heading({ what, request }: Difference): string {
  return request === undefined ? TITLES[what] : `request ${request}: ${TITLES[what]}`;
}

function changedLines({ before, after }: Difference): readonly string[] {
  const areWhole = [before, after].every((text) => text === '' || text.endsWith('\n'));
  const ended = (text: string): string => (areWhole || text === '' ? text : `${text}\n`);
  const changes = diffLines(ended(before), ended(after), { timeout: PATIENCE_MS });
  if (changes === undefined) return [...marked('-', ended(before)), ...marked('+', ended(after))];
  return changes.flatMap(({ value, added, removed }) => marked(added ? '+' : removed ? '-' : ' ', value));
}

function marked(mark: string, text: string): readonly string[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => `${mark} ${line}`);
}

function shortened(lines: readonly string[]): string {
  const more = lines.length - SHOWN_LINES;
  const shown = more > 0 ? [...lines.slice(0, SHOWN_LINES), `  … and ${more} lines more`] : lines;
  return shown.map((line) => `  ${line}\n`).join('');
}
