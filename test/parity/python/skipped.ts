import { python } from './venv.js';

/** Whether programs cannot be run here. Only where nobody counts on it: .ci/run demands a Python. */
export const isSkipped = python() === null && process.env['PYTHON_PARITY'] !== 'required';

if (isSkipped) console.log('No Python 3.10 or newer here: what needs one is skipped.');
