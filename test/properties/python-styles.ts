import type { Dialogue, Role } from './conversations.js';
import {
  MARKER,
  placePieces,
  WORDS,
  wholePrompt,
  type Piece,
  type Place,
  type Program,
  type Style,
} from './program.js';

interface Prompt {
  /** Statements above the call, in the body of `main`. */
  readonly above?: readonly string[];
  readonly expression: string;
}

const TURN = `f"{HUMAN_PROMPT if turn['role'] == 'user' else AI_PROMPT} {turn['text']}"`;

/** Styles in which the prompt is written out turn by turn. */
const WRITTEN_OUT: Readonly<Record<string, (pieces: readonly Piece[]) => Prompt>> = {
  'f-string with constants': (pieces) => ({ expression: formatted(pieces, ({ marker }) => `{${MARKER[marker]}}`) }),
  'f-string with escapes': (pieces) => ({
    expression: formatted(pieces, ({ marker }) => WORDS[marker].replaceAll('\n', '\\n')),
  }),
  'f-string in three quotes': (pieces) => ({
    expression: `f"""${pieces.map((piece) => ('marker' in piece ? WORDS[piece.marker] : 'name' in piece ? `{${piece.name}}` : inThreeQuotes(piece.text))).join('')}"""`,
  }),
  'literals beside each other': (pieces) => ({
    expression: `(\n        ${pieces.map((piece) => formatted([piece], ({ marker }) => `{${MARKER[marker]}}`)).join('\n        ')}\n    )`,
  }),
  plus: (pieces) => ({ expression: pieces.map(operand).join(' + ') }),
  'percent signs': (pieces) => ({
    expression: `"${pieces.map((piece) => ('text' in piece ? escaped(piece.text).replaceAll('%', '%%') : '%s')).join('')}" % (${values(pieces)},)`,
  }),
  'format by place': (pieces) => ({
    expression: `"${pieces.map((piece) => ('text' in piece ? braced(escaped(piece.text)) : '{}')).join('')}".format(${values(pieces)})`,
  }),
  'format by name': (pieces) => ({
    expression: `"${pieces.map((piece) => ('text' in piece ? braced(escaped(piece.text)) : `{${nameOf(piece)}}`)).join('')}".format(${[...new Set(pieces.flatMap((piece) => ('text' in piece ? [] : [`${nameOf(piece)}=${operand(piece)}`])))].join(', ')})`,
  }),
  join: (pieces) => ({ expression: `"".join([${pieces.map(operand).join(', ')}])` }),
  append: (pieces) => ({
    above: pieces.map((piece, index) => `${index === 0 ? 'prompt = ' : 'prompt += '}${operand(piece)}`),
    expression: 'prompt',
  }),
  'variable beside another reader': (pieces) => ({
    above: [
      `text = ${formatted(pieces, ({ marker }) => `{${MARKER[marker]}}`)}`,
      'if len(text) == 0:',
      '    raise ValueError(text)',
    ],
    expression: 'text',
  }),
};

/** Styles in which turns are data. `start` and `end` are expressions for what stands before and after them. */
const FROM_DATA: Readonly<Record<string, (start: string, end: string) => Prompt>> = {
  'for loop': (start, end) => ({
    above: [`prompt = ${start}`, 'for turn in turns:', `    prompt += ${TURN}`, `prompt += ${end}`],
    expression: 'prompt',
  }),
  'for loop with if': (start, end) => ({
    above: [
      ...[
        `prompt = ${start}`,
        'for turn in turns:',
        '    if turn["role"] == "user":',
        '        prompt += HUMAN_PROMPT + " " + turn["text"]',
      ],
      ...['    else:', '        prompt += AI_PROMPT + " " + turn["text"]', `prompt += ${end}`],
    ],
    expression: 'prompt',
  }),
  'joined comprehension': (start, end) => ({ expression: `${start} + "".join(${TURN} for turn in turns) + ${end}` }),
  'appended list': (start, end) => ({
    above: [`lines = [${start}]`, 'for turn in turns:', `    lines.append(${TURN})`, `lines.append(${end})`],
    expression: '"".join(lines)',
  }),
  'role table': (start, end) => ({
    above: [
      'markers = {"user": HUMAN_PROMPT, "assistant": AI_PROMPT}',
      `prompt = ${start}`,
      'for turn in turns:',
      '    marker = markers[turn["role"]]',
      `    prompt += f"{marker} {turn['text']}"`,
      `prompt += ${end}`,
    ],
    expression: 'prompt',
  }),
};

/** Every style by name. */
export const PYTHON_STYLES: Readonly<Record<string, Style>> = Object.fromEntries<Style>([
  ...Object.entries(WRITTEN_OUT).map(([name, write]): [string, Style] => [
    name,
    { tier: 'static', takes: () => true, print: (dialogue, places) => writtenOut(write, dialogue, places) },
  ]),
  ...Object.entries(FROM_DATA).map(([name, write]): [string, Style] => [
    name,
    { tier: 'structural', takes: () => true, print: (dialogue) => fromData(write, dialogue) },
  ]),
  [
    'prompt of the caller',
    {
      tier: 'runtime',
      takes: ({ prefill }) => prefill === null,
      print: (dialogue) => ({
        source: program('prompt: str', { expression: 'prompt' }),
        args: [wholePrompt(dialogue)],
      }),
    },
  ],
]);

function writtenOut(
  write: (pieces: readonly Piece[]) => Prompt,
  dialogue: Dialogue,
  places: readonly Place[],
): Program {
  const { pieces, constants, parameters, args } = placePieces(dialogue, places);
  const { above = [], expression } = write(pieces);
  const declared = constants.map(({ name, text }) => `${name} = ${literal(text)}`);
  const typed = parameters.map((name) => `${name}: str`).join(', ');
  return { source: program(typed, { above: [...declared, ...above], expression }), args };
}

/** The white space between marker and text is what the style writes; the program gets the rest as data. */
function fromData(write: (start: string, end: string) => Prompt, { system, turns, prefill }: Dialogue): Program {
  const end = prefill === null ? 'AI_PROMPT' : `AI_PROMPT + ${literal(` ${prefill}`)}`;
  return {
    source: program('turns', write(literal(system ?? ''), end)),
    args: [turns.map(({ role, text }) => ({ role, text }))],
  };
}

function program(parameters: string, { above = [], expression }: Prompt): string {
  return `from anthropic import AI_PROMPT, HUMAN_PROMPT, Anthropic

client = Anthropic()


def main(${parameters}):
${above.map((line) => `    ${line}\n`).join('')}    response = client.completions.create(model="claude-2.1", max_tokens_to_sample=300, prompt=${expression})
    return response.completion
`;
}

function operand(piece: Piece): string {
  if ('marker' in piece) return MARKER[piece.marker];
  return 'name' in piece ? piece.name : literal(piece.text);
}

function nameOf(piece: Exclude<Piece, { readonly text: string }>): string {
  return 'marker' in piece ? piece.marker : piece.name;
}

/** The values of what a template leaves open. */
function values(pieces: readonly Piece[]): string {
  return pieces.flatMap((piece) => ('text' in piece ? [] : [operand(piece)])).join(', ');
}

function formatted(pieces: readonly Piece[], printMarker: (piece: { readonly marker: Role }) => string): string {
  const parts = pieces.map((piece) =>
    'marker' in piece ? printMarker(piece) : 'name' in piece ? `{${piece.name}}` : braced(escaped(piece.text)),
  );
  return `f"${parts.join('')}"`;
}

/** A literal of JSON is one of Python too. */
function literal(text: string): string {
  return JSON.stringify(text);
}

function escaped(text: string): string {
  return literal(text).slice(1, -1);
}

function braced(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}');
}

/** Text with its line breaks as they are. */
function inThreeQuotes(text: string): string {
  return braced(escaped(text).replace(/(?<!\\)((?:\\\\)*)\\n/g, '$1\n'));
}
