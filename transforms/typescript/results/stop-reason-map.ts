import type ts from 'typescript';
import { currentStopReasons, type LegacyStopReason } from '../../../src/api/stop-reasons.js';
import type { Edit } from '../../../src/edits/edit.js';
import { quoted, type Pieces } from '../print.js';
import type { Unit } from '../unit.js';
import { needsParentheses } from './precedence.js';
import type { World } from './world.js';

/** The reasons of Messages that say what a legacy one said, as far as every SDK of the file's range knows them. */
export function reasonsOf(legacy: LegacyStopReason, unit: Unit, world: World): readonly string[] {
  return currentStopReasons(legacy, world.targetOf(unit));
}

/** The legacy reason that says what the message's says, as an expression. */
export function mapBack(value: ts.Expression, unit: Unit, world: World): Edit {
  const range = unit.range(value);
  const pieces = [...mapping([range], unit, world), range];
  return { range, pieces: needsParentheses(value, 'conditional') ? ['(', ...pieces, ')'] : pieces };
}

/** The same for new text that gives a message's stop reason. */
export function mapBackText(reason: string, unit: Unit, world: World): string {
  return [...mapping([reason], unit, world), reason].filter((piece) => typeof piece === 'string').join('');
}

function mapping(value: Pieces, unit: Unit, world: World): Pieces {
  const literal = (text: string): string => quoted(text, { quote: unit.style.quote, rawNewLines: false });
  const legacy: readonly LegacyStopReason[] = ['stop_sequence', 'max_tokens'];
  return legacy.flatMap((reason) =>
    reasonsOf(reason, unit, world)
      .filter((current) => current !== reason)
      .flatMap((current): Pieces => [...value, ` === ${literal(current)} ? ${literal(reason)} : `]),
  );
}
