import { createColors } from 'picocolors';
import type { Finding } from '../findings/finding.js';
import { groupBy } from '../group-by.js';
import type { Outcome, Reporter } from './report.js';
import { summarize, type Summary } from './summary.js';
import { visible } from './visible.js';

/** For a person: findings by file, files that were not looked at, and the counts. */
export const text: Reporter = (outcome, style) => {
  const { color } = style;
  const shown = (path: string) => visible(style.shown(path));
  const colors = createColors(color);
  const paint = { exact: colors.green, adjusted: colors.yellow, manual: colors.red, skipped: colors.magenta };
  const inFile = outcome.findings.filter((finding) => finding.severity !== 'skipped');
  const skipped = outcome.findings.filter((finding) => finding.severity === 'skipped');
  const place = ({ start }: Finding) => `${start.line}:${start.column}`;
  const width = Math.max(0, ...inFile.map((finding) => place(finding).length));

  const lines = [...groupBy(inFile, (finding) => finding.path)].flatMap(([path, findings]) => [
    colors.underline(shown(path)),
    ...findings.map((finding) => {
      const severity = paint[finding.severity](finding.severity.padEnd('adjusted'.length));
      return `  ${colors.dim(place(finding).padStart(width))}  ${severity}  ${finding.code}  ${visible(finding.message)}`;
    }),
    '',
  ]);
  if (skipped.length > 0) {
    lines.push(
      colors.underline('Not looked at'),
      ...skipped.map((finding) => `  ${shown(finding.path)}  ${finding.code}  ${visible(finding.message)}`),
      '',
    );
  }
  const failures = outcome.written?.failures ?? [];
  if (failures.length > 0) {
    lines.push(
      colors.red('Not written'),
      ...failures.map(({ path, reason }) => `  ${shown(path)}: ${visible(reason)}`),
      '',
    );
  }
  return `${[...lines, ...outcome.notices.map(visible), ...closing(outcome, summarize(outcome))].join('\n')}\n`;
};

function closing(outcome: Outcome, { sites, files }: Summary): readonly string[] {
  const total = sites.exact + sites.adjusted + sites.manual + sites.accepted;
  if (total === 0 && outcome.findings.length === 0) return ['Nothing legacy found.'];
  const states = [
    `${sites.exact} exact`,
    `${sites.adjusted} adjusted`,
    `${sites.manual} left to a person`,
    ...(sites.accepted > 0 ? [`${sites.accepted} accepted`] : []),
  ];
  const counted = outcome.written === null ? 'to change' : 'changed';
  const failed = outcome.written?.failures.length ?? 0;
  // Requests, types and ids that are legacy but no call of an SDK client are no sites, and left all the same.
  const others = outcome.findings.filter(({ severity }) => severity === 'manual').length - sites.manual;
  return [
    `${count(total, 'site')}: ${states.join(', ')}.`,
    ...(others > 0 ? [`${count(others, 'other place')} left to a person.`] : []),
    [
      `${count(files.changed, 'file')} ${counted}`,
      ...(files.created > 0 ? [`${files.created} ${outcome.written === null ? 'to create' : 'created'}`] : []),
      ...(files.skipped > 0 ? [`${files.skipped} not looked at`] : []),
      ...(failed > 0 ? [`${failed} of these not written`] : []),
    ].join(', ') + '.',
  ];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
