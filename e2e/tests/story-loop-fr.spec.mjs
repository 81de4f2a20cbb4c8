// The closed loop in French: an unhappy customer is heard, called, written to and told; then the cause is worked on.
import { PHONE } from '../support/browser.mjs';
import { mailsTo } from '../support/mails.mjs';
import { comeIn, expect, test } from '../support/test.mjs';

test.use({ at: 'own' });
test.setTimeout(90_000);

const WORDS = 'On devait me rappeler mardi pour ma tondeuse. Personne ne l’a fait, j’ai perdu ma semaine !';
const TITLE = 'Rappel promis pour une tondeuse, oublié';
/** A cause nobody works on yet in the demonstration. */
const CAUSE = 'Rappel oublié';
const CHANGE = 'Écrire chaque rappel promis au cahier du matin';
const DECISION = 'Faut-il quelqu’un de plus au téléphone ?';

/** What a letter must hold, in its order, and a sentence that holds it. */
const ELEMENTS = [
  ['Les faits reconnus', 'Vous avez attendu mardi notre appel au sujet de votre tondeuse.'],
  ['Ce que le client a ressenti', 'Je comprends votre colère et vous présente nos excuses.'],
  ['La cause, expliquée', 'La raison en est simple : le papier de l’accueil a été perdu.'],
  ['Ce qui change', 'Désormais, tout rappel est écrit dans un cahier lu chaque matin.'],
  ['L’étape suivante, avec une date', 'Je vous rappelle jeudi 3 décembre.'],
];

test('from an unhappy answer to the cause that is worked on', async ({ person, server, invitation }) => {
  const manager = await person();
  await comeIn(manager, 'manager');
  const customer = await invited(manager, invitation);
  const before = await opened(manager);
  await answer(await person({ viewport: PHONE, javaScriptEnabled: false }), invitation);

  const adviser = await person();
  await comeIn(adviser, 'adviser');
  const sheet = await take(adviser, customer);
  await attempt(adviser);
  await write(adviser, customer, server);
  await close(adviser, sheet);

  await improve(manager);
  await count(manager, before, sheet);
  await pin(manager, before);
});

test('a letter leaves at the first press, also just after it was typed', async ({ page }) => {
  await comeIn(page, 'manager');
  const sheet = await writable(page);
  await page.locator('#f-body').fill(ELEMENTS.map(([, sentence]) => sentence).join(' '));
  await page.getByRole('button', { name: 'Envoyer la lettre' }).click();
  await expect(page.locator('.toast')).toContainText('La lettre part.');
  expect(new URL(page.url()).pathname).toBe(sheet);
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

/** Whom the printed invitation went to: an address to write to, and nothing under way, or the story would differ. */
async function invited(page, link) {
  expect(link, 'the terminal shows an invitation to answer').toBeTruthy();
  await page.goto('/surveys');
  await page.getByRole('link', { name: 'Après un contact' }).first().click();
  await page.goto(`${new URL(page.url()).pathname}/invitations?state=sent`);
  const row = page.locator('tbody tr').filter({ has: page.locator(`[data-copy-text$="${link}"]`) });
  await row.locator('a[href^="/customers/"]').click();
  const address = await page.locator('a[href^="mailto:"]').first().getAttribute('href');
  const name = await page.getByRole('heading', { level: 1 }).innerText();
  return { name, address: decodeURIComponent(address.replace('mailto:', '')) };
}

/** How many cases the board counts. */
async function opened(page) {
  await page.goto('/boards/loop');
  return Number((await figure(page, 'Suivis ouverts').locator('b').innerText()).replace(/\D/g, ''));
}

/** A figure of the board, or a tile. */
function figure(page, name) {
  return page.locator('.tiles li').filter({ has: page.getByRole('link', { name, exact: true }) });
}

/** Answers as badly as one can, on a phone where nothing but HTML works. */
async function answer(phone, link) {
  await phone.goto(link);
  await phone.getByRole('group', { name: /satisfait de votre dernier contact/ }).getByText('1', { exact: true }).click();
  await phone.getByLabel('Qu’est-ce qui explique votre note ?').fill(WORDS);
  await phone.getByText('Oui, vous pouvez me rappeler').click();
  await phone.getByRole('button', { name: 'Envoyer mes réponses' }).click();
  await expect(phone.getByRole('heading', { name: 'Merci, c’est bien arrivé' })).toBeVisible();
  await expect(phone.locator('.thanks')).toContainText('Nous sommes désolés');
}

/** Finds the case among those nobody has, and takes it; gives its address. */
async function take(page, customer) {
  const row = page.locator('tbody tr').filter({ hasText: 'On devait me rappeler mardi' });
  // The answer opens the case a moment later.
  await expect(async () => {
    await page.goto('/cases?view=free');
    await expect(row).toHaveCount(1, { timeout: 250 });
  }).toPass();
  await expect(row).toContainText(customer.name);
  await expect(row).toContainText('Prendre le suivi');
  await row.locator('a.name').click();
  await expect(page.locator('.said')).toContainText(WORDS);
  await expect(page.locator('.said')).toContainText('1 sur 5 en satisfaction');
  await page.getByRole('button', { name: 'Prendre ce suivi' }).click();
  await expect(page.locator('.toast')).toContainText('Ce suivi est à vous.');
  await expect(page.locator('.head .help')).toContainText('confié à vous');
  const sheet = new URL(page.url()).pathname;
  expect(await isListed(page, 'mine', sheet), 'among mine').toBe(true);
  expect(await isListed(page, 'free', sheet), 'among those nobody has').toBe(false);
  await page.goto(sheet);
  return sheet;
}

/** Whether a part of the queue shows a case, on any of its pages. */
async function isListed(page, view, sheet) {
  await page.goto(`/cases?view=${view}`);
  for (;;) {
    await expect(page.getByRole('heading', { level: 1, name: 'Suivis' })).toBeVisible();
    if (await page.locator(`tbody a[href="${sheet}"]`).count()) return true;
    const next = page.locator('a[rel=next]');
    if (!(await next.count())) return false;
    await page.goto(await next.getAttribute('href'));
  }
}

async function attempt(page) {
  const form = page.locator('#attempt');
  await form.getByText('Pas joint', { exact: true }).click();
  await form.getByLabel('Ce qui s’est dit').fill('Répondeur, message laissé');
  await form.getByRole('button', { name: 'Noter' }).click();
  await expect(page.locator('.toast')).toContainText('Contact noté.');
  const noted = page.locator('.flow li').filter({ hasText: 'Répondeur, message laissé' });
  await expect(noted).toContainText('Fatoumata Sidibélou');
  // Who was not reached has not been contacted: that is still what comes next.
  await expect(page.locator('.legal__next')).toContainText('Joindre le client');
  await expect(page.getByRole('button', { name: 'Clore le suivi' })).toHaveCount(0);
}

/** Writes the letter, sees what it lacks, sends it, and sees that it left. */
async function write(page, customer, server) {
  const letter = page.locator('#letter');
  const body = letter.getByLabel('Votre lettre');
  const element = (name) => letter.locator('#letter-todo li').filter({ has: page.getByText(name, { exact: true }) });
  await expect(letter).toContainText(customer.address);
  await expect(body).toHaveValue(new RegExp(`Bonjour ${customer.name}`));
  for (const [name] of ELEMENTS) await expect(element(name)).toHaveClass('ko');

  // What is missing keeps it here, and what was typed stays.
  await body.fill(`Bonjour,\n\n${ELEMENTS[0][1]}`);
  await expect(element('Les faits reconnus')).toHaveClass('ok');
  await rest(page, body);
  await letter.getByRole('button', { name: 'Envoyer la lettre' }).click();
  const lacking = page.getByRole('alert');
  await expect(lacking.getByRole('listitem')).toHaveCount(ELEMENTS.length - 1);
  await expect(lacking).toContainText('Il manque la cause');
  await expect(body).toHaveValue(/Vous avez attendu mardi/);

  // Each is found as it is typed.
  for (const [at, [name, sentence]] of ELEMENTS.entries()) {
    if (at > 0) {
      await expect(element(name)).toHaveClass('ko');
      await body.press('Control+End');
      await body.pressSequentially(` ${sentence}`);
    }
    await expect(element(name)).toHaveClass('ok');
  }
  await rest(page, body);
  await letter.getByRole('button', { name: 'Envoyer la lettre' }).click();
  await expect(page.locator('.toast')).toContainText('La lettre part.');

  const sent = () => mailsTo(server.mails, customer.address);
  await expect.poll(async () => (await sent()).length, { timeout: 20_000, message: 'the mail is in the folder' }).toBe(1);
  const [mail] = await sent();
  expect(mail.subject).toContain('Suite à votre avis');
  for (const [, sentence] of ELEMENTS) expect(mail.text.replace(/\s+/g, ' ')).toContain(sentence);
  await expect(async () => {
    await page.reload();
    await expect(page.locator('.head .tag--good')).toHaveText('Client informé', { timeout: 250 });
  }).toPass({ timeout: 20_000 });
  await expect(page.locator('.flow li').filter({ hasText: 'Lettre envoyée' })).toContainText(ELEMENTS[3][1]);
}

/** Leaves the letter for a moment: its draft is kept. */
async function rest(page, body) {
  const kept = page.waitForResponse((reply) => reply.url().endsWith('/draft'));
  await body.blur();
  await kept;
  await expect(page.locator('#letter-form')).not.toHaveAttribute('aria-busy');
}

/** Names the cause and what it cost, and closes. */
async function close(page, sheet) {
  const edit = page.locator('#edit');
  await edit.getByLabel('De quoi il s’agit').fill(TITLE);
  await choose(edit.getByLabel('Cause'), CAUSE);
  await choose(edit.getByLabel('Réparation', { exact: true }), 'Bon d’achat');
  await edit.getByLabel('Coût de la réparation').fill('12,50');
  await edit.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.locator('.toast')).toContainText('Suivi enregistré.');
  // Cause and remedy are said already: the closing takes them over.
  await expect(page.locator('#closure').getByLabel('Réparation').locator('option:checked')).toHaveText('Bon d’achat');
  await page.getByRole('button', { name: 'Clore le suivi' }).click();
  await expect(page.locator('.toast')).toContainText('Suivi clos.');
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  await expect(page.locator('.facts').filter({ hasText: 'Cause' })).toContainText(CAUSE);
  for (const [view, is] of [['open', false], ['mine', false], ['closed', true]]) {
    expect(await isListed(page, view, sheet), view).toBe(is);
  }
}

/** Chooses what reads `name` in a list whose options may be indented. */
async function choose(list, name) {
  const option = list.locator('option').filter({ hasText: name }).first();
  await list.selectOption(await option.getAttribute('value'));
}

/** Begins to work on the cause, from the ranking. */
async function improve(page) {
  await page.getByRole('link', { name: 'Agir', exact: true }).first().click();
  await page.goto('/causes/ranking');
  const row = page.locator('tbody tr').filter({ hasText: CAUSE });
  await row.getByRole('link', { name: 'Améliorer' }).click();
  await expect(page.locator('#f-cause option:checked')).toContainText(CAUSE);
  await page.getByLabel('Ce qui est fait').fill(CHANGE);
  await choose(page.getByLabel('Qui s’en occupe'), 'Augustin Delcambre');
  await choose(page.getByLabel('Chiffre qu’elle doit faire bouger'), 'satisfaction');
  await page.getByLabel('Effet attendu').fill('5');
  await page.getByLabel('En place au plus tard').fill(daysFromNow(14));
  await page.getByLabel('Mesurée à nouveau le').fill(daysFromNow(104));
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.locator('.toast')).toContainText('Amélioration enregistrée.');
  await expect(page.getByRole('heading', { level: 1, name: CHANGE })).toBeVisible();
  await page.goto('/improvements');
  const line = page.locator('tbody tr').filter({ hasText: CHANGE });
  await expect(line).toContainText('Prévue');
  await page.goto('/causes/ranking');
  await expect(row.getByRole('link', { name: 'En cours' })).toBeVisible();
}

/** A day as a field of a form writes it. */
function daysFromNow(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** The board counts one more case, and shows which. */
async function count(page, before, sheet) {
  expect(await opened(page)).toBe(before + 1);
  await figure(page, 'Suivis ouverts').getByRole('link', { name: 'Suivis ouverts', exact: true }).click();
  await expect(page.locator(`tbody a[href="${sheet}"]`)).toHaveText(TITLE);
}

/** Puts a figure on the home page, with the decision it serves. */
async function pin(page, before) {
  await page.goto('/boards/loop');
  await figure(page, 'Suivis ouverts').getByRole('link', { name: /^Épingler/ }).click();
  await expect(page.locator('#f-figure option:checked')).toHaveText('Suivis ouverts');
  await page.getByLabel('Sur combien de jours').fill('90');
  await page.getByRole('button', { name: 'Épingler' }).click();
  await expect(page.getByLabel('Décision qu’il sert'), 'no figure without a decision').toBeFocused();
  await page.getByLabel('Décision qu’il sert').fill(DECISION);
  await choose(page.getByLabel('Qui en répond'), 'Augustin Delcambre');
  await page.getByRole('button', { name: 'Épingler' }).click();
  await expect(page.locator('.toast')).toContainText('Chiffre épinglé');
  await page.goto('/');
  const tile = page.locator('.tiles li').filter({ hasText: DECISION });
  await expect(tile).toContainText('Augustin Delcambre');
  await expect(tile).toContainText('Suivis ouverts');
  await expect(tile.locator('b')).toHaveText(String(before + 1));
}
