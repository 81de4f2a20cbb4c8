// The whole path in French, on an empty database: set up, know, listen, understand.
import { readFile } from 'node:fs/promises';
import { PHONE } from '../support/browser.mjs';
import { frenchCsv } from '../support/files.mjs';
import { expect, test } from '../support/test.mjs';

test.use({ at: 'empty' });
test.setTimeout(90_000);

const ADDRESS = 'perrine.vasselonge@example.org';
const PASSWORD = 'un bocal plein de poissons bleus';
const CUSTOMERS = frenchCsv('clients.csv', [
  ['N° client', 'Prénom', 'Nom', 'Courriel', 'Portable', 'Ville'],
  ['1001', 'Bérengère', 'Lhuîtrier', 'berengere.lhuitrier@example.org', '06 39 98 00 01', 'Port-Ourlet'],
  ['1002', 'Cœlie', 'd’Ambrelis', 'coelie@example.org', '06 39 98 00 02', 'Port-Ourlet'],
  ['1003', 'Théodule', 'Garçonnet', 'theodule@example.org', '06 39 98 00 03', 'Évremer'],
  ['1004', '', '', 'sans nom', '', 'Sans nom ni adresse valable'],
]);
const WORDING = 'Recommanderiez-vous la Criée de Port-Ourlet à un proche ?';

test('from a set-up link to the answers behind a figure', async ({ page, person, server }) => {
  await setUp(page, server);
  await signIn(page);
  await importCustomers(page);
  await findAndNote(page);
  const link = await publish(page);
  for (const [score, words] of [[10, 'Poisson très frais'], [9, ''], [9, 'Un accueil charmant'], [8, ''], [10, ''], [3, 'Trop d’attente']]) {
    await answer(await person({ viewport: PHONE, javaScriptEnabled: false }), link, score, words);
  }
  await understand(page);
});

async function setUp(page, server) {
  const link = /\/set-up\/\S+/.exec(server.said())?.[0];
  expect(link, 'the terminal shows the link').toBeTruthy();
  await page.goto(link);
  await page.getByLabel('Nom de l’organisation').fill('Criée de Port-Ourlet');
  await page.getByLabel('Premier site').fill('Quai Nord');
  await page.getByLabel('Votre nom').fill('Perrine Vasselonge');
  await page.getByLabel('Votre adresse e-mail').fill(ADDRESS);
  await page.getByLabel('Votre mot de passe').fill('court');
  await page.getByRole('button', { name: 'Créer l’organisation' }).click();
  await expect(page.locator('.error').filter({ hasText: 'caractères au moins' })).toBeVisible();
  await expect(page.getByLabel('Votre nom'), 'what was typed is kept').toHaveValue('Perrine Vasselonge');
  await page.getByLabel('Votre mot de passe').fill(PASSWORD);
  await page.getByRole('button', { name: 'Créer l’organisation' }).click();
  await expect(page.locator('.rail__foot')).toContainText('Criée de Port-Ourlet');
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Ce lien ne sert plus' })).toBeVisible();
}

async function signIn(page) {
  await page.goto('/');
  await page.locator('summary.person').click();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await page.getByLabel('Adresse e-mail').fill(ADDRESS);
  await page.getByLabel('Mot de passe').fill('pas le bon mot de passe');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page.getByText('L’adresse ou le mot de passe ne correspond pas')).toBeVisible();
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page.locator('.person')).toContainText('Perrine Vasselonge');
}

async function importCustomers(page) {
  await page.goto('/customers');
  await page.locator('main a[href="/imports/new"]').first().click();
  await page.locator('input[type=file]').setInputFiles(CUSTOMERS);
  await page.locator('main form .btn--main').click();
  // The columns are recognised, and shown with the file's own words.
  const column = (name) => page.locator('.map-table tr').filter({ has: page.locator('th', { hasText: name }) });
  await expect(column('Prénom')).toContainText('Bérengère');
  await expect(column('Prénom')).toContainText('Cœlie');
  await expect(column('Prénom').locator('option:checked')).toHaveText('Prénom');
  await expect(column('Courriel').locator('option:checked')).toHaveText(/e-mail/i);

  await page.locator('button[formaction$="/dry-run"]').click();
  await expect(page.locator('#h-dry-run')).toBeVisible({ timeout: 15_000 });
  await expect(page.locator('#dry-run tfoot')).toContainText('4');
  await page.locator('button[formaction$="/run"]').click();
  await expect(page.locator('.stages li:last-child[aria-current=step]')).toBeVisible({ timeout: 15_000 });
  const report = page.locator('section[aria-labelledby=res]');
  await expect(report.locator('tfoot')).toContainText('4');
  const rejected = report.locator('a[href$="/rejected.csv"]');
  await expect(rejected).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent('download'), rejected.click()]);
  expect(await readFile(await file.path(), 'utf8')).toContain('Sans nom ni adresse valable');
}

async function findAndNote(page) {
  await page.goto('/');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('berengere lhui', { delay: 20 });
  const found = page.getByRole('option', { name: /Bérengère Lhuîtrier/ });
  await expect(found).toBeVisible();
  await found.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bérengère Lhuîtrier' })).toBeVisible();
  await page.getByRole('link', { name: 'Noter un échange' }).click();
  await page.getByText('Guichet', { exact: true }).click();
  await page.getByLabel('Ce qui s’est dit et fait').fill('Commande d’huîtres pour les fêtes');
  await page.getByLabel('Ses mots').fill('L’an dernier elles étaient parfaites !');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.locator('.toast')).toContainText('Échange noté.');
  const noted = page.locator('#flow li').filter({ hasText: 'Commande d’huîtres' });
  await expect(noted).toContainText('Passage au guichet');
  await expect(noted.locator('.voice')).toContainText('L’an dernier elles étaient parfaites !');
}

async function publish(page) {
  await page.getByRole('link', { name: 'Écouter' }).click();
  await page.getByRole('link', { name: 'Nouvelle enquête' }).first().click();
  await page.getByRole('button', { name: /Utiliser ce modèle.*Recommandation et raison/ }).click();
  await expect(page.getByText('Brouillon créé')).toBeVisible();
  await page.getByLabel('Question en français').first().fill(WORDING);
  await page.getByRole('button', { name: 'Publier' }).click();
  await expect(page.locator('.toast')).toContainText('Enquête publiée');
  return new URL(await page.locator('#public-link').innerText()).pathname;
}

/** Answers on a phone where nothing but HTML works. */
async function answer(phone, link, score, words) {
  await phone.goto(link);
  const question = phone.getByRole('group', { name: WORDING });
  await question.getByText(String(score), { exact: true }).click();
  if (words) await phone.locator('textarea').first().fill(words);
  await phone.getByRole('button', { name: 'Envoyer mes réponses' }).click();
  await expect(phone.getByRole('heading', { name: 'Merci, c’est bien arrivé' })).toBeVisible();
  const thanks = score >= 9 ? /toute l’équipe/ : score >= 7 ? /franchise|remarques/ : /désolés|regrettons/;
  await expect(phone.locator('.thanks')).toContainText(thanks);
  await phone.context().close();
}

async function understand(page) {
  await page.reload();
  await page.getByRole('link', { name: 'Voir l’indicateur' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Taux net de recommandation (NPS)' })).toBeVisible();
  // Four of six at 9 or 10, one at 6 or less: 66.7 % − 16.7 %.
  await expect(page.locator('.figure__value')).toHaveText(/\+50/);
  await expect(page.locator('.proof')).toContainText('6');
  await expect(page.locator('.proof')).toContainText('Participation libre');
  await page.locator('.proof a').first().click();
  await expect(page.locator('tbody tr')).toHaveCount(6);
  await expect(page.getByText('Trop d’attente')).toBeVisible();
  await page.goBack();
  await page.locator('main svg a').first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Réponses' })).toBeVisible();
  await expect(page.locator('tbody tr').first()).toBeVisible();
}
