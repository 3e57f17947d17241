/**
 * The process behind host.ts: runs one program after the other, so that Node and the SDK are loaded once for all of them.
 * What a program leaves behind is taken back as far as it can be; one that ends this process ends it, which says enough.
 */
import https from 'node:https';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const console = globalThis.console;
const original = {
  https: { request: https.request, get: https.get },
  console: { ...console },
  global: { ...Object.getOwnPropertyDescriptors(globalThis) },
  write: { stdout: process.stdout.write, stderr: process.stderr.write },
};
let job;

process.on('message', start);
process.on('beforeExit', () => {
  if (job !== undefined) finish();
});

function start({ file, cwd, env, redirect }) {
  process.channel.unref();
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(cwd);
  process.argv = [process.execPath, file];
  process.exitCode = undefined;
  delete require.cache[redirect];
  require(redirect);
  const own = { stdout: '', stderr: '', settled: false, listened: listeners() };
  job = own;
  for (const name of ['stdout', 'stderr']) process[name].write = (...args) => collect(own, name, args);
  // A program that fails does so as it would alone: the process ends.
  void import(pathToFileURL(file).href).then(() => {
    own.settled = true;
  });
}

function collect(own, name, [chunk, encoding, callback]) {
  own[name] += typeof chunk === 'string' ? chunk : globalThis.Buffer.from(chunk).toString();
  const done = typeof encoding === 'function' ? encoding : callback;
  if (done !== undefined) process.nextTick(done);
  return true;
}

/** Nothing is left to do, so the program has come to its end, as it would in a process of its own. */
function finish() {
  const { stdout, stderr, settled, listened } = job;
  const isFaithful = settled && Object.entries(listeners()).every(([name, count]) => count <= (listened[name] ?? 0));
  job = undefined;
  restore();
  process.channel.ref();
  // Behind whatever the program printed in another way.
  process.stdout.write('\0');
  process.stderr.write('\0');
  process.send({ stdout, stderr, exitCode: Number(process.exitCode ?? 0), isFaithful });
  process.exitCode = undefined;
}

/** How many wait for each event of this process. */
function listeners() {
  return Object.fromEntries(process.eventNames().map((name) => [String(name), process.listenerCount(name)]));
}

function restore() {
  Object.assign(https, original.https);
  syncBuiltinESMExports();
  for (const name of Object.getOwnPropertyNames(globalThis))
    if (!Object.hasOwn(original.global, name)) delete globalThis[name];
  Object.defineProperties(globalThis, original.global);
  Object.assign(console, original.console);
  process.stdout.write = original.write.stdout;
  process.stderr.write = original.write.stderr;
}
