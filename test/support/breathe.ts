import { setImmediate } from 'node:timers/promises';
import { beforeEach } from 'vitest';

// Hundreds of tests that never wait would keep a worker from answering the runner, which then gives it up for dead.
beforeEach(() => setImmediate());
