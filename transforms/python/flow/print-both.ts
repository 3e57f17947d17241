import type { promptValues, System } from '../lower/prompt.js';
import type { Pieces } from '../print-expression.js';
import { WIDTH, type PrintStyle } from '../print-text.js';
import type { Unit } from '../unit.js';

/** `{"system": ..., "messages": [...]}`, for what hands both on; `values` gives them for the indentation that they stand at. */
export function printBoth(
  values: (base: string) => ReturnType<typeof promptValues>,
  { quote, base, indent }: PrintStyle,
  unit: Unit,
): Pieces {
  const inner = base + indent;
  const { system, messages } = values(inner);
  const entries: readonly Pieces[] = [
    ...(system ? [printSystemEntry(system, quote)] : []),
    [`${quote}messages${quote}: `, ...messages],
  ];
  const width = entries.flat().reduce((sum, piece) => sum + widthOf(piece), base.length);
  const isBroken = width > WIDTH - 20 || entries.flat().some((piece) => textIn(piece, unit).includes('\n'));
  if (!isBroken) return ['{', ...entries.flatMap((entry, index) => [...(index > 0 ? [', '] : []), ...entry]), '}'];
  return ['{\n', ...entries.flatMap((entry) => [inner, ...entry, ',\n']), base, '}'];
}

function printSystemEntry({ pieces, mayBeBlank, test }: System, quote: string): Pieces {
  const entry: Pieces = [`${quote}system${quote}: `, ...pieces];
  return mayBeBlank ? ['**({', ...entry, '} if ', ...test, ' else {})'] : entry;
}

function widthOf(piece: Pieces[number]): number {
  return typeof piece === 'string' ? piece.length : piece.end - piece.start;
}

function textIn(piece: Pieces[number], { text }: Unit): string {
  return typeof piece === 'string' ? piece : text.slice(piece.start, piece.end);
}
