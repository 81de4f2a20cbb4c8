// What one does on many pages.
import { expect } from '@playwright/test';

/** Who plays which role in the demonstration. */
const ROLE = {
  adviser: 'Fatoumata',
  manager: 'Augustin',
  director: 'Maryvonne',
  administrator: 'Octave',
};

/** Signs in as a person of the demonstration, by one click. */
export async function comeIn(page, role, language = 'fr') {
  await page.goto(`/sign-in?lang=${language}`);
  await page.locator('.demo-people button').filter({ hasText: ROLE[role] }).first().click();
  await expect(page.locator('.rail')).toBeAttached();
  if ((await page.locator('html').getAttribute('lang')) !== language) await speak(page, language);
}

/** Chooses a language in the menu of the person. */
export async function speak(page, language) {
  await page.locator('summary.person').click();
  await page.locator(`button[name=locale][value=${language}]`).click();
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

/** Waits until the parts of a page that come after it are there. */
export async function settled(page) {
  await page.waitForLoadState('load');
  await page.waitForFunction(() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling'));
}
