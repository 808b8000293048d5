// Sources: adding one and seeing its first run; messages and settings.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const pages = [
  { name: 'sources', path: '/sources', title: /^Sources$/ },
  { name: 'sources-contributor', path: '/sources', as: 'contributor', title: /^Sources$/ },
  { name: 'source-add', path: '/sources/add', title: /Add a source/ },
  { name: 'messages', path: '/settings/messages', title: /Messages/ },
  { name: 'messages-manager', path: '/settings/messages', as: 'manager', title: /Messages/ },
  { name: 'settings', path: '/settings', title: /Workspace/ },
];

// A repository that the process which serves the pages cannot see.
function repository(t) {
  const dir = join(t.workspace, '..', 'shop');
  const git = (...args) => execFileSync('git', ['-C', dir, '-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', ...args], { stdio: 'ignore' });
  mkdirSync(dir);
  git('init', '-q');
  writeFileSync(join(dir, 'README.md'), 'A shop.\n');
  git('add', '.');
  git('commit', '-qm', 'First');
  return dir;
}

export async function run(t) {
  const dir = repository(t);
  const page = await t.open('owner');
  await page.goto('/sources');
  await page.getByRole('link', { name: 'Add a source' }).click();

  // What is wrong is said, and what was typed stays.
  await page.getByRole('radio', { name: /^git/ }).check();
  await page.getByLabel(/Where the repository is/).fill(`${dir}-not`);
  await page.getByRole('button', { name: 'Add the source' }).click();
  t.check(/No such file/.test(await page.getByRole('alert').textContent()), 'sources: a path that is not there is not told');
  t.check(await page.getByLabel(/Where the repository is/).inputValue() === `${dir}-not`, 'sources: what was typed is gone');
  t.check(await page.getByRole('radio', { name: /^git/ }).isChecked(), 'sources: what was chosen is gone');
  await t.judge(page, 'source-add-refused');

  // By keyboard to the end.
  await page.getByLabel(/Where the repository is/).focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(dir);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/sources\/of\?id=git/);
  t.check((await page.getByRole('heading', { level: 1 }).textContent()).includes(`git:${dir}`), 'sources: the new one is not shown');
  for (let n = 0; n < 100 && !await page.getByRole('link', { name: 'commit_log', exact: true }).count(); n += 1) {
    await page.waitForTimeout(100);
    await page.reload();
  }
  t.check(await page.getByRole('link', { name: 'commit_log', exact: true }).count() === 1, 'sources: its first run is not seen');
  await t.judge(page, 'source-first-run');
  await page.getByRole('link', { name: 'commit_log', exact: true }).click();
  await page.waitForURL(/\/facts\/commit_log/);
  t.check(/shop/.test(await page.locator('main').textContent()), 'sources: what it read is not among the facts');

  // Running it once more.
  await page.goBack();
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.waitForURL(/done=started/);
  t.check(/Started/.test(await page.locator('main').textContent()), 'sources: that it was started is not said');

  // Removing it says what that means.
  await page.getByRole('link', { name: 'Remove', exact: true }).click();
  await t.judge(page, 'source-remove');
  t.check(/no data/.test(await page.locator('main').textContent()), 'sources: what removing means is not said');
  await page.getByRole('button', { name: 'Remove the source' }).click();
  await page.waitForURL(/\/sources\?done=removed/);
  t.check(!(await page.locator('main').textContent()).includes(dir), 'sources: the removed one is still there');
  await page.goto('/trail');
  t.check(/source-remove|source remove/.test(await page.locator('main').textContent()), 'sources: the trail does not tell of it');

  // An endpoint of webhooks: its secret once, and what the guard refuses.
  await page.goto('/settings/messages');
  await page.getByLabel('Add an endpoint').fill('https://10.255.255.1/hook');
  await page.getByRole('button', { name: 'Add the endpoint' }).click();
  t.check(/whsec_/.test(await page.locator('main').textContent()), 'messages: the secret is not shown');
  await t.judge(page, 'webhook-made');
  await page.getByRole('button', { name: 'Send a test' }).click();
  t.check(/was not taken.*private/s.test(await page.getByRole('alert').textContent()), 'messages: what was refused is not told');
  t.check(!/whsec_/.test(await page.locator('main').textContent()), 'messages: the secret is shown again');
  await t.judge(page, 'messages-refused');
  await page.getByRole('button', { name: /^Remove/ }).click();
  await page.waitForURL(/done=removed/);
  t.check(/no endpoint yet/.test(await page.locator('main').textContent()), 'messages: the endpoint is still there');
}
