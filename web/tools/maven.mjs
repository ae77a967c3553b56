// What Maven calls: `node tools/maven.mjs build` and `node tools/maven.mjs test`, in this folder.
// Packages are installed only when package-lock.json is not the one they were installed from.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node ${process.versions.node} is too old: the pages need Node 20.19 or newer.`);
}

const stamp = 'node_modules/.everytake-lock';
const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lock);
}

switch (process.argv[2]) {
  case 'build':
    run('node', ['node_modules/typescript/bin/tsc', '--noEmit']);
    run('node', ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']);
    break;
  case 'test':
    run('node', ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot']);
    break;
  default:
    fail('Say what to do: build or test.');
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) fail(`${command} could not be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
