// The pictures of the README, taken from a demonstration: npm run pictures.
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium as engine } from '@playwright/test';
import { chromium, PHONE } from './support/browser.mjs';
import { makeDemonstration, serve } from './support/server.mjs';
import { publicSurvey, first } from './support/places.mjs';
import { comeIn, settled } from './support/gestures.mjs';

const MOST_BYTES = 250_000;
const DESK = { width: 1440, height: 900 };
const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const TREND = '/indicators/nps?period=all&grouping=quarter';

/** Each picture: its name, who looks, how, and what is done to get there. */
const PICTURES = [
  ['home', 'adviser', {}, (page) => page.goto('/')],
  ['customer', 'adviser', {}, async (page) => page.goto(await talkative(page))],
  ['case', 'manager', {}, underWay],
  ['board', 'manager', {}, (page) => page.goto('/boards/loop')],
  ['survey-editor', 'manager', {}, async (page) => page.goto(`${await first(page, '/surveys', /^\/surveys\/\d+$/)}/edit`)],
  ['indicator', 'manager', {}, (page) => page.goto(TREND)],
  ['indicator-dark', 'manager', { colorScheme: 'dark' }, (page) => page.goto(TREND)],
  ['survey-phone', 'manager', { viewport: PHONE, deviceScaleFactor: 2 }, halfAnswered],
];

/** A case under way, with a letter to write. */
async function underWay(page) {
  await page.goto('/cases?view=open');
  const rows = page.locator('tbody a.name');
  const sheets = await rows.evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  for (const sheet of sheets) {
    await page.goto(sheet);
    if ((await page.locator('.flow li').count()) > 2 && (await page.locator('#f-body').count())) return;
  }
}

/** A customer who wrote something lately, in their own words. */
async function talkative(page) {
  await page.goto('/customers?since=30');
  const rows = page.locator('tbody a.name');
  const sheets = await rows.evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  let best = [0, sheets[0]];
  for (const sheet of sheets.slice(0, 25)) {
    await page.goto(sheet);
    const said = await page.locator('.voice').count();
    if (said > best[0]) best = [said, sheet];
  }
  return best[1];
}

async function halfAnswered(page) {
  await page.goto(await publicSurvey(page));
  await page.locator('fieldset').first().locator('label').nth(9).click();
  await page.evaluate(() => scrollTo(0, 0));
}

async function take(browser, origin, [name, role, options, go]) {
  const common = { baseURL: origin, viewport: DESK, locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce' };
  const context = await browser.newContext({ ...common, ...options });
  const page = await context.newPage();
  await comeIn(page, role);
  await go(page);
  await settled(page);
  await page.locator('.toast').evaluateAll((toasts) => toasts.forEach((toast) => toast.remove()));
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  await context.close();
  const { size } = await stat(path);
  if (size > MOST_BYTES) throw new Error(`${path} is ${size} bytes, more than ${MOST_BYTES}`);
  console.log(`${path}: ${Math.round(size / 1000)} kB`);
}

const place = await mkdtemp(join(tmpdir(), 'bocal-pictures-'));
await mkdir(folder, { recursive: true });
makeDemonstration(join(place, 'demo.db'));
const server = await serve(join(place, 'demo.db'));
const browser = await engine.launch(chromium.launchOptions);
try {
  for (const picture of PICTURES) await take(browser, server.origin, picture);
} finally {
  await browser.close();
  await server.stop();
  await rm(place, { recursive: true, force: true });
}
