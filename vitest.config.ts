import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/breathe.ts'],
    // Generous, because no test is about time: a busy machine must not fail one.
    testTimeout: 120_000,
  },
});
