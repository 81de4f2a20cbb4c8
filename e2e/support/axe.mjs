// What axe-core finds in a page, said in a few lines.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Breaches of WCAG 2.2 AA, or of the rules named, in the page as it stands; one line for each element. */
export async function breaches(page, rules = []) {
  // Given to the page by the browser's own tools, so the policy against foreign scripts stays as it is.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const found = await page.evaluate(async ({ values, rules }) => {
    const all = { runOnly: { type: 'tag', values }, rules: { 'target-size': { enabled: true } } };
    const options = rules.length > 0 ? { runOnly: { type: 'rule', values: rules } } : all;
    const { violations } = await globalThis.axe.run(document, { ...options, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`),
    );
  }, { values: TAGS, rules });
  return [...new Set(found)];
}
