// Inviting customers through the product, and the links their mails carry.
import { choose } from '../gestures.mjs';
import { mails } from '../mails.mjs';
import { expect } from '../test.mjs';
import { DATA } from './words.mjs';

/** The link of a mail that invites to answer. */
const link = (mail) => /http\S+\/a\/\S+/.exec(mail.text)?.[0];
const links = async (folder, keep = () => true) => (await mails(folder, keep)).map(link).filter(Boolean);

/** Opens a survey of the demonstration. */
async function survey(page) {
  await page.goto('/surveys');
  await page.getByRole('link', { name: DATA.survey }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: DATA.survey })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Whom a printed invitation went to: an address to write to, and nothing under way, or the story would differ. */
export async function invited(page, printed) {
  expect(printed, 'the terminal shows an invitation to answer').toBeTruthy();
  await page.goto(`${await survey(page)}/invitations?state=sent`);
  const row = page.locator('tbody tr').filter({ has: page.locator(`[data-copy-text$="${printed}"]`) });
  await row.locator('a[href^="/customers/"]').click();
  const address = await page.locator('a[href^="mailto:"]').first().getAttribute('href');
  const name = await page.getByRole('heading', { level: 1 }).innerText();
  return { name, address: decodeURIComponent(address.replace('mailto:', '')), link: printed };
}

/** Adds a customer who reads English, and invites them by e-mail from their sheet. */
export async function newcomer(page, server) {
  const customer = { name: 'Prudence Oxbarrow', address: 'prudence.oxbarrow@example.org' };
  await page.goto('/customers/new');
  await page.getByLabel('First name').fill('Prudence');
  await page.getByLabel('Last name').fill('Oxbarrow');
  await page.getByLabel('E-mail', { exact: true }).fill(customer.address);
  await choose(page.getByLabel('Site', { exact: true }), DATA.site);
  await page.getByLabel('Language', { exact: true }).selectOption('en');
  await page.locator('main form .btn--main').click();
  await expect(page.getByRole('heading', { level: 1, name: customer.name })).toBeVisible();
  const asked = page.locator('#customer-surveys');
  await choose(asked.getByLabel('Survey'), DATA.survey);
  await asked.getByRole('button', { name: 'Invite by e-mail' }).click();
  await expect(asked).toContainText('No answer yet');
  const own = () => links(server.mails, (mail) => mail.to.includes(customer.address));
  await expect.poll(async () => (await own()).length, { timeout: 20_000, message: 'the invitation is sent' }).toBe(1);
  const [sent] = await own();
  return { ...customer, link: new URL(sent).pathname };
}

/** Draws customers and writes to them; gives the links they receive. */
export async function draw(page, n, server, { invitations: w }) {
  const before = new Set(await links(server.mails));
  await page.goto(`${await survey(page)}/invitations`);
  await page.getByRole('link', { name: w.invite }).click();
  await choose(page.getByLabel(w.method), w.draw);
  await page.getByLabel(w.many).fill(String(n));
  await page.getByLabel(w.key).fill('heard-again');
  await choose(page.getByLabel(w.way), w.mail);
  await page.getByRole('button', { name: w.look }).click();
  await page.getByRole('button', { name: w.send }).click();
  await expect(page.locator('.toast')).toContainText(w.ordered);
  // The page loads itself again once all are made.
  await expect(page.locator('[hx-get$="/job"]')).toHaveCount(0, { timeout: 20_000 });
  const arrived = async () => (await links(server.mails)).filter((each) => !before.has(each));
  await expect.poll(async () => (await arrived()).length, { timeout: 30_000, message: 'all are written to' }).toBe(n);
  return arrived();
}
