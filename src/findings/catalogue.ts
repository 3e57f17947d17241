import type { Severity } from './finding.js';

/**
 * Every code that the tool can report, with the title of its page under docs/codes/.
 * The hundred says the severity: 1 exact, 2 adjusted, 3 left to a person, 9 file skipped.
 */
export const CATALOGUE = {
  CTM101: 'Call migrated',
  CTM102: 'History mapped to messages',
  CTM103: 'Prompt split at run time',
  CTM104: 'Model replaced',
  CTM105: 'Marker constants kept in the file',
  CTM106: 'Function takes or returns messages',
  CTM107: 'Changed with the calls of other files',

  CTM201: 'Sampling parameter removed',
  CTM202: 'max_tokens lowered to what a call may ask',
  CTM203: 'Blank stop sequence removed',
  CTM204: 'Prefill kept as a final assistant message',
  CTM205: 'System text recognised by its name only',
  CTM206: 'Whole result logged',
  CTM207: 'Model known only at run time',
  CTM208: 'Bedrock model id may need a regional prefix',
  CTM209: 'SDK range raised',
  CTM210: 'Client recognised by its parameters only',
  CTM211: 'Prompt without markers',
  CTM212: 'Legacy-only parameter removed',
  CTM213: 'Legacy-only response field mapped',
  CTM214: 'Parameters converted at run time',
  CTM215: 'Option max_tokens_to_sample keeps its name',
  CTM216: 'Turns in an order that the legacy API refused',
  CTM217: 'Assistant turn without text left out',
  CTM218: 'SDK version that no manifest states',
  CTM219: 'Updates of a stream become text events',
  CTM220: 'Prompt of the ai package rebuilt from its messages',
  CTM221: 'Address of a request known only at run time',
  CTM222: 'Events of a stream read as chunks',
  CTM223: 'Key sent as a bearer token',

  CTM301: 'Prompt joined in a way that breaks its turns',
  CTM302: 'Completions resource used in a way that cannot be followed',
  CTM303: 'Raw HTTP call to /v1/complete',
  CTM304: 'Bedrock InvokeModel with a text-completions body',
  CTM305: 'Client of SDK 0.4 or older',
  CTM306: 'Vercel AI glue for text completions',
  CTM307: 'Test double of text completions',
  CTM308: 'Own type or parser of the legacy API',
  CTM309: 'Legacy marker in code that does not call the legacy API',
  CTM310: 'Shares a declaration with a call that cannot move',
  CTM311: 'Model ids compared or used as keys',
  CTM312: 'Unknown model id',
  CTM313: 'Turn without text',
  CTM314: 'Stream used in a way that cannot be followed',
  CTM315: 'Result used in a way that cannot be followed',
  CTM316: 'Legacy type without a counterpart',
  CTM317: 'Library that wraps the legacy API',
  CTM318: 'Legacy model id that may feed a call',
  CTM319: 'Left because only exact edits were asked for',
  CTM320: 'Text after Assistant: that is not the assistant’s',
  CTM321: 'Error text of SDK 0.4',

  CTM901: 'File does not parse',
  CTM902: 'File cannot be read',
  CTM903: 'Generated or minified file',
  CTM904: 'Link that leaves the tree',
  CTM905: 'Edited text would not parse',
  CTM906: 'File is not UTF-8 text',
  CTM907: 'File of a language that is not migrated',
  CTM908: 'Document of the past',
} as const satisfies Record<string, string>;

/** A code of the catalogue, such as `CTM301`. */
export type Code = keyof typeof CATALOGUE;

const SEVERITIES: Readonly<Record<string, Severity>> = {
  '1': 'exact',
  '2': 'adjusted',
  '3': 'manual',
  '9': 'skipped',
};

/** The severity that a code's hundred stands for. */
export function severityOf(code: Code): Severity {
  return SEVERITIES[code.charAt(3)] as Severity;
}

/** Whether a word typed by a user is a code of the catalogue. */
export function isCode(word: string): word is Code {
  return Object.hasOwn(CATALOGUE, word);
}
