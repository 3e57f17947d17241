import type { RunResult } from '../pipeline.js';
import type { Written } from '../write.js';

/** What every report prints: one run, finished. */
export interface Outcome extends RunResult {
  readonly command: 'migrate' | 'check';
  readonly dryRun: boolean;
  /** null where nothing was to be written. */
  readonly written: Written | null;
  readonly exitCode: ExitCode;
}

/** 0: nothing legacy is left. 1: something is. 2: wrong usage, or the tool itself failed. */
export type ExitCode = 0 | 1 | 2;

export interface Style {
  readonly color: boolean;
  /** A path relative to the root as the reader is to see it. */
  readonly shown: (path: string) => string;
}

/** A report: one format, text out. */
export type Reporter = (outcome: Outcome, style: Style) => string;
