import { createRequire } from 'node:module';
import { transformWithEsbuild } from 'vite';

const require = createRequire(import.meta.url);

/** The SDKs by the alias under which they are installed. */
export type SdkAlias = 'sdk-0.20' | 'sdk-0.137' | 'sdk-1';

type Main = (...args: readonly unknown[]) => Promise<string>;

/** Runs `main` of a program in this process, with a real SDK, which reads the server's address from the environment. */
export async function evaluate(source: string, args: readonly unknown[], sdk: SdkAlias): Promise<string> {
  const { code } = await transformWithEsbuild(source, 'main.ts', { format: 'cjs', target: 'es2022', sourcemap: false });
  const module: { exports: { main?: Main } } = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the program under test is text
  const load = new Function('require', 'module', code) as (require: (name: string) => unknown, module: object) => void;
  load(() => require(sdk), module);
  if (module.exports.main === undefined) throw new Error('The program has no main');
  return module.exports.main(...args);
}
