import { readdirSync, readFileSync } from 'node:fs';

/**
 * The processes whose environment holds `NAME=VALUE`: what a command started in sessions of their own, which no signal to its
 * group reaches. Only Linux tells the environment of a process; elsewhere none is found.
 */
export function stragglers(variable: string): readonly number[] {
  return processes().filter((pid) => pid !== process.pid && environment(pid).includes(variable));
}

function processes(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Empty for a process of somebody else, or one that has ended by now. */
function environment(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
