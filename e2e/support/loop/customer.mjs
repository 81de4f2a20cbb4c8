// What customers do: they answer, with nothing but HTML.
import { expect } from '../test.mjs';

/** Answers as badly as one can, and may be called back. */
export async function answerBadly(phone, link, { story, customer: w }) {
  await phone.goto(link);
  await phone.getByRole('group', { name: w.question }).getByText('1', { exact: true }).click();
  await phone.getByLabel(w.why).fill(story.complaint);
  await phone.getByText(w.callMe).click();
  await phone.getByRole('button', { name: w.send }).click();
  await expect(phone.getByRole('heading', { name: w.thanks })).toBeVisible();
  await expect(phone.locator('.thanks')).toContainText(w.sorry);
}

/** Gives one score by the form behind a link, as a browser that runs nothing sends it. */
export async function answerByForm(link, score) {
  const form = await (await fetch(link)).text();
  const hidden = form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
  const fields = new URLSearchParams([...hidden].map(([, name, value]) => [name, value]));
  fields.set(/<input type="radio" name="([^"]+)"/.exec(form)[1], score);
  const reply = await fetch(link, { method: 'POST', body: fields });
  expect(reply.status, link).toBe(200);
  expect(await reply.text()).toContain('class="thanks');
}
