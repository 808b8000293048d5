// The page family of records.
export const pages = [
  { name: 'registers', path: '/registers', title: /All registers/ },
  { name: 'risk-list', path: '/risk', title: /^Risks$/ },
  { name: 'risk-list-filtered', path: '/risk?state=identified&sort=-inherent_score', title: /^Risks$/ },
  { name: 'person-list', path: '/person', title: /^People$/ },
  { name: 'task-list-member', path: '/task', as: 'member', title: /^Tasks$/ },
  { name: 'evidence-list', path: '/evidence', title: /^Evidence$/ },
  { name: 'list-empty', path: '/breach', title: /^Breaches$/ },
  { name: 'list-then', path: '/risk?as-of=2001-01-01', title: /^Risks$/ },
  { name: 'risk-show', path: '/risk/RISK-1', title: /./ },
  { name: 'policy-show', path: '/policy/access-control', title: /./ },
  { name: 'policy-text', path: '/policy_version/PV-1', title: /./ },
  { name: 'risk-new', path: '/risk/new', title: /Add a risk/ },
  { name: 'task-edit', path: '/vendor/VEN-1/edit', title: /Edit VEN-1/ },
  { name: 'risk-step', path: '/risk/RISK-1/do/close', title: /Close: RISK-1/ },
  { name: 'risk-history', path: '/risk/RISK-1/history', title: /History of RISK-1/ },
  { name: 'risk-attach', path: '/risk/RISK-1/attach', title: /Evidence for RISK-1/ },
  { name: 'risk-import', path: '/risk/import', title: /Import risks/ },
  { name: 'person-sync', path: '/person/sync', title: /People from the HR system/ },
  { name: 'risk-auditor', path: '/risk/RISK-1', as: 'auditor', title: /./ },
  { name: 'risk-bulk', path: '/risk/bulk?do=set.owner&id=RISK-1&id=RISK-2', title: /Change owner of 2 risks/ },
];

const hostile = `<script>alert(1)</script> "quoted" 'single' & <b>bold</b>`;

// Somebody adds a risk, is told all that is wrong at once, and what was typed stays.
async function adds(t, page, looks) {
  await page.goto('/risk');
  await page.getByRole('link', { name: 'Add a risk' }).click();
  await page.getByLabel('Owner').fill('nobody.here');
  await page.getByText('More fields').click();
  await page.getByLabel('Category').fill(hostile);
  await page.getByRole('button', { name: 'Add' }).click();
  t.check(await page.getByRole('alert').isVisible(), `records: no word of what is wrong: ${await page.locator('main').innerText()}`);
  t.check(await page.locator('.fault').count() === 2, `records: ${await page.locator('.fault').count()} faults, not 2`);
  t.check(await page.getByLabel('Category').inputValue() === hostile, 'records: what was typed is lost');
  t.check(await page.getByLabel('Owner').getAttribute('aria-invalid') === 'true', 'records: a wrong input is not marked');
  if (looks) await t.judge(page, 'risk-faults');
  await page.getByLabel('Title').fill(hostile);
  await page.getByLabel('Owner').fill(t.person.owner);
  await page.getByLabel(/^Likelihood/).selectOption('4');
  await page.getByLabel(/^Impact/).selectOption('5');
  await page.getByRole('button', { name: 'Add' }).click();
  t.check(await page.locator('h1').textContent() === hostile, 'records: the title is not shown as it is');
  t.check(await page.locator('.flash').isVisible(), 'records: nothing says that it was added');
  t.check(await page.locator('.facts').getByText('20', { exact: true }).isVisible(), 'records: the score is missing');
  return new URL(page.url()).pathname;
}

// Two people edit at once; the later one sees both sides and chooses.
async function conflicts(t, page, path, looks) {
  const id = path.split('/')[2];
  await page.goto(`${path}/edit`);
  await page.getByLabel(/^Impact/).selectOption('2');
  await page.getByLabel('Plan').fill('first line\nsecond line');
  t.attest('risk', 'edit', id, 'impact=3', 'category=people');
  await page.getByRole('button', { name: 'Save' }).click();
  t.check(/Somebody else/.test(await page.locator('h1').textContent()), 'records: two at once are not told');
  if (looks) await t.judge(page, 'risk-conflict');
  await page.getByLabel(/As it is now: 3/).check();
  await page.getByRole('button', { name: 'Save what is chosen' }).click();
  const row = JSON.parse(t.attest('risk', 'show', id, '--json')).fields;
  t.check(row.impact === 3 && row.plan === 'first line\nsecond line' && row.category === 'people', `records: kept ${JSON.stringify(row)}`);
}

async function steps(t, page, path) {
  await page.goto(path);
  await page.getByRole('link', { name: 'Assess' }).click();
  await page.getByLabel('Why').fill('looked at it');
  await page.getByRole('button', { name: 'Assess' }).click();
  t.check(await page.locator('.head .state').textContent().then((s) => /assessed/.test(s)), 'records: the step is not seen');
  await page.getByRole('button', { name: 'Review' }).click();
  t.check(await page.locator('.flash').isVisible(), 'records: one button did not take the step');
  await page.getByLabel('Say something about it').fill(hostile);
  await page.getByRole('button', { name: 'Comment' }).click();
  t.check(await page.getByText(hostile).last().isVisible(), 'records: the comment is not shown as it is');
}

// A filter stays in the address; those ticked change together.
async function many(t, page) {
  await page.goto('/risk');
  await page.getByLabel('State').selectOption('treated');
  await page.getByRole('button', { name: 'Filter' }).click();
  t.check(/state=treated/.test(page.url()), 'records: the filter is not in the address');
  await page.getByRole('columnheader', { name: 'Inherent score' }).getByRole('link').click();
  t.check(/state=treated/.test(page.url()) && /sort=inherent_score/.test(page.url()), `records: sorting forgets the filter: ${page.url()}`);
  const boxes = page.locator('tbody input[type=checkbox]');
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByLabel('With those ticked').selectOption({ label: 'Category' });
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByLabel('Category').fill('changed together');
  await page.getByRole('button', { name: 'Change category' }).click();
  await page.goto('/risk?category=changed+together');
  t.check(await page.locator('tbody tr').count() === 2, 'records: not both were changed');
}

async function attaches(t, page, path) {
  await page.goto(`${path}/attach`);
  await page.getByLabel('The file').setInputFiles({ name: 'report.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ\u0090\0\u0003' + '\0'.repeat(300), 'latin1') });
  await page.getByRole('button', { name: 'Attach' }).click();
  t.check(/Windows program/.test(await page.locator('.fault').textContent()), 'records: a program named .pdf is not told');
  await page.getByLabel('The file').setInputFiles({ name: 'bericht über alles.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n% fine\n') });
  await page.getByLabel('Title').fill('What was seen');
  await page.getByRole('button', { name: 'Attach' }).click();
  await page.getByRole('link', { name: 'What was seen' }).click();
  await t.judge(page, 'evidence-show');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the file' }).click()]);
  t.check(download.suggestedFilename() === 'bericht über alles.pdf', `records: saved as ${download.suggestedFilename()}`);
}

async function imports(t, page) {
  await page.goto('/risk/import');
  await page.getByLabel('The file').setInputFiles({ name: 'risks.csv', mimeType: 'text/csv', buffer: Buffer.from('title,likelihood,owner\nFirst,9,\n,2,nobody.here\n') });
  await page.getByRole('button', { name: 'Check it first' }).click();
  t.check(await page.locator('tbody tr').count() === 3, 'records: not every fault of the file is told');
  await t.judge(page, 'import-faults');
  await page.getByLabel('The file').setInputFiles({ name: 'risks.csv', mimeType: 'text/csv', buffer: Buffer.from('title,likelihood\nFrom a file,3\n') });
  await page.getByRole('button', { name: 'Check it first' }).click();
  await t.judge(page, 'import-ready');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.goto('/risk?title.has=from+a+file');
  t.check(await page.locator('tbody tr').count() === 1, 'records: what was checked is not kept');
}

export async function run(t) {
  for (const javaScriptEnabled of [true, false]) {
    const page = await t.open('owner', { javaScriptEnabled });
    const path = await adds(t, page, javaScriptEnabled);
    await conflicts(t, page, path, javaScriptEnabled);
    await steps(t, page, path);
    if (javaScriptEnabled) {
      await many(t, page);
      await attaches(t, page, path);
      await imports(t, page);
    }
  }
  const member = await t.open('member');
  await member.goto('/risk/RISK-1');
  t.check(await member.locator('main').getByRole('link', { name: 'Edit' }).count() === 0, 'records: a member is offered to edit a risk');
}
