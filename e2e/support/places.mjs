// Every kind of page there is, for the checks that hold on all of them.

/** The address of the first link of a page that looks like `pattern`. */
export async function first(page, path, pattern) {
  await page.goto(path);
  const hrefs = await page.locator('main a[href]').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  const found = hrefs.find((href) => pattern.test(href));
  if (!found) throw new Error(`no link like ${pattern} on ${path}`);
  return found;
}

/** Pages of someone who is signed in and may do everything, as [name, path]. */
export async function inside(page) {
  const customer = await first(page, '/customers', /^\/customers\/\d+$/);
  const survey = await first(page, '/surveys', /^\/surveys\/\d+$/);
  const answer = await first(page, `${survey}/responses`, /^\/responses\/\d+$/);
  const colleague = await first(page, '/people', /^\/people\/\d+$/);
  const job = await first(page, '/jobs?all=true', /^\/jobs\/\d+$/);
  const site = await first(page, '/sites', /^\/sites\/\d+$/);
  const open = await first(page, '/cases?view=open', /^\/cases\/\d+(\?|$)/);
  const closed = await first(page, '/cases?view=closed', /^\/cases\/\d+(\?|$)/);
  const cause = await first(page, '/causes', /^\/causes\/\d+\/edit$/);
  const improvement = await first(page, '/improvements', /^\/improvements\/\d+$/);
  const indicator = '/indicators/nps?period=12_months';
  return [
    ['home', '/'],
    ['customers', '/customers'],
    ['no customer found', '/customers?q=zzzzqqq'],
    ['sheet', customer],
    ['edit form', `${customer}/edit`],
    ['new customer', '/customers/new'],
    ['consents', `${customer}/consents`],
    ['imports', '/imports'],
    ['new import', '/imports/new'],
    ['surveys', '/surveys'],
    ['templates', '/surveys/new'],
    ['survey sheet', survey],
    ['survey editor', `${survey}/edit`],
    ['survey preview', `${survey}/preview`],
    ['QR codes', `${survey}/qr`],
    ['invitations', `${survey}/invitations`],
    ['new invitations', `${survey}/invitations/new`],
    ['responses', `${survey}/responses`],
    ['response', answer],
    ['indicators', '/indicators'],
    ['NPS', '/indicators/nps'],
    ['CSAT', '/indicators/csat'],
    ['NPS of a year', indicator],
    ['answers', '/indicators/nps/answers?period=12_months'],
    ['definition', await first(page, indicator, /^\/definitions\//)],
    ['verbatims', '/verbatims'],
    ['search', '/search?q=ma'],
    ['cases', '/cases'],
    ['open cases', '/cases?view=open'],
    ['open case', open],
    ['closed case', closed],
    ['new case', '/cases/new'],
    ['rules of cases', '/cases/rules'],
    ['causes', '/causes'],
    ['cause', cause],
    ['ranking', '/causes/ranking'],
    ['improvements', '/improvements'],
    ['improvement', improvement],
    ['new improvement', '/improvements/new'],
    ['board of the loop', '/boards/loop'],
    ['new tile', '/boards/tiles/new'],
    ['people', '/people'],
    ['invite a colleague', '/people/new'],
    ['colleague', colleague],
    ['sites', '/sites'],
    ['site', site],
    ['teams', '/teams'],
    ['settings', '/settings'],
    ['ledger', '/ledger'],
    ['jobs', '/jobs'],
    ['jobs and routine', '/jobs?all=true'],
    ['job', job],
    ['tokens', '/tokens'],
    ['new token', '/tokens/new'],
    ['mails', '/mails'],
    ['bounced addresses', '/bounced-addresses'],
    ['account', '/account'],
    ['second factor', '/account/second-factor'],
    ['API', '/api/docs'],
    ['nowhere', '/nowhere'],
  ];
}

/** The address at which anybody answers the first open survey. */
export async function publicSurvey(page) {
  await page.goto(await first(page, '/surveys', /^\/surveys\/\d+$/));
  return new URL(await page.locator('#public-link').innerText()).pathname;
}
