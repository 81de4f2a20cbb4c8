// What every test of the browser gets: a server of its own, and browsers that are watched.
import { test as base, expect } from '@playwright/test';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from './server.mjs';
import { watch } from './watch.mjs';

let made = 0;
const fresh = (name) => join(process.env.E2E_FOLDER, `${name}-${process.pid}-${++made}.db`);

/** A copy of the demonstration. */
async function copied() {
  const database = fresh('demo');
  await copyFile(join(process.env.E2E_FOLDER, 'demo.db'), database);
  return database;
}

/** Serves a database whose mails are files beside it. */
async function withMails(database) {
  const mails = `${database}-mails`;
  await mkdir(mails);
  return serve(database, mails);
}

export const test = base.extend({
  /** A demonstration organisation, shared by the tests of a worker. */
  demo: [
    // biome-ignore lint: Playwright wants the pattern, even empty.
    async ({}, use) => {
      const database = await copied();
      const server = await serve(database);
      await use(server);
      await server.stop();
      await rm(database, { force: true });
    },
    { scope: 'worker' },
  ],

  /**
   * The server this test talks to: `test.use({ at: 'empty' })` for one that waits to be set up, `'own'` for a
   * demonstration no other test touches, whose mails land in the folder `server.mails`.
   */
  at: ['demo', { option: true }],
  server: async ({ at, demo }, use) => {
    const make = { demo: () => demo, empty: () => serve(fresh('empty')), own: async () => withMails(await copied()) };
    const server = await make[at]();
    await use(server);
    if (server !== demo) await server.stop();
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

export { comeIn, settled, speak } from './gestures.mjs';
export { expect };
