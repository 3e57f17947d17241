import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ts } from './ts.js';
import type { SourceFile } from '../transform.js';
import { importing } from './importing.js';
import { PASS_THROUGH_PATH, PASS_THROUGH_TEXT } from './pass-through-stub.js';
import { createResolver, type Resolver } from './resolve-import.js';
import { AMBIENT_PATH, AMBIENT_TEXT, STUB_PATH, STUB_TEXT } from './sdk-stub.js';

/** Files as one program, and its checker: who declares a name, and what type an expression has. */
export interface View {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** The trees of the roots, and of those within reach, by project path. */
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

/** How many imports away from a root a file is still looked at: a call, its builder, its texts, their constants. */
const REACH = 4;

/**
 * Builds a program over some roots and what they import from the repository, as far as `REACH` goes. `others` are files that
 * are part of it only if they are imported. Nothing is read but through `read`, and from the compiler's own libraries: never node_modules.
 */
export function createView(
  roots: readonly SourceFile[],
  others: readonly SourceFile[],
  read: (path: string) => string | undefined,
): View {
  const given = [...roots, ...others];
  const texts = new Map(given.map((file) => [ROOT + file.path, file.text]));
  const readSource = (fileName: string): string | undefined => {
    if (fileName === STUB_PATH) return STUB_TEXT;
    if (fileName === AMBIENT_PATH) return AMBIENT_TEXT;
    if (fileName === PASS_THROUGH_PATH) return PASS_THROUGH_TEXT;
    if (fileName.startsWith(ROOT)) return texts.get(fileName) ?? read(fileName.slice(ROOT.length));
    return fileName.startsWith(join(LIB_FOLDER, 'lib.')) ? readFileSync(fileName, 'utf8') : undefined;
  };
  const resolve = createResolver(
    given.map(({ path }) => path),
    (path) => texts.has(ROOT + path) || read(path) !== undefined,
    read,
  );
  const within = reachable(roots, (path) => texts.get(ROOT + path) ?? read(path), resolve);
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
        resolvedModule: resolved(resolve(literal.text, containingFile.slice(ROOT.length)), within),
      })),
    useCaseSensitiveFileNames: () => true,
    writeFile: () => undefined,
  };
  const program = ts.createProgram({
    rootNames: [AMBIENT_PATH, STUB_PATH, PASS_THROUGH_PATH, ...roots.map(({ path }) => ROOT + path)],
    options: OPTIONS,
    host,
  });
  const files = new Map<string, ts.SourceFile>();
  for (const { path } of given) {
    const file = program.getSourceFile(ROOT + path);
    if (file) files.set(path, file);
  }
  return { program, checker: program.getTypeChecker(), files };
}

/** The paths that imports lead to from the roots, with no more than so many steps. */
function reachable(
  roots: readonly SourceFile[],
  textOf: (path: string) => string | undefined,
  resolve: Resolver,
): ReadonlySet<string> {
  const found = new Set(roots.map(({ path }) => path));
  let last: readonly string[] = [...found];
  for (let step = 0; step < REACH && last.length > 0; step += 1) {
    const next = last.flatMap((path) =>
      importing.specifiersIn(textOf(path) ?? '').flatMap((specifier) => resolve(specifier, path) ?? []),
    );
    last = [...new Set(next)].filter((path) => path !== STUB_PATH && !found.has(path));
    for (const path of last) found.add(path);
  }
  return found;
}

function resolved(target: string | undefined, within: ReadonlySet<string>): ts.ResolvedModuleFull | undefined {
  if (target === undefined || (target !== STUB_PATH && !within.has(target))) return undefined;
  if (target === STUB_PATH) return { resolvedFileName: STUB_PATH, extension: ts.Extension.Dcts };
  const extension = /\.d\.[mc]?ts$|\.[mc]?[jt]sx?$/.exec(target)?.[0] ?? ts.Extension.Ts;
  return { resolvedFileName: ROOT + target, extension, isExternalLibraryImport: false };
}
