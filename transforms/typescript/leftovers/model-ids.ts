import { ts } from '../ts.js';
import { findModel } from '../../../src/api/models.js';
import { isInTypePosition } from './type-position.js';
import type { Leftover, RuleContext } from './leftover.js';

/** Ids that only the Text Completions API ever served. */
const LEGACY_API_ID = /^(anthropic\.)?claude-(v?[12]|instant)/;

/** An id of a retired model that feeds no call that was seen: it may feed one that was not. */
export function strayModelId(
  node: ts.Node,
  { isOfSite, convertsParams }: Pick<RuleContext, 'isOfSite' | 'convertsParams'>,
): Leftover | undefined {
  if (!ts.isStringLiteralLike(node) || !LEGACY_API_ID.test(node.text) || findModel(node.text)?.status !== 'retired')
    return undefined;
  // What a call converts when the program runs has its ids mapped there.
  if (isOfSite(node) || convertsParams(node.getSourceFile())) return undefined;
  if (isInTypePosition(node)) {
    return {
      code: 'CTM311',
      node,
      message: `${node.text} is retired; it is compared, a key or a type here, so it changes by hand with what it stands for.`,
    };
  }
  return {
    code: 'CTM318',
    node,
    message: `${node.text} is retired and answers 404; where it feeds a call, put a model that is served.`,
  };
}
