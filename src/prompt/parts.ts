/**
 * A legacy prompt in the order in which its text is written, as a language's lifter found it.
 * `H` is the language's own handle for an expression; this core never looks inside one.
 */
export type Part<H> = TextPart | HolePart<H> | ChoicePart<H> | RepeatPart<H>;

/** Text known before the program runs, cooked: escapes resolved, marker constants replaced by their text. */
export interface TextPart {
  readonly kind: 'text';
  readonly text: string;
  /** Whether the program puts it between the elements of a list that it joins. */
  readonly joins?: true;
}

/** A value known only when the program runs. */
export interface HolePart<H> {
  readonly kind: 'hole';
  readonly value: H;
  readonly markers: MarkerKnowledge;
  /** Whether the value can be empty, so that a turn or system text made of it alone may be blank. */
  readonly mayBeBlank: boolean;
}

/**
 * What the lifter could see of a value's markers.
 * never: every value it can take is seen and holds none (or it is a constant that holds none);
 * unlikely: not seen, but its name says that it is system text; unknown: not seen; present: a value seen for it holds one.
 */
export type MarkerKnowledge = 'never' | 'unlikely' | 'unknown' | 'present';

/** One of two sequences, by a test that the program makes when it runs. `if (x) p += y` is a choice with an empty else. */
export interface ChoicePart<H> {
  readonly kind: 'choice';
  readonly test: H;
  readonly then: readonly Part<H>[];
  readonly else: readonly Part<H>[];
}

/** The body once for each element of some data, joined by `separator`. */
export interface RepeatPart<H> {
  readonly kind: 'repeat';
  readonly over: H;
  readonly body: readonly Part<H>[];
  readonly separator: string;
}
