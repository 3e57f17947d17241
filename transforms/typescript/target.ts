import { WITHOUT_SDK, type SdkTarget } from '../../src/api/sdk.js';
import type { Project } from '../transform.js';
import type { Site } from './locate.js';
import type { SitePlan } from './site-plan.js';

/** What a site's call is written for: the SDK that governs its file, or the API version that its request names. */
export function targetOf({ request, unit }: Site, project: Project): SdkTarget {
  return request.kind === 'sdk' ? project.sdkFor(unit.path) : WITHOUT_SDK;
}

/**
 * The project, with what helpers are written for in files whose calls no SDK sends. Where a call of the SDK has its
 * parameters converted too, files may share the helper: then what the SDK takes counts.
 */
export function projectOfHelpers(moved: readonly SitePlan[], project: Project): Project {
  const ofSdk = moved.filter(({ site }) => site.request.kind === 'sdk');
  if (ofSdk.some(({ params }) => params.mode === 'runtime')) return project;
  const targets = new Map([...moved, ...ofSdk].map(({ site }) => [site.unit.path, targetOf(site, project)]));
  return { ...project, sdkFor: (path) => targets.get(path) ?? project.sdkFor(path) };
}
