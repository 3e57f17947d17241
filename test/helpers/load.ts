import vm from 'node:vm';
import ts from 'typescript';
import type { HelperName } from '../../transforms/helpers/typescript/names.js';

export interface TextCompletion {
  readonly id: string;
  readonly completion: string;
  readonly stop_reason: string | null;
}

/** What the generated helpers are when they run. */
export interface Helpers {
  readonly toMessages: (prompt: string) => {
    system?: string;
    messages: { role: 'user' | 'assistant'; content: string }[];
  };
  readonly toMessageParams: (params: object) => Record<string, unknown>;
  readonly toCompletion: (message: object) => TextCompletion;
  readonly completionChunks: (stream: object) => AsyncIterable<TextCompletion> & { readonly controller: unknown };
  readonly messageText: (message: object) => string;
}

/** Runs a module or script and takes the helpers from it, whatever its style. */
export function load(source: string, style: 'esm' | 'cjs' | 'inline', names: readonly HelperName[]): Helpers {
  const compilerOptions = { target: ts.ScriptTarget.ES2018, module: ts.ModuleKind.CommonJS };
  const script = style === 'esm' ? ts.transpileModule(source, { compilerOptions }).outputText : source;
  const own = { exports: {} };
  const tail = style === 'inline' ? `\nmodule.exports = { ${names.join(', ')} };` : '';
  const run = vm.runInThisContext(`(function (module, exports) {${script}${tail}\n})`) as (
    module: object,
    exports: object,
  ) => void;
  run(own, own.exports);
  return own.exports as Helpers;
}
