import { gt, gte, satisfies } from 'semver';
import { isManifest, planManifests } from '../../../src/manifests/plan.js';
import type { Files } from '../../harness/files.js';
import type { Sdk } from '../sdk.js';
import { PYTHON_SDKS } from './venv.js';

/**
 * The SDKs that the users of a migrated program may have: the lowest that its manifests allow, the newest 0.x and the
 * newest of all. @throws where a manifest still allows what has no Messages
 */
export function pythonTargets(entry: string, files: Files): readonly Sdk[] {
  const { lowest, declared } = planManifests(
    { manifests: [...files.keys()].filter(isManifest), read: (path) => files.get(path) },
    {},
  ).sdkFor(entry);
  if (declared !== undefined)
    throw new Error(`The manifests of ${entry} allow anthropic ${declared}, which has no Messages`);
  const first = PYTHON_SDKS.findLast(({ version }) => gte(version, lowest));
  if (first === undefined) throw new Error(`No SDK that has a lock file is as new as ${lowest}`);
  const newest = [PYTHON_SDKS.find(({ version }) => satisfies(version, '<1')), PYTHON_SDKS[0]];
  return [first, ...newest.flatMap((each) => (each !== undefined && gt(each.version, first.version) ? [each] : []))];
}
