import { readPythonRange } from '../api/python-range.js';
import { ANY_PYTHON_SDK, mergeTargets, PYTHON_SDK } from '../api/sdk.js';
import { isLockFile, PYTHON_LOCK_FILES } from './lock-files.js';
import { undeclaredNote } from './notes.js';
import type { ManifestFiles, ManifestKind, ManifestOptions, ManifestPlan, RaisedManifests } from './plan.js';
import { isPythonManifest, pythonManifests } from './pypi-governing.js';
import { raisePython, type PythonRaising, type ReadPython } from './pypi-raise.js';
import type { PythonDeclaration } from './python-requirement.js';

const SOURCE = /\.(?:pyi?|ipynb)$/;

/** requirements.txt, pyproject.toml, setup.cfg, setup.py, Pipfile and environment.yml, for pip, Poetry, uv, PDM and conda. */
export const pypi: ManifestKind = {
  isManifest: (path) => isPythonManifest(path) || isLockFile(path, PYTHON_LOCK_FILES),
  governs: (path) => SOURCE.test(path),
  plan,
};

function plan(files: ManifestFiles, { sdk }: ManifestOptions): ManifestPlan {
  const governing = pythonManifests({ ...files, manifests: files.manifests.filter(isPythonManifest) });
  const paths = new Set(files.manifests);
  const read: ReadPython = ({ declaration }, constraints) =>
    readPythonRange(
      rangeOf(declaration),
      constraints.map((constraint) => rangeOf(constraint.declaration)),
      sdk,
    );

  function raise(needMessages: readonly string[]): RaisedManifests {
    const raising: PythonRaising = { edits: new Map(), notes: new Map() };
    const undeclared: string[] = [];
    for (const source of [...needMessages].sort()) {
      const governed = governing(source);
      if (governed.own.length + governed.compiled.length === 0) undeclared.push(source);
      raisePython(governed, read, paths, raising);
    }
    const missing =
      sdk === undefined && undeclared.length > 0 ? [undeclaredNote(undeclared, PYTHON_SDK, ANY_PYTHON_SDK)] : [];
    return { edits: raising.edits, notes: [...raising.notes.values(), ...missing] };
  }

  return {
    sdkFor(path) {
      const { own, constraints, compiled } = governing(path);
      const targets =
        own.length > 0 ? own.map((one) => read(one, constraints).target) : compiled.map((one) => read(one, []).target);
      return mergeTargets(targets, sdk, ANY_PYTHON_SDK);
    },
    raise,
  };
}

function rangeOf({ version, dialect }: PythonDeclaration): Parameters<typeof readPythonRange>[0] {
  return { text: version, dialect };
}
