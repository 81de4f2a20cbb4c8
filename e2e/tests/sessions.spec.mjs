// What must hold from one visit to the next: invitations, drafts, sessions, language, appearance.
import { PHONE } from '../support/browser.mjs';
import { comeIn, expect, speak, test } from '../support/test.mjs';

test('an invitation keeps what was half typed, and is answered once', async ({ page, person }) => {
  await comeIn(page, 'manager');
  const { link } = await openInvitation(page);
  const customer = await person({ viewport: PHONE });
  await customer.goto(link);
  await customer.locator('fieldset input[type=radio]').nth(2).check({ force: true });
  await customer.locator('textarea').first().fill('Le guichet ouvre trop tard');
  await customer.reload();
  await expect(customer.locator('textarea').first()).toHaveValue('Le guichet ouvre trop tard');
  await expect(customer.locator('fieldset input[type=radio]').nth(2)).toBeChecked();
  await expect(customer.getByText('Vos réponses d’avant ont été reprises.')).toBeVisible();
  await customer.getByRole('button', { name: 'Envoyer mes réponses' }).click();
  await expect(customer.getByRole('heading', { name: 'Merci, c’est bien arrivé' })).toBeVisible();

  await customer.goto(link);
  await expect(customer.getByRole('heading', { name: 'Merci, vous avez déjà répondu' })).toBeVisible();
  await expect(customer.locator('form')).toHaveCount(0);
});

test('a page left open cannot answer an invitation a second time', async ({ page, person }) => {
  await comeIn(page, 'manager');
  const { link, survey } = await openInvitation(page);
  const before = await answered(page, survey);
  const visitors = [await person(), await person()];
  for (const visitor of visitors) await visitor.goto(link);
  await visitors[0].locator('fieldset').first().locator('label').first().click();
  await visitors[1].locator('fieldset').first().locator('label').last().click();
  const send = (visitor) => visitor.getByRole('button', { name: 'Envoyer mes réponses' }).click();
  await send(visitors[0]);
  await expect(visitors[0].locator('.thanks')).toContainText('Nous sommes désolés');
  await send(visitors[1]);
  // The other said something else: they are told that the first answer counts.
  await expect(visitors[1].getByRole('heading', { name: 'Merci, vous avez déjà répondu' })).toBeVisible();
  expect(await answered(page, survey)).toBe(before + 1);
});

test('signing out ends the session, also behind the back button', async ({ page }) => {
  await comeIn(page, 'adviser');
  await page.goto('/customers');
  await expect(page.locator('tbody tr').first()).toBeVisible();
  await page.locator('summary.person').click();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(page.getByRole('heading', { name: 'Se connecter' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Se connecter' })).toBeVisible();
  await expect(page.locator('tbody tr')).toHaveCount(0);
});

test('the language chosen is kept', async ({ page, person }) => {
  await comeIn(page, 'director');
  await expect(page.getByRole('link', { name: 'Comprendre' })).toBeVisible();
  await speak(page, 'en');
  await expect(page.getByRole('link', { name: 'Understand' })).toBeVisible();
  const elsewhere = await person();
  await elsewhere.goto('/sign-in');
  await elsewhere.locator('.demo-people button').filter({ hasText: 'Maryvonne' }).click();
  await expect(elsewhere.getByRole('link', { name: 'Understand' })).toBeVisible();
  await speak(elsewhere, 'fr');
});

test('the dark appearance is kept, and the light one beats a dark system', async ({ page, person }) => {
  const ground = (each) => each.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await comeIn(page, 'director');
  const light = await ground(page);
  await page.locator('summary.person').click();
  await page.getByRole('button', { name: 'Apparence sombre' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.goto('/indicators');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await ground(page)).not.toBe(light);
  const night = await person({ colorScheme: 'dark' });
  await comeIn(night, 'director');
  await expect(night.locator('html')).toHaveAttribute('data-theme', 'dark');
  await night.locator('summary.person').click();
  await night.getByRole('button', { name: 'Apparence claire' }).click();
  await expect(night.locator('html')).toHaveAttribute('data-theme', 'light');
  expect(await ground(night)).toBe(light);
});

/** An invitation nobody has answered yet: its link, and the page of its survey. */
async function openInvitation(page) {
  await page.goto('/surveys');
  const links = page.locator('tbody a[href^="/surveys/"]');
  const surveys = await links.evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  for (const survey of surveys) {
    await page.goto(`${survey}/invitations?state=sent`);
    const link = page.locator('[data-copy-text]').first();
    if (await link.count()) return { survey, link: new URL(await link.getAttribute('data-copy-text')).pathname };
  }
  throw new Error('no invitation is open');
}

/** How many invitations to a survey were answered. */
async function answered(page, survey) {
  await page.goto(`${survey}/invitations`);
  return Number((await page.locator('main dl dd').nth(1).innerText()).replace(/\D/g, ''));
}
