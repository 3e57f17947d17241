import type { Dialogue, Role, Spoken } from './conversations.js';

/** A legacy program whose `main` asks once, and what to call it with. */
export interface Program {
  readonly source: string;
  readonly args: readonly unknown[];
}

/** Where the text of a turn stands: in the prompt, in a constant above it, or in a parameter. */
export type Place = 'inline' | 'constant' | 'parameter';

export interface Style {
  /** How such a prompt moves. */
  readonly tier: 'static' | 'structural' | 'runtime';
  /** Prints a program; `places` are for the texts of system, turns and prefill in turn. */
  readonly print: (dialogue: Dialogue, places: readonly Place[]) => Program;
  readonly takes: (dialogue: Dialogue) => boolean;
}

/** A part of a prompt: a marker, text, or the name of a value. */
export type Piece = { readonly marker: Role } | { readonly text: string } | { readonly name: string };

/** The markers as the SDKs name them, and as the model read them. */
export const MARKER = { user: 'HUMAN_PROMPT', assistant: 'AI_PROMPT' } as const;
export const WORDS = { user: '\n\nHuman:', assistant: '\n\nAssistant:' } as const;

/** A prompt in pieces, and what has to be declared for it. */
interface Placed {
  readonly pieces: readonly Piece[];
  /** The texts that stand in a constant above the prompt. */
  readonly constants: readonly { readonly name: string; readonly text: string }[];
  readonly parameters: readonly string[];
  readonly args: readonly string[];
}

/** Takes a dialogue apart, and puts its texts where `places` say, in the order of system, turns and prefill. */
export function placePieces(dialogue: Dialogue, places: readonly Place[]): Placed {
  const constants: { readonly name: string; readonly text: string }[] = [];
  const parameters: string[] = [];
  const args: string[] = [];
  const place = (text: string, index: number): Piece => {
    const name = index === 0 ? 'system' : `text${index}`;
    switch (places[index]) {
      case 'constant':
        constants.push({ name, text });
        return { name };
      case 'parameter':
        parameters.push(name);
        args.push(text);
        return { name };
      default:
        return { text };
    }
  };
  const turn = ({ role, gap, text, end }: Spoken, index: number): Piece[] => [
    { marker: role },
    { text: gap },
    place(text, index + 1),
    { text: end },
  ];
  const pieces: Piece[] = [
    ...(dialogue.system === null ? [] : [place(dialogue.system, 0)]),
    ...dialogue.turns.flatMap(turn),
    { marker: 'assistant' },
    ...(dialogue.prefill === null ? [] : [{ text: ' ' }, { text: dialogue.prefill }]),
  ];
  return { pieces: pieces.filter((piece) => !('text' in piece) || piece.text !== ''), constants, parameters, args };
}

/** The prompt as one text, without a prefill. */
export function wholePrompt({ system, turns }: Dialogue): string {
  return `${system ?? ''}${turns.map(({ role, gap, text, end }) => WORDS[role] + gap + text + end).join('')}${WORDS.assistant}`;
}
