// Measuring again: not before the day, and as the figures allow.
import { settled } from '../gestures.mjs';
import { expect } from '../test.mjs';

/** The improvements to put in place or measure, on the home page. */
async function todo(page, w) {
  await page.goto('/');
  await settled(page);
  return page.locator('section').filter({ has: page.getByRole('heading', { name: w.todo }) }).last();
}

/** Before its day the page shows where it stands, offers no verdict, and takes none. */
export async function tooSoon(page, sheet, { story, verdict: w }) {
  const due = await todo(page, w);
  await expect(due.locator('.lines')).toBeVisible();
  await expect(due.getByRole('link', { name: story.change })).toHaveCount(0);
  await page.goto(sheet);
  await expect(page.locator('#verdict')).toContainText(w.notYet);
  await expect(page.getByRole('link', { name: w.measure })).toHaveCount(0);
  await expect(page.getByLabel(w.lesson)).toHaveCount(0);
  // Nor by the address the form would send to.
  const csrf = await page.locator('input[name=csrf]').first().getAttribute('value');
  const reply = await page.request.post(`${sheet}/verdict`, { form: { csrf, lesson: story.lesson } });
  expect(await reply.text()).toContain(w.tooSoon);
}

/** On its day the owner finds it at home, and measures again; gives the figures of the verdict. */
export async function judge(page, { title, lesson }, { verdict: w }) {
  const due = await todo(page, w);
  const line = due.locator('li').filter({ hasText: title });
  await expect(line).toContainText(w.due);
  await line.getByRole('link', { name: title }).click();
  await page.getByRole('link', { name: w.measure }).click();
  await page.getByRole('button', { name: w.judge }).click();
  await expect(page.getByLabel(w.lesson), 'no verdict without a lesson').toBeFocused();
  await page.getByLabel(w.lesson).fill(lesson);
  await page.getByRole('button', { name: w.judge }).click();
  await expect(page.locator('.toast')).toContainText(w.judged);
  await expect(page.locator('.head .tag')).toHaveText(w.state);
  await expect(page.locator('#verdict')).toContainText(lesson);
  return read(page, w);
}

/** What the verdict shows: both sides, their difference, and which word it uses. */
async function read(page, w) {
  const shown = page.locator('#verdict');
  const word = (await shown.locator('.panel__head .tag').innerText()).trim();
  expect([w.better, w.worse, w.none], 'a verdict of the product').toContain(word);
  const rows = await shown.locator('tbody tr').all();
  const [before, after] = await Promise.all(rows.map(side));
  const difference = shown.locator('.panel__body > p', { has: page.locator('strong') }).first();
  const [gap, , low, high] = numbers(await difference.innerText());
  return { word, before, after, gap, low, high };
}

async function side(row) {
  const cells = await row.locator('td').allInnerTexts();
  const [[value], [low, high], [n]] = cells.slice(1).map(numbers);
  return { value, low, high, n };
}

/** The numbers of a text, as people of either language write them. */
function numbers(text) {
  const plain = text.replaceAll('−', '-').replaceAll(',', '.');
  return (plain.match(/[+-]?\d+(\.\d+)?/g) ?? []).map(Number);
}

/** The figures follow from one another, and the word from the figures: nothing is said to differ unless it is shown. */
export function consistent({ word, before, after, gap, low, high }, { verdict: w }) {
  const ours = newcombe(before, after);
  for (const [shown, found] of [[gap, ours.gap], [low, ours.low], [high, ours.high]]) {
    // Each number shown is rounded to a tenth.
    expect(Math.abs(shown - found), `${shown} shown, ${found} found`).toBeLessThan(0.3);
  }
  expect(word).toBe(low > 0 ? w.better : high < 0 ? w.worse : w.none);
}

/**
 * The difference of two shares and its interval, from the interval of each.
 * Source: R. G. Newcombe, 1998, "Interval estimation for the difference between independent proportions", method 10.
 */
function newcombe(before, after) {
  const gap = after.value - before.value;
  return {
    gap,
    low: gap - Math.hypot(after.value - after.low, before.high - before.value),
    high: gap + Math.hypot(after.high - after.value, before.value - before.low),
  };
}

/** What was judged stays in the list with its word, and is no longer to do. */
export async function kept(page, title, word, { verdict: w }) {
  await page.goto('/improvements');
  const row = page.locator('tbody tr').filter({ hasText: title });
  await expect(row).toContainText(w.state);
  await expect(row).toContainText(word);
  const due = await todo(page, w);
  await expect(due.getByRole('link', { name: title })).toHaveCount(0);
}
