import type { Program } from '../transforms/containers/program.js';
import type { Containers, Surroundings } from '../transforms/containers/containers.js';
import type { ContainerEntry, LanguageEntry, Migration, SiteOutcome } from '../transforms/transform.js';
import type { Candidate } from './discover/candidate.js';
import type { Discovery } from './discover/discover.js';
import type { FlatEdit } from './edits/edit.js';
import type { Note } from './findings/finding.js';
import type { Install } from './manifests/installs.js';

const RUN_AGAIN = 'Run that cell again, and restart the kernel.';

/** The programs that the containers of a run hold. */
export interface Hosting {
  /** Programs that are code of the repository. */
  readonly code: readonly Candidate[];
  /** Programs that documents show: each for itself, and nobody else's business. */
  readonly shown: readonly Candidate[];
  /** About code in containers that is not looked at. */
  readonly notes: readonly Note[];
  /** What a component holds of a language that may import a candidate, known by its path from then on; undefined for another file. */
  readonly programsIn: (path: string, text: string, language: LanguageEntry) => readonly Program[] | undefined;
  /** The program at a path, if it is none of a file. */
  readonly programAt: (path: string) => Program | undefined;
  /** Whether a path is that of a container with programs. */
  readonly isHost: (path: string) => boolean;
  /** The versions of the SDK that a notebook's program installs itself. */
  readonly installsOf: (path: string) => readonly Install[];
  /** Edits of a program as they fit its host, and the same edits in that host; undefined where they cannot be the same there. */
  readonly place: (
    program: Program,
    edits: readonly FlatEdit[],
  ) => { readonly settled: readonly FlatEdit[]; readonly inHost: readonly FlatEdit[] } | undefined;
  /** A note about a program as one about its host. */
  readonly atHome: (note: Note) => Note;
  readonly siteAtHome: (site: SiteOutcome) => SiteOutcome;
}

/** What a run has without a container. */
export const NO_HOSTING: Hosting = {
  code: [],
  shown: [],
  notes: [],
  programsIn: () => undefined,
  programAt: () => undefined,
  isHost: () => false,
  installsOf: () => [],
  place: () => undefined,
  atHome: (note) => note,
  siteAtHome: (site) => site,
};

/** Cuts the containers among the candidates. Their layer is loaded only if there are any, or components that may import a candidate. */
export async function openContainers(
  { hosts, candidates, everyPath }: Discovery,
  entry: ContainerEntry | undefined,
  surroundings: Surroundings,
): Promise<Hosting> {
  if (entry === undefined) return NO_HOSTING;
  const isComponent = (path: string): boolean => entry.components.some((ending) => path.endsWith(ending));
  if (hosts.length === 0 && (candidates.length === 0 || !(await everyPath()).some(isComponent))) return NO_HOSTING;
  const containers = await entry.load();
  const cuts = await Promise.all(hosts.map((host) => containers.cut(host, surroundings)));
  const programs = new Map(cuts.flatMap((cut) => cut.programs).map((program) => [program.path, program]));
  const found = (isShown: boolean): readonly Candidate[] =>
    [...programs.values()]
      .filter(({ kind }) => (kind === 'document') === isShown)
      .map((program) => ({ ...program, bom: false }));
  /** Text that names places of programs, such as `a.vue.ts:3`, with those of their hosts. */
  const saidAtHome = (text: string): string =>
    [...programs.values()]
      .filter(({ path }) => text.includes(`${path}:`))
      .reduce(
        (said, program) =>
          said.replaceAll(
            new RegExp(`${escaped(program.path)}:(\\d+)`, 'g'),
            (_, line: string) => `${program.host.path}:${hostLine(program, Number(line), containers)}`,
          ),
        text,
      );
  return {
    code: found(false),
    shown: found(true),
    notes: cuts.flatMap(({ notes }) => notes),
    programsIn: (path, text, language) => {
      if (!isComponent(path)) return undefined;
      const held = containers
        .programsOfComponent({ path, text }, surroundings)
        .programs.map((program) => programs.get(program.path) ?? program);
      for (const program of held) programs.set(program.path, program);
      return held.filter((program) => program.language === language);
    },
    programAt: (path) => programs.get(path),
    isHost: (path) => hosts.some((host) => host.path === path),
    installsOf: (path) => {
      const { parts = [], host } = programs.get(path) ?? {};
      return host
        ? parts.flatMap(({ region }) =>
            region.installs.map((requirement) => ({ ...requirement, path: host.path, advice: RUN_AGAIN })),
          )
        : [];
    },
    place: (program, edits) => {
      const settled = containers.settle(program, edits).map((edit) => ({ ...edit, text: saidAtHome(edit.text) }));
      const inHost = containers.putBack(program, settled);
      return inHost && { settled, inHost };
    },
    atHome: (note) => {
      const program = programs.get(note.path);
      const message = saidAtHome(note.message);
      return program
        ? { ...note, path: program.host.path, range: containers.hostRange(program, note.range), message }
        : { ...note, message };
    },
    siteAtHome: (site) => {
      const program = programs.get(site.path);
      if (!program) return site;
      const offset = Number(site.id.slice(site.id.lastIndexOf(':') + 1));
      const { start } = containers.hostRange(program, { start: offset, end: offset });
      return { ...site, path: program.host.path, id: `${program.host.path}:${start}` };
    },
  };
}

/** The line of a host that a line of its program stands on. */
function hostLine(program: Program, line: number, { hostRange }: Pick<Containers, 'hostRange'>): number {
  const start =
    program.text
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length + (line > 1 ? 1 : 0);
  return program.host.text.slice(0, hostRange(program, { start, end: start }).start).split('\n').length;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The paths whose calls moved, without those that are only shown: a document raises no range. */
export function needingMessages(migrations: readonly Migration[], { programAt }: Hosting): readonly string[] {
  return migrations.flatMap(({ needMessages }) => needMessages.filter((path) => programAt(path)?.kind !== 'document'));
}
