// One demonstration is made for the whole run; each worker then serves a copy of it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDemonstration } from './server.mjs';

export default async function setUp() {
  const folder = await mkdtemp(join(tmpdir(), 'bocal-e2e-'));
  process.env.E2E_FOLDER = folder;
  const said = makeDemonstration(join(folder, 'demo.db'));
  // What the terminal offers to answer in the place of a customer.
  process.env.E2E_INVITATION = /\/a\/\S+/.exec(said)?.[0] ?? '';
  return () => rm(folder, { recursive: true, force: true });
}
