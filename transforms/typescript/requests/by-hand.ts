import type { Code } from '../../../src/findings/catalogue.js';
import type { Site } from '../locate.js';

/** The code of a request that no SDK sends and that cannot move, and what a person has to do with it. */
export function byHand({ request }: Site): readonly [Code, string] {
  return request.kind === 'bedrock'
    ? ['CTM304', 'send a Messages body with anthropic_version by hand']
    : ['CTM303', 'send this request to /v1/messages by hand'];
}
