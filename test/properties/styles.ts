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
  /** Statements above the call. */
  readonly above?: string;
  readonly expression: string;
}

/** Styles in which the prompt is written out turn by turn. */
const WRITTEN_OUT: Readonly<Record<string, (pieces: readonly Piece[]) => Prompt>> = {
  'template with constants': (pieces) => ({ expression: template(pieces, ({ marker }) => `\${${MARKER[marker]}}`) }),
  'template with statics': (pieces) => ({
    expression: template(pieces, ({ marker }) => `\${Anthropic.${MARKER[marker]}}`),
  }),
  'template with escapes': (pieces) => ({
    expression: template(pieces, ({ marker }) => WORDS[marker].replaceAll('\n', '\\n')),
  }),
  'template with line breaks': (pieces) => ({ expression: template(pieces, ({ marker }) => WORDS[marker], '\n') }),
  'template with constants of its own': (pieces) => ({
    above: `const H = '\\n\\nHuman:';\nconst A = "\\n\\nAssistant:";\n`,
    expression: template(pieces, ({ marker }) => (marker === 'user' ? '${H}' : '${A}')),
  }),
  plus: (pieces) => ({ expression: pieces.map(operand).join(' + ') }),
  'plus with literals': (pieces) => ({ expression: withWords(pieces).map(operand).join(' + ') }),
  concat: (pieces) => ({ expression: `''.concat(${pieces.map(operand).join(', ')})` }),
  join: (pieces) => ({ expression: `[${pieces.map(operand).join(', ')}].join('')` }),
  append: (pieces) => ({
    above: pieces.map((piece, index) => `${index === 0 ? 'let prompt = ' : 'prompt += '}${operand(piece)};\n`).join(''),
    expression: 'prompt',
  }),
  'variable beside another reader': (pieces) => ({
    above: `const text = ${template(pieces, ({ marker }) => `\${${MARKER[marker]}}`)};\nif (text.length === 0) throw new Error(text);\n`,
    expression: 'text',
  }),
};

/** Styles in which turns are data. `start` and `end` are expressions for what stands before and after them. */
const FROM_DATA: Readonly<Record<string, (start: string, end: string) => Prompt>> = {
  'for of': (start, end) => ({
    above: `let prompt = ${start};\nfor (const turn of turns) prompt += ${TURN};\nprompt += ${end};\n`,
    expression: 'prompt',
  }),
  'for of with if': (start, end) => ({
    above: `let prompt = ${start};\nfor (const { role, text } of turns) {\n  if (role === 'user') prompt += HUMAN_PROMPT + ' ' + text;\n  else prompt += AI_PROMPT + ' ' + text;\n}\nprompt += ${end};\n`,
    expression: 'prompt',
  }),
  map: (start, end) => ({ expression: `${start} + turns.map((turn) => ${TURN}).join('') + ${end}` }),
  'map in a template': (start, end) => ({
    expression: `\`\${${start}}\${turns.map((turn) => ${TURN}).join('')}\${${end}}\``,
  }),
  reduce: (start, end) => ({ expression: `turns.reduce((prompt, turn) => prompt + ${TURN}, ${start}) + ${end}` }),
  push: (start, end) => ({
    above: `const lines = [${start}];\nturns.forEach((turn) => {\n  lines.push(${TURN});\n});\nlines.push(${end});\n`,
    expression: "lines.join('')",
  }),
  'role table': (start, end) => ({
    above: 'const MARKERS = { user: HUMAN_PROMPT, assistant: AI_PROMPT };\n',
    expression: `${start} + turns.map((turn) => \`\${MARKERS[turn.role]} \${turn.text}\`).join('') + ${end}`,
  }),
};

const TURN = "`${turn.role === 'user' ? HUMAN_PROMPT : AI_PROMPT} ${turn.text}`";

/** Every style by name. */
export const STYLES: Readonly<Record<string, Style>> = Object.fromEntries<Style>([
  ...Object.entries(WRITTEN_OUT).map(
    ([name, write]) =>
      [
        name,
        { tier: 'static', takes: () => true, print: (dialogue, places) => writtenOut(write, dialogue, places) },
      ] as [string, Style],
  ),
  ...Object.entries(FROM_DATA).map(
    ([name, write]) =>
      [name, { tier: 'structural', takes: () => true, print: (dialogue) => fromData(write, dialogue) }] as [
        string,
        Style,
      ],
  ),
  [
    'prompt of the caller',
    {
      tier: 'runtime',
      // Which model takes a prefill that nobody sees is for the caller to say.
      takes: ({ prefill }) => prefill === null,
      print: (dialogue) => ({
        source: program('prompt: string', { expression: 'prompt' }),
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
  const { above = '', expression } = write(pieces);
  const declared = constants.map(({ name, text }) => `const ${name} = ${JSON.stringify(text)};\n`).join('');
  const typed = parameters.map((name) => `${name}: string`).join(', ');
  return { source: program(typed, { above: declared + above, expression }), args };
}

/** The white space between marker and text is what the style writes; the program gets the rest as data. */
function fromData(write: (start: string, end: string) => Prompt, { system, turns, prefill }: Dialogue): Program {
  const end = prefill === null ? 'AI_PROMPT' : `AI_PROMPT + ${JSON.stringify(` ${prefill}`)}`;
  const prompt = write(JSON.stringify(system ?? ''), end);
  return {
    source: program("turns: { role: 'user' | 'assistant'; text: string }[]", prompt),
    args: [turns.map(({ role, text }) => ({ role, text }))],
  };
}

function program(parameters: string, { above = '', expression }: Prompt): string {
  return `import Anthropic, { AI_PROMPT, HUMAN_PROMPT } from '@anthropic-ai/sdk';

const client = new Anthropic();

export async function main(${parameters}): Promise<string> {
${above}const response = await client.completions.create({ model: 'claude-2.1', max_tokens_to_sample: 300, prompt: ${expression} });
return response.completion;
}
`;
}

function operand(piece: Piece): string {
  if ('marker' in piece) return MARKER[piece.marker];
  return 'name' in piece ? piece.name : JSON.stringify(piece.text);
}

/** Markers as text, joined with the text beside them. */
function withWords(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if ('name' in piece) joined.push(piece);
    else {
      const text = 'marker' in piece ? WORDS[piece.marker] : piece.text;
      if (last !== undefined && 'text' in last) joined[joined.length - 1] = { text: last.text + text };
      else joined.push({ text });
    }
  }
  return joined;
}

/** @param lineBreak how a line break in a text is written */
function template(
  pieces: readonly Piece[],
  printMarker: (piece: { readonly marker: Role }) => string,
  lineBreak = '\\n',
): string {
  const parts = pieces.map((piece) => {
    if ('marker' in piece) return printMarker(piece);
    return 'name' in piece ? `\${${piece.name}}` : escaped(piece.text).replaceAll('\n', lineBreak);
  });
  return `\`${parts.join('')}\``;
}

function escaped(text: string): string {
  return text.replace(/[\\`]|\$(?=\{)/g, '\\$&').replaceAll('\r', '\\r');
}
