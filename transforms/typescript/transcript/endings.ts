import { ts } from '../ts.js';
import type { Ending } from '../../../src/prompt/finish.js';
import type { Fragment } from '../../../src/prompt/fragment.js';
import type { Symbols } from '../symbols.js';
import { accessName, enclosingFunction, isAccess, staticName, unwrap, walk } from '../syntax.js';
import { calleeOf, isAsync } from '../flow/functions.js';
import type { Read, Write } from './transcript.js';

/** In what a transcript ends: no turn yet, a bare Assistant marker, text of the user, text of the assistant. */
export type End = 'start' | 'open' | 'user' | 'assistant';
export type Ends = ReadonlySet<End>;

const NOWHERE: Ends = new Set();

/** In what the transcript can end before each piece is put behind it, and where each prompt is made. */
export interface EndsBefore {
  readonly before: (node: ts.Node) => Ends;
  /** Whether a piece is made by code that itself writes to the transcript. */
  readonly isEntangled: boolean;
}

/** What a piece leaves a transcript ending in, that ended so before. */
export function endAfter({ kind, fragment }: Pick<Write, 'kind' | 'fragment'>, before: Ends): Ends {
  const ends = endsOf(fragment);
  if (ends.size > 0) return ends;
  if (kind === 'set') return new Set(['start']);
  return fragment.lead.length > 0 ? new Set(['assistant']) : before;
}

function endsOf({ endings }: Fragment<unknown>): Ends {
  return new Set([...endings].flatMap((ending) => ENDS[ending]));
}

const ENDS: Readonly<Record<Ending, readonly End[]>> = {
  user: ['user'],
  assistant: ['assistant'],
  bare: ['open'],
  data: ['user', 'assistant', 'open'],
  nothing: [],
};

/** Follows a transcript through the statements of the functions that use it; undefined where they jump to labels. */
export function endsBefore(writes: readonly Write[], reads: readonly Read[], symbols: Symbols): EndsBefore | undefined {
  const pieces = new Map(writes.flatMap((write) => write.nodes.map((node) => [node, write] as const)));
  const prompts = new Set<ts.Node>(reads.map(({ expression }) => expression));
  const any: Ends = union(...writes.map((write) => endAfter(write, NOWHERE)));
  const found = new Map<ts.Node, Ends>();
  const writers = writersOf(writes, symbols);
  const writerNames = new Set([...writers].flatMap((fn) => nameOf(fn) ?? nameOf(fn.parent) ?? []));
  const running = new Set<ts.Node>();
  let isEntangled = false;
  const jumps: ts.Node[] = [];

  interface Around {
    readonly breaks: Ends[];
    readonly continues: Ends[];
    readonly returns: Ends[];
    /** What a `catch` that stands around may find. */
    readonly thrown: readonly Ends[][];
  }

  const note = (node: ts.Node, ends: Ends): void => {
    found.set(node, union(found.get(node) ?? NOWHERE, ends));
  };

  const visit = (node: ts.Node, ends: Ends, around: Around): Ends => {
    const inOrder = (nodes: readonly (ts.Node | undefined)[], from: Ends): Ends =>
      nodes.reduce<Ends>((so, each) => (each ? visit(each, so, around) : so), from);
    const write = pieces.get(node);
    if (write) {
      if (write.nodes[0] !== node) return ends;
      const made = inOrder(
        write.values.filter((value) => !write.nodes.includes(value)),
        ends,
      );
      if (write.values.some(holdsWriter)) isEntangled = true;
      note(node, made);
      const after = endAfter(write, made);
      around.thrown.forEach((each) => each.push(after));
      return after;
    }
    if (prompts.has(node)) note(node, ends);
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return ends;
    if (ts.isIfStatement(node)) {
      const tested = visit(node.expression, ends, around);
      const then = visit(node.thenStatement, tested, around);
      return union(then, node.elseStatement ? visit(node.elseStatement, tested, around) : tested);
    }
    if (ts.isConditionalExpression(node)) {
      const tested = visit(node.condition, ends, around);
      return union(visit(node.whenTrue, tested, around), visit(node.whenFalse, tested, around));
    }
    if (ts.isBinaryExpression(node) && isShortCut(node.operatorToken.kind)) {
      const left = visit(node.left, ends, around);
      return union(left, visit(node.right, left, around));
    }
    if (ts.isIterationStatement(node, false)) return loop(node, ends, around);
    if (ts.isTryStatement(node)) return attempt(node, ends, around);
    if (ts.isSwitchStatement(node)) {
      const tested = visit(node.expression, ends, around);
      const breaks: Ends[] = [];
      const inside = { ...around, breaks };
      const last = node.caseBlock.clauses.reduce<Ends>(
        (so, clause) => clause.statements.reduce((at, each) => visit(each, at, inside), union(so, tested)),
        NOWHERE,
      );
      return union(last, tested, ...breaks);
    }
    if (ts.isBreakOrContinueStatement(node)) {
      if (node.label) jumps.push(node);
      (ts.isBreakStatement(node) ? around.breaks : around.continues).push(ends);
      return NOWHERE;
    }
    if (ts.isReturnStatement(node) || ts.isThrowStatement(node)) {
      const left = inOrder([node.expression], ends);
      if (ts.isReturnStatement(node)) around.returns.push(left);
      return NOWHERE;
    }
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => {
      children.push(child);
    });
    const after = inOrder(children, ends);
    return runsWriter(node) ? (afterCall(node, after, around) ?? any) : after;
  };

  /** What a function that is called by its name leaves; undefined for one that may go on later. */
  const afterCall = (node: ts.Node, ends: Ends, around: Around): Ends | undefined => {
    const callee = ts.isCallExpression(node) ? calleeOf(node, symbols) : undefined;
    const isPlain =
      callee &&
      writers.has(callee.fn) &&
      !isAsync(callee.fn) &&
      !('asteriskToken' in callee.fn && callee.fn.asteriskToken);
    if (!isPlain || running.has(callee.fn)) return undefined;
    running.add(callee.fn);
    const returns: Ends[] = [];
    const last = visit(callee.fn.body, ends, { breaks: [], continues: [], returns, thrown: around.thrown });
    running.delete(callee.fn);
    return union(last, ...returns);
  };

  const loop = (node: ts.IterationStatement, ends: Ends, around: Around): Ends => {
    const breaks: Ends[] = [];
    const continues: Ends[] = [];
    const inside = { ...around, breaks, continues };
    const parts: ts.Node[] = [];
    ts.forEachChild(node, (child) => {
      parts.push(child);
    });
    // What is evaluated once, before or after a round, changes nothing but by calls, after which anything may be.
    let before = ends;
    for (;;) {
      const after = parts.reduce<Ends>((so, part) => visit(part, union(so, ...continues), inside), before);
      const next = union(before, after, ...continues);
      if (next.size === before.size) return union(next, ...breaks);
      before = next;
    }
  };

  const attempt = (node: ts.TryStatement, ends: Ends, around: Around): Ends => {
    const thrown: Ends[] = [ends];
    const tried = visit(node.tryBlock, ends, { ...around, thrown: [...around.thrown, thrown] });
    const caught = node.catchClause ? visit(node.catchClause.block, union(...thrown), around) : NOWHERE;
    const after = union(tried, caught);
    if (!node.finallyBlock) return after;
    visit(node.finallyBlock, union(...thrown, caught), around);
    return visit(node.finallyBlock, after, around);
  };

  const runsWriter = (node: ts.Node): boolean => {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
    const callee = ts.isCallExpression(node) ? calleeOf(node, symbols) : undefined;
    if (callee ? writers.has(callee.fn) : writerNames.has(calledName(node.expression))) return true;
    return [node.expression, ...(node.arguments ?? [])].some((each) => {
      if (ts.isFunctionLike(each)) return writers.has(each);
      if (!ts.isIdentifier(each)) return false;
      const symbol = symbols.of(each);
      return (symbol?.declarations ?? []).some((declaration) =>
        [...writers].some((fn) => fn === declaration || fn.parent === declaration),
      );
    });
  };

  const holdsWriter = (root: ts.Node): boolean => {
    let holds = false;
    walk(root, (node) => {
      holds ||= runsWriter(node);
      return !holds;
    });
    return holds;
  };

  const nodes = [...writes.flatMap((write) => write.nodes), ...reads.map(({ expression }) => expression)];
  const declared = declarationIn(writes);
  for (const place of new Set(nodes.map((node) => enclosingFunction(node) ?? node.getSourceFile()))) {
    const isHome = declared !== undefined && (enclosingFunction(declared) ?? declared.getSourceFile()) === place;
    const around: Around = { breaks: [], continues: [], returns: [], thrown: [] };
    const body = ts.isSourceFile(place) ? place.statements : [place.body];
    body.reduce<Ends>((so, statement) => visit(statement, so, around), isHome ? NOWHERE : any);
  }
  return jumps.length > 0 ? undefined : { before: (node) => found.get(node) ?? NOWHERE, isEntangled };
}

function nameOf(node: ts.Node): string | undefined {
  return staticName(ts.getNameOfDeclaration(node as ts.Declaration) as ts.PropertyName | undefined);
}

/** The name by which something is called that may be any of several functions. */
function calledName(callee: ts.Expression): string {
  const inner = unwrap(callee);
  return (isAccess(inner) ? accessName(inner) : staticName(inner)) ?? '';
}

function declarationIn(writes: readonly Write[]): ts.Node | undefined {
  const nodes = writes.flatMap((write) => write.nodes);
  return nodes.find(ts.isVariableDeclaration);
}

/** The functions that write to the transcript, themselves or through others that are seen to be called. */
function writersOf(writes: readonly Write[], symbols: Symbols): ReadonlySet<ts.Node> {
  const writers = new Set<ts.Node>();
  const declared = declarationIn(writes);
  for (const { target } of writes) {
    if (!target) continue;
    for (let fn = enclosingFunction(target); fn; fn = enclosingFunction(fn)) {
      if (declared && enclosingFunction(declared) === fn) break;
      writers.add(fn);
    }
  }
  const [file] = writes.flatMap(({ nodes }) => nodes.map((node) => node.getSourceFile()));
  for (let grows = file !== undefined; grows;) {
    grows = false;
    walk(file as ts.SourceFile, (node) => {
      const callee = ts.isCallExpression(node) ? calleeOf(node, symbols) : undefined;
      const caller = callee && writers.has(callee.fn) ? enclosingFunction(node) : undefined;
      if (caller && !writers.has(caller)) {
        writers.add(caller);
        grows = true;
      }
      return undefined;
    });
  }
  return writers;
}

function isShortCut(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

function union(...sets: readonly Ends[]): Ends {
  return new Set(sets.flatMap((set) => [...set]));
}
