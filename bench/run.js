// Times the built command on two made-up repositories, and says whether the compiler was loaded. Run with `npm run bench`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withoutCandidates, withOneSiteEach } from './repositories.js';

const BIN = fileURLToPath(new URL('../bin/completions-to-messages.js', import.meta.url));
const RUNS = 5;
const GREP = ['grep', '-l', '-F', '--untracked', '--exclude-standard', '-e', 'anthropic', '-e', 'max_tokens_to_sample'];

const folder = mkdtempSync(join(tmpdir(), 'c2m-bench-'));
try {
  console.log(`Node ${process.version}, ${cpus().length} cores, median of ${RUNS} runs, whole processes`);
  report('10,000 files without a candidate', withoutCandidates(join(folder, 'none'), 10_000), 10_000);
  report('1,000 files with one site each', withOneSiteEach(join(folder, 'sites'), 1_000), 1_000);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} title @param {string} repository @param {number} files */
function report(title, repository, files) {
  const args = [BIN, '--dry-run', '--report', `json=${join(folder, 'report.json')}`];
  const tool = median(() => run(repository, process.execPath, args));
  const grep = median(() => run(repository, 'git', GREP));
  const { summary } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  console.log(`\n${title}`);
  console.log(`  completions-to-messages --dry-run  ${milliseconds(tool)}  ${(tool / files).toFixed(3)} ms a file`);
  console.log(
    `  git grep                           ${milliseconds(grep)}  (${(tool / grep).toFixed(1)} times as fast)`,
  );
  console.log(`  sites: ${JSON.stringify(summary.sites)}`);
  console.log(`  compiler loaded: ${loadsCompiler(repository, args) ? 'yes' : 'no'}`);
}

/** @param {string} cwd @param {string} command @param {readonly string[]} args */
function run(cwd, command, args, env = process.env) {
  const { status, stderr, error } = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (error !== undefined) throw error;
  if (status === null || status > 1) throw new Error(`${command} ended with ${status}: ${stderr}`);
}

/** @param {() => void} work */
function median(work) {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
}

/** Node's coverage lists every script that was loaded, and asks nothing of the program. */
function loadsCompiler(cwd, args) {
  const coverage = mkdtempSync(join(folder, 'coverage-'));
  run(cwd, process.execPath, args, { ...process.env, NODE_V8_COVERAGE: coverage });
  return readdirSync(coverage).some((name) =>
    readFileSync(join(coverage, name), 'utf8').includes('/node_modules/typescript/'),
  );
}

function milliseconds(time) {
  return `${time.toFixed(0).padStart(6)} ms`;
}
