// WCAG 2.2 AA on every kind of page, in both languages and both appearances. Colours do not depend on words: the dark
// ones are looked at once, in French.
import { breaches } from '../support/axe.mjs';
import { inside, publicSurvey } from '../support/places.mjs';
import { comeIn, expect, settled, test } from '../support/test.mjs';

test.describe.configure({ mode: 'parallel' });
test.setTimeout(150_000);

/** Looks at a page in light, then in dark; returns the breaches with the page's name before them. */
async function look(page, name) {
  await settled(page);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const found = (await breaches(page)).map((line) => `${name}: ${line}`);
  if ((await page.locator('html').getAttribute('lang')) !== 'fr') return found;
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  // Only colours differ in the dark.
  return found.concat((await breaches(page, ['color-contrast'])).map((line) => `${name}, dark: ${line}`));
}

for (const [language, locale] of [['fr', 'fr-FR'], ['en', 'en-GB']]) {
  test.describe(language, () => {
    test.use({ locale });

    test('pages of a person signed in', async ({ page }) => {
      await comeIn(page, 'administrator', language);
      const found = [];
      for (const [name, path] of await inside(page)) {
        const reply = await page.goto(path);
        expect(reply.status(), name).toBe(name === 'nowhere' ? 404 : 200);
        await expect(page.locator('html'), name).toHaveAttribute('lang', language);
        await expect(page.locator('h1'), `${name} has one title`).toHaveCount(1);
        found.push(...(await look(page, name)));
      }
      expect(found).toEqual([]);
    });

    test('pages of anybody', async ({ page, person }) => {
      await comeIn(page, 'manager', language);
      const survey = await publicSurvey(page);
      const visitor = await person();
      const found = [];
      const see = async (name, path) => {
        await visitor.goto(path);
        await expect(visitor.locator('html'), name).toHaveAttribute('lang', language);
        found.push(...(await look(visitor, name)));
      };
      await see('sign-in', `/sign-in?lang=${language}`);
      await see('no such survey', `/s/no-such-survey?lang=${language}`);
      await see('survey', `${survey}?lang=${language}`);
      await visitor.locator('form').evaluate((form) => (form.noValidate = true));
      await visitor.locator('form button[type=submit]').click();
      found.push(...(await look(visitor, 'survey, refused')));
      await visitor.locator('.scale label, .scale5 label, fieldset label').first().click();
      await visitor.locator('form button[type=submit]').click();
      await expect(visitor.locator('.thanks')).toBeVisible();
      found.push(...(await look(visitor, 'thanks')));
      expect(found).toEqual([]);
    });
  });
}

test('the palette and the menu of the person', async ({ page }) => {
  await comeIn(page, 'administrator');
  await page.locator('summary.person').click();
  const found = await look(page, 'menu');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('ma');
  await expect(page.locator('#palette [role=option]').first()).toBeVisible();
  found.push(...(await look(page, 'palette')));
  expect(found).toEqual([]);
});
