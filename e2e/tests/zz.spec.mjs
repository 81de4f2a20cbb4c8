import { readFileSync, readdirSync } from 'node:fs';
import { comeIn, expect, test } from '../support/test.mjs';
import { breaches } from '../support/axe.mjs';
test('new styles', async ({ page }) => {
  const dist = '/work/main/web/dist/'; const css = readFileSync(dist + readdirSync(dist).find((n) => /^app-.*\.css$/.test(n)), 'utf8');
  await page.route(/app.*\.css/, (r) => r.fulfill({ contentType: 'text/css', body: css }));
  await comeIn(page, 'administrator');
  await page.locator('summary.person').click(); await page.locator('summary.person').hover();
  console.log('light', await breaches(page)); await page.emulateMedia({ colorScheme: 'dark' }); console.log('dark', await breaches(page));
  await page.goto('/indicators/nps?period=12_months'); await page.emulateMedia({ colorScheme: 'light' }); await page.screenshot({ path: '/tmp/e2e-2.png' });
});
