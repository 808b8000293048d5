// Pages that are met once or from outside: the trust page and what is asked there, the second step of signing in, a policy
// to read, the questions of a program that is there already, and the forms of sources.
import { enrolled } from '../web/visitor.mjs';

const source = 'exec:/srv/attest/fleet';
export const pages = [
  { name: 'portal-policy', path: '/my/policy/PV-1', as: 'member' },
  { name: 'setup-done', path: '/setup', status: 409 },
  { name: 'source-add', path: '/sources/add', title: /Add a source/ },
  { name: 'source-remove', path: `/sources/remove?id=${encodeURIComponent(source)}`, title: /Remove/ },
];

async function trust(t) {
  const stranger = await t.open(null);
  await t.look(stranger, { name: 'trust', path: '/trust' });
  await t.look(stranger, { name: 'trust-request', path: '/trust/request' });
  for (const [label, text] of [['name', 'Kim'], ['email', 'kim@customer.example'], ['company', 'Customer & Co'], ['purpose', 'Review']]) await stranger.locator(`[name=${label}]`).fill(text);
  await stranger.locator('main form button').click();
  t.check(/received/.test(await stranger.locator('h1').textContent()), 'strangers: a request is not received');
  await t.judge(stranger, 'trust-requested');

  const asked = t.attest('sql', "SELECT id FROM trust_request WHERE email = 'kim@customer.example'").match(/ASK-\d+/)[0];
  const manager = await t.open('manager');
  await manager.goto(`/trust_request/${asked}`);
  await manager.locator(`form[action="/trust_request/${asked}/link"] button`).first().click();
  const link = new URL((await manager.locator('main code').first().textContent()).trim()).pathname;
  t.check(/^\/trust\/access\/./.test(link), `strangers: no link, but ${link}`);
  await t.look(stranger, { name: 'trust-access', path: link });
}

async function signs_in(t) {
  const person = 'nell.second';
  t.attest('person', 'add', person, 'name=Nell Second', 'email=nell@example.org', 'permission=member', 'starts_at=2026-01-01');
  t.attest('person', 'do', 'start', person, '--quiet');
  const { password } = await enrolled({ origin: t.base, run: t.attest }, person);
  const guest = await t.open(null);
  await guest.goto('/sign-in');
  await guest.locator('[name=name]').fill('nell@example.org');
  await guest.locator('[name=password]').fill(password);
  await guest.getByRole('button', { name: 'Sign in', exact: true }).click();
  await guest.waitForURL(/\/sign-in\/second/);
  await t.look(guest, { name: 'sign-in-second', path: '/sign-in/second' });
}

// A fact: the row's own page, from the list.
async function fact(t) {
  const page = await t.open('auditor');
  await page.goto('/facts/account');
  const to = await page.locator('a[href*="/row?"]').first().getAttribute('href');
  await t.look(page, { name: 'fact', path: to });
}

export async function run(t) {
  await trust(t);
  await signs_in(t);
  await fact(t);
}
