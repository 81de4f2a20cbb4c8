// Telling the customers concerned what an improvement changed: seen first, then sent.
import { choose } from '../gestures.mjs';
import { mails } from '../mails.mjs';
import { expect } from '../test.mjs';
import { LETTERS } from './words.mjs';

/** The language of the organisation, and the other one. */
const [OWN, OTHER] = [LETTERS.fr, LETTERS.en];

/**
 * Writes what customers said and what was done, looks at who will read it and in which letter, sends it, and finds it in
 * the folder: once for each of them, and for nobody else.
 */
export async function tell(page, sheet, customer, server, words) {
  const { notice: w } = words;
  const silent = await takesBack(page, customer, words);
  await phrase(page, sheet, words);
  const told = () => mails(server.mails, (mail) => [OWN, OTHER].some(({ did }) => plain(mail.text).includes(did)));
  const seen = await preview(page, words);
  expect(await told(), 'a preview sends nothing').toEqual([]);
  expect(seen.leftOut.filter((line) => w.withdrew.test(line)).map(number), 'who takes it back is left out').toEqual([1]);

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
  expect(all.filter((mail) => mail.to.includes(silent)), silent).toEqual([]);
  const [own] = all.filter((mail) => mail.to.includes(customer.address));
  expect(own.subject).toContain(w.subject);
  expect(plain(own.text)).toContain(words.story.said);
}

/**
 * Notes that somebody else with a case of this cause agreed to be called back, then no longer; gives their address.
 */
async function takesBack(page, customer, { story, queue, notice: w }) {
  await page.goto('/cases?view=all');
  await choose(page.locator('#q-cause'), story.cause);
  await page.getByRole('button', { name: queue.apply, exact: true }).click();
  await page.waitForURL(/[?&]cause=\d/);
  const cases = await page.locator('tbody a.name').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  for (const each of cases) {
    await page.goto(each);
    const person = page.locator('.head .help a[href^="/customers/"]');
    if (!(await person.count())) continue;
    await page.goto(await person.getAttribute('href'));
    const mailto = page.locator('a[href^="mailto:"]');
    if (!(await mailto.count())) continue;
    const address = decodeURIComponent((await mailto.first().getAttribute('href')).replace('mailto:', ''));
    if (address === customer.address) continue;
    await decide(page, w.agree, w);
    await decide(page, w.refuse, w);
    return address;
  }
  throw new Error('nobody else has a case of this cause and an address');
}

/** Notes what somebody decided about being called back, where it is not noted already. */
async function decide(page, decision, { agree, callBack, decided }) {
  const button = page.locator('li').filter({ hasText: callBack }).getByRole('button');
  if (decision === agree && (await button.innerText()) !== agree) return;
  await expect(button).toHaveText(decision);
  await button.click();
  await expect(page.locator('.toast')).toContainText(decided);
  await expect(button).not.toHaveText(decision);
}

/** Writes both sentences, in both languages. */
async function phrase(page, sheet, { improvement, notice: w }) {
  await page.goto(sheet);
  await expect(page.getByRole('link', { name: w.tell }), 'there are no words yet').toHaveCount(0);
  await page.getByRole('link', { name: w.edit, exact: true }).click();
  await page.getByLabel(w.said, { exact: true }).fill(OWN.said);
  await page.getByLabel(w.did, { exact: true }).fill(OWN.did);
  await page.locator('#f-said_other').fill(OTHER.said);
  await page.getByRole('button', { name: improvement.save }).click();
  await expect(page.locator('#e-did_other'), 'half of it in the other language is no letter').toBeVisible();
  await page.locator('#f-did_other').fill(OTHER.did);
  await page.getByRole('button', { name: improvement.save }).click();
  await expect(page.locator('#notice')).toContainText(OWN.said);
  await expect(page.locator('#notice')).toContainText(OWN.did);
}

/** What is shown before anything leaves: to how many, in which letters, and who gets none. */
async function preview(page, { notice: w }) {
  const cases = number(await page.locator('#notice').getByText(w.cases).innerText());
  await page.getByRole('link', { name: w.tell }).click();
  await expect(page.getByRole('heading', { level: 1, name: w.preview })).toBeVisible();
  const n = number(await page.getByRole('heading', { level: 2, name: w.willBeTold }).innerText());
  const letters = await Promise.all((await page.locator('section.panel[lang]').all()).map(letter));
  expect(letters.reduce((sum, each) => sum + each.n, 0), 'each reads one letter').toBe(n);
  for (const { lang, text } of letters) {
    expect(text).toContain(LETTERS[lang].said);
    expect(text).toContain(LETTERS[lang].did);
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
  return { n, subject, lang: await panel.getAttribute('lang'), text: plain(await panel.innerText()) };
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
