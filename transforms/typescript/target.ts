import { WITHOUT_SDK, type SdkTarget } from '../../src/api/sdk.js';
import type { Project } from '../transform.js';
import type { Site } from './locate.js';

/** What a site's call is written for: the SDK that governs its file, or the API version that its request names. */
export function targetOf({ request, unit }: Site, project: Project): SdkTarget {
  return request.kind === 'sdk' ? project.sdkFor(unit.path) : WITHOUT_SDK;
}
