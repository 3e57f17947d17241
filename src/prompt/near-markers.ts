import { leaves } from './content.js';
import type { Content } from './conversation.js';
import { leaveToPerson } from './conversion.js';
import type { Part } from './parts.js';

/** A marker's word at the start of a line, without the blank line that would make it a marker; or after a written-out `\n`. */
const BROKEN_HUMAN = /(?:^|\n|\\n)[ \t]*Human:/;
const BROKEN_ASSISTANT_AT_END = /(?:^|\n|\\n)[ \t]*Assistant:\s*$/;

/** For a prompt without a Human marker: one that was meant is for a person. */
export function refuseBrokenHuman<H>(lead: Content<H>): void {
  if (!leaves(lead).some((leaf) => leaf.kind === 'text' && BROKEN_HUMAN.test(leaf.text))) return;
  leaveToPerson('CTM301', '"Human:" stands in the prompt without the blank line before it that makes it a turn.');
}

/** For a prompt that ends in a Human turn: a last Assistant marker that was meant is for a person. */
export function refuseBrokenAssistant<H>(lastTurn: Content<H>): void {
  const last = lastTurn.at(-1);
  if (last?.kind === 'text' && BROKEN_ASSISTANT_AT_END.test(last.text)) refuseAssistant();
}

/** The same for one line break after a value, which is a marker only if the value ends in another by accident. */
export function refuseBrokenAssistantAfterHole<H>(parts: readonly Part<H>[]): void {
  const last = parts.at(-1);
  if (parts.at(-2)?.kind === 'hole' && last?.kind === 'text' && /^\nAssistant:\s*$/.test(last.text)) refuseAssistant();
}

function refuseAssistant(): never {
  leaveToPerson('CTM301', '"Assistant:" ends the prompt without the blank line before it that makes it a turn.');
}

/** A comma between the turns of a list ends up in the text of the turn before it. */
export function refuseJoinedTurns<H>(parts: readonly Part<H>[]): void {
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    const isBetweenTurns = next?.kind === 'text' && /^\n\n(Human|Assistant):/.test(next.text);
    if (part.kind === 'text' && part.joins === true && part.text.trim() !== '' && isBetweenTurns)
      leaveToPerson('CTM301', `The turns are joined with ${JSON.stringify(part.text)}, which ends up in their text.`);
  }
}
