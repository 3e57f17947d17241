import { readFileSync } from 'node:fs';
import { CATALOGUE, isCode } from '../findings/catalogue.js';
import { packageRoot } from '../package-root.js';
import type { ExitCode } from '../report/report.js';
import { UsageError } from '../usage-error.js';
import { print } from './terminal.js';

/** Prints the page of one finding code, in any letter case. Throws UsageError for a code that does not exist. */
export function explain(word: string): ExitCode {
  const code = word.toUpperCase();
  if (!isCode(code)) {
    const known = Object.entries(CATALOGUE).map(([each, title]) => `  ${each}  ${title}`);
    throw new UsageError([`There is no code ${word}; the codes are:`, ...known].join('\n'));
  }
  print('stdout', readFileSync(new URL(`docs/codes/${code}.md`, packageRoot()), 'utf8'));
  return 0;
}
