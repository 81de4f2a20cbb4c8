// Whole tasks in Debian's Chromium against the real program. E2E_BOCAL and E2E_CHROMIUM say where they are.
import { defineConfig } from '@playwright/test';
import { chromium } from './support/browser.mjs';
import { ENGINES } from './support/databases.mjs';

/** What each engine shows in the browser: everything once, and the whole stories on the other too. */
const SHOWN = { sqlite: 'tests/*.spec.mjs', postgres: 'tests/story-*.spec.mjs' };

export default defineConfig({
  projects: ENGINES.map((engine) => ({ name: engine, testMatch: SHOWN[engine], use: { engine } })),
  outputDir: 'test-results',
  globalSetup: './support/global-setup.mjs',
  // Each worker serves its own copy of the demonstration; inside a worker, tests share it.
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 7_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    ...chromium,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1280, height: 800 },
    actionTimeout: 7_000,
    navigationTimeout: 15_000,
    screenshot: 'only-on-failure',
    trace: 'off',
  },
});
