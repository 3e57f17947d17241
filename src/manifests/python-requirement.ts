import type { Dialect } from '../api/python-specifiers.js';
import { PYTHON_SDK } from '../api/sdk.js';
import type { Range } from '../edits/edit.js';
import type { Leaf } from './leaf.js';

/** Where a Python manifest says which version of the SDK is installed. */
export interface PythonDeclaration {
  /** The version range alone; empty where there is none. A URL or a path stands behind its `@`. */
  readonly version: string;
  readonly dialect: Dialect;
  /** The text of the range, or what states the dependency where it has none. */
  readonly range: Range;
  /** The text that stands for another version range there. */
  readonly print: (version: string) => string;
  /** constraint: installs nothing itself, and bounds what others install. */
  readonly role: 'requirement' | 'constraint';
  /** Whether hashes follow, which belong to one version and cannot be known of another. */
  readonly hashed: boolean;
}

/** Name and extras, version range in parentheses or without, address, markers (PEP 508). */
const REQUIREMENT =
  /^(\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?\s*)((?:[<>=!~][^;@()]*?)?)\s*\)?\s*(@[^;]*?)?\s*(?:;.*)?$/s;

/** The declaration in a string such as `anthropic[bedrock]>=0.3,<0.4; python_version > "3.7"`; undefined for another package. */
export function requirementIn(
  { value, range, print }: Omit<Leaf, 'keys'>,
  source: string,
  role: PythonDeclaration['role'] = 'requirement',
): PythonDeclaration | undefined {
  const [, before = '', name = '', version = '', address] = REQUIREMENT.exec(value) ?? [];
  if (!isSdk(name)) return undefined;
  const whole: PythonDeclaration = {
    version: address ?? version,
    dialect: 'pep440',
    range,
    print,
    role,
    hashed: false,
  };
  if (address !== undefined || version === '') return whole;
  // Where escapes make the text longer than the value, offsets into one are none into the other.
  if (source.slice(range.start, range.end) !== value) {
    return { ...whole, print: (raised) => print(`${before}${raised}${value.slice(before.length + version.length)}`) };
  }
  const start = range.start + before.length;
  return { ...whole, range: { start, end: start + version.length } };
}

/** Whether a name is that of the SDK, as PyPI compares names. */
export function isSdk(name: string): boolean {
  return name.toLowerCase().replace(/[-_.]+/g, '-') === PYTHON_SDK.name;
}
