import { ts } from '../ts.js';
import { isLegacyStopReason } from '../../../src/api/stop-reasons.js';
import type { Edit, Piece } from '../../../src/edits/edit.js';
import { isInside, literalText, walk } from '../syntax.js';
import { indentAt, type Unit } from '../unit.js';
import type { ChunkReads } from './chunk-reads.js';
import { linesIn } from './lines-in.js';
import { reasonsOf } from './stop-reason-map.js';
import { readsOf } from './reads-of.js';
import type { World } from './world.js';

/**
 * A loop whose statements read either the text or the stop reason of a chunk. Events carry one of them each, so every
 * run of statements gets the test for its kind of event.
 */
export interface Branches {
  readonly runs: readonly Run[];
}

type Run =
  | { readonly kind: 'text'; readonly statements: readonly ts.Statement[] }
  | { readonly kind: 'reason'; readonly statement: ReasonStatement };

/** `if (chunk.stop_reason …) …` or `name = chunk.stop_reason;`: does nothing that matters while there is no reason. */
type ReasonStatement = ts.IfStatement | ts.ExpressionStatement;

/** Sorts the statements of a loop; undefined where they cannot be told apart. */
export function branchesOf(body: ts.Statement, reads: ChunkReads, world: World): Branches | undefined {
  if (!ts.isBlock(body) || reads.isCaptured || reads.patterns.length > 0) return undefined;
  const runs: Run[] = [];
  for (const statement of body.statements) {
    const hasText = reads.texts.some((node) => isInside(node, statement));
    const hasReason = reads.reasons.some((node) => isInside(node, statement));
    const last = runs.at(-1);
    if (hasReason) {
      if (hasText || !waitsForReason(statement, reads)) return undefined;
      runs.push({ kind: 'reason', statement });
    } else if (last?.kind === 'text')
      runs[runs.length - 1] = { kind: 'text', statements: [...last.statements, statement] };
    else runs.push({ kind: 'text', statements: [statement] });
  }
  const wrapped = runs.slice(0, -1).flatMap((run) => (run.kind === 'text' ? run.statements : []));
  return wrapped.every((statement) => !declaresForOthers(statement, wrapped, world)) ? { runs } : undefined;
}

function waitsForReason(statement: ts.Statement, { reasons }: ChunkReads): statement is ReasonStatement {
  const isReason = (node: ts.Expression): boolean => reasons.includes(node);
  if (ts.isIfStatement(statement)) return !statement.elseStatement && impliesReason(statement.expression, isReason);
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return false;
  const { left, operatorToken, right } = statement.expression;
  return operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isIdentifier(left) && isReason(right);
}

/** Whether a condition can only hold for a chunk that has a stop reason. */
function impliesReason(node: ts.Expression, isReason: (node: ts.Expression) => boolean): boolean {
  if (ts.isParenthesizedExpression(node)) return impliesReason(node.expression, isReason);
  if (isReason(node)) return true;
  if (!ts.isBinaryExpression(node)) return false;
  const { left, operatorToken, right } = node;
  switch (operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return impliesReason(left, isReason) || impliesReason(right, isReason);
    case ts.SyntaxKind.BarBarToken:
      return impliesReason(left, isReason) && impliesReason(right, isReason);
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsToken:
      return (isReason(left) && ts.isStringLiteral(right)) || (isReason(right) && ts.isStringLiteral(left));
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
      return isReason(left) && right.kind === ts.SyntaxKind.NullKeyword;
    default:
      return false;
  }
}

/** Whether a statement declares something that statements outside of its own run would miss. */
function declaresForOthers(statement: ts.Statement, wrapped: readonly ts.Statement[], world: World): boolean {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return true;
  if (!ts.isVariableStatement(statement)) return false;
  const names: ts.Identifier[] = [];
  for (const { name } of statement.declarationList.declarations) {
    walk(name, (node) => {
      if (ts.isIdentifier(node)) names.push(node);
      return undefined;
    });
  }
  return names.some((name) => readsOf(name, world).some((read) => !wrapped.some((other) => isInside(read, other))));
}

/** The tests around the runs. */
export function branchEdits({ runs }: Branches, event: string, unit: Unit, world: World): readonly Edit[] {
  const { quote, indent, semicolon } = unit.style;
  const [delta, text, end] = ['content_block_delta', 'text_delta', 'message_delta'].map(
    (each) => `${quote}${each}${quote}`,
  );
  return runs.flatMap((run, index): readonly Edit[] => {
    if (run.kind === 'reason') return reasonEdits(run.statement, `${event}.type === ${end ?? ''}`, unit, world);
    const [first] = run.statements;
    const last = run.statements.at(-1);
    if (!first || !last) return [];
    const start = unit.range(first).start;
    const base = indentAt(unit.text, start);
    if (index === runs.length - 1) {
      return [
        at(
          start,
          `if (${event}.type !== ${delta ?? ''} || ${event}.delta.type !== ${text ?? ''}) continue${semicolon}\n${base}`,
        ),
      ];
    }
    const range = { start, end: unit.range(last).end };
    return [
      {
        range,
        pieces: [
          `if (${event}.type === ${delta ?? ''} && ${event}.delta.type === ${text ?? ''}) {\n${base}${indent}`,
          range,
          `\n${base}}`,
        ],
      },
      ...linesIn(run.statements, unit).map((line) => at(line, indent)),
    ];
  });
}

function reasonEdits(statement: ReasonStatement, test: string, unit: Unit, world: World): readonly Edit[] {
  if (!ts.isIfStatement(statement)) return [at(unit.range(statement).start, `if (${test}) `)];
  const range = unit.range(statement.expression);
  const pieces: readonly Piece[] = becomesLoose(statement.expression, unit, world) ? ['(', range, ')'] : [range];
  return [{ range, pieces: [`${test} && `, ...pieces] }];
}

/** Whether a condition is a choice of several, or a test that becomes one. */
function becomesLoose(condition: ts.Expression, unit: Unit, world: World): boolean {
  if (!ts.isBinaryExpression(condition)) return false;
  if (condition.operatorToken.kind === ts.SyntaxKind.BarBarToken) return true;
  const text = literalText(condition.right) ?? literalText(condition.left);
  return text !== undefined && isLegacyStopReason(text) && reasonsOf(text, unit, world).length > 1;
}

function at(offset: number, text: string): Edit {
  return { range: { start: offset, end: offset }, pieces: [text] };
}
