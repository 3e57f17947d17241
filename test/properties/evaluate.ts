import { createRequire } from 'node:module';
import ts from 'typescript';

const require = createRequire(import.meta.url);

/** The SDKs by the alias under which they are installed. */
export type SdkAlias = 'sdk-0.20' | 'sdk-0.137' | 'sdk-1';

/** Runs `main` of a program in this process, with a real SDK, which reads the server's address from the environment. */
export async function evaluate(source: string, args: readonly unknown[], sdk: SdkAlias): Promise<string> {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
  });
  const exports: { main?: (...args: readonly unknown[]) => Promise<string> } = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the program under test is text
  const load = new Function('require', 'exports', outputText) as (require: (name: string) => unknown, exports: object) => void;
  load(() => require(sdk), exports);
  if (exports.main === undefined) throw new Error('The program has no main');
  return exports.main(...args);
}
