import { visit as visitJson } from 'jsonc-parser';
import { isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml';
import type { Range } from '../edits/edit.js';

/** A key of a structured file, or a string in it, with the keys that lead there; numbers count the elements of lists. */
export interface Entry {
  readonly keys: readonly string[];
  /** The string that stands there; undefined for a key. */
  readonly value: string | undefined;
  readonly range: Range;
}

/** The keys and strings of a JSON or YAML text in their order; as many as could be read of a text that is neither. */
export function entriesOf(path: string, text: string): readonly Entry[] {
  return /\.ya?ml$/.test(path) ? yamlEntries(text) : jsonEntries(text);
}

function jsonEntries(text: string): readonly Entry[] {
  const found: Entry[] = [];
  visitJson(text, {
    onObjectProperty: (name, offset, length, _line, _character, path) => {
      found.push({
        keys: [...path().map(String), name],
        value: undefined,
        range: { start: offset, end: offset + length },
      });
    },
    onLiteralValue: (value: unknown, offset, length, _line, _character, path) => {
      if (typeof value === 'string')
        found.push({ keys: path().map(String), value, range: { start: offset, end: offset + length } });
    },
  });
  return found;
}

function yamlEntries(text: string): readonly Entry[] {
  const found: Entry[] = [];
  collect(parseDocument(text, { uniqueKeys: false }).contents, [], found);
  return found;
}

function collect(node: unknown, keys: readonly string[], found: Entry[]): void {
  if (isMap(node)) for (const pair of node.items) collect(pair, keys, found);
  else if (isSeq(node))
    node.items.forEach((item, index) => {
      collect(item, [...keys, String(index)], found);
    });
  else if (isPair(node) && isScalar(node.key)) {
    const own = [...keys, String(node.key.value)];
    found.push({ keys: own, value: undefined, range: rangeOf(node.key.range) });
    collect(node.value, own, found);
  } else if (isScalar(node) && typeof node.value === 'string')
    found.push({ keys, value: node.value, range: rangeOf(node.range) });
}

function rangeOf(range: readonly number[] | null | undefined): Range {
  const [start = 0, end = start] = range ?? [];
  return { start, end };
}
