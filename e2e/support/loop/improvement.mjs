// One improvement: planned from its cause, put in place.
import { choose } from '../gestures.mjs';
import { dayFromNow } from '../days.mjs';
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
  await page.getByLabel(w.due).fill(dayFromNow(-1));
  await page.getByLabel(w.remeasure).fill(dayFromNow(remeasuredIn));
  await page.getByRole('button', { name: w.save }).click();
  const refused = page.getByRole('alert').getByRole('listitem');
  await expect(refused, 'nothing is planned for a day that has passed').toHaveText(w.past);
  await page.getByLabel(w.due).fill(dayFromNow(14));
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
  await expect(page.getByRole('link', { name: notice.tell })).toHaveCount(0);
  await page.getByRole('button', { name: w.start }).click();
  await expect(page.locator('.toast')).toContainText(w.started);
  await expect(page.locator('.head .tag')).toHaveText(w.inPlace);
}
