// Assure, Evidence, Audit.
const query = encodeURIComponent('SELECT system, login, active FROM account ORDER BY system, login');
export const pages = [
  { name: 'criteria', path: '/criteria', title: /^Criteria$/ },
  { name: 'criteria-then', path: '/criteria?as-of=2020-01-01', title: /^Criteria$/ },
  { name: 'criterion', path: '/criteria/CC6.1', title: /^CC6\.1$/ },
  { name: 'controls', path: '/controls', as: 'auditor', title: /^Controls$/ },
  { name: 'control', path: '/controls/AC-01', title: /^AC-01 / },
  { name: 'control-contributor', path: '/controls/HR-03', as: 'contributor', title: /^HR-03 / },
  { name: 'tests', path: '/tests', title: /^Tests$/ },
  { name: 'tests-none', path: '/tests?q=nothing-is-called-so', title: /^Tests$/ },
  { name: 'test', path: '/tests/people.training-on-joining', title: /training/ },
  { name: 'test-waive', path: '/tests/people.training-on-joining/waive', as: 'contributor', title: /Waive/ },
  { name: 'exceptions', path: '/exceptions', title: /^Exceptions$/ },
  { name: 'facts', path: '/facts', as: 'auditor', title: /^Facts$/ },
  { name: 'facts-records', path: '/facts?kind=records', title: /^Facts$/ },
  { name: 'facts-account', path: '/facts/account', title: /^account$/ },
  { name: 'sql', path: `/sql?q=${query}`, title: /^SQL$/ },
  { name: 'sql-refused', path: '/sql?q=SELECT%20nothing%20FROM%20account', status: 422, title: /^SQL$/ },
  { name: 'sources', path: '/sources', title: /^Sources$/ },
  { name: 'source', path: '/sources/of?id=exec%3A%2Fsrv%2Fattest%2Ffleet', title: /^exec:/ },
  { name: 'ledger', path: '/ledger', as: 'auditor', title: /^Ledger$/ },
  { name: 'trail', path: '/trail', as: 'auditor', title: /^Audit trail$/ },
  { name: 'trail-access', path: '/trail/access', title: /^Audit trail$/ },
  { name: 'trail-commit', path: '/trail/3', title: /^Commit 3$/ },
  { name: 'populations', path: '/populations', as: 'auditor', title: /^Populations$/ },
  { name: 'population', path: '/populations/terminations', title: /left/ },
  { name: 'reports', path: '/reports', title: /^Reports$/ },
  { name: 'report-risk', path: '/reports/risk', title: /^Risks$/ },
];

async function download(page, click) {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  const chunks = [];
  for await (const c of await file.createReadStream()) chunks.push(c);
  return { name: file.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') };
}

export async function run(t) {
  const page = await t.open('owner');

  // From a criterion to a failing control, its failing test, one item of it and back through the counts.
  await page.goto('/criteria?state=fail');
  const lines = await page.locator('tbody tr').count();
  t.check(lines > 0 && lines === await page.locator('tbody .s-fail').count(), 'criteria: the filter lets others through');
  await page.locator('tbody th a').first().click();
  await page.locator('tr:has(.s-fail) th a').first().click();
  t.check(/\/controls\//.test(page.url()), `criterion: a control leads to ${page.url()}`);
  await page.locator('#tests ~ .scroll tr:has(.s-fail) th a').first().click();
  t.check(/\/tests\//.test(page.url()), `control: a test leads to ${page.url()}`);
  t.check(await page.locator('#items').isVisible() && await page.locator('pre.sql .k').count() > 0, 'test: no items or no query');
  t.check(await page.locator('svg.chart[aria-label]').count() === 1, 'test: no picture over time');
  const told = Number(await page.locator('a[href="#items"] strong').first().textContent());
  t.check(told > 0 && (await page.locator('.list-head').textContent()).includes(String(told)), 'test: counts disagree');

  // Run now shows what is found and keeps nothing.
  const before = t.attest('sql', 'SELECT count(*) AS n FROM commits');
  await page.getByRole('button', { name: 'Run now' }).click();
  t.check(/^Run of /.test(await page.locator('h1').textContent()), 'run: no outcome');
  await t.judge(page, 'run');
  t.check(t.attest('sql', 'SELECT count(*) AS n FROM commits') === before, 'run: something was recorded');

  // A contributor asks for a waiver; it is there, and the exception goes on failing.
  const other = await t.open('contributor');
  await other.goto('/exceptions?waived=no');
  const item = (await other.locator('tbody th').first().textContent()).trim();
  await other.locator('td[data-label="Waiver"] a').first().click();
  t.check(await other.locator('input[name=item]:checked').count() === 1, 'waive: the item is not chosen');
  await other.locator('#reason').fill('It\'s "accepted" <b>until</b> the migration');
  await other.getByRole('button', { name: 'Ask for the waiver' }).click();
  t.check(new URL(other.url()).pathname === '/waiver' && await other.locator('.flash').isVisible(), `waive: leads to ${other.url()}`);
  t.check(t.attest('sql', `SELECT state FROM waiver WHERE item = '${item.replaceAll("'", "''")}'`).includes('requested'), 'waive: no waiver was kept');

  // The page says what came since the assessment.
  await page.goto('/tests');
  t.check(/Since then/.test(await page.locator('main').textContent()), 'tests: what came since is not told');

  // A fact, its history, its proof; the proof holds on the command line.
  await page.goto('/facts/account');
  await page.locator('tbody th a').first().click();
  t.check(await page.locator('.timeline li').count() > 0, 'fact: no history');
  const proof = await download(page, () => page.getByRole('link', { name: 'Download' }).click());
  t.check(proof.text.startsWith('c2sp.org/tlog-proof@v1'), `fact: the proof is ${proof.text.slice(0, 40)}`);

  // The console: a query goes into the address; what is refused says where; the CSV has the same rows.
  await page.goto('/sql');
  await page.locator('#q').fill('SELECT id, state FROM person ORDER BY id');
  await page.getByRole('button', { name: 'Run' }).click();
  t.check(new URL(page.url()).searchParams.get('q')?.startsWith('SELECT id'), 'sql: the address does not keep the query');
  const rows = Number((await page.locator('#rows').textContent()).split(' ')[0]);
  const csv = await download(page, () => page.getByRole('link', { name: 'Download as CSV' }).click());
  t.check(csv.text.trim().split('\r\n').length === rows + 1, 'sql: the CSV has other rows than the page');
  await page.locator('#q').fill(`SELECT id FROM person WHERE id <> '${'x'.repeat(2000)}'`);
  await page.getByRole('button', { name: 'Run' }).click();
  t.check(new URL(page.url()).search === '' && /\d+ rows/.test(await page.locator('#rows').textContent()), 'sql: a long query is lost');

  // The trail: one commit by one person, found by its words; the ledger verifies.
  await page.goto(`/trail?person=${encodeURIComponent(t.person.contributor)}&relation=waiver`);
  await page.locator('tbody th a').first().click();
  t.check(/added/.test(await page.locator('main').textContent()) && /<b>until<\/b>/.test(await page.locator('main').textContent()), 'trail: the waiver is not told');
  const auditor = await t.open('auditor');
  await auditor.goto('/ledger');
  await auditor.getByRole('button', { name: 'Verify now' }).click();
  t.check(/is whole/.test(await auditor.locator('h1').textContent()), 'ledger: does not verify');
  await t.judge(auditor, 'ledger-verify');
  await auditor.goto('/tests/people.training-on-joining');
  t.check(await auditor.locator('.head .actions').count() === 0, 'test: an auditor is offered to change something');

  // A population of a period, and its CSV; a report as a file.
  await page.goto('/populations/terminations?from=2020-01-01&to=2020-12-31');
  t.check(/Nothing of this kind/.test(await page.locator('main').textContent()), 'population: rows from another period');
  await page.goto('/reports');
  await page.getByRole('link', { name: 'Gaps', exact: true }).click();
  const report = await download(page, () => page.getByRole('link', { name: 'html', exact: true }).click());
  t.check(report.text.startsWith('<!DOCTYPE html>') && /\.html$/.test(report.name), `report: ${report.name}`);

  // A member is refused all of it.
  const member = await t.open('member');
  for (const path of ['/criteria', '/facts', '/sql', '/trail', '/ledger', '/reports'])
    t.check((await member.goto(path)).status() === 403, `a member may open ${path}`);
}
