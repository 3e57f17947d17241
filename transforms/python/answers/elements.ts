import { argumentsOf, field, keyword, textOf, wrapping, type Node } from '../node.js';
import { leave, type Reading } from './reading.js';

/** How one answer is followed on, once it is taken out of what holds several. */
export interface Ways {
  readonly follow: (expression: Node, reading: Reading) => void;
  readonly followName: (name: Node, reading: Reading) => void;
}

/** Calls that give the same elements. */
const SAME = /^(?:list|tuple|reversed|asyncio\.as_completed)$/;

/** Follows answers, or what gives them when it is awaited, in a list: to what takes each of them out of it. */
export function followElements(list: Node, reading: Reading, ways: Ways): void {
  const node = wrapping(list);
  const { parent } = node;
  if (!parent || parent.type === 'expression_statement') return;
  const goOn = (next: Node): void => {
    followElements(next, reading, ways);
  };
  switch (parent.type) {
    case 'await':
      goOn(parent);
      return;
    case 'assignment':
      if (followHolder(parent, node, reading, goOn)) return;
      break;
    case 'for_statement':
    case 'for_in_clause': {
      const name = field(parent, 'left');
      if (field(parent, 'right') !== node || name?.type !== 'identifier') break;
      ways.followName(name, reading);
      return;
    }
    case 'subscript': {
      const key = field(parent, 'subscript');
      if (field(parent, 'value') !== node || !key) break;
      if (key.type === 'slice') goOn(parent);
      else if (/^-?\d+$/.test(textOf(key))) ways.follow(parent, reading);
      else break;
      return;
    }
    case 'list_splat': {
      const call = parent.parent?.type === 'argument_list' ? parent.parent.parent : undefined;
      if (!call || !gathers(call)) break;
      goOn(call);
      return;
    }
    case 'argument_list': {
      const callee = parent.parent ? textOf(field(parent.parent, 'function') ?? parent.parent) : '';
      if (callee === 'len') return;
      if (!SAME.test(callee) || argumentsOf(parent.parent as Node).length > 1) break;
      goOn(parent.parent as Node);
      return;
    }
  }
  leave(reading, 'it is kept with others in a way that cannot be followed');
}

/** `answers = [...]`, a name that holds nothing else. */
function followHolder(assignment: Node, value: Node, { site, paths }: Reading, goOn: (read: Node) => void): boolean {
  const target = field(assignment, 'left');
  const unit = paths.origins.unitOf(assignment) ?? site.unit;
  const binding = target?.type === 'identifier' ? unit.scopes.bindingOf(target) : undefined;
  const isPlain = field(assignment, 'right') === value && assignment.parent?.type === 'expression_statement';
  if (!isPlain || binding?.definitions.length !== 1) return false;
  for (const read of binding.reads) goOn(read);
  return true;
}

/** `asyncio.gather(*coroutines)`, which fails where one of them does. */
function gathers(call: Node): boolean {
  return (
    /^(?:asyncio\.)?gather$/.test(textOf(field(call, 'function') as Node)) &&
    argumentsOf(call).length === 1 &&
    keyword(call, 'return_exceptions') === undefined
  );
}
