/** A line that is IPython's and not Python's: `%magic`, `!command`, `name?`, `x = !command`, `x = %magic`. */
const MAGIC = /^[ \t]*(?:%|!|\?|[\w.]+\?{1,2}[ \t]*(?:\r?\n|$)|[\w., \t]+=[ \t]*[%!])/;
/** A first line that makes a cell no code of the notebook's own language. */
const OTHER_LANGUAGE = /^\s*%%(?!(?:time|timeit|capture|prun|memit|debug)\b)[\w!]/;
/** `%pip install anthropic==0.3`, `!python -m pip install "anthropic[bedrock]>=0.3,<0.4"`. */
const INSTALLING = /^\s*[%!]\s*(?:\S+\s+-m\s+|uv\s+)?pip3?\s+install\b/;
const REQUIREMENT = /(?<![\w.-])anthropic(?:\[[^\]]*\])?((?:===|[=~]=|[<>]=?)[^\s"';#\\]+)/gi;
/** Where a string over several lines may begin or end, and what holds no such place. */
const QUOTES = /"""|'''|#.*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;

/** Whether a cell is in another language, by its first line. */
export function isOtherLanguage(cell: string): boolean {
  return OTHER_LANGUAGE.test(cell);
}

/** Which lines of a cell are IPython's; what goes on behind a backslash is still its command, and no line of a string is one. */
export function ipythonLines(lines: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  let quote: string | undefined;
  let goesOn = false;
  lines.forEach((line, index) => {
    const isCommand = goesOn || (quote === undefined && MAGIC.test(line));
    goesOn = isCommand && /\\\r?\n?$/.test(line);
    if (isCommand) found.add(index);
    else quote = quoteAfter(line, quote);
  });
  return found;
}

/** The quotes of the string that a line ends in, given those of the one that it begins in. */
function quoteAfter(line: string, before: string | undefined): string | undefined {
  let quote = before;
  for (const [found] of line.matchAll(QUOTES)) {
    if (found === quote) quote = undefined;
    else if (quote === undefined && /^(?:"""|''')$/.test(found)) quote = found;
  }
  return quote;
}

/** The version ranges of the SDK that a line installs, and where they stand in it. */
export function installsIn(line: string): readonly { readonly version: string; readonly at: number }[] {
  if (!INSTALLING.test(line)) return [];
  return [...line.matchAll(REQUIREMENT)].map((match) => {
    const [whole, version = ''] = match;
    return { version, at: match.index + whole.length - version.length };
  });
}
