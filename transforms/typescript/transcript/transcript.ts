import type ts from 'typescript';
import type { Content } from '../../../src/prompt/conversation.js';
import type { Fragment } from '../../../src/prompt/fragment.js';
import type { Assembly } from '../lift/assembly.js';
import type { Handle } from '../lift/handle.js';
import type { ParameterUse } from '../params-plan.js';
import type { Unit } from '../unit.js';
import type { Holder } from './holder.js';

/** A prompt that is kept as one text over several calls, and becomes a list of messages. */
export interface Transcript {
  readonly holder: Holder;
  readonly unit: Unit;
  readonly writes: readonly Write[];
  readonly reads: readonly Read[];
  /** What every text that it begins with says before its first turn. */
  readonly system: Content<Handle>;
  /** Texts that were taken into the messages. */
  readonly assemblies: readonly Assembly[];
  /** What its holder is called from now on. */
  readonly name: string;
  /** Whether the SDK sends it: then its types are at hand. */
  readonly usesSdk: boolean;
  /** Whether only the SDK sends it: an answer that comes otherwise may be an error's, and have no text. */
  readonly isSure: boolean;
}

/** A statement that gives the transcript a new text, or puts more behind it; or the value that it is declared with. */
export interface Write {
  readonly kind: 'set' | 'append';
  /** The statement, several in a row that say it together, or the declaration. */
  readonly nodes: readonly ts.Node[];
  /** The holder as it is written there; undefined in its declaration. */
  readonly target: ts.Expression | undefined;
  /** What is evaluated to write it, in order. */
  readonly values: readonly ts.Node[];
  readonly fragment: Fragment<Handle>;
  readonly rawNewLines: boolean;
}

/** A prompt that begins with the transcript. */
export interface Read {
  /** The holder as it is written there. */
  readonly target: ts.Expression;
  readonly expression: ts.Expression;
  /** The constant that holds the prompt on its way to the call. */
  readonly alias: Alias | undefined;
  readonly uses: readonly ParameterUse[];
  /** System text in front of the transcript. */
  readonly lead: Content<Handle>;
  /** Turns behind it. */
  readonly fragment: Fragment<Handle>;
  /** Whether the transcript may be written to before the request is. */
  readonly needsCopy: boolean;
  readonly rawNewLines: boolean;
}

export interface Alias {
  readonly declaration: ts.VariableDeclaration & { readonly name: ts.Identifier };
  readonly name: string;
}

/** How the prompt of one call moves with the transcript that it begins with. */
export interface TranscriptPrompt {
  readonly kind: 'transcript';
  readonly transcript: Transcript;
  readonly read: Read;
}
