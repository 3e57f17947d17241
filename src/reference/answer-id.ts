/** The id of a server's nth answer: opaque to callers, the same in every run. */
export function answerId(prefix: 'compl' | 'msg' | 'req', sequence: number): string {
  return `${prefix}_reference${String(sequence).padStart(8, '0')}`;
}
