// The closed loop in English: the whole of it; and with the keyboard only, opened by hand, tried, told by telephone,
// closed, opened again.
import { goTo, press, tabTo, type } from '../support/keys.mjs';
import { newcomer } from '../support/loop/invitations.mjs';
import { wholeLoop } from '../support/loop/story.mjs';
import { LANGUAGES } from '../support/loop/words.mjs';
import { comeIn, expect, test } from '../support/test.mjs';

test.use({ locale: 'en-GB' });

const TITLE = 'Seed drill lent with a broken hopper';
const WORDS = 'I drove thirty miles for a machine that leaks.';
const TOLD = 'The drill was mended, and the hire is refunded';

test('open, reach, tell, close and reopen without a mouse', async ({ page }) => {
  await comeIn(page, 'manager', 'en');
  await open(page);
  await attempt(page);
  await tell(page);
  await close(page);
  await reopen(page);
});

test.describe('on an organisation of its own', () => {
  test.use({ at: 'own' });

  test('from an unhappy answer to the verdict on what was changed', async ({ person, server }) => {
    test.setTimeout(180_000);
    await wholeLoop(person, server, LANGUAGES.en, (manager) => newcomer(manager, server));
  });
});

async function open(page) {
  await goTo(page, 'open a follow-up', 'Open a follow-up');
  await expect(page.getByRole('heading', { level: 1, name: 'Open a follow-up' })).toBeVisible();
  // Nobody known and nowhere to call: what was typed stays.
  await type(page, page.getByLabel('What it is about'), TITLE);
  await type(page, page.getByLabel('What the customer said'), WORDS);
  await press(page, page.getByRole('button', { name: 'Open the follow-up' }));
  await expect(page.getByRole('alert')).toContainText('Say which customer this is about, or where to reach this person.');
  await expect(page.getByLabel('What the customer said')).toHaveValue(WORDS);
  await type(page, page.getByLabel('Where to reach this person'), '06 39 98 00 77');
  await tabTo(page, page.getByLabel('Severity'));
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('#f-severity option:checked')).toHaveText('Real harm');
  // Somebody unknown belongs to no site by themselves.
  await tabTo(page, page.getByLabel('Site'));
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('#f-site option:checked')).not.toHaveText('Choose the site');
  await press(page, page.getByRole('button', { name: 'Open the follow-up' }));
  await expect(page.locator('.toast')).toContainText(/Follow-up B-\d{4}-\d{6}-\d opened\./);
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  await expect(page.locator('.said')).toContainText(WORDS);
  await expect(page.locator('.head')).toContainText('Real harm');
}

async function attempt(page) {
  await press(page, page.getByRole('button', { name: 'Take this follow-up' }));
  await expect(page.locator('.head')).toContainText('assigned to you');
  await press(page, page.locator('.head').getByRole('link', { name: 'Log a contact' }));
  await tabTo(page, page.getByRole('radio').first());
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: 'Reached', exact: true })).toBeChecked();
  await type(page, page.getByLabel('What was said', { exact: true }), 'Wants the drill mended before Sunday');
  await press(page, page.getByRole('button', { name: 'Log it' }));
  await expect(page.locator('.flow li').filter({ hasText: 'Wants the drill mended' })).toContainText('Augustin Delcambre');
  await expect(page.locator('.legal')).toContainText('to put it right and answer');
  // Nobody told them the outcome yet.
  await expect(page.getByRole('button', { name: 'Close the follow-up' })).toHaveCount(0);
  await expect(page.getByText('A follow-up can be closed once the customer has been told')).toBeVisible();
}

async function tell(page) {
  await press(page, page.locator('#notice > summary'));
  await expect(page.locator('#f-notice-channel option:checked')).toHaveText('Phone');
  await type(page, page.getByLabel('What they were told'), TOLD);
  await press(page, page.getByRole('button', { name: 'The customer was told' }));
  await expect(page.locator('.head .tag--good')).toHaveText('Customer told');
  await expect(page.locator('.flow li').filter({ hasText: TOLD })).toContainText('Customer told');
}

async function close(page) {
  // What went wrong and what was done is asked for, each at its own field.
  await press(page, page.getByRole('button', { name: 'Close the follow-up' }));
  await expect(page.getByRole('alert')).toContainText('Choose the cause, or say why none was found.');
  const closure = page.locator('#closure');
  await tabTo(page, closure.getByLabel('Remedy'));
  await page.keyboard.press('ArrowDown');
  await expect(closure.getByLabel('Remedy').locator('option:checked')).toHaveText('None');
  await type(page, closure.getByLabel('If no cause was found, say why'), 'The hopper came back mended');
  await press(page, page.getByRole('button', { name: 'Close the follow-up' }));
  await expect(page.locator('.toast')).toContainText('Follow-up closed.');
  const sheet = new URL(page.url()).pathname;
  await goTo(page, 'follow-ups', 'Follow-ups');
  await expect(page.getByRole('heading', { level: 1, name: 'Follow-ups' })).toBeVisible();
  await expect(page.locator(`tbody a[href^="${sheet}"]`)).toHaveCount(0);
  await press(page, page.getByRole('link', { name: 'Closed', exact: true }));
  await press(page, page.locator(`tbody a[href^="${sheet}"]`));
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
}

async function reopen(page) {
  await press(page, page.locator('#opening > summary'));
  await type(page, page.locator('#opening').getByLabel('Why'), 'The hopper leaks again');
  await press(page, page.getByRole('button', { name: 'Reopen', exact: true }));
  await expect(page.locator('.toast')).toContainText('Follow-up reopened');
  await expect(page.locator('.head')).toContainText('Reopened');
  await expect(page.locator('.legal')).toContainText('to put it right and answer');
  await expect(page.locator('.flow li').filter({ hasText: 'The hopper leaks again' })).toBeVisible();
}
