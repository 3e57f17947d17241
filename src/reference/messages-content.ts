import { invalidRequest } from './api-error.js';
import type { Turn } from './conversation.js';
import type { Fields } from './json-fields.js';

/** Blocks that the API takes but that hold nothing for a text model. */
const OTHER_BLOCKS = [
  'image',
  'document',
  'search_result',
  'thinking',
  'redacted_thinking',
  'tool_use',
  'tool_result',
  'server_tool_use',
  'web_search_tool_result',
  'container_upload',
];

/** One message with its texts as they were sent. */
export interface Message {
  readonly role: Turn['role'];
  readonly texts: readonly string[];
}

/** The elements of `messages`. @throws ApiError with the API's message */
export function readMessages(fields: Fields): readonly Message[] {
  const messages = fields.list('messages');
  if (messages.length === 0) throw invalidRequest('messages: at least one message is required');
  return messages.map((message, index) => readMessage(fields.element('messages', index, message)));
}

/** The system texts. @throws ApiError for blank text; an empty string is taken */
export function readSystem(fields: Fields): readonly string[] {
  return fields.has('system') ? readTexts(fields, 'system') : [];
}

function readMessage(message: Fields): Message {
  message.allowOnly(['role', 'content']);
  const role = readRole(message.string('role'));
  const content = message.required('content');
  if (role === 'user' && (content === '' || (Array.isArray(content) && content.length === 0))) {
    throw message.fault('content', 'user messages must have non-empty content');
  }
  return { role, texts: readTexts(message, 'content') };
}

function readRole(role: string): Turn['role'] {
  if (role === 'user' || role === 'assistant') return role;
  const hint =
    role === 'system'
      ? 'The Messages API accepts a top-level `system` parameter, not "system" as an input message role.'
      : 'Allowed roles are "user" or "assistant"';
  throw invalidRequest(`messages: Unexpected role "${role}". ${hint}`);
}

/** The texts of a string or a list of blocks. */
function readTexts(fields: Fields, key: string): readonly string[] {
  const content = fields.required(key);
  if (content === '') return [];
  const texts = typeof content === 'string' ? [content] : readBlocks(fields, key);
  if (texts.length > 0 && texts.every((text) => text.trim() === '')) {
    throw fields.fault(key, 'text content blocks must contain non-whitespace text');
  }
  return texts;
}

function readBlocks(fields: Fields, key: string): readonly string[] {
  return fields.list(key).flatMap((item, index) => {
    const block = fields.element(key, index, item);
    const type = block.string('type');
    if (OTHER_BLOCKS.includes(type)) return [];
    if (type !== 'text') throw block.fault('type', `Input tag '${type}' does not match any of the expected tags`);
    block.allowOnly(['type', 'text', 'cache_control', 'citations']);
    const text = block.string('text');
    if (text === '') throw block.fault('text', 'text content blocks must be non-empty');
    return [text];
  });
}
