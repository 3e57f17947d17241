import { LEGACY_ONLY_PARAMETER } from '../../../src/api/parameters.js';
import { BEDROCK_DEFAULT_LIMIT, BEDROCK_VERSION } from '../../../src/api/bedrock.js';
import type { Changes } from '../changes.js';
import type { Site } from '../locate.js';
import type { ParamsPlan } from '../params-plan.js';
import { literalBehind } from '../requests/options.js';
import type { Symbols } from '../symbols.js';
import { staticName } from '../syntax.js';
import { beginsLine, indentAt } from '../unit.js';

const VERSION_KEY = 'anthropic_version';

/** Puts into the body of a command what Bedrock wants there; the model stays outside. */
export function lowerBedrockBody(
  { parameters, unit }: Site,
  { uses }: ParamsPlan,
  symbols: Symbols,
  changes: Changes,
): void {
  const literal = parameters && literalBehind(parameters, symbols);
  if (!literal) return;
  const { quote } = unit.style;
  const hasVersion = literal.properties.some(({ name }) => staticName(name) === VERSION_KEY);
  const hasLimit = uses.some(({ key }) => key === LEGACY_ONLY_PARAMETER);
  const added = [
    ...(hasVersion ? [] : [`${VERSION_KEY}: ${quote}${BEDROCK_VERSION}${quote}`]),
    ...(hasLimit ? [] : [`max_tokens: ${String(BEDROCK_DEFAULT_LIMIT)}`]),
  ];
  const [first] = literal.properties;
  if (added.length === 0 || !first) return;
  const { start } = unit.range(first);
  const separator = beginsLine(unit.text, start) ? `,\n${indentAt(unit.text, start)}` : ', ';
  changes.insert(unit, start, [added.map((each) => each + separator).join('')]);
}
