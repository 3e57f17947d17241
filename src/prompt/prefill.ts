import { leaves, trimContent } from './content.js';
import type { Content } from './conversation.js';
import { leaveToRuntime, type Remark } from './conversion.js';

export interface Prefill<H> {
  readonly content: Content<H>;
  readonly remarks: readonly Remark[];
}

/**
 * The text after the last Assistant marker. Refuses where it may be empty when the program runs, or where it holds a
 * value that nobody has seen: that is text of the user put in the assistant's place more often than not.
 */
export function prefillOf<H>(content: Content<H>): Prefill<H> {
  const trimmed = trimContent(content);
  if (leaves(trimmed).some((leaf) => leaf.kind === 'hole' && (leaf.markers !== 'never' || leaf.mayBeBlank))) {
    leaveToRuntime('A value follows the last "Assistant:".', [NOT_THE_ASSISTANTS]);
  }
  if (!endsInText(trimmed)) leaveToRuntime('Whether text follows the last "Assistant:" depends on a condition.');
  const [only, ...more] = trimmed;
  const isAccident = only?.kind === 'text' && more.length === 0 && /^[\s:;.,]+$/.test(only.text);
  return { content: trimmed, remarks: [isAccident ? accident(only.text) : KEPT] };
}

/** Whether the content ends in text on every way through it: an end that is empty or white space is refused. */
function endsInText<H>(content: Content<H>, textBefore = false): boolean {
  return content.reduce((endsSo, piece) => {
    if (piece.kind === 'hole') return true;
    if (piece.kind === 'text') return /\S$/.test(piece.text);
    return endsInText(piece.then, endsSo) && endsInText(piece.else, endsSo);
  }, textBefore);
}

const NOT_THE_ASSISTANTS: Remark = {
  code: 'CTM320',
  message:
    'A value after the last "Assistant:" is taken for the beginning of the answer; text of the user belongs after "Human:".',
};

const KEPT: Remark = {
  code: 'CTM204',
  message: 'The text after the last "Assistant:" is kept as a final assistant message, which the answer continues.',
};

const accident = (text: string): Remark => ({
  code: 'CTM204',
  message: `The text after the last "Assistant:" is only ${JSON.stringify(text)} and looks like an accident; it is kept as a final assistant message.`,
});
