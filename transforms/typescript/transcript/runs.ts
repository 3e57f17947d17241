import { ts } from '../ts.js';
import { statementsOf } from '../lift/history.js';
import type { PieceReader, RawWrite } from './pieces.js';
import type { Write } from './transcript.js';

/**
 * What the writes to a transcript say. Turns are often put together by several statements in a row, some of them under a
 * condition; such are read as one where they say nothing whole by themselves. Undefined where one cannot be read.
 */
export function writesIn(
  raw: readonly RawWrite[],
  prompts: readonly ts.Node[],
  reader: PieceReader,
): readonly Write[] | undefined {
  // A prompt within a piece is sent with what stands before this piece, and so the one stays behind the other.
  const plain = raw.filter(({ statement }) => !prompts.some((prompt) => holds(statement, prompt)));
  const byStatement = new Map(plain.map((write) => [write.statement, write]));
  const found: Write[] = [];
  const done = new Set<RawWrite>();
  for (const write of raw) {
    if (done.has(write)) continue;
    const run = write.kind === 'append' ? runAround(write.statement, byStatement) : [];
    const inside = raw.filter(({ statement }) => run.some((each) => holds(each, statement)));
    const single = reader.single(write);
    const isWhole = inside.length < 2 || inside.every((each, index) => saysTurns(reader.single(each), index === 0));
    const made = isWhole ? single : reader.together(run, inside);
    if (!made) return undefined;
    found.push(made);
    (isWhole ? [write] : inside).forEach((each) => done.add(each));
  }
  return found;
}

/** Whether a piece says turns of its own, and nothing else. */
function saysTurns(write: Write | undefined, mayGoOn: boolean): boolean {
  const { lead = [], entries = [] } = write?.fragment ?? {};
  return mayGoOn ? lead.length + entries.length > 0 : lead.length === 0 && entries.length > 0;
}

/** The statements in a row around a write that do nothing but append. */
function runAround(statement: ts.Node, writes: ReadonlyMap<ts.Node, RawWrite>): readonly ts.Statement[] {
  const appends = (each: ts.Statement): boolean => {
    if (ts.isBlock(each)) return each.statements.every(appends);
    if (ts.isIfStatement(each))
      return statementsOf(each.thenStatement).every(appends) && (!each.elseStatement || appends(each.elseStatement));
    return writes.get(each)?.kind === 'append';
  };
  if (!writes.has(statement)) return [];
  let run: readonly ts.Statement[] = [];
  for (let at = statement; !ts.isSourceFile(at) && !ts.isFunctionLike(at); at = at.parent) {
    const { parent } = at;
    if (!ts.isBlock(parent) && !ts.isSourceFile(parent) && !ts.isCaseOrDefaultClause(parent)) continue;
    const siblings = parent.statements;
    const index = siblings.indexOf(at as ts.Statement);
    if (index < 0 || !appends(at as ts.Statement)) break;
    let [first, last] = [index, index];
    while (first > 0 && appends(siblings[first - 1] as ts.Statement)) first -= 1;
    while (last < siblings.length - 1 && appends(siblings[last + 1] as ts.Statement)) last += 1;
    run = siblings.slice(first, last + 1);
  }
  return run;
}

function holds(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}
