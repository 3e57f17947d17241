import { readFileSync } from 'node:fs';
import { CATALOGUE } from '../findings/catalogue.js';
import type { FlatEdit } from '../edits/edit.js';
import type { Finding } from '../findings/finding.js';
import { packageRoot } from '../package-root.js';
import type { Outcome, Reporter } from './report.js';
import { summarize } from './summary.js';

/** Raised when a reader of the old shape would misread the new one; see docs/reports.md. */
const SCHEMA_VERSION = 1;

/** For programs: docs/reports.md and docs/report.schema.json say what each field means. */
export const json: Reporter = (outcome) => `${JSON.stringify(reportOf(outcome), null, 2)}\n`;

function reportOf(outcome: Outcome): object {
  const failures = outcome.written?.failures ?? [];
  const written = new Set(outcome.written?.paths);
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'completions-to-messages', version: version() },
    command: outcome.command,
    dryRun: outcome.dryRun,
    exitCode: outcome.exitCode,
    summary: summarize(outcome),
    sites: outcome.sites,
    findings: outcome.findings.map(findingOf),
    files: outcome.changes.map(({ path, before }) => ({
      path,
      change: before === null ? 'created' : 'modified',
      written: written.has(path),
    })),
    failures,
    notices: outcome.notices,
  };
}

function findingOf({ code, severity, path, message, start, end, edits }: Finding): object {
  return { code, title: CATALOGUE[code], severity, path, message, start, end, edits: edits.map(editOf) };
}

function editOf({ range, text }: FlatEdit): object {
  return { start: range.start, end: range.end, text };
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('package.json', packageRoot()), 'utf8')) as {
    readonly version: string;
  };
  return manifest.version;
}
