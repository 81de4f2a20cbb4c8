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

/**
 * Writes what customers said and what was done, looks at who will read it and in which letter, sends it, and finds it in
 * the folder: once for each of them, and for nobody else.
 */
export async function tell(page, sheet, customer, server, words) {
  const { notice: w } = words;
  await phrase(page, sheet, words);
  const told = () => mails(server.mails, (mail) => plain(mail.text).includes(words.story.did));
  const seen = await preview(page, words);
  expect(await told(), 'a preview sends nothing').toEqual([]);

  await page.getByRole('button', { name: w.send }).click();
  await expect(page.locator('.toast')).toContainText(w.toast);
  expect(number(await page.locator('.toast').innerText()), 'as many as were shown').toBe(seen.n);
  await expect(page.locator('#notice')).toContainText(w.told);
  const n = async () => (await told()).length;
  await expect.poll(n, { timeout: 20_000, message: 'as many mails as were shown' }).toBe(seen.n);

  await nobodyLeft(page, sheet, seen, words);
  const all = await told();
  expect(new Set(all.map((mail) => mail.to)).size, 'nobody is told twice').toBe(seen.n);
  for (const { subject, n } of seen.letters) {
    expect(all.filter((mail) => plain(mail.subject) === subject).length, subject).toBe(n);
  }
  const [own] = all.filter((mail) => mail.to.includes(customer.address));
  expect(own.subject).toContain(w.subject);
  expect(plain(own.text)).toContain(words.story.said);
}

/** Writes both sentences. */
async function phrase(page, sheet, { story, improvement, notice: w }) {
  await page.goto(sheet);
  await expect(page.getByRole('link', { name: w.tell }), 'there are no words yet').toHaveCount(0);
  await page.getByRole('link', { name: w.edit, exact: true }).click();
  await page.getByLabel(w.said).fill(story.said);
  await page.getByLabel(w.did).fill(story.did);
  await page.getByRole('button', { name: improvement.save }).click();
  await expect(page.locator('#notice')).toContainText(story.said);
  await expect(page.locator('#notice')).toContainText(story.did);
}

/** What is shown before anything leaves: to how many, in which letters, and who gets none. */
async function preview(page, { story, notice: w }) {
  const cases = number(await page.locator('#notice').getByText(w.cases).innerText());
  await page.getByRole('link', { name: w.tell }).click();
  await expect(page.getByRole('heading', { level: 1, name: w.preview })).toBeVisible();
  const n = number(await page.getByRole('heading', { level: 2, name: w.willBeTold }).innerText());
  const letters = await Promise.all((await page.locator('section.panel[lang]').all()).map(letter));
  expect(letters.reduce((sum, each) => sum + each.n, 0), 'each reads one letter').toBe(n);
  for (const { text } of letters) {
    expect(text).toContain(story.said);
    expect(text).toContain(story.did);
  }
  const leftOut = await leftOutLines(page);
  const concerned = leftOut.reduce((sum, line) => sum + number(line), n);
  expect(n).toBeGreaterThan(0);
  expect(concerned, 'nobody but those of the cases concerned').toBeLessThanOrEqual(cases);
  return { n, letters, leftOut };
}

/** A letter of the preview: how many read it, its subject and its text. */
async function letter(panel) {
  const n = number(await panel.getByRole('heading', { level: 2 }).innerText());
  const subject = plain(await panel.locator('strong').first().innerText());
  return { n, subject, text: plain(await panel.innerText()) };
}

const leftOutLines = (page) => page.locator('form[action$="/notice"] li').allInnerTexts();

/** Whoever was told is not told again: the preview counts them among those who get nothing, and has nothing to send. */
async function nobodyLeft(page, sheet, seen, { notice: w }) {
  await page.goto(sheet);
  await page.getByRole('link', { name: w.tell }).click();
  await expect(page.getByRole('heading', { level: 2, name: w.nobody })).toBeVisible();
  await expect(page.getByRole('button', { name: w.send })).toHaveCount(0);
  const lines = await leftOutLines(page);
  const already = lines.filter((line) => w.already.test(line));
  expect(already.map(number), 'those who were told').toEqual([seen.n]);
  expect(lines.filter((line) => !already.includes(line)), 'the others as before').toEqual(seen.leftOut);
}

/** A text on one line, with ordinary spaces. */
const plain = (text) => text.replace(/\s+/g, ' ').trim();

/** The first number of a sentence; « un » and "one" are written out. */
const number = (text) => Number(/\d+/.exec(text)?.[0] ?? 1);
