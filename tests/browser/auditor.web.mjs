// A manager opens an engagement and lets an auditor in; what the auditor sees while it is open, when its period has ended, and
// when none is open. tests/web/auditor.mjs goes over every address; here are the pages, as people meet them.
import { createHmac } from 'node:crypto';

export const pages = [
  { name: 'auditor-first', path: '/audit', as: 'auditor', title: /Your engagements/ },
  { name: 'auditor-home', path: '/', as: 'auditor', title: /./ },
  { name: 'auditor-populations', path: '/populations', as: 'auditor', title: /Populations/ },
  { name: 'auditor-population', path: '/populations/risks', as: 'auditor', title: /./ },
  { name: 'auditor-reports', path: '/reports', as: 'auditor', title: /Reports/ },
];

// The code of an authenticator for a secret in base 32.
function code(secret, step) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

const day = (ago) => new Date(Date.now() - ago * 86400000).toISOString().slice(0, 10);

export async function run(t) {
  const page = await t.open('manager');
  const press = (name) => Promise.all([page.waitForNavigation(), page.getByRole('button', { name, exact: true }).first().click()]);
  const fill = (name, text) => page.locator(`#f-${name}`).fill(text);
  const choose = (name, text) => page.locator(`#f-${name}`).selectOption(text);

  // The manager: a person, an engagement, who takes part in it, open, a link.
  await page.goto('/person/new');
  for (const [name, text] of [['name', 'Noor Ledger'], ['email', 'noor@example.org'], ['starts_at', day(1)]]) await fill(name, text);
  await choose('permission', 'auditor');
  await page.locator('main form button:not(.plain)').last().click();
  await page.waitForURL('**/person/*done=*');
  const noor = new URL(page.url()).pathname.split('/').pop();
  await press('Start').catch(() => {});
  await page.goto('/engagement/new');
  for (const [name, text] of [['title', 'SOC 2 type 2, last quarter'], ['firm', 'Ledger LLP'], ['period_from', day(60)], ['period_to', day(9)], ['categories', 'privacy and the rest']]) await fill(name, text);
  await choose('kind', 'type_2');
  await page.locator('main form button:not(.plain)').last().click();
  await page.waitForURL('**/engagement/ENG-*');
  const engagement = new URL(page.url()).pathname.split('/').pop();
  await page.goto(`/engagement_member/new?engagement=${engagement}&person=${noor}`);
  await page.locator('main form button:not(.plain)').last().click();
  await page.waitForURL('**/engagement_member/ENGM-*');
  await page.goto(`/engagement/${engagement}/do/open`);
  await page.locator('main form button:not(.plain)').last().click();
  await page.waitForLoadState('load');
  t.check(/is no category/.test(await page.locator('main').textContent()), `auditor: categories that nobody understands are told when it is opened: ${await page.locator('main').textContent()}`);
  await fill('categories', 'security, availability');
  await page.locator('main form button:not(.plain)').last().click();
  await page.waitForURL(`**/engagement/${engagement}?*`);
  await page.goto(`/settings/people/${noor}`);
  await page.getByRole('button', { name: 'Make a one-time link' }).click();
  const link = (await page.locator('main code').first().textContent()).trim();

  // The auditor: the link, a password, a second factor that cannot be left out, the first page.
  const guest = await t.open(null);
  await guest.goto(new URL(link).pathname);
  await guest.getByRole('button', { name: 'Continue' }).click();
  await guest.waitForURL('**/account/enrol');
  for (const label of ['Password', 'again']) await guest.locator(label === 'again' ? 'input[name=again]' : 'input[name=password]').fill('eleven slow barges upstream');
  await guest.locator('main form button:not(.plain)').first().click();
  await guest.getByRole('heading', { name: 'Set up a second factor' }).waitFor();
  t.check(await guest.getByRole('button', { name: 'Go on without one' }).count() === 0, 'auditor: a second factor cannot be left out');
  const secret = await guest.locator('input[name=shown]').first().inputValue();
  await guest.locator('input[name=code]').fill(code(secret, Math.floor(Date.now() / 30000)));
  await guest.locator('main form button:not(.plain)').first().click();
  await guest.getByRole('heading', { name: 'One thing left' }).waitFor();
  await guest.locator('main form button').first().click();
  await guest.waitForLoadState('load');
  await guest.locator('main form button').last().click();
  await guest.waitForURL('**/audit*');
  await t.judge(guest, 'auditor-ended');
  const text = async () => (await guest.locator('main').textContent()).replace(/\s+/g, ' ');
  t.check(/Ledger LLP/.test(await text()) && /Security and Availability/.test(await text()) && /nothing that came after/.test(await text()), `auditor: the first page says what it is about: ${await text()}`);

  // Every address of the rail is open, and says that the period has ended and what is left out.
  const rail = await guest.locator('nav.rail a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  t.check(rail.length > 15, `auditor: the rail has ${rail.length} entries`);
  for (const to of rail) {
    const answer = await guest.goto(to);
    t.check(answer.status() === 200, `auditor: ${to} answers ${answer.status()}`);
    if (!/^\/(account|audit)/.test(to)) t.check(/ended on/.test(await text()) || /\/(ledger|registers|populations|reports|sql|trail)/.test(to), `auditor: ${to} does not say that the period has ended`);
    if (!/^\/(account|audit)/.test(to)) t.check(/Not shown, since they serve other categories alone/.test(await text()), `auditor: ${to} does not say what is left out`);
  }
  await guest.goto('/criteria');
  const refusal = await guest.goto('/criteria/P1.1');
  t.check(refusal.status() === 403 && /outside of your engagement/.test(await text()), `auditor: P1.1 answers ${refusal.status()}: ${await text()}`);
  await t.judge(guest, 'auditor-outside');
  await guest.goto('/populations/risks');
  t.check(/complete/.test(await text()), 'auditor: a population says whether it is complete');
  const [file] = await Promise.all([guest.waitForEvent('download'), guest.getByRole('link', { name: /CSV/ }).first().click()]);
  t.check(/risks\.csv/.test(file.suggestedFilename()), `auditor: the population is taken along as ${file.suggestedFilename()}`);

  // Closed: the account alone.
  t.attest('engagement', 'do', 'close', engagement);
  await guest.goto('/');
  t.check(/\/audit$/.test(guest.url()) && /It is closed/.test(await text()), `auditor: closed, Home is ${guest.url()}: ${await text()}`);
  t.check((await guest.locator('nav.rail a').count()) === 2, 'auditor: closed, the rail leads to the engagements and the account alone');
  await t.judge(guest, 'auditor-closed');
  t.check((await guest.goto('/account')).status() === 200, 'auditor: closed, the account is open');
}
