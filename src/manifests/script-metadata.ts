import type { Install } from './installs.js';
import { requirementIn } from './python-requirement.js';
import { tomlLeaves } from './toml-leaves.js';

/** PEP 723, "Specification": from the first line to the last `# ///` that only lines of comments lead to. */
const BLOCK = /^# \/\/\/ script\r?\n((?:#(?: .*)?\r?\n)*)# \/\/\/[ \t]*$/m;

/** The range of the SDK in a script's own metadata; what names an address instead of a version says nothing of it. */
export function installsInScript(path: string, text: string): readonly Install[] {
  const block = BLOCK.exec(text);
  const content = block?.[1];
  if (!block || content === undefined) return [];
  const start = block.index + block[0].indexOf('\n') + 1;
  // Comment signs become spaces, so that places stay what they are.
  const found = tomlLeaves(' '.repeat(start) + content.replace(/^#/gm, ' '));
  if ('brokenAt' in found) return [];
  return found.leaves.flatMap((leaf): readonly Install[] => {
    const declared = leaf.keys[0] === 'dependencies' && leaf.keys.length === 2 ? requirementIn(leaf, text) : undefined;
    if (!declared || declared.version.startsWith('@')) return [];
    const { version, range } = declared;
    return [{ path, version, range, advice: 'The environment of the script is made anew when it runs.' }];
  });
}
