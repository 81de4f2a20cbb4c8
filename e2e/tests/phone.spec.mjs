// On a phone: nothing wider than the screen, and the main action under the thumb.
import { PHONE } from '../support/browser.mjs';
import { inside, publicSurvey } from '../support/places.mjs';
import { comeIn, expect, settled, test, tooWide } from '../support/test.mjs';

test.use({ viewport: PHONE });
test.setTimeout(90_000);

/** The action can be pressed where it is: on the screen, and under nothing else. */
async function reachable(action) {
  await action.click({ trial: true });
  const box = await action.boundingBox();
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(PHONE.width);
  expect(box.height, 'high enough for a thumb').toBeGreaterThanOrEqual(32);
}

test('no page scrolls sideways', async ({ page }) => {
  await comeIn(page, 'administrator');
  const found = [];
  for (const [name, path] of await inside(page)) {
    await page.goto(path);
    await settled(page);
    const wide = await tooWide(page);
    if (wide) found.push(`${name}: ${wide}`);
  }
  expect(found).toEqual([]);
});

test('list, sheet and note in the hand', async ({ page }) => {
  await comeIn(page, 'adviser');
  await page.goto('/customers');
  await reachable(page.getByRole('link', { name: 'Ajouter un client' }));
  await page.locator('tbody a.name').first().click();
  const note = page.locator('header .btn--main');
  await reachable(note);
  await note.click();
  await page.getByLabel('Ce qui s’est dit et fait').fill('Vu au marché, tout va bien');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.locator('#flow li').filter({ hasText: 'Vu au marché' })).toBeVisible();
  expect(await tooWide(page)).toBe('');
});

test('an answer and the indicator in the hand', async ({ page, person }) => {
  await comeIn(page, 'manager');
  const survey = await publicSurvey(page);
  const customer = await person();
  await customer.goto(survey);
  expect(await tooWide(customer)).toBe('');
  const marks = customer.locator('fieldset').first().locator('label');
  for (const mark of await marks.all()) await reachable(mark);
  await marks.last().click();
  const send = customer.getByRole('button', { name: 'Envoyer mes réponses' });
  await reachable(send);
  await send.click();
  await expect(customer.locator('.thanks')).toBeVisible();
  expect(await tooWide(customer)).toBe('');

  await page.goto('/indicators/nps?period=12_months');
  await reachable(page.locator('main .head .btn--main'));
  expect(await tooWide(page)).toBe('');
});
