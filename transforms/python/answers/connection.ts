import { field, namedChildren, wrapping, type Node } from '../node.js';
import type { Unit } from '../unit.js';
import { problem, type Reading } from './reading.js';

/**
 * The expressions that a helper goes around, if it has to. Its chunks come from a generator: where the program enters the
 * stream, closes it or asks it for its response, the helper goes around the only place that reads the chunks.
 */
export function placesOfHelper(answers: readonly Node[], reading: Reading): readonly Node[] {
  const { connections, kind, site, why } = reading;
  const isHeld = connections.length > 0 || (kind === 'either' && answers.some(isEntered));
  if (why === undefined || !isHeld) return answers;
  const place = behindConnection(connections, site.unit);
  if (place) return [place];
  problem(
    reading,
    site.call,
    'what it reads needs the old form, and it is used in ways that only a stream of the SDK has',
  );
  return answers;
}

/** The only read of the name that a `with` statement gives a stream. */
function behindConnection(connections: readonly Node[], { scopes }: Unit): Node | undefined {
  const [only, ...more] = connections;
  const target = only?.type === 'as_pattern' && more.length === 0 ? field(only, 'alias') : undefined;
  const [name] = target ? namedChildren(target) : [];
  const binding = name?.type === 'identifier' ? scopes.bindingOf(name) : undefined;
  const [read, ...others] = binding?.reads ?? [];
  return read && others.length === 0 && binding?.definitions.length === 1 ? read : undefined;
}

/** Whether an answer is entered by a `with` statement. */
function isEntered(answer: Node): boolean {
  const { parent } = wrapping(answer);
  return parent?.type === 'with_item' || (parent?.type === 'as_pattern' && parent.parent?.type === 'with_item');
}
