import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from '../transform.js';
import { createResolver } from './resolve-import.js';
import { AMBIENT_PATH, AMBIENT_TEXT, STUB_PATH, STUB_TEXT } from './sdk-stub.js';

/** The candidates as one program, and its checker: who declares a name, and what type an expression has. */
export interface View {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** The candidates' trees, by project path. */
  readonly files: ReadonlyMap<string, ts.SourceFile>;
}

const ROOT = '/project/';
const LIB_FOLDER = dirname(createRequire(import.meta.url).resolve('typescript'));

/** The compiler's libraries and the stub, parsed once: they are the same in every program, and never change. */
const OWN_FILES = new Map<string, ts.SourceFile>();

const OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  esModuleInterop: true,
  jsx: ts.JsxEmit.Preserve,
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ES2022,
  types: [],
};

/** The path of a program's file as the project knows it; undefined for the libraries and the SDK's stub. */
export function projectPath(file: ts.SourceFile): string | undefined {
  return file.fileName.startsWith(ROOT) ? file.fileName.slice(ROOT.length) : undefined;
}

/**
 * Builds a program over the candidates and what they import from the repository.
 * Nothing is read but through `read`, and from the compiler's own libraries: never node_modules.
 */
export function createView(candidates: readonly SourceFile[], read: (path: string) => string | undefined): View {
  const texts = new Map(candidates.map((file) => [ROOT + file.path, file.text]));
  const readSource = (fileName: string): string | undefined => {
    if (fileName === STUB_PATH) return STUB_TEXT;
    if (fileName === AMBIENT_PATH) return AMBIENT_TEXT;
    if (fileName.startsWith(ROOT)) return texts.get(fileName) ?? read(fileName.slice(ROOT.length));
    return fileName.startsWith(join(LIB_FOLDER, 'lib.')) ? readFileSync(fileName, 'utf8') : undefined;
  };
  const resolve = createResolver(
    candidates.map(({ path }) => path),
    (path) => texts.has(ROOT + path) || read(path) !== undefined,
    read,
  );
  const host: ts.CompilerHost = {
    fileExists: (fileName) => readSource(fileName) !== undefined,
    getCanonicalFileName: (fileName) => fileName,
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: () => join(LIB_FOLDER, 'lib.es2022.d.ts'),
    getDefaultLibLocation: () => LIB_FOLDER,
    getNewLine: () => '\n',
    getSourceFile: (fileName, language) => {
      const isOwn = !fileName.startsWith(ROOT);
      const known = isOwn ? OWN_FILES.get(fileName) : undefined;
      const text = known ? undefined : readSource(fileName);
      if (text === undefined) return known;
      const file = ts.createSourceFile(fileName, text, language, true);
      if (isOwn) OWN_FILES.set(fileName, file);
      return file;
    },
    readFile: readSource,
    resolveModuleNameLiterals: (literals, containingFile) =>
      literals.map((literal) => ({
        resolvedModule: resolved(resolve(literal.text, containingFile.slice(ROOT.length))),
      })),
    useCaseSensitiveFileNames: () => true,
    writeFile: () => undefined,
  };
  const program = ts.createProgram({
    rootNames: [AMBIENT_PATH, STUB_PATH, ...texts.keys()],
    options: OPTIONS,
    host,
  });
  const files = new Map<string, ts.SourceFile>();
  for (const { path } of candidates) {
    const file = program.getSourceFile(ROOT + path);
    if (file) files.set(path, file);
  }
  return { program, checker: program.getTypeChecker(), files };
}

function resolved(target: string | undefined): ts.ResolvedModuleFull | undefined {
  if (target === undefined) return undefined;
  if (target === STUB_PATH) return { resolvedFileName: STUB_PATH, extension: ts.Extension.Dcts };
  const extension = /\.d\.[mc]?ts$|\.[mc]?[jt]sx?$/.exec(target)?.[0] ?? ts.Extension.Ts;
  return { resolvedFileName: ROOT + target, extension, isExternalLibraryImport: false };
}
