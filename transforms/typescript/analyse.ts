import { ts } from './ts.js';
import type { Note } from '../../src/findings/finding.js';
import type { Importer, Importers, Project, SourceFile } from '../transform.js';
import { modulesHeld } from './flow/modules.js';
import { castParameters } from './cast-parameters.js';
import { castToSdk, locateSites, untypedCalls, type Site } from './locate.js';
import { castAnswers, locateRequests } from './requests/locate-requests.js';
import { castHandingOn } from './hands-on.js';
import { dropLooseTypes } from './requests/loose-types.js';
import { syntaxErrors } from './parse.js';
import { createView, type View } from './program.js';
import { createSymbols, type Symbols } from './symbols.js';
import { walk } from './syntax.js';
import { createUnit, type Insertion, type Unit } from './unit.js';

/** The project as the checker sees it, and the legacy calls in it. */
export interface Analysis {
  readonly view: View;
  readonly symbols: Symbols;
  readonly units: readonly Unit[];
  readonly files: readonly ts.SourceFile[];
  readonly sites: readonly Site[];
  /** Calls of an untyped client that do not show whose API they are. */
  readonly undecided: readonly { readonly unit: Unit; readonly call: ts.CallExpression }[];
  readonly notes: readonly Note[];
  readonly outside: Outside;
  /** Modules of the project that are held as values. */
  readonly held: readonly ts.Symbol[];
  /** The candidates that have nothing to do with a call. */
  readonly apart: readonly SourceFile[];
  readonly read: Project['read'];
}

/** What is known of the files that may use what the candidates declare. */
export interface Outside {
  readonly reach: Importers['reach'];
  /** Texts that may import a candidate and are no trees of the program. */
  readonly unread: readonly string[];
}

/** Parses the candidates and finds their sites. Clients that have no type get one, in the analysis's own copy of the text. */
export function analyse({ candidates, apart, importers, read }: Project): Analysis {
  const notes: Note[] = [];
  const isSource = (file: SourceFile): boolean => {
    const built = builtFrom(file.path);
    if (built !== undefined && read(built) !== undefined) {
      notes.push({
        code: 'CTM903',
        path: file.path,
        range: { start: 0, end: 0 },
        message: `The declarations of ${built} are built with it, and left alone.`,
      });
      return false;
    }
    const [error] = syntaxErrors(file.path, file.text);
    if (error) {
      const range = { start: error.offset, end: error.offset };
      notes.push({ code: 'CTM901', path: file.path, range, message: `The file does not parse: ${error.message}` });
    }
    return !error;
  };
  const sources = candidates.filter(isSource);
  const others = apart.filter(isSource);
  const neighbours = importers.files.filter(isReadable);
  const required = new Map(
    [...sources, ...others, ...neighbours].map((file) => [file.path, [...requireCasts(file), ...moduleMark(file)]]),
  );
  const first = build(sources, others, neighbours, required, read);
  const legacy = untypedCalls(first.units, first.view, first.symbols).filter(({ isLegacy }) => isLegacy);
  const insertions = new Map(required);
  const typed = locateSites(first.units, first.view, new Map());
  const requests = locateRequests(first.units, first.view, first.symbols);
  const casts = [
    ...legacy.map((call) => ({ path: call.unit.path, added: castToSdk(call) })),
    ...[...legacy, ...typed].map((call) => ({
      path: call.unit.path,
      added: castParameters(call, first.view.checker, first.symbols),
    })),
    ...requests.map((site) => ({ path: site.unit.path, added: castAnswers(site) })),
    ...first.units.map((unit) => ({ path: unit.path, added: handingOn(unit, first) })),
    ...[...new Set(requests.map(({ unit }) => unit))].map((unit) => ({ path: unit.path, added: dropLooseTypes(unit) })),
  ].filter(({ added }) => added.length > 0);
  for (const { path, added } of casts) insertions.set(path, [...(insertions.get(path) ?? []), ...added]);
  const final = casts.length === 0 ? first : build(sources, others, neighbours, insertions, read);
  const untyped = new Map(
    legacy.map((call) => [`${call.unit.path}:${String(call.unit.range(call.call).start)}`, call]),
  );
  return {
    ...final,
    sites: [
      ...locateSites(final.units, final.view, untyped),
      ...locateRequests(final.units, final.view, final.symbols),
    ],
    undecided: untypedCalls(final.units, final.view, final.symbols),
    apart: others.filter(({ path }) => !final.view.files.has(path)),
    notes,
    read,
    held: modulesHeld(final.view, final.symbols),
    outside: {
      reach: importers.reach,
      unread: importers.files.flatMap((file) => (neighbours.includes(file) ? [] : [file.text])),
    },
  };
}

/** The calls of a file whose function gives what its argument gives, and has no types that say so. */
function handingOn(unit: Unit, { symbols, view }: Pick<Analysis, 'symbols' | 'view'>): readonly Insertion[] {
  const found: Insertion[] = [];
  walk(unit.tree, (node) => {
    if (ts.isCallExpression(node)) found.push(...castHandingOn(node, unit, view.checker, symbols));
    return undefined;
  });
  return found;
}

/** Whether a file that imports a candidate is of this language, and parses. */
function isReadable({ path, text }: SourceFile): boolean {
  return /\.[mc]?[jt]sx?$/.test(path) && builtFrom(path) === undefined && syntaxErrors(path, text).length === 0;
}

/** The program that a declaration file stands beside when both come out of a compiler. */
function builtFrom(path: string): string | undefined {
  return /\.d\.[mc]?ts$/.test(path) ? path.replace(/\.d\.([mc]?)ts$/, '.$1js') : undefined;
}

/** The trees of neighbours that may not be edited are in the program, and no units. */
function build(
  candidates: readonly SourceFile[],
  others: readonly SourceFile[],
  neighbours: readonly Importer[],
  insertions: ReadonlyMap<string, readonly Insertion[]>,
  read: Project['read'],
): Pick<Analysis, 'view' | 'symbols' | 'units' | 'files'> {
  const sorted = new Map([...insertions].map(([path, list]) => [path, [...list].sort((a, b) => a.at - b.at)]));
  const annotated = ({ path, text }: SourceFile): SourceFile => ({
    path,
    text: insertInto(text, sorted.get(path) ?? []),
  });
  const view = createView([...candidates, ...neighbours].map(annotated), others.map(annotated), read);
  const targets = [...candidates, ...others, ...neighbours.filter(({ isTarget }) => isTarget)];
  const units = targets.flatMap(({ path, text }) => {
    const tree = view.files.get(path);
    return tree ? [createUnit(path, text, tree, sorted.get(path) ?? [])] : [];
  });
  return { view, symbols: createSymbols(view), units, files: units.map(({ tree }) => tree) };
}

function insertInto(text: string, insertions: readonly Insertion[]): string {
  let result = '';
  let at = 0;
  for (const insertion of insertions) {
    result += text.slice(at, insertion.at) + insertion.text;
    at = insertion.at;
  }
  return result + text.slice(at);
}

/** A file that awaits at its top level is a module, although it neither imports nor exports. */
function moduleMark({ text }: SourceFile): readonly Insertion[] {
  const isModule = /^\s*(import|export)\b/m.test(text);
  return !isModule && /^\S.*\bawait\b/m.test(text) ? [{ at: text.length, text: '\nexport {};' }] : [];
}

const SDK_REQUIRE = /require\(\s*(['"])(@anthropic-ai\/(?:sdk|bedrock-sdk)[^'"]*)\1\s*\)/.source;
const REQUIRE = new RegExp(`(?<!import\\s+\\w+\\s*=\\s*)\\b${SDK_REQUIRE}`, 'g');
const INTEROP = new RegExp(`\\b__import(Default|Star)\\(${SDK_REQUIRE.replace('\\1', '\\2')}\\)`, 'g');

/** `require` gives `any` in TypeScript files, and the helpers of compiled modules do everywhere: there it gets its type. */
function requireCasts({ path, text }: SourceFile): readonly Insertion[] {
  if (/\.[mc]?tsx?$/.test(path)) {
    return [...text.matchAll(REQUIRE)].flatMap((match) => [
      { at: match.index, text: '(' },
      { at: match.index + match[0].length, text: ` as typeof import("${match[2] ?? ''}"))` },
    ]);
  }
  return [...text.matchAll(INTEROP)].flatMap((match) => {
    const module = `typeof import("${match[3] ?? ''}")`;
    const type = match[1] === 'Default' ? `{ default: ${module} }` : module;
    return [
      { at: match.index, text: `(/** @type {${type}} */(` },
      { at: match.index + match[0].length, text: '))' },
    ];
  });
}
