/**
 * A node of a Python file's tree: plain data, so that it can be walked often and outlives the parser.
 * Types and fields are those of tree-sitter-python; offsets are UTF-16 units of the file's text.
 */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** Whether it is a construct of the grammar, and no bare token such as `(` or `await`. */
  readonly named: boolean;
  /** The field of the parent that it is. */
  readonly field: string | undefined;
  readonly parent: Node | undefined;
  readonly children: readonly Node[];
  /** The text of the whole file. */
  readonly file: string;
}

export function textOf(node: Node): string {
  return node.file.slice(node.start, node.end);
}

/** The child in a field. */
export function field(node: Node, name: string): Node | undefined {
  return node.children.find((child) => child.field === name);
}

/** The constructs directly below a node, without comments. */
export function namedChildren(node: Node): readonly Node[] {
  return node.children.filter((child) => child.named && child.type !== 'comment');
}

/** Whether one of the tokens directly below a node is `token`. */
export function hasToken(node: Node, token: string): boolean {
  return node.children.some((child) => !child.named && child.type === token);
}

/** Calls `visit` for a node and everything below it; what it answers false for is not entered. */
export function walk(node: Node, visit: (node: Node) => boolean | undefined): void {
  const ahead = [node];
  for (let at = ahead.pop(); at; at = ahead.pop()) {
    if (visit(at) === false) continue;
    for (let index = at.children.length - 1; index >= 0; index -= 1) ahead.push(at.children[index] as Node);
  }
}

/** Every node of some types at or below a node, in order. */
export function descendants(node: Node, ...types: readonly string[]): readonly Node[] {
  const found: Node[] = [];
  walk(node, (at) => {
    if (types.includes(at.type)) found.push(at);
    return undefined;
  });
  return found;
}

/** The nearest node above that satisfies a test. */
export function above(node: Node, test: (node: Node) => boolean): Node | undefined {
  for (let at = node.parent; at; at = at.parent) if (test(at)) return at;
  return undefined;
}

export function isInside(node: Node, outer: Node): boolean {
  return node.file === outer.file && node.start >= outer.start && node.end <= outer.end;
}

/** An expression without the parentheses around it. */
export function unwrap(node: Node): Node {
  if (node.type !== 'parenthesized_expression') return node;
  const [inner] = namedChildren(node);
  return inner ? unwrap(inner) : node;
}

/** The outermost pair of parentheses around an expression, or the expression itself. */
export function wrapping(node: Node): Node {
  return node.parent?.type === 'parenthesized_expression' ? wrapping(node.parent) : node;
}

const FUNCTIONS = new Set(['function_definition', 'lambda']);

export function enclosingFunction(node: Node): Node | undefined {
  return above(node, ({ type }) => FUNCTIONS.has(type));
}

/** The statement that a node belongs to: the nearest one that stands in a block, or in the file itself. */
export function enclosingStatement(node: Node): Node {
  let at = node;
  while (at.parent && at.parent.type !== 'block' && at.parent.type !== 'module') at = at.parent;
  return at;
}

/** The name of an identifier, of an attribute, or of a string that is a key. */
export function attributeName(node: Node): string | undefined {
  const name = node.type === 'attribute' ? field(node, 'attribute') : undefined;
  return name && textOf(name);
}

/** Whether a node is `name(...)` or `x.name(...)`, and what it is called on. */
export function calledMethod(
  node: Node,
): { readonly object: Node; readonly name: string; readonly args: Node } | undefined {
  if (node.type !== 'call') return undefined;
  const callee = field(node, 'function');
  const args = field(node, 'arguments');
  const object = callee?.type === 'attribute' ? field(callee, 'object') : undefined;
  const name = callee && attributeName(callee);
  return object && name !== undefined && args ? { object, name, args } : undefined;
}

/** The arguments of a call, without tokens and comments. */
export function argumentsOf(call: Node): readonly Node[] {
  const list = field(call, 'arguments');
  if (list?.type === 'generator_expression') return [list];
  return list?.type === 'argument_list' ? namedChildren(list) : [];
}

/** The argument of a call that is given by a name. */
export function keywordArgument(call: Node, name: string): Node | undefined {
  return argumentsOf(call).find((argument) => argument.type === 'keyword_argument' && nameOf(argument) === name);
}

/** The value of a keyword argument. */
export function keyword(call: Node, name: string): Node | undefined {
  const found = keywordArgument(call, name);
  return found && field(found, 'value');
}

/** What the `name` field of a node says. */
export function nameOf(node: Node): string | undefined {
  const name = field(node, 'name');
  return name && textOf(name);
}
