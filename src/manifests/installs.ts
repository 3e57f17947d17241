import { readPythonRange } from '../api/python-range.js';
import { ANY_PYTHON_SDK, mergeTargets, PYTHON_SDK, type SdkTarget } from '../api/sdk.js';
import type { Edit, Range } from '../edits/edit.js';
import type { Note } from '../findings/finding.js';
import { raisedNote } from './notes.js';
import type { ManifestPlan } from './plan.js';

/** A version range of the SDK that a program installs itself, such as `%pip install anthropic==0.3` in a notebook, or by the metadata of a script. */
export interface Install {
  /** The file that says so. */
  readonly path: string;
  readonly version: string;
  readonly range: Range;
  /** What to do once it is raised, as a sentence. */
  readonly advice: string;
}

/** The plan, with programs whose own installs say which SDK they use: for these no manifest is asked or raised. */
export function planInstalls(
  plan: ManifestPlan,
  installsOf: (path: string) => readonly Install[],
  sdk: SdkTarget['profile'] | undefined,
): ManifestPlan {
  const declared = ({ version }: Install) => readPythonRange({ text: version, dialect: 'pep440' }, [], sdk);
  return {
    sdkFor: (path) => {
      const installs = installsOf(path);
      return installs.length === 0
        ? plan.sdkFor(path)
        : mergeTargets(
            installs.map((one) => declared(one).target),
            sdk,
            ANY_PYTHON_SDK,
          );
    },
    raise: (needMessages) => {
      const { edits, notes } = plan.raise(needMessages.filter((path) => installsOf(path).length === 0));
      const raised = needMessages.flatMap(installsOf).flatMap((install) => {
        const to = declared(install).raised;
        return to === null ? [] : [{ install, to }];
      });
      const own = new Map<string, readonly Edit[]>();
      for (const { install, to } of raised)
        own.set(install.path, [...(own.get(install.path) ?? []), { range: install.range, pieces: [to] }]);
      const told = raised.map(({ install, to }): Note =>
        raisedNote(install, PYTHON_SDK, { from: install.version, to }, install.advice),
      );
      return { edits: new Map([...edits, ...own]), notes: [...notes, ...told] };
    },
  };
}
