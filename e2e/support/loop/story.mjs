// The promise of the product as one story, told alike in each language.
import { PHONE } from '../browser.mjs';
import { comeIn, tooWide } from '../gestures.mjs';
import { expect } from '../test.mjs';
import { closedLoop, counted, opened, pin, workedOn } from './board.mjs';
import { attempt, close, take, write } from './case.mjs';
import { answerBadly, answerByForm } from './customer.mjs';
import { plan, start } from './improvement.mjs';
import { draw } from './invitations.mjs';
import { tell } from './notice.mjs';
import { consistent, judge, kept, tooSoon } from './verdict.mjs';
import { DATA } from './words.mjs';

/** Days after which new answers come in, and after which the figure is measured again. */
const ANSWERED = 30;
const MEASURED = 60;
/** Good answers that come in: enough to tell them from those of the demonstration, of which seven in ten are good. */
const GOOD = 40;

/**
 * An unhappy answer is heard, answered and closed; its cause is removed, the customers concerned are told, and the
 * figure is measured again on its day. `ask` gives the customer, with the link they received.
 */
export async function wholeLoop(person, server, words, ask) {
  const manager = await person();
  await comeIn(manager, 'manager', words.language);
  const customer = await ask(manager);
  const before = await opened(manager, words);
  await answerBadly(await person({ viewport: PHONE, javaScriptEnabled: false }), customer.link, words);
  const sheet = await heard(person, server, customer, words);

  const share = await workedOn(manager, words);
  const improvement = await plan(manager, MEASURED, words);
  expect(await workedOn(manager, words), 'more causes are worked on').toBeGreaterThan(share);
  await start(manager, improvement, words);
  await tell(manager, improvement, customer, server, words);
  await counted(manager, before, sheet, words);
  await pin(manager, before + 1, words);
  await nothingShown(manager, words);

  await ahead(manager, server, ANSWERED, words);
  await improves(manager, server, words);
  await tooSoon(manager, improvement, words);
  await ahead(manager, server, MEASURED, words);
  await better(manager, words);
  await closedLoop(manager, words);
}

/** The adviser hears of it on the shop floor, phone in hand, then writes and closes at the desk. */
async function heard(person, server, customer, words) {
  const hand = await person({ viewport: PHONE });
  await comeIn(hand, 'adviser', words.language);
  const sheet = await take(hand, customer, words);
  await attempt(hand, words);
  expect(await tooWide(hand), 'nothing is wider than the phone').toBe('');
  await hand.context().close();

  const desk = await person();
  await comeIn(desk, 'adviser', words.language);
  await desk.goto(sheet);
  await write(desk, customer, server, words);
  await close(desk, sheet, words);
  await desk.context().close();
  return sheet;
}

/** An older improvement, whose day has come: measured honestly, it changed nothing one can show. */
async function nothingShown(page, words) {
  const verdict = await judge(page, { title: DATA.idle, lesson: words.story.idleLesson }, words);
  consistent(verdict, words);
  expect(verdict.word).toBe(words.verdict.none);
  await kept(page, DATA.idle, verdict.word, words);
}

/** Serves a later day. A page left open would ask a server that is away; its session may be over too. */
async function ahead(page, server, days, words) {
  await page.goto('about:blank');
  await server.later(days);
  await page.context().clearCookies();
  await comeIn(page, 'manager', words.language);
}

/** Customers drawn at random answer that they are satisfied, one way or the other. */
async function improves(page, server, words) {
  const links = await draw(page, GOOD, server, words);
  for (const [at, link] of links.entries()) await answerByForm(link, at % 3 ? '5' : '4');
}

/** The day has come: the figure is better, beyond chance, and the loop is closed. */
async function better(page, words) {
  const { story } = words;
  const verdict = await judge(page, { title: story.change, lesson: story.lesson }, words);
  consistent(verdict, words);
  expect(verdict.after.n, 'the new answers are counted').toBeGreaterThanOrEqual(GOOD);
  expect(verdict.word).toBe(words.verdict.better);
  await kept(page, story.change, verdict.word, words);
}
