import { field, type Node } from '../node.js';
import { cumulativeReads } from './cumulative.js';
import { leave, type Reading } from './reading.js';
import { chunkRead } from './reads.js';

/** Reads a loop over a stream of which nothing is read but the text of its events. */
export function readLoop(loop: Node, data: Node, reading: Reading): void {
  const target = field(loop, 'left');
  const holder = loop.type === 'for_in_clause' ? loop.parent : loop;
  const unit = reading.paths.origins.unitOf(loop) ?? reading.site.unit;
  const binding = target?.type === 'identifier' ? unit.scopes.bindingOf(target) : undefined;
  if (field(loop, 'right') !== data || !target || !holder || !binding || reading.kind !== 'stream') {
    leave(reading, 'it is looped over in a way that cannot be followed');
    return;
  }
  const isSimple = binding.definitions.length === 1 && !loop.children.some(({ type }) => type === 'else_clause');
  if (reading.isCumulative) {
    const cumulative = isSimple ? cumulativeReads(holder, binding.reads, target, unit) : undefined;
    if (cumulative) reading.loops.push({ node: holder, target, reads: cumulative.added, cumulative, unit });
    else leave(reading, 'every chunk held all of the text so far');
    return;
  }
  const reads = binding.reads.map((read) => chunkRead(read, unit));
  if (!isSimple || reads.length === 0 || reads.some((read) => read === undefined)) {
    leave(reading, 'more of its chunks is read than their text');
    return;
  }
  reading.loops.push({ node: holder, target, reads: reads.filter((read) => read !== undefined), unit });
}
