import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import type { runTool } from '../harness/run-tool.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A fault to put into the tool: one place of one source file, replaced. */
export interface Mutation {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/**
 * Runs `use` with a tool that has a fault. The project's files stay as they are; the fault is put in as they are loaded.
 * @throws where `find` does not stand exactly once in the file
 */
export async function withMutant<T>(mutation: Mutation, use: (tool: typeof runTool) => Promise<T>): Promise<T> {
  const path = join(ROOT, mutation.file);
  const found = readFileSync(path, 'utf8').split(mutation.find).length - 1;
  if (found !== 1)
    throw new Error(`${mutation.file} holds ${JSON.stringify(mutation.find)} ${found} times: seed the fault anew`);
  const server = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: 'silent',
    appType: 'custom',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    plugins: [
      {
        name: 'mutant',
        enforce: 'pre',
        transform: (code, id) => (id === path ? code.replace(mutation.find, () => mutation.replace) : undefined),
      },
    ],
  });
  // The tool requires the compiler, and modules that this server runs have no `require` of their own.
  Object.assign(globalThis, { require: createRequire(import.meta.url) });
  try {
    const module = (await server.ssrLoadModule('/test/harness/run-tool.ts')) as { readonly runTool: typeof runTool };
    return await use(module.runTool);
  } finally {
    await server.close();
  }
}
