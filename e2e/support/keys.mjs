// Getting about with the keyboard only.
import { expect } from './test.mjs';

const MOST_TABS = 150;

/** Presses Tab until `target` has the focus, seen as such; fails when it is never reached. */
export async function tabTo(page, target) {
  await expect(target).toBeVisible();
  const hasFocus = () => target.evaluate((element) => element === document.activeElement);
  for (let pressed = 0; !(await hasFocus()); pressed += 1) {
    if (pressed > MOST_TABS) throw new Error(`${target} is not reached with Tab`);
    await page.keyboard.press('Tab');
  }
}

/** Goes to a link or a button with Tab, and presses Enter. */
export async function press(page, target) {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Goes to a field with Tab, and types over what it holds. */
export async function type(page, target, words) {
  await tabTo(page, target);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(words);
}

/** Goes by the palette: Ctrl K, some letters, Enter on the option that reads `name`. */
export async function goTo(page, words, name) {
  await page.keyboard.press('Control+k');
  const options = page.locator('#palette [role=option]');
  await page.keyboard.type(words);
  const wanted = options.filter({ hasText: name }).first();
  await expect(wanted).toBeVisible();
  for (let moved = 0; (await wanted.getAttribute('aria-selected')) !== 'true'; moved += 1) {
    if (moved > 30) throw new Error(`${name} is not reached with the arrows`);
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
}
