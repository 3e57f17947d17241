import { WITHOUT_SDK, type SdkTarget } from '../../src/api/sdk.js';
import type { Project } from '../transform.js';
import { bodyOf, type Site } from './locate.js';
import type { SitePlan } from './site-plan.js';

/** What a site's call is written for: the SDK that governs its file, or the API version that its request names. */
export function targetOf(site: Site, project: Project): SdkTarget {
  return bodyOf(site) ? WITHOUT_SDK : project.sdkFor(site.unit.path);
}

/**
 * The project, with what helpers are written for in files whose calls no SDK sends. Where a call of the SDK has its
 * parameters converted too, files may share the helper: then what the SDK takes counts.
 */
export function projectOfHelpers(moved: readonly SitePlan[], project: Project): Project {
  const sdk = moved.filter(({ site }) => bodyOf(site) === undefined);
  if (sdk.some(({ params }) => params.mode === 'runtime')) return project;
  const ofSdk = new Set(sdk.map(({ site }) => site.unit.path));
  const own = new Map(
    moved.filter(({ site }) => !ofSdk.has(site.unit.path)).map(({ site }) => [site.unit.path, targetOf(site, project)]),
  );
  return { ...project, sdkFor: (path) => own.get(path) ?? project.sdkFor(path) };
}
