import { posix } from 'node:path';
import ts from 'typescript';
import type { Files } from '../harness/files.js';

const SOURCE = /\.(?:[mc]?[jt]s|[jt]sx)$/;

/**
 * The files of a TypeScript or JavaScript program as Node runs them, without checking any type.
 * Relative imports get the name of the file that they mean, so that they may leave out extensions or name a .ts file.
 */
export function transpile(files: Files): Files {
  const outputs = new Map(
    [...files].filter(([path]) => SOURCE.test(path)).map(([path, text]) => [path, outputPath(path, files, text)]),
  );
  return new Map(
    [...files].map(([path, text]): [string, string] => {
      const output = outputs.get(path);
      return output === undefined ? [path, text] : [output, transpileFile(path, text, outputs)];
    }),
  );
}

/** Where a source file of the program stands once it is transpiled. */
export function outputOf(path: string, files: Files): string {
  return outputPath(path, files, files.get(path) ?? '');
}

function transpileFile(path: string, text: string, outputs: ReadonlyMap<string, string>): string {
  const commonJs = outputs.get(path)?.endsWith('.cjs') === true;
  return ts.transpileModule(text, {
    fileName: path,
    transformers: { before: [renameImports(path, outputs)] },
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: commonJs ? ts.ModuleKind.CommonJS : ts.ModuleKind.ESNext,
      esModuleInterop: true,
      experimentalDecorators: true,
      jsx: ts.JsxEmit.React,
    },
  }).outputText;
}

/** By its extension, else by the `type` of the nearest manifest, as Node decides. */
function outputPath(path: string, files: Files, text: string): string {
  const stem = path.replace(SOURCE, '');
  if (/\.c[jt]s$/.test(path)) return `${stem}.cjs`;
  if (/\.m[jt]s$/.test(path) || moduleType(path, files) === 'module') return `${stem}.mjs`;
  return isModule(path, text) ? `${stem}.mjs` : `${stem}.cjs`;
}

/** Without a `type`, a file that cannot run as CommonJS is a module. */
function isModule(path: string, text: string): boolean {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  return source.statements.some(holdsTopLevelAwait) || text.includes('import.meta');
}

function holdsTopLevelAwait(node: ts.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined)) return true;
  return ts.forEachChild(node, (child) => holdsTopLevelAwait(child) || undefined) === true;
}

function moduleType(path: string, files: Files): string | undefined {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    const manifest = files.get(posix.join(folder, 'package.json'));
    if (manifest !== undefined) return (JSON.parse(manifest) as { type?: string }).type;
    if (folder === '.') return undefined;
  }
}

function renameImports(path: string, outputs: ReadonlyMap<string, string>): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const visit = (node: ts.Node): ts.Node => {
      if (ts.isStringLiteral(node) && namesModule(node))
        return context.factory.createStringLiteral(resolve(path, node.text, outputs));
      return ts.visitEachChild(node, visit, context);
    };
    return ts.visitNode(file, visit, ts.isSourceFile);
  };
}

function namesModule(node: ts.StringLiteral): boolean {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isExternalModuleReference(parent))
    return true;
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== node) return false;
  const callee = parent.expression;
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

function resolve(from: string, specifier: string, outputs: ReadonlyMap<string, string>): string {
  if (!/^\.\.?(?:\/|$)/.test(specifier)) return specifier;
  const target = posix.join(posix.dirname(from), specifier);
  const stems = [target, target.replace(SOURCE, ''), `${target}/index`];
  const found =
    [...outputs].find(([path]) => path === target) ??
    [...outputs].find(([path]) => stems.includes(path.replace(SOURCE, '')));
  if (found === undefined) return specifier;
  const relative = posix.relative(posix.dirname(from), found[1]);
  return relative.startsWith('.') ? relative : `./${relative}`;
}
