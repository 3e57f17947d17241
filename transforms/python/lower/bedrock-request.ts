import { BEDROCK_DEFAULT_LIMIT, BEDROCK_VERSION } from '../../../src/api/bedrock.js';
import { LEGACY_ONLY_PARAMETER } from '../../../src/api/parameters.js';
import type { Changes } from '../changes.js';
import { constantText } from '../literals.js';
import type { BedrockRequest, Site } from '../locate.js';
import { field, namedChildren } from '../node.js';
import type { ParamsPlan } from '../params-plan.js';
import { dictionaryBehind } from '../requests/json-body.js';
import { separatorAt } from '../list-edits.js';

const VERSION_KEY = 'anthropic_version';

/** Puts into the body of a call what Bedrock wants there; the model stays outside. */
export function lowerBedrockBody(
  { body }: BedrockRequest,
  { unit }: Site,
  { uses }: ParamsPlan,
  changes: Changes,
): void {
  const dictionary = dictionaryBehind(body, unit);
  const [first] = dictionary ? namedChildren(dictionary) : [];
  if (!dictionary || !first) return;
  const { quote } = unit.style;
  const hasVersion = namedChildren(dictionary).some((pair) => constantText(field(pair, 'key') ?? pair) === VERSION_KEY);
  const hasLimit = uses.some(({ key }) => key === LEGACY_ONLY_PARAMETER);
  const added = [
    ...(hasVersion ? [] : [`${quote}${VERSION_KEY}${quote}: ${quote}${BEDROCK_VERSION}${quote}`]),
    ...(hasLimit ? [] : [`${quote}max_tokens${quote}: ${String(BEDROCK_DEFAULT_LIMIT)}`]),
  ];
  const separator = separatorAt(first, unit);
  changes.insert(unit, first.start, [added.map((each) => each + separator).join('')]);
}
