import fc, { type Arbitrary } from 'fast-check';

export type Role = 'user' | 'assistant';

/** A turn as it stands in a prompt: white space of the marker before its text, and white space of the next one behind it. */
export interface Spoken {
  readonly role: Role;
  readonly gap: string;
  readonly text: string;
  readonly end: string;
}

/** A legacy prompt in its parts. */
export interface Dialogue {
  readonly system: string | null;
  readonly turns: readonly Spoken[];
  /** What the answer is to continue. */
  readonly prefill: string | null;
}

const MARKERS = { user: '\n\nHuman:', assistant: '\n\nAssistant:' } as const;

/** The text of the prompt that a legacy program sends. */
export function promptOf({ system, turns, prefill }: Dialogue): string {
  const spoken = turns.map(({ role, gap, text, end }) => `${MARKERS[role]}${gap}${text}${end}`);
  return `${system ?? ''}${spoken.join('')}${MARKERS.assistant}${prefill === null ? '' : ` ${prefill}`}`;
}

/** What the model has to be asked, in the form of the reference server's log. */
export function conversationOf({ system, turns, prefill }: Dialogue): object {
  const merged: { role: Role; text: string }[] = [];
  for (const { role, text } of turns) {
    const last = merged.at(-1);
    if (last?.role === role) last.text += `\n\n${text.trim()}`;
    else merged.push({ role, text: text.trim() });
  }
  return { system: system?.trim() ?? null, turns: merged, prefill: prefill?.trim() ?? null };
}

/** Looks like a marker, or like what prints one, and is neither. */
const DECOYS = [
  ...[
    'Human:',
    'Assistant:',
    '\nHuman: x',
    'x\nAssistant:',
    '\n\nhuman: x',
    '\n\nHuman : x',
    '\n\n Human: x',
    '\r\n\r\nHuman: x',
    '\n\nHumans: x',
  ],
  ...[
    '\\n\\nHuman: x',
    'HUMAN_PROMPT',
    '${HUMAN_PROMPT}',
    '{AI_PROMPT}',
    '{{question}}',
    '$&',
    '$1',
    '`',
    "'",
    '"',
    '\\',
    '\\u0041',
    '//',
    '*/',
    '</script>',
  ],
];
const SPACES = [' ', ' ', ' ', '  ', '\n', '\n\n', '\n\n\n', '\t', '\u00A0', '\u2028', '\r\n', ''];

const word: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom('rain', 'a', 'of', 'Please', '42', 'naïve', '日本語', '👩‍👩‍👧', 'Ω'), weight: 5 },
  { arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }), weight: 2 },
  { arbitrary: fc.constantFrom(...DECOYS), weight: 2 },
);

const text: Arbitrary<string> = fc
  .array(fc.tuple(word, fc.constantFrom(...SPACES)), { minLength: 1, maxLength: 5 })
  .map((words) => words.flat().join(''))
  .filter((each) => each.trim() !== '');

const spoken = (role: Role): Arbitrary<Spoken> =>
  fc.record({
    role: fc.constant(role),
    gap: fc.constantFrom(' ', ' ', '', '  ', '\n'),
    text,
    end: fc.constantFrom('', '', ' ', '\n'),
  });

/** The last turn is the user's, as a prompt has to end in an answer; roles before it come in any order. */
const turns: Arbitrary<readonly Spoken[]> = fc
  .array(fc.constantFrom<Role>('user', 'assistant'), { maxLength: 10 })
  .chain((between) => fc.tuple(...['user' as const, ...between, 'user' as const].map(spoken)));

/** Any conversation that the legacy API took: system text or none, 1 to 12 turns, prefill or none. */
export const dialogue: Arbitrary<Dialogue> = fc
  .record({
    system: fc.option(text, { freq: 2 }),
    turns: fc.oneof(
      spoken('user').map((one) => [one]),
      turns,
    ),
    prefill: fc.option(text, { freq: 5 }),
  })
  .filter(isReadAsWritten);

/** Whether the parts hold no marker of their own, and make none where they meet. */
function isReadAsWritten({ system, turns: all, prefill }: Dialogue): boolean {
  const written = [
    system ?? '',
    ...all.map(({ gap, text: own, end }) => gap + own + end),
    prefill === null ? '' : ` ${prefill}`,
  ];
  const read = promptOf({ system, turns: all, prefill }).split(/(?:^|\n\n)(?:Human|Assistant):/);
  return read.length === written.length && read.every((part, index) => part.trim() === written[index]?.trim());
}
