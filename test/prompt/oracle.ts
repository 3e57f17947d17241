/** A second reading of the prompt format, straight from its description, to hold the converter against. */
export interface Reading {
  readonly system: string;
  readonly turns: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
}

/** What a whole legacy prompt says: text before the first marker, then turns; turns without text count for nothing. */
export function readPrompt(prompt: string): Reading {
  const pieces = (/^(Human|Assistant):/.test(prompt) ? `\n\n${prompt}` : prompt).split(/\n\n(Human|Assistant):/);
  const turns = pieces
    .flatMap((word, index) =>
      index % 2 === 1
        ? [
            {
              role: word === 'Human' ? ('user' as const) : ('assistant' as const),
              text: (pieces[index + 1] as string).trim(),
            },
          ]
        : [],
    )
    .filter((turn) => turn.text !== '');
  const lead = (pieces[0] as string).trim();
  if (/(?:^|\n\n)Human:/.test(prompt) || lead === '') return { system: lead, turns };
  return { system: '', turns: [{ role: 'user', text: lead }, ...turns] };
}
