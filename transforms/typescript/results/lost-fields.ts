/** Fields that API version 2023-01-01 alone had (API reference, Versioning), and the helper does not give back. */
const LOST = new Set(['truncated', 'exception', 'log_id']);

/** Whether the helper for the legacy shape cannot give a field back. */
export function isLostField(name: string | undefined): boolean {
  return name !== undefined && LOST.has(name);
}
