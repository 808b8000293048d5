// Hand-made pages of records: the access review, policies, risks, the calendar, incidents, vendors, who comes and goes.
export const pages = [
  { name: 'review-closed', path: '/access_review/REV-1/work', title: /Review of/ },
  { name: 'calendar', path: '/calendar', title: /^[A-Z][a-z]+ 20/ },
  { name: 'calendar-empty', path: '/calendar?month=2001-02', title: /February 2001/ },
  { name: 'incident', path: '/incident/INC-1/timeline', title: /./ },
  { name: 'policy-published', path: '/policy_version/PV-1/write', title: /./ },
  { name: 'risks', path: '/risks', title: /Heat map/ },
  { name: 'onboarding', path: '/onboarding', title: /Who comes and who goes/ },
  { name: 'onboarding-then', path: '/onboarding?as-of=2001-01-01', title: /Who comes and who goes/ },
  { name: 'vendor', path: '/vendor/VEN-1/review', title: /Review of/ },
  { name: 'risks-then', path: '/risks?as-of=2001-01-01', title: /Heat map/ },
];

// An access review from its start to its end, with keys alone: no pointer is used.
async function reviews(t) {
  const page = await t.open('owner');
  const tab = async (to, most = 400) => {
    for (let i = 0; i < most; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((what) => (document.activeElement?.textContent ?? '').trim().startsWith(what), to)) return;
    }
    t.check(false, `special: "${to}" is not reached by the Tab key on ${page.url()}`);
  };
  const press = async (to) => {
    await tab(to);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  };
  const id = t.attest('access_review', 'add', 'kind=physical', 'system=FAC-1', 'period=by keyboard', `reviewer=${t.person.owner}`, 'due_at=2030-01-01').trim();
  await page.goto(`/access_review/${id}`);
  await press('Open the workbench');
  await press('Start');
  const rows = page.locator('tr[data-account]:has(input[type=radio])');
  const n = await rows.count();
  t.check(n > 4, `special: only ${n} accounts to decide`);
  await page.waitForTimeout(400);
  await t.judge(page, 'review-running');
  // One is revoked, one kept, undone and revoked, one changed with a reason, all others kept; access of one's own needs one.
  const keep = async () => {
    await page.keyboard.press('y');
    if (await page.evaluate(() => document.activeElement.type !== 'text')) return;
    await page.keyboard.type('nobody else knows who needs it');
    for (const key of ['Escape', 'j']) await page.keyboard.press(key);
  };
  for (const key of ['j', 'n', 'y', 'k', 'u', 'n']) await page.keyboard.press(key);
  for (let i = 2; i < n - 1; i++) await keep();
  await page.keyboard.press('c');
  await page.keyboard.type('read only is enough');
  await page.keyboard.press('Escape');
  t.check(new RegExp(`${n} of ${n} chosen`).test(await page.locator('#chosen').textContent()), `special: ${await page.locator('#chosen').textContent()}`);
  await page.keyboard.press('s');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  t.check(await page.locator('.flash').isVisible(), `special: the decisions were not kept: ${await page.getByRole('alert').allTextContents()}`);
  const kept = t.attest('sql', `select decision, count(*) as times from access_decision where review = '${id}' group by decision order by decision`);
  t.check(new RegExp(`change +1\\s+keep +${n - 3}\\s+revoke +2`).test(kept), `special: kept ${kept}`);
  const commits = t.attest('sql', `select count(*) as times from commits where action = 'decide' and reason = '${id}'`);
  t.check(/^1$/m.test(commits.trim()), `special: more than one commit: ${commits}`);
  await press('Decide');
  for (let i = 0; i < 3; i++) await press('Verify');
  await page.waitForTimeout(400);
  await t.judge(page, 'review-decided');
  await press('Close');
  t.check(/closed/.test(await page.locator('.head .state').textContent()), 'special: the review is not closed');
}

// Somebody else's review is looked at, not decided; what an engine refuses is told, and nothing is kept.
async function refused(t) {
  const manager = await t.open('manager');
  const id = t.attest('access_review', 'add', 'kind=physical', 'system=FAC-1', 'period=by hand', `reviewer=${t.person.manager}`, 'due_at=2030-01-01').trim();
  t.attest('access_review', 'do', 'start', id);
  const other = await t.open('owner');
  await other.goto(`/access_review/${id}/work`);
  t.check(await other.locator('input[type=radio]').count() === 0, 'special: who is not the reviewer is offered decisions');
  await manager.goto(`/access_review/${id}/work`);
  const row = manager.locator('tr[data-account]:has(input[type=radio])').first();
  await row.getByLabel('Change').check();
  await manager.getByRole('button', { name: 'Save the decisions' }).click();
  t.check(/Reason: change is refused/.test(await manager.getByRole('alert').textContent()), 'special: a change without a reason is not refused');
  t.check(await row.getByLabel('Change').isChecked(), 'special: what was chosen is lost');
  await t.judge(manager, 'review-refused');
  // Two at once: what was decided meanwhile is not decided again.
  const account = await row.getAttribute('data-account');
  await row.getByLabel('Revoke').check();
  const before = t.attest('sql', `select count(*) as times from access_decision where review = '${id}' and state <> 'pending'`);
  t.attest('access_decision', 'edit', account, 'reason=somebody was faster');
  await manager.getByRole('button', { name: 'Save the decisions' }).click();
  t.check(await manager.getByRole('alert').isVisible(), 'special: a decision over a newer version is kept');
  t.check(before === t.attest('sql', `select count(*) as times from access_decision where review = '${id}' and state <> 'pending'`), 'special: something of it was kept');
  // All that are alike at once.
  const all = manager.locator('fieldset.alike').first();
  const many = await manager.locator('section:has(fieldset.alike)').first().locator('tr[data-account]').count();
  await row.getByLabel('Revoke').check();
  await all.getByLabel('Keep').check();
  await all.getByRole('textbox').fill('they run the service');
  await manager.getByRole('button', { name: 'Save the decisions' }).click();
  const times = t.attest('sql', `select count(*) as times from access_decision where review = '${id}' and decision = 'keep'`);
  t.check(Number(times.trim().split('\n')[1]) >= many - 1, `special: not all alike were kept: ${times}`);
}

// Numbers of the map lead to the risks behind them; what is due stands on its day.
async function numbers(t) {
  const page = await t.open('owner');
  await page.goto('/risks');
  const cell = page.locator('.heat td a').first();
  const n = Number(await cell.textContent());
  await cell.click();
  t.check(await page.locator('tbody tr').count() === Math.min(n, 50), `special: the map says ${n}, the list shows ${await page.locator('tbody tr').count()}`);
  t.attest('task', 'add', 'title=Stands in the calendar', 'due_at=2031-03-12', `owner=${t.person.owner}`);
  await page.goto('/calendar?month=2031-02');
  await page.getByRole('link', { name: 'Month after' }).click();
  t.check(await page.locator('h1').textContent() === 'March 2031', 'special: the month after is another');
  await page.locator('td:has(.day:text-is("12"))').getByRole('link', { name: 'Stands in the calendar' }).first().click();
  t.check(await page.locator('h1').textContent() === 'Stands in the calendar', 'special: the day does not lead to its task');
}

// What was said, done and decided goes into the time line in its order; a wrong entry is told and what was typed stays.
async function timeline(t) {
  const page = await t.open('owner');
  const id = t.attest('incident', 'add', 'title=Something is wrong', 'severity=high', 'kind=privacy', 'detected_at=2026-01-02T10:00:00Z').trim();
  t.attest('notification', 'add', `incident=${id}`, 'regime=gdpr_breach', 'started_at=2026-01-02T11:00:00Z', 'recipient=the authority');
  await page.goto(`/incident/${id}`);
  await page.getByRole('link', { name: 'Time line' }).click();
  t.check(await page.getByText('ran out').isVisible(), 'special: a clock that ran out is not told');
  await page.getByRole('button', { name: 'Add to the time line' }).click();
  t.check(await page.getByRole('alert').isVisible(), 'special: an entry without words is not refused');
  await page.getByLabel('Kind').selectOption('decision');
  await page.getByLabel('Entry').fill('The service is taken down <b>now</b>');
  await page.getByRole('button', { name: 'Add to the time line' }).click();
  t.check(await page.locator('.timeline').getByText('The service is taken down <b>now</b>').isVisible(), 'special: the entry is not in the time line');
  await page.waitForTimeout(400);
  await t.judge(page, 'incident-open');
}

// A policy is written, looked at, compared with the version that holds; two at once see both.
async function writes(t) {
  const page = await t.open('owner', { javaScriptEnabled: false });
  const id = t.attest('policy_version', 'add', 'policy=access-control', `version=${2 + Math.floor(Math.random() * 9000)}`, 'body=# Access\n\nOne line stays.').trim();
  await page.goto(`/policy_version/${id}`);
  await page.getByRole('link', { name: 'Write and compare' }).click();
  await page.getByLabel('The text, in Markdown').fill('# Access\n\n<script>alert(1)</script>\n\nA **strong** word.');
  await page.getByRole('button', { name: 'Look at it first' }).click();
  t.check(await page.locator('#preview strong').textContent() === 'strong', 'special: the preview does not show the text');
  t.check(await page.locator('#preview script').count() === 0, 'special: raw HTML stands in the preview');
  t.check(await page.locator('.diff ins').count() > 1 && await page.locator('.diff del').count() > 3, 'special: the difference is not shown');
  t.attest('policy_version', 'edit', id, 'body=# Access of others');
  await page.getByLabel('What changed').fill('It says more.');
  await page.getByRole('button', { name: 'Save' }).click();
  t.check(/Somebody else/.test(await page.getByRole('alert').textContent()), 'special: two at once are not told');
  t.check(/of others/.test(await page.locator('.diff del').first().textContent()), 'special: what the other wrote is not shown');
  await page.getByRole('button', { name: 'Save' }).click();
  t.check(await page.locator('.flash').isVisible(), 'special: the text was not saved');
  const row = JSON.parse(t.attest('policy_version', 'show', id, '--json')).fields;
  t.check(/strong/.test(row.body) && row.changes === 'It says more.', `special: kept ${JSON.stringify(row)}`);
  await page.getByRole('button', { name: 'Submit' }).click();
  t.check(await page.getByLabel('The text, in Markdown').count() === 0, 'special: what is in review can still be written');
  const live = await t.open('owner');
  const next = t.attest('policy_version', 'add', 'policy=access-control', `version=${10000 + Math.floor(Math.random() * 9000)}`, 'body=# Access').trim();
  await live.goto(`/policy_version/${next}/write`);
  await live.getByLabel('The text, in Markdown').fill('# Access\n\nTyped *now*.');
  await live.locator('#preview em').waitFor({ timeout: 10000 });
  await t.judge(live, 'policy-write');
}

export async function run(t) {
  await writes(t);
  await timeline(t);
  await numbers(t);
  await reviews(t);
  await refused(t);
}
