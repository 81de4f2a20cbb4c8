// The real program, on a database of its own and a free port.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const START_MS = 20_000;
/** Settings of the person running the tests must not reach the program under test. */
const ENVIRONMENT = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('BOCAL_'))),
  BOCAL_LOG: 'warn',
};

/** Where the program is: E2E_BOCAL, or where `make` builds it. Throws when it is not there. */
export function program() {
  const target = process.env.CARGO_TARGET_DIR || join(homedir(), '.cache/bocal/target');
  const path = process.env.E2E_BOCAL || join(target, 'debug/bocal');
  if (!existsSync(path)) throw new Error(`${path} is missing: build it first (cargo build), or set E2E_BOCAL`);
  return path;
}

/** Makes a demonstration database, and gives what the program prints for it; throws with what it said when it fails. */
export function makeDemonstration(database) {
  const options = { cwd: tmpdir(), env: ENVIRONMENT, encoding: 'utf8' };
  const made = spawnSync(program(), ['--database', database, 'demo', '--only-make'], options);
  if (made.status !== 0) throw new Error(`demo --only-make: ${made.error ?? made.stderr}`);
  return made.stdout;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/**
 * Serves a database; mails become files of the folder `mails`, if one is given. `said` returns what the program printed
 * so far; `stop` waits for its end; `later` serves the same, at the same address, so many days ahead.
 */
export async function serve(database, mails = '') {
  return serveAt(await freePort(), database, mails, 0);
}

async function serveAt(port, database, mails, ahead) {
  const origin = `http://127.0.0.1:${port}`;
  const post = mails ? ['--mail-dir', mails] : [];
  const clock = ahead ? ['--days-ahead', String(ahead)] : [];
  const child = spawn(program(), ['--database', database, 'serve', '--listen', `127.0.0.1:${port}`, ...post, ...clock], {
    cwd: tmpdir(),
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (printed += part));
  const over = new Promise((resolve) => child.once('exit', resolve));
  const said = () => printed;
  const stop = () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
    return over.finally(() => clearTimeout(late));
  };
  let next = null;
  const stopAll = () => (next ? next.stop() : stop());
  const later = async (days) => {
    await stopAll();
    next = await serveAt(port, database, mails, days);
  };
  const end = Date.now() + START_MS;
  while (Date.now() < end && child.exitCode === null) {
    const ready = await fetch(`${origin}/readyz`).then((reply) => reply.ok, () => false);
    if (ready) return { origin, said, stop: stopAll, later, mails };
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await stop();
  throw new Error(`the program did not start: ${printed}`);
}
