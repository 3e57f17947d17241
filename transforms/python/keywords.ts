import { field, textOf, type Node } from './node.js';

/** The name of an argument given by keyword. */
export function keywordName(argument: Node): string | undefined {
  const name = argument.type === 'keyword_argument' ? field(argument, 'name') : undefined;
  return name && textOf(name);
}

/** Whether arguments are more than keywords and `**` mappings; the old API took no positional parameters. */
export function hasPositional(args: readonly Node[]): boolean {
  return args.some(({ type }) => type !== 'keyword_argument' && type !== 'dictionary_splat');
}

/** The value of the argument that is given by a name. */
export function argumentNamed(args: readonly Node[], name: string): Node | undefined {
  const found = args.find((argument) => keywordName(argument) === name);
  return found && field(found, 'value');
}
