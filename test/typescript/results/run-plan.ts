import type { SdkTarget } from '../../../src/api/sdk.js';
import { applyEdits } from '../../../src/edits/apply.js';
import { helperSource } from '../../../transforms/helpers/typescript/helper-source.js';
import type { HelperName } from '../../../transforms/helpers/typescript/names.js';
import { locateSites } from '../../../transforms/typescript/locate.js';
import { createView } from '../../../transforms/typescript/program.js';
import { planResults, type ResultUse } from '../../../transforms/typescript/results/plan.js';
import type { ResultsInput } from '../../../transforms/typescript/results/world.js';
import { createSymbols } from '../../../transforms/typescript/symbols.js';
import { createUnit } from '../../../transforms/typescript/unit.js';
import { typeErrors, type SdkAlias, type SourceCache } from '../../harness/typecheck.js';

/** What became of some files when only the use of results was migrated. */
export interface PlanRun {
  readonly files: ReadonlyMap<string, string>;
  readonly uses: readonly ResultUse[];
}

export const OLD: SdkTarget = { profile: '0.x', lowest: '0.20.0' };
export const NEW: SdkTarget = { profile: '1.x', lowest: '1.11.0' };

/** How the text of a message is read where a file does so once. */
export const TEXT = "content.map((block) => (block.type === 'text' ? block.text : '')).join('')";
/** The test for an event that carries text. */
export const IS_TEXT = "event.type === 'content_block_delta' && event.delta.type === 'text_delta'";
export const IS_NO_TEXT = "event.type !== 'content_block_delta' || event.delta.type !== 'text_delta'";

/** Plans and edits the results of files by path. */
export function runPlan(
  files: Readonly<Record<string, string>>,
  target: SdkTarget = OLD,
  paramsTypeAt: ResultsInput['paramsTypeAt'] = () => undefined,
): PlanRun {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const view = createView(sources, [], () => undefined);
  const units = sources.flatMap(({ path, text }) => {
    const tree = view.files.get(path);
    return tree ? [createUnit(path, text, tree, [])] : [];
  });
  const uses = planResults({
    view,
    symbols: createSymbols(view),
    units,
    sites: locateSites(units, view, new Map()),
    targetOf: () => target,
    nameOf: (_unit, helper) => helper,
    paramsTypeAt,
  });
  const editsOf = (path: string): ResultUse['edits'] =>
    uses.filter(({ unit }) => unit.path === path).flatMap(({ edits }) => edits);
  return { files: new Map(units.map(({ path, text }) => [path, applyEdits(text, editsOf(path))])), uses };
}

const HEAD = `import Anthropic from '@anthropic-ai/sdk';
declare const client: Anthropic;
declare const p: Anthropic.CompletionCreateParamsNonStreaming;
declare const q: Anthropic.CompletionCreateParamsStreaming;
declare const flag: boolean;
declare function log(...values: unknown[]): void;
`;
const JS_HEAD = "import Anthropic from '@anthropic-ai/sdk';\nconst client = new Anthropic();\n";

/** One case: its name, its lines before and after. `client`, `log`, and the parameters `p` of a call and `q` of a stream are there. */
export type Case = readonly [name: string, before: string, after: string];

/** What becomes of cases, each in a file of its own, by their names; in JavaScript if asked. */
export function rewriteAll(
  cases: readonly Case[],
  { extension = 'ts', target = OLD, ending = '\n' } = {},
): ReadonlyMap<string, Rewritten> {
  const head = extension.endsWith('ts') ? HEAD : JS_HEAD;
  const pathOf = (name: string): string => `${name.replace(/\W+/g, '-')}.${extension}`;
  const run = runPlan(
    Object.fromEntries(cases.map(([name, before]) => [pathOf(name), (head + before).replaceAll('\n', ending)])),
    target,
  );
  return new Map(
    cases.map(([name]) => {
      const uses = run.uses.filter(({ unit }) => unit.path === pathOf(name));
      const text = run.files.get(pathOf(name)) ?? '';
      return [name, { text: withoutHead(text), whole: text, uses }];
    }),
  );
}

export interface Rewritten {
  readonly text: string;
  readonly whole: string;
  readonly uses: readonly ResultUse[];
}

/** The same for one case. */
export function rewrite(before: string, options: { extension?: string; target?: SdkTarget } = {}): Rewritten {
  return rewriteAll([['main', before, '']], options).get('main') as Rewritten;
}

function withoutHead(text: string): string {
  return text.replace(/^import Anthropic[^]*?\n(declare function log[^\n]*\n|const client[^\n]*\n)/, '');
}

const cache: SourceCache = new Map();

/** The type errors of rewritten files, once their calls are moved by hand and the helpers stand at their ends. */
export function errorsIn(rewritten: Iterable<Rewritten>, sdk: SdkAlias): readonly string[] {
  const files = new Map<string, string>();
  for (const { whole, uses } of rewritten) {
    const functions = new Set<HelperName>(uses.flatMap(({ helpers }) => helpers));
    const helpers = helperSource({
      functions,
      language: 'ts',
      moduleStyle: 'inline',
      names: new Map(),
      profile: '0.x',
      nullReasons: true,
      hasIds: true,
      models: new Map(),
      quote: "'",
      semicolons: true,
      indent: '  ',
    });
    files.set(
      `case-${String(files.size)}.ts`,
      `${whole.replaceAll('client.completions.create', 'client.messages.create')}\n${helpers}\nexport {};\n`,
    );
  }
  return [...typeErrors(files, sdk, cache)].flatMap(([path, errors]) =>
    errors.map((error) => `${error}\n${files.get(path) ?? ''}`),
  );
}
