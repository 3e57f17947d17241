import type { Edit } from '../src/edits/edit.js';
import type { Containers } from './containers/containers.js';
import type { Note } from '../src/findings/finding.js';
import type { ModelNeeds, ModelOptions } from '../src/api/choose-model.js';
import type { SdkTarget } from '../src/api/sdk.js';

/** A text file of the target repository. */
export interface SourceFile {
  /** Relative to the project root, with forward slashes. */
  readonly path: string;
  /** Without a byte order mark; line endings as they are in the file. */
  readonly text: string;
}

/** A file that holds nothing legacy itself, but may import one that does, directly or through others, or read what its calls give. */
export interface Importer extends SourceFile {
  /** Whether it may be edited: it is among the files that were asked for, of this language, and a person's own. */
  readonly isTarget: boolean;
}

/** Who may import the candidates. */
export interface Importers {
  /** Sorted by path. */
  readonly files: readonly Importer[];
  /**
   * direct: every file that can name an export of a candidate is among them; all: also every file that these reach;
   * unknown: there were too many to look at, and `files` is empty.
   */
  readonly reach: 'all' | 'direct' | 'unknown';
}

/** All that a transform may know of the repository. It reads nothing else and writes nothing at all. */
export interface Project {
  /** The candidates of this language that may hold a call, or import one that does, sorted by path. */
  readonly candidates: readonly SourceFile[];
  /** The other candidates: where none of the former imports one, it is only looked through for names, such as ids of models. */
  readonly apart: readonly SourceFile[];
  readonly importers: Importers;
  /** The text of any other file of the repository, or undefined: how imports are followed. Never node_modules. */
  readonly read: (path: string) => string | undefined;
  /** The SDK that the manifest which governs a file declares. */
  readonly sdkFor: (path: string) => SdkTarget;
  readonly models: ModelOptions;
  /** Leave every site whose migration would be adjusted. */
  readonly safeOnly: boolean;
  /** Whether a file can import no module that is put beside it, such as a snippet in a document: its helpers stand in it. */
  readonly isAlone: (path: string) => boolean;
}

/** What became of one legacy site. */
export interface SiteOutcome {
  /** Stable within a run: `path:offset` of the call. */
  readonly id: string;
  readonly path: string;
  readonly state: 'exact' | 'adjusted' | 'manual' | 'accepted';
  /** How the prompt moved; absent for manual and accepted sites. */
  readonly tier?: 'static' | 'structural' | 'runtime';
}

/** What one transform wants done, before anything is verified or written. */
export interface Migration {
  readonly sites: readonly SiteOutcome[];
  /** Edits per path; edits inside a kept range are applied within it. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  /** Helper modules to create. */
  readonly created: readonly SourceFile[];
  readonly notes: readonly Note[];
  /** Paths of the files whose calls moved: their manifests must declare an SDK that has Messages. */
  readonly needMessages: readonly string[];
  /** Environment variables that choose the model of calls which moved, and what these calls need of it. */
  readonly modelVariables: ReadonlyMap<string, ModelNeeds>;
}

/** A language. `S` is its own survey of the project, which nobody else looks into. */
export interface Transform<S> {
  /**
   * First pass: every site of the project, what each shares with others, and what becomes of each.
   * Throws nothing for bad input: a file that does not parse is a note with code CTM901.
   */
  survey(project: Project): S;
  /** Second pass: the edits that the survey decided on. */
  lower(survey: S): Migration;
  /** Whether a text of this language parses; the pipeline asks before it writes. */
  parses(file: SourceFile): boolean;
}

/** How files of a language have to do with each other, told from text and paths alone. */
export interface Importing {
  /** Whether a candidate may hold a call, or what is made for one; one that does not may still hold the id of a model. */
  readonly mayCall: (text: string) => boolean;
  /** Whether a file that a call's file imports may read what the call gives, or say what a wrapper of it takes. */
  readonly mayRead: (text: string) => boolean;
  /** Whether tests load a file that none of them imports. */
  readonly isLoadedUnasked?: (path: string) => boolean;
  /** Endings of files of other languages that may hold code of this one; they are never edited. */
  readonly hosts: readonly string[];
  /** The names by which a text imports modules. */
  readonly specifiersIn: (text: string) => readonly string[];
  /** Whether a specifier is a path from the folder of the file that it stands in. */
  readonly isRelative: (specifier: string) => boolean;
  /** Whether a file hands on what it imports under names that its own importers use. */
  readonly isReexporting: (text: string) => boolean;
  /** The paths, without endings, by which a file can be named. */
  readonly pathsOf: (path: string) => readonly string[];
  readonly withoutEnding: (path: string) => string;
  /** What an alias or a package name that leads to a file can end in. */
  readonly namesOf: (path: string, read: (path: string) => string | undefined) => readonly string[];
}

/** Files that are looked through for legacy code and never edited: no transform reads their language. */
export interface UnreadEntry {
  readonly extensions: readonly string[];
  /** Byte strings that are the legacy API's alone. */
  readonly needles: readonly string[];
}

/** Files that hold code of other languages: cut into programs, which the transforms of these languages get, and put together again. */
export interface ContainerEntry {
  readonly extensions: readonly string[];
  /** Those whose code is imported, and imports what others export. */
  readonly components: readonly string[];
  /** Asked for only when there is a candidate. */
  readonly load: () => Promise<Containers>;
}

/** What the pipeline knows of a language before it loads it. */
export interface LanguageEntry {
  readonly name: 'ts' | 'py' | 'go' | 'sh';
  readonly extensions: readonly string[];
  /** A file without any of these byte strings is no candidate; listed so that no parser is loaded for it. */
  readonly needles: readonly string[];
  /** Asked for only when there is a candidate. */
  readonly importing?: () => Promise<Importing>;
  /** Imports the transform, and with it the parser. */
  readonly load: () => Promise<Transform<unknown>>;
}
