#!/usr/bin/env node
import { existsSync } from 'node:fs';

const cli = new URL('../dist/src/cli.js', import.meta.url);
if (existsSync(cli)) {
  const { main } = await import(cli.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write('completions-to-messages is not built: run `npm ci`, or `npm run build`, in its folder\n');
  process.exitCode = 2;
}
