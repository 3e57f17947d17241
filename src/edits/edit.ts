/** A half-open range of UTF-16 offsets into the text of one file. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * What an edit puts in place of its range: new text, or a range of the same file that is kept (or moved).
 * A kept range is printed with the edits that fall inside it applied, so that an expression can move
 * although something within it changes too. New text may be written with `\n`: it takes the line ending of its file.
 */
export type Piece = string | Copy;

/** A kept or moved range. `edited`: edits of exactly this range go with it although they also stay where they are. */
export interface Copy extends Range {
  readonly edited?: true;
}

/** Replace `range` by `pieces`. An insertion has an empty range. */
export interface Edit {
  readonly range: Range;
  readonly pieces: readonly Piece[];
}

/** An edit whose text is final: what printers, diffs and SARIF fixes work with. */
export interface FlatEdit {
  readonly range: Range;
  readonly text: string;
}
