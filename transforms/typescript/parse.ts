import { ts } from './ts.js';

/** A place where a text stops to be a program, and the compiler's word for it. */
export interface SyntaxError {
  readonly offset: number;
  readonly message: string;
}

/** What keeps a text from parsing; the tree of such a text is the parser's guess, so nothing is edited in it. */
export function syntaxErrors(path: string, text: string): readonly SyntaxError[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false);
  // The parser keeps its own diagnostics on the tree; the declarations leave the member out.
  const { parseDiagnostics } = file as ts.SourceFile & {
    readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[];
  };
  return (parseDiagnostics ?? []).map(({ start, messageText }) => ({
    offset: start,
    message: ts.flattenDiagnosticMessageText(messageText, ' '),
  }));
}
