// The adviser's work on one case, from the queue to its closing.
import { choose } from '../gestures.mjs';
import { mails } from '../mails.mjs';
import { expect } from '../test.mjs';
import { DATA } from './words.mjs';

/** Finds the case among those nobody has, and takes it; gives its address. */
export async function take(page, customer, { story, queue: w }) {
  const row = page.locator('tbody tr').filter({ hasText: story.complaint.slice(0, 25) });
  // The answer opens the case a moment later.
  await expect(async () => {
    await page.goto('/cases?view=free');
    await expect(row).toHaveCount(1, { timeout: 250 });
  }).toPass();
  await expect(row).toContainText(customer.name);
  await expect(row).toContainText(w.toTake);
  await row.locator('a.name').click();
  await expect(page.getByRole('heading', { level: 1, name: story.heard, exact: true })).toBeVisible();
  await expect(page.locator('.said')).toContainText(story.complaint);
  await expect(page.locator('.said')).toContainText(w.score);
  await page.getByRole('button', { name: w.take }).click();
  await expect(page.locator('.toast')).toContainText(w.taken);
  await expect(page.locator('.head .help')).toContainText(w.carried);
  const sheet = new URL(page.url()).pathname;
  expect(await isListed(page, 'mine', sheet, w), 'among mine').toBe(true);
  expect(await isListed(page, 'free', sheet, w), 'among those nobody has').toBe(false);
  await page.goto(sheet);
  return sheet;
}

/** Whether a part of the queue shows a case, on any of its pages. */
async function isListed(page, view, sheet, w) {
  await page.goto(`/cases?view=${view}`);
  for (;;) {
    await expect(page.getByRole('heading', { level: 1, name: w.title })).toBeVisible();
    if (await page.locator(`tbody a[href^="${sheet}"]`).count()) return true;
    const next = page.locator('a[rel=next]');
    if (!(await next.count())) return false;
    await page.goto(await next.getAttribute('href'));
  }
}

/** Calls, and does not reach the customer. */
export async function attempt(page, { story, attempt: w, closing }) {
  const form = page.locator('#attempt');
  await form.getByText(w.notReached, { exact: true }).click();
  await form.getByLabel(w.what).fill(story.attempt);
  await form.getByRole('button', { name: w.note }).click();
  await expect(page.locator('.toast')).toContainText(w.noted);
  const noted = page.locator('.flow li').filter({ hasText: story.attempt });
  await expect(noted).toContainText(DATA.adviser);
  // Who was not reached has not been contacted: that is still what comes next.
  await expect(page.locator('.legal__next')).toContainText(w.next);
  await expect(page.getByRole('button', { name: closing.close })).toHaveCount(0);
}

/** Writes the letter, sees what it lacks, sends it, and sees that it left. */
export async function write(page, customer, server, words) {
  const { letter: w } = words;
  const body = page.locator('#letter').getByLabel(w.body);
  await expect(page.locator('#letter')).toContainText(customer.address);
  await expect(body).toHaveValue(new RegExp(w.hello(customer.name)));
  // The customer's own words are not turned back on them.
  await expect(page.locator('#f-subject')).toHaveValue(w.subject);
  for (const [name] of w.elements) await expect(element(page, name)).toHaveClass('ko');
  await sendTooEarly(page, body, w);
  await complete(page, body, w);
  await page.getByRole('button', { name: w.send }).click();
  await expect(page.locator('.toast')).toContainText(w.leaving);
  await left(page, customer, server, w);
}

/** A line of what the letter must hold. */
function element(page, name) {
  return page.locator('#letter-todo li').filter({ has: page.getByText(name, { exact: true }) });
}

/** What is missing keeps the letter here, and what was typed stays. */
async function sendTooEarly(page, body, w) {
  const [[name, sentence]] = w.elements;
  await body.fill(`${w.begin}\n\n${sentence}`);
  await expect(element(page, name)).toHaveClass('ok');
  await rest(page, body);
  await page.getByRole('button', { name: w.send }).click();
  const lacking = page.getByRole('alert');
  await expect(lacking.getByRole('listitem')).toHaveCount(w.elements.length - 1);
  await expect(lacking).toContainText(w.lacking);
  await expect(body).toHaveValue(new RegExp(sentence));
}

/** Each element is found as it is typed. */
async function complete(page, body, w) {
  for (const [name, sentence] of w.elements.slice(1)) {
    await expect(element(page, name)).toHaveClass('ko');
    await body.press('Control+End');
    await body.pressSequentially(` ${sentence}`);
    await expect(element(page, name)).toHaveClass('ok');
  }
  await rest(page, body);
}

/** Leaves the letter for a moment: its draft is kept. */
async function rest(page, body) {
  const kept = page.waitForResponse((reply) => reply.url().endsWith('/draft'));
  await body.blur();
  await kept;
  await expect(page.locator('#letter-form')).not.toHaveAttribute('aria-busy');
}

/** The mail is in the folder, and only then is the customer noted as told. */
async function left(page, customer, server, w) {
  const isLetter = (mail) => mail.to.includes(customer.address) && mail.subject === w.subject;
  const sent = () => mails(server.mails, isLetter);
  const n = async () => (await sent()).length;
  await expect.poll(n, { timeout: 20_000, message: 'the mail is in the folder' }).toBe(1);
  const [mail] = await sent();
  for (const [, sentence] of w.elements) expect(mail.text.replace(/\s+/g, ' ')).toContain(sentence);
  await expect(async () => {
    await page.reload();
    await expect(page.locator('.head .tag--good')).toHaveText(w.told, { timeout: 250 });
  }).toPass({ timeout: 20_000 });
  const [change, next] = w.elements.slice(3).map(([, sentence]) => sentence);
  await expect(page.locator('.flow li').filter({ hasText: w.sent })).toContainText(change);
  // What was promised is kept in sight, with its day.
  const promise = page.getByRole('region', { name: w.promise });
  await expect(promise).toContainText(w.promised);
  await expect(promise).toContainText(next.replace('.', ''));
}

/** Says what it was about and what that cost; the closing asks for the cause and the remedy. */
export async function close(page, sheet, { story, queue, closing: w }) {
  const edit = page.locator('#edit');
  await edit.getByLabel(w.title).fill(story.title);
  await edit.getByLabel(w.cost).fill(story.cost);
  await edit.getByRole('button', { name: w.save }).click();
  await expect(page.locator('.toast')).toContainText(w.saved);
  const closure = page.locator('#closure');
  await closure.getByRole('button', { name: w.close }).click();
  const lacking = page.getByRole('alert').getByRole('listitem');
  await expect(lacking).toHaveText(w.lacking.map((words) => new RegExp(`^${words}`)));
  await choose(closure.getByLabel(w.cause, { exact: true }), story.cause);
  await choose(closure.getByLabel(w.remedy, { exact: true }), w.voucher);
  await closure.getByRole('button', { name: w.close }).click();
  await expect(page.locator('.toast')).toContainText(w.closed);
  await expect(page.getByRole('heading', { level: 1, name: story.title })).toBeVisible();
  const facts = page.locator('.facts').filter({ hasText: w.cause });
  for (const fact of [story.cause, w.voucher, story.cost]) await expect(facts).toContainText(fact);
  for (const [view, is] of [['open', false], ['mine', false], ['closed', true]]) {
    expect(await isListed(page, view, sheet, queue), view).toBe(is);
  }
}
