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

/** Chooses what reads `name` in a list whose options may be indented. */
export async function choose(list, name) {
  const option = list.locator('option').filter({ hasText: name }).first();
  await list.selectOption(await option.getAttribute('value'));
}

/** How many pixels the page is wider than the screen, and what sticks out; nothing when it fits. */
export function tooWide(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return '';
    const sticksOut = (e) => e.getBoundingClientRect().right > clientWidth + 1;
    const out = [...document.body.querySelectorAll('*')].filter(sticksOut).slice(0, 4);
    return `${scrollWidth - clientWidth} px: ${out.map((e) => `${e.tagName}.${e.className}`).join(', ')}`;
  });
}
