/** How the file around the helpers is written. */
export interface Style {
  readonly indent: string;
  readonly quote: "'" | '"';
  /** Left out where the project leaves them out. */
  readonly semicolons?: boolean;
}

/** Text with two spaces of indent, single quotes and semicolons, in another style. It has no quotes but those of strings. */
export function restyle(text: string, style: Style): string {
  const indented = text.replace(/^(?: {2})+/gm, (spaces) => style.indent.repeat(spaces.length / 2));
  const quoted = style.quote === '"' ? indented.replaceAll("'", '"') : indented;
  return style.semicolons === false ? quoted.replace(/;$/gm, '') : quoted;
}
