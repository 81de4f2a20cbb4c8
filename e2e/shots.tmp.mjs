import { chromium as engine } from '@playwright/test';
import { chromium } from './support/browser.mjs';
import { comeIn } from './support/gestures.mjs';
const [,, role, prefix, width, scheme, lang, ...paths] = process.argv;
const b = await engine.launch(chromium.launchOptions);
const c = await b.newContext({ baseURL: process.env.BASE || 'http://127.0.0.1:8077', viewport: { width: +width, height: 900 }, locale: lang, colorScheme: scheme, timezoneId: 'Europe/Paris', reducedMotion: 'reduce' });
const p = await c.newPage();
p.on('console', m => m.type() === 'error' && console.log('console', m.text()));
await comeIn(p, role);
let n = 0;
for (const path of paths) {
  const [url, ...clicks] = path.split('>>');
  await p.goto(url);
  for (const s of clicks) { await p.locator(s).first().click(); await p.waitForLoadState(); }
  await p.waitForTimeout(600);
  await p.screenshot({ path: `/tmp/shots/${prefix}-${n++}.png`, fullPage: true, animations: 'disabled' });
  console.log(p.url(), await p.evaluate(() => document.documentElement.scrollWidth > innerWidth ? 'SIDEWAYS ' + document.documentElement.scrollWidth : ''));
}
await b.close();
