// The same path in English with the keyboard only: no test here touches the mouse.
import { frenchCsv } from '../support/files.mjs';
import { goTo, press, tabTo, type } from '../support/keys.mjs';
import { expect, test } from '../support/test.mjs';

test.use({ locale: 'en-GB' });
test.setTimeout(90_000);

const CUSTOMERS = frenchCsv('customers.csv', [
  ['First name', 'Last name', 'E-mail'],
  ['Barnabé', 'Quillfeather', 'barnabe.quillfeather@example.org'],
]);

test('know, listen and understand without a mouse', async ({ page, person }) => {
  await comeIn(page);
  await importCustomers(page);
  await addCustomer(page);
  await findAndNote(page);
  const link = await publish(page);
  const customer = await person();
  await answer(customer, link);
  await understand(page);
  await signOut(page);
});

async function comeIn(page) {
  await page.goto('/sign-in');
  await press(page, page.locator('.demo-people button').filter({ hasText: 'Augustin' }));
  await expect(page.locator('.rail')).toBeVisible();
  // The first stop is the way past the navigation.
  await page.keyboard.press('Tab');
  await expect(page.locator('a.skip')).toBeFocused();
  if ((await page.locator('html').getAttribute('lang')) === 'en') return;
  await press(page, page.locator('summary.person'));
  await press(page, page.getByRole('button', { name: 'English' }));
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
}

async function importCustomers(page) {
  await goTo(page, 'imports', 'Imports');
  await press(page, page.locator('main a[href="/imports/new"]').first());
  await tabTo(page, page.locator('input[type=file]'));
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
  await chooser.setFiles(CUSTOMERS);
  await press(page, page.locator('main form .btn--main'));
  await press(page, page.locator('button[formaction$="/run"]'));
  await expect(page.locator('.stages li:last-child[aria-current=step]')).toBeVisible({ timeout: 15_000 });
  await expect(page.locator('section[aria-labelledby=res] tfoot')).toContainText('1');
  await goTo(page, 'barnab quillf', 'Barnabé Quillfeather');
  await expect(page.getByRole('heading', { level: 1, name: 'Barnabé Quillfeather' })).toBeVisible();
}

async function addCustomer(page) {
  await goTo(page, 'customers', 'Customers');
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
  await press(page, page.getByRole('link', { name: 'Add a customer' }));
  await type(page, page.getByLabel('First name'), 'Wilhelmina');
  await type(page, page.getByLabel('Last name'), 'Thistlewéather');
  await type(page, page.getByLabel('E-mail', { exact: true }), 'wilhelmina@example.org');
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast')).toContainText('was added');
}

async function findAndNote(page) {
  await page.goto('/');
  await goTo(page, 'wilhel thistlewea', 'Wilhelmina Thistlewéather');
  await expect(page.getByRole('heading', { level: 1, name: 'Wilhelmina Thistlewéather' })).toBeVisible();
  await press(page, page.getByRole('link', { name: 'Log a contact' }));
  await tabTo(page, page.locator('input[name=channel]').first());
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('input[name=channel][value=counter]')).toBeChecked();
  await type(page, page.getByLabel('What was said and done'), 'Asked for seed potatoes');
  await press(page, page.locator('#note button[type=submit]'));
  await expect(page.locator('#flow li').filter({ hasText: 'Asked for seed potatoes' })).toBeVisible();
}

async function publish(page) {
  await goTo(page, 'create a survey', 'Create a survey');
  await press(page, page.getByRole('button', { name: /Use this template.*Recommendation and reason/ }));
  await type(page, page.getByLabel('Name among colleagues'), 'Spring by keyboard');
  await type(page, page.getByLabel('Question in English').first(), 'Would you recommend us to a friend?');
  await page.keyboard.press('Home');
  await press(page, page.getByRole('button', { name: 'Publish' }));
  await expect(page.locator('.toast')).toContainText('Survey published');
  await expect(page.getByRole('heading', { level: 1, name: 'Spring by keyboard' })).toBeVisible();
  return new URL(await page.locator('#public-link').innerText()).pathname;
}

async function answer(page, link) {
  await page.goto(link);
  const scores = page.getByRole('group', { name: 'Would you recommend us to a friend?' }).getByRole('radio');
  await tabTo(page, scores.first());
  for (let score = 0; score < 9; score += 1) await page.keyboard.press('ArrowRight');
  await expect(scores.nth(9)).toBeChecked();
  await type(page, page.locator('textarea').first(), 'The advice was worth the trip');
  await press(page, page.getByRole('button', { name: 'Send my answers' }));
  await expect(page.getByRole('heading', { name: 'Thank you, it has arrived' })).toBeVisible();
  await expect(page.locator('.thanks')).toContainText('glad to hear it');
}

async function understand(page) {
  await press(page, page.getByRole('link', { name: 'Read the answers' }));
  await expect(page.getByText('The advice was worth the trip')).toBeVisible();
  await goTo(page, 'indicators', 'Indicators');
  await press(page, page.locator('main').getByRole('link', { name: 'Net recommendation' }).first());
  await expect(page.getByRole('heading', { level: 1, name: 'Net recommendation (NPS)' })).toBeVisible();
  const mark = page.locator('main svg a').first();
  await press(page, mark);
  await expect(page.getByRole('heading', { level: 1, name: 'Answers' })).toBeVisible();
  await expect(page.locator('tbody tr').first()).toBeVisible();
}

async function signOut(page) {
  await press(page, page.locator('summary.person'));
  await press(page, page.getByRole('button', { name: 'Sign out' }));
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
}
