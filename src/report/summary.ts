import type { SiteOutcome } from '../../transforms/transform.js';
import type { Outcome } from './report.js';

export interface Summary {
  readonly sites: Readonly<Record<SiteOutcome['state'], number>>;
  /** How the prompts of migrated sites moved. */
  readonly tiers: Readonly<Record<NonNullable<SiteOutcome['tier']>, number>>;
  readonly findings: number;
  /** Files that change (or would), files that are created (or would be), and files that were not looked at. */
  readonly files: { readonly changed: number; readonly created: number; readonly skipped: number };
}

/** The counts that every report gives. */
export function summarize({ sites, findings, changes }: Outcome): Summary {
  const state = (wanted: SiteOutcome['state']) => sites.filter((site) => site.state === wanted).length;
  const tier = (wanted: SiteOutcome['tier']) => sites.filter((site) => site.tier === wanted).length;
  return {
    sites: { exact: state('exact'), adjusted: state('adjusted'), manual: state('manual'), accepted: state('accepted') },
    tiers: { static: tier('static'), structural: tier('structural'), runtime: tier('runtime') },
    findings: findings.length,
    files: {
      changed: changes.filter((change) => change.before !== null).length,
      created: changes.filter((change) => change.before === null).length,
      skipped: new Set(findings.filter((finding) => finding.severity === 'skipped').map((finding) => finding.path))
        .size,
    },
  };
}
