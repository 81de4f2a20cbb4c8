// The board of the loop, and a figure of it on the home page.
import { dayFromNow } from '../days.mjs';
import { choose } from '../gestures.mjs';
import { expect } from '../test.mjs';
import { DATA } from './words.mjs';

/** A figure of the board. */
function figure(page, name) {
  return page.locator('.tiles li').filter({ has: page.getByText(name, { exact: true }) });
}

/** A figure of the board as it stands, as it is written. */
async function value(page, name, w) {
  await page.goto('/boards/loop');
  await expect(page.getByRole('heading', { level: 1, name: w.title })).toBeVisible();
  return figure(page, name).locator('b').innerText();
}

/** How many cases the board counts. */
export const opened = async (page, { board: w }) => Number((await value(page, w.opened, w)).replace(/\D/g, ''));

/** The share of cases whose cause is worked on. */
export const workedOn = async (page, { board: w }) => parseFloat((await value(page, w.outer, w)).replace(',', '.'));

/** The board counts one more case, and shows which. */
export async function counted(page, before, sheet, words) {
  const { story, board: w } = words;
  expect(await opened(page, words)).toBe(before + 1);
  await figure(page, w.opened).getByRole('link', { name: w.opened, exact: true }).click();
  await expect(page.locator(`tbody a[href^="${sheet}"]`)).toHaveText(story.title);
}

/** Puts a figure on the home page, with the decision it serves. */
export async function pin(page, n, { story, board: w }) {
  await page.goto('/boards/loop');
  await figure(page, w.opened).getByRole('link', { name: new RegExp(`^${w.pin}`) }).click();
  await expect(page.locator('#f-figure option:checked')).toHaveText(w.opened);
  await page.getByLabel(w.days).fill('90');
  await page.getByRole('button', { name: w.pin }).click();
  await expect(page.getByLabel(w.decision), 'no figure without a decision').toBeFocused();
  await page.getByLabel(w.decision).fill(story.decision);
  await choose(page.getByLabel(w.owner), DATA.manager);
  await page.getByRole('button', { name: w.pin }).click();
  await expect(page.locator('.toast')).toContainText(w.pinned);
  await page.goto('/');
  const tile = page.locator('.tiles li').filter({ hasText: story.decision });
  await expect(tile).toContainText(DATA.manager);
  await expect(tile).toContainText(w.opened);
  await expect(tile.locator('b')).toHaveText(String(n));
}

/** Afterwards the board shows, for the day the case was opened and its cause, the customer told and what that cost. */
export async function closedLoop(page, { story, board: w }) {
  await page.goto(`/boards/loop?from=${dayFromNow(0)}&to=${dayFromNow(0)}`);
  const causes = page.locator('details').filter({ has: page.getByRole('heading', { name: w.byCause }) });
  await causes.locator('summary').click();
  const row = causes.locator('tbody tr').filter({ has: page.getByRole('rowheader', { name: story.cause }) });
  for (const [name, value] of [[w.column.opened, '1'], [w.column.inner, w.one], [w.column.cost, w.spent]]) {
    await expect(row.locator(`td[data-label="${name}"]`), name).toHaveText(value);
  }
}
