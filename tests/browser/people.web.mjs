// How people come in and go, in the browser of who lets them in: added, a link, the list of their first days, what they may, and gone.
const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);
const access = '/settings/people/wren-marsh';

export const pages = [
  { name: 'people-waiting', path: '/settings/people?waiting=yes', title: /People and access/ },
  { name: 'onboarding', path: '/onboarding', title: /Who comes and who goes/ },
];

async function adds(t, page) {
  await page.goto('/settings/people');
  await page.getByRole('link', { name: 'Add a person' }).click();
  await page.getByLabel('Manager').fill('Nobody Here');
  await page.getByRole('button', { name: 'Add' }).click();
  t.check(await page.evaluate(() => document.activeElement.classList.contains('faults')), 'people: what is wrong has not the focus');
  t.check(/Name: is missing/.test(await page.getByRole('alert').innerText()), `people: a missing name is not told: ${await page.getByRole('alert').innerText()}`);
  t.check(await page.getByLabel('Manager').inputValue() === 'Nobody Here', 'people: what was typed is lost');
  await t.judge(page, 'person-faults');
  for (const [label, text] of [['Name', 'Wren Marsh'], ['Email', 'wren@example.org'], ['Manager', t.person.owner]]) await page.getByLabel(label, { exact: false }).first().fill(text);
  await page.getByLabel('Permission').selectOption('member');
  await page.locator('[name=starts_at]').fill(day(-1));
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('heading', { name: 'Wren Marsh' }).waitFor();
  await page.getByRole('link', { name: 'Access', exact: true }).and(page.locator('main *')).click();
  t.check(new URL(page.url()).pathname === access, `people: the person's access is at ${page.url()}`);
}

async function link(page, button) {
  await page.goto(access);
  await page.getByRole('button', { name: button }).click();
  return new URL((await page.locator('main code').first().textContent()).trim()).pathname;
}

async function lets_in(t, page) {
  const first = await link(page, 'Make a one-time link'), second = await link(page, 'Make a newer link');
  const guest = await t.open(null, { viewport: { width: 360, height: 740 } });
  t.check((await guest.goto(first)).status() === 404, 'people: a newer link did not end the older');
  t.check(/Ask|manager/.test(await guest.locator('main').innerText()), 'people: who comes too late is not told whom to ask');
  await page.goto('/settings/people?waiting=yes');
  t.check(await page.getByRole('row', { name: /Wren Marsh.*link open/s }).count() === 1, 'people: nobody sees that the link was not used');
  await page.goto(access);
  await t.judge(page, 'person-access-link');
  await page.getByRole('button', { name: 'Withdraw the link' }).click();
  t.check((await guest.goto(second)).status() === 404, 'people: a link that was withdrawn lets in');
  await guest.goto(await link(page, 'Make a one-time link'));
  await guest.getByRole('button', { name: 'Continue' }).click();
  await guest.getByLabel('Password').fill('seven slow barges downstream');
  await guest.getByLabel('The same again').fill('seven slow barges downstream');
  await guest.getByRole('button', { name: 'Continue' }).click();
  await guest.getByRole('button', { name: 'Go on without one' }).click();
  await guest.waitForURL('**/my');
  return guest;
}

async function first_days(t, page, guest) {
  await page.goto('/person/wren-marsh/do/start');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.goto('/onboarding');
  const list = page.locator('section', { has: page.getByRole('heading', { name: 'Wren Marsh: Onboarding' }) });
  const told = async () => Number((await list.getByRole('link', { name: /of \d+ done/ }).textContent()).split(' ')[0]);
  t.check(await told() === 0 && await list.locator('li').count() > 5, 'people: the list of the first days is not there');
  await list.getByRole('button', { name: /^Finish / }).first().click();
  t.check(await told() === 1, 'people: a step is not done where its button stands');
  await guest.goto('/my');
  const waiting = guest.getByRole('button', { name: /^Done/ });
  const before = await waiting.count();
  t.check(before > 0, 'people: who starts does not find the steps that are theirs');
  await waiting.first().click();
  await guest.waitForURL(/done=/);
  t.check(await waiting.count() === before - 1, 'people: a step of the own is not done');
  await page.goto('/onboarding');
  t.check(await told() === 2, 'people: the step that was done is not seen by others');
}

async function more(t, page, guest) {
  t.check((await guest.goto('/vendor')).status() === 403, 'people: a member reads vendors');
  await page.goto('/access_role/new');
  await page.getByLabel('Title').fill('Vendor desk');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.goto('/access_grant/new?access_role=vendor-desk');
  await page.getByLabel('Type').fill('vendor');
  t.check(await page.locator('#list-register option[value=vendor]').count() === 1, 'people: the types of records are not proposed');
  await page.getByLabel('May do').selectOption('add');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.goto('/person/wren-marsh/edit');
  await page.getByLabel('Access role').fill('Vendor desk');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.goto(access);
  t.check(await page.getByRole('link', { name: 'Vendor desk' }).isVisible(), 'people: the role of the own is not shown beside the permission');
  await guest.goto('/my');
  await guest.getByRole('link', { name: 'Vendors' }).click();
  t.check(await guest.getByRole('link', { name: 'Add a vendor' }).isVisible(), 'people: what the role gives is not found from the portal');
  await page.getByRole('radio', { name: /^contributor/ }).check();
  await page.getByLabel('Why').fill('keeps records now');
  await page.getByRole('button', { name: 'Change the role' }).click();
  await page.waitForURL(/done=saved/);
  t.check((await guest.goto('/risk')).status() === 200, 'people: a new permission does not hold at once');
}

async function leaves(t, page, guest) {
  await page.goto(access);
  await page.getByRole('button', { name: 'Reset everything' }).click();
  await page.getByRole('heading', { name: 'A link for Wren Marsh' }).waitFor();
  await guest.goto('/my');
  t.check(/\/sign-in/.test(guest.url()), 'people: a reset ends no session');
  await page.goto('/person/wren-marsh/do/leave');
  await page.locator('[name=ends_at]').fill(day(0));
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.goto('/onboarding');
  await page.getByRole('heading', { name: 'Wren Marsh: Offboarding' }).waitFor();
  await page.goto(access);
  t.check(/has left/.test(await page.locator('main').innerText()) && await page.getByRole('button', { name: /link/ }).count() === 0, 'people: who has left may be let in');
}

export async function run(t) {
  const page = await t.open('owner');
  await adds(t, page);
  const guest = await lets_in(t, page);
  await first_days(t, page, guest);
  await more(t, page, guest);
  await leaves(t, page, guest);
}
