// One demonstration is made on each engine for the whole run; each worker then serves a copy of it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default async function setUp() {
  const folder = await mkdtemp(join(tmpdir(), 'bocal-e2e-'));
  process.env.E2E_FOLDER = folder;
  process.env.E2E_RUN = String(process.pid);
  const { dropAll, makeDemonstrations } = await import('./databases.mjs');
  const said = makeDemonstrations();
  // What the terminal offers to answer in the place of a customer.
  for (const [engine, words] of Object.entries(said)) {
    process.env[`E2E_INVITATION_${engine.toUpperCase()}`] = /\/a\/\S+/.exec(words)?.[0] ?? '';
  }
  return async () => {
    dropAll();
    await rm(folder, { recursive: true, force: true });
  };
}
