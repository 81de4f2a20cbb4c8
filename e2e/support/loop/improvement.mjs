// One improvement: planned from its cause, put in place, told to the customers concerned.
import { choose } from '../gestures.mjs';
import { dayFromNow } from '../days.mjs';
import { mails } from '../mails.mjs';
import { expect } from '../test.mjs';
import { DATA } from './words.mjs';

/** Begins to work on the cause, from the ranking; gives the address of the improvement. */
export async function plan(page, remeasuredIn, { story, improvement: w }) {
  await page.getByRole('link', { name: w.stage, exact: true }).first().click();
  await page.goto('/causes/ranking');
  const row = page.locator('tbody tr').filter({ hasText: story.cause });
  await row.getByRole('link', { name: w.begin }).click();
  await expect(page.locator('#f-cause option:checked')).toContainText(story.cause);
  await page.getByLabel(w.title).fill(story.change);
  await choose(page.getByLabel(w.owner), DATA.manager);
  await choose(page.getByLabel(w.measure), w.satisfaction);
  await choose(page.getByLabel(w.survey), DATA.survey);
  await page.getByLabel(w.expected).fill('5');
  await page.getByLabel(w.due).fill(dayFromNow(14));
  await page.getByLabel(w.remeasure).fill(dayFromNow(remeasuredIn));
  await page.getByRole('button', { name: w.save }).click();
  await expect(page.locator('.toast')).toContainText(w.saved);
  await expect(page.getByRole('heading', { level: 1, name: story.change })).toBeVisible();
  const sheet = new URL(page.url()).pathname;
  await page.goto('/improvements');
  await expect(page.locator('tbody tr').filter({ hasText: story.change })).toContainText(w.planned);
  await page.goto('/causes/ranking');
  await expect(row.getByRole('link', { name: w.underWay })).toBeVisible();
  return sheet;
}

/** It is in place since today: there is something to tell only from now on. */
export async function start(page, sheet, { improvement: w, notice }) {
  await page.goto(sheet);
  await expect(page.getByRole('button', { name: notice.tell })).toHaveCount(0);
  await page.getByRole('button', { name: w.start }).click();
  await expect(page.locator('.toast')).toContainText(w.started);
  await expect(page.locator('.head .tag')).toHaveText(w.inPlace);
}

/** Writes what customers said and what was done, sends it, and finds it in the folder: once for each of them. */
export async function tell(page, sheet, customer, server, { story, improvement, notice: w }) {
  await page.goto(sheet);
  await page.getByRole('link', { name: w.edit, exact: true }).click();
  await page.getByLabel(w.said).fill(story.said);
  await page.getByLabel(w.did).fill(story.did);
  await page.getByRole('button', { name: improvement.save }).click();
  await expect(page.locator('#notice')).toContainText(story.said);
  await expect(page.locator('#notice')).toContainText(story.did);
  await page.getByRole('button', { name: w.tell }).click();
  await expect(page.locator('.toast')).toContainText(w.toast);
  const n = Number(/\d+/.exec(await page.locator('.toast').innerText())?.[0] ?? 1);
  await expect(page.locator('#notice')).toContainText(w.told);

  const told = () => mails(server.mails, (mail) => mail.text.replace(/\s+/g, ' ').includes(story.did));
  await expect.poll(async () => (await told()).length, { timeout: 20_000, message: 'as many mails as said' }).toBe(n);
  const all = await told();
  expect(new Set(all.map((mail) => mail.to)).size, 'nobody is told twice').toBe(n);
  const [own] = all.filter((mail) => mail.to.includes(customer.address));
  expect(own.subject).toContain(w.subject);
  expect(own.text.replace(/\s+/g, ' ')).toContain(story.said);
}
