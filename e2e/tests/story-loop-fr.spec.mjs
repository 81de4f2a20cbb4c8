// The closed loop in French: from an unhappy answer to a verdict on what was changed.
import { invited } from '../support/loop/invitations.mjs';
import { wholeLoop } from '../support/loop/story.mjs';
import { LANGUAGES } from '../support/loop/words.mjs';
import { comeIn, expect, test } from '../support/test.mjs';

test.use({ at: 'own' });
test.setTimeout(180_000);

test('from an unhappy answer to the verdict on what was changed', async ({ person, server, invitation }) => {
  await wholeLoop(person, server, LANGUAGES.fr, (manager) => invited(manager, invitation));
});

test('a letter leaves at the first press, also just after it was typed', async ({ page }) => {
  const { letter } = LANGUAGES.fr;
  await comeIn(page, 'manager');
  const sheet = await writable(page);
  await page.locator('#f-body').fill(letter.elements.map(([, sentence]) => sentence).join(' '));
  await page.getByRole('button', { name: letter.send }).click();
  await expect(page.locator('.toast')).toContainText(letter.leaving);
  expect(page.url().endsWith(sheet)).toBe(true);
});

/** Opens a case whose customer has an address; gives the address of the case. */
async function writable(page) {
  await page.goto('/cases?view=open');
  const rows = await page.locator('tbody a.name').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  for (const row of rows) {
    await page.goto(row);
    if ((await page.locator('#f-body').count()) && !(await page.locator('.head .tag--good').count())) return row;
  }
  throw new Error('no open case can be written to');
}
