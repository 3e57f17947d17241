import type { RunResult } from '../pipeline.js';
import type { ExitCode } from '../report/report.js';
import type { Written } from '../write.js';

/** Files of which nobody can say that nothing legacy is left in them; other skipped files are nobody's own source. */
const UNSEEN: ReadonlySet<string> = new Set(['CTM901', 'CTM902', 'CTM905', 'CTM906', 'CTM907']);

/** What `migrate` ends with; a dry run ends as the real run would. */
export function exitCodeOfMigrate({ sites, findings }: RunResult, written: Written | null): ExitCode {
  if (written !== null && written.failures.length > 0) return 2;
  const left =
    sites.some((site) => site.state === 'manual') ||
    findings.some((finding) => finding.severity === 'manual' || UNSEEN.has(finding.code));
  return left ? 1 : 0;
}

/** What `check` ends with: whatever could still be migrated is left, too. */
export function exitCodeOfCheck(result: RunResult): ExitCode {
  const pending = result.changes.length > 0 || result.sites.some((site) => site.state !== 'accepted');
  return pending ? 1 : exitCodeOfMigrate(result, null);
}
