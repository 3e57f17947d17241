import { severityOf } from '../../src/findings/catalogue.js';
import type { Note } from '../../src/findings/finding.js';

/** Whether a note about something that moved says that it is not quite what it was. */
export function isAdjustment({ code }: Note): boolean {
  return severityOf(code) !== 'exact';
}
