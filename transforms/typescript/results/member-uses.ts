import { ts } from '../ts.js';
import { RESPONSE_FIELDS } from '../../../src/api/parameters.js';
import { accessName, isWritten, type Access } from '../syntax.js';
import { addCallbacks } from './arguments.js';
import { isLostField } from './lost-fields.js';
import type { FlowBuilder } from './flow.js';
import { RESPONSE_HEAD, STREAM_BODY, STREAM_HEAD, TYPED, UNREADABLE } from './response-body.js';
import { isTakenApart } from './taken-apart.js';
import type { World } from './world.js';

const TEXT_HEAD = /^(length)$/;
/** Methods whose result is what their function gives, and not what they are called on. */
const GIVES_CALLBACK_RESULT = /^(then|map|flatMap)$/;

/** A member of an answer, or of what holds one, is read or called. */
export function addMember(node: ts.Expression, access: Access, world: World, builder: FlowBuilder): void {
  const answer = world.answerOf(node);
  const name = accessName(access);
  const out = (): void => {
    builder.use(node, { kind: 'out' });
  };
  if (!answer) return;
  if (answer.kind === 'chunk') {
    if (isLostField(name)) builder.use(node, { kind: 'field', access });
    return;
  }
  if (name === 'json' && isTypedCall(access, world)) builder.use(node, { kind: 'problem', ...TYPED });
  else if (answer.wrapper !== 'none') addHeld(node, access, world, builder);
  else if (answer.kind === 'raw') addStreamed(node, access, world, builder);
  else if (answer.kind === 'http' || answer.kind === 'json') addRaw(node, access, world, builder);
  else if (answer.kind === 'response') {
    if (name === undefined || !RESPONSE_HEAD.test(name)) {
      builder.use(node, {
        kind: 'problem',
        code: 'CTM315',
        message: 'The body of the HTTP response is read: it has the format of Messages after the migration',
      });
    } else if (name === 'json' && ts.isCallExpression(access.parent)) {
      builder.edge(node, access.parent);
      builder.turned(access.parent);
    }
  } else if (name === 'tee' && ts.isCallExpression(access.parent)) builder.edge(node, access.parent);
  else if (name === 'toReadableStream') {
    builder.use(node, {
      kind: 'problem',
      code: 'CTM314',
      message: 'What reads the stream behind toReadableStream() cannot be seen',
    });
  } else if (name === undefined) out();
  else if (RESPONSE_FIELDS.has(name) && answer.kind !== 'stream' && !isWritten(access))
    builder.use(node, { kind: 'field', access });
}

/** The member of an HTTP response, or of a text that holds JSON: one that gives the answer, or says nothing of it. */
function addRaw(node: ts.Expression, access: Access, world: World, builder: FlowBuilder): void {
  const { parent } = access;
  const target = ts.isCallExpression(parent) && parent.expression === access ? parent : access;
  if (world.answerOf(target)) {
    builder.edge(node, target);
    return;
  }
  const head = world.answerOf(node)?.kind === 'http' ? RESPONSE_HEAD : TEXT_HEAD;
  if (!head.test(accessName(access) ?? '')) builder.use(node, { kind: 'problem', ...UNREADABLE });
}

/** Whether a member is called with a type of the program's own, which describes what it used to give and is not seen to move. */
function isTypedCall({ parent }: Access, { sites }: World): boolean {
  const [type] = ts.isCallExpression(parent) ? (parent.typeArguments ?? []) : [];
  if (!type || type.kind === ts.SyntaxKind.AnyKeyword) return false;
  return !sites.some(({ request }) => request.kind === 'http' && request.answerTypes.includes(type));
}

/** The member of a response whose body is a stream: taken apart here, or handed on, where nobody sees who does. */
function addStreamed(node: ts.Expression, access: Access, world: World, builder: FlowBuilder): void {
  const name = accessName(access) ?? '';
  if (STREAM_BODY.test(name) ? !isTakenApart(access, world) : !STREAM_HEAD.test(name))
    builder.use(node, { kind: 'problem', ...UNREADABLE });
}

/** The member of a promise, a list or a function. */
function addHeld(node: ts.Expression, access: Access, world: World, builder: FlowBuilder): void {
  const { parent } = access;
  const name = accessName(access) ?? '';
  if (ts.isCallExpression(parent) && parent.expression === access) {
    addCallbacks(node, parent, world, builder);
    const isHandedOn = !GIVES_CALLBACK_RESULT.test(name) || parent.arguments.length === 0;
    if (world.answerOf(parent) && isHandedOn) builder.edge(node, parent);
  } else if (world.answerOf(access)) builder.edge(node, access);
  else if (RESPONSE_FIELDS.has(name)) builder.use(node, { kind: 'out' });
}
