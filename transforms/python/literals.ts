import { field, namedChildren, textOf, type Node } from './node.js';

/** A piece of a string: text as the program has it, or an expression in an f-string. */
export type LiteralPiece =
  string | { readonly expression: Node; readonly format: string; readonly interpolation: Node };

/** What a string literal says; undefined for bytes. Python language reference, section 2.4. */
export function literalPieces(node: Node): readonly LiteralPiece[] | undefined {
  const start = node.children.find(({ type }) => type === 'string_start');
  const prefix = start
    ? textOf(start)
        .replace(/["']+$/, '')
        .toLowerCase()
    : '';
  if (prefix.includes('b')) return undefined;
  const pieces: LiteralPiece[] = [];
  for (const child of node.children) {
    if (child.type === 'string_content') pieces.push(...contentPieces(child, prefix.includes('r')));
    else if (child.type === 'interpolation') {
      const expression = field(child, 'expression');
      if (!expression) return undefined;
      pieces.push({ expression, format: formatOf(child), interpolation: child });
    }
  }
  return pieces;
}

/** `!r` and `:>10` of an interpolation. A trailing `=` repeats the source, which nobody writes into a prompt. */
function formatOf(interpolation: Node): string {
  return interpolation.children
    .filter(({ type }) => type === 'type_conversion' || type === 'format_specifier' || type === '=')
    .map(textOf)
    .join('');
}

function contentPieces(content: Node, isRaw: boolean): readonly string[] {
  const pieces: string[] = [];
  let at = content.start;
  for (const child of content.children) {
    pieces.push(content.file.slice(at, child.start));
    pieces.push(
      child.type === 'escape_sequence' && !isRaw
        ? cooked(textOf(child))
        : child.type === 'escape_interpolation'
          ? textOf(child).charAt(0)
          : textOf(child),
    );
    at = child.end;
  }
  pieces.push(content.file.slice(at, content.end));
  return pieces.map((piece) => piece.replaceAll('\r\n', '\n'));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\\\': '\\',
  "\\'": "'",
  '\\"': '"',
  '\\a': '\x07',
  '\\b': '\b',
  '\\f': '\f',
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
  '\\v': '\v',
};

function cooked(escape: string): string {
  const simple = ESCAPES[escape];
  if (simple !== undefined) return simple;
  if (/^\\\r?\n$/.test(escape)) return '';
  const [, code] = /^\\[xuU]([0-9a-fA-F]+)$/.exec(escape) ?? [];
  if (code !== undefined) return String.fromCodePoint(parseInt(code, 16));
  const [, octal] = /^\\([0-7]{1,3})$/.exec(escape) ?? [];
  return octal === undefined ? escape : String.fromCharCode(parseInt(octal, 8));
}

/** The text of a literal without interpolations, also of several that stand beside each other. */
export function constantText(node: Node): string | undefined {
  if (node.type === 'parenthesized_expression' || node.type === 'concatenated_string') {
    const texts = namedChildren(node).map(constantText);
    if (node.type === 'parenthesized_expression' && texts.length !== 1) return undefined;
    return texts.every((text) => text !== undefined) ? texts.join('') : undefined;
  }
  const pieces = node.type === 'string' ? literalPieces(node) : undefined;
  return pieces?.every((piece) => typeof piece === 'string') ? pieces.join('') : undefined;
}
