// What every test of the browser gets: a server of its own, and browsers that are watched.
import { test as base, expect } from '@playwright/test';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { databases } from './databases.mjs';
import { serve } from './server.mjs';
import { watch } from './watch.mjs';

/** Serves a database whose mails are files of a folder of its own. */
const withMails = async (database) => serve(database, await mkdtemp(join(process.env.E2E_FOLDER, 'mails-')));

export const test = base.extend({
  /** The engine the organisations of a project lie on. */
  engine: ['sqlite', { option: true, scope: 'worker' }],

  /** What the terminal offers to answer in the place of a customer, in a demonstration. */
  invitation: ({ engine }, use) => use(process.env[`E2E_INVITATION_${engine.toUpperCase()}`]),

  /** A demonstration organisation, shared by the tests of a worker. */
  demo: [
    async ({ engine }, use) => {
      const database = databases(engine).copy();
      const server = await serve(database);
      await use(server);
      await server.stop();
      databases(engine).drop(database);
    },
    { scope: 'worker' },
  ],

  /**
   * The server this test talks to: `test.use({ at: 'empty' })` for one that waits to be set up, `'own'` for a
   * demonstration no other test touches, whose mails land in the folder `server.mails`.
   */
  at: ['demo', { option: true }],
  server: async ({ at, demo, engine }, use) => {
    if (at === 'demo') return use(demo);
    const { empty, copy, drop } = databases(engine);
    const database = at === 'own' ? copy() : empty();
    const server = at === 'own' ? await withMails(database) : await serve(database);
    await use(server);
    await server.stop();
    return drop(database);
  },

  /** Opens one more browser, with the same watch over it: `await person({ viewport, javaScriptEnabled … })`. */
  person: async ({ browser, server }, use) => {
    const opened = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL: server.origin, ...options });
      const faults = watch(context, server.origin);
      opened.push({ context, faults });
      return context.newPage();
    });
    for (const { context } of opened) await context.close();
    expect(opened.flatMap((each) => each.faults), 'errors, and requests that left the server').toEqual([]);
  },

  page: async ({ person }, use) => use(await person()),
});

export { choose, comeIn, settled, speak, tooWide } from './gestures.mjs';
export { expect };
