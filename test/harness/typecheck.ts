import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The npm aliases under which this project installs the SDKs that code must compile against, before and after. */
export type SdkAlias = 'sdk-0.4' | 'sdk-0.6' | 'sdk-0.20' | 'sdk-0.137' | 'sdk-1';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STUBS = join(ROOT, 'test/harness/stubs.d.ts');
const CHECKED = /\.(ts|tsx|mts|cts)$/;

/** Parsed library and SDK files, which every program shares. */
export type SourceCache = Map<string, ts.SourceFile | undefined>;

/**
 * The type errors of many files against one SDK, in one program, under `strict`.
 * Keys are paths relative to the project root and need not exist on disk; files without errors are absent.
 */
export function typeErrors(
  files: ReadonlyMap<string, string>,
  sdk: SdkAlias,
  cache: SourceCache = new Map(),
  stricter: ts.CompilerOptions = {},
): ReadonlyMap<string, readonly string[]> {
  const options = { ...compilerOptions(sdk), ...stricter };
  const virtual = new Map([...files].map(([path, text]) => [join(ROOT, path), text]));
  const roots = [...virtual.keys()].filter((path) => CHECKED.test(path));
  const program = ts.createProgram([...roots, STUBS], options, virtualHost(virtual, options, cache));
  const errors = new Map<string, readonly string[]>();
  for (const path of files.keys()) {
    const source = program.getSourceFile(join(ROOT, path));
    if (source === undefined || !CHECKED.test(path)) continue;
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    if (found.length > 0)
      errors.set(
        path,
        found.map((diagnostic) => describe(source, diagnostic)),
      );
  }
  return errors;
}

function compilerOptions(sdk: SdkAlias): ts.CompilerOptions {
  const home = join(ROOT, 'node_modules', sdk);
  return {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    jsx: ts.JsxEmit.Preserve,
    experimentalDecorators: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
    paths: {
      '@anthropic-ai/sdk': [home],
      '@anthropic-ai/sdk/*.js': [join(home, '*')],
      '@anthropic-ai/sdk/*.mjs': [join(home, '*')],
      '@anthropic-ai/sdk/*': [join(home, '*')],
    },
  };
}

function virtualHost(
  virtual: ReadonlyMap<string, string>,
  options: ts.CompilerOptions,
  cache: SourceCache,
): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const folders = new Set([...virtual.keys()].flatMap(ancestors));
  return {
    ...host,
    fileExists: (path) => virtual.has(path) || host.fileExists(path),
    readFile: (path) => virtual.get(path) ?? host.readFile(path),
    directoryExists: (path) => folders.has(path) || (host.directoryExists?.(path) ?? true),
    getSourceFile: (path, version, ...rest) => {
      const text = virtual.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, version, true);
      if (!cache.has(path)) cache.set(path, host.getSourceFile(path, version, ...rest));
      return cache.get(path);
    },
  };
}

function ancestors(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1, -1).map((_, index) => parts.slice(0, index + 2).join('/'));
}

function describe(source: ts.SourceFile, diagnostic: ts.Diagnostic): string {
  const line = source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line + 1;
  return `${line}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`;
}

/** The syntax errors of one file of any TypeScript or JavaScript flavour. */
export function syntaxErrors(path: string, text: string): readonly string[] {
  const result = ts.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Preserve, jsx: ts.JsxEmit.Preserve },
  });
  return (result.diagnostics ?? []).map((diagnostic) =>
    diagnostic.file
      ? describe(diagnostic.file, diagnostic)
      : ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'),
  );
}

/** The version that an alias stands for. */
export function installedVersion(sdk: SdkAlias): string {
  const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'node_modules', sdk, 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}
