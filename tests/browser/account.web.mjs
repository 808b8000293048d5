// Signing in, one's own account, people's access and the employee portal.
const tall = (role) => ({ as: role });
export const pages = [
  { name: 'sign-in', path: '/sign-in', as: null, title: /Sign in/ },
  { name: 'account', path: '/account', ...tall('owner'), title: /My account/ },
  { name: 'account-member', path: '/account', ...tall('member'), title: /My account/ },
  { name: 'account-password', path: '/account/password', ...tall('owner'), title: /password/ },
  { name: 'account-totp', path: '/account/totp', ...tall('owner'), title: /authenticator/ },
  { name: 'account-tokens', path: '/account/tokens', ...tall('manager'), title: /Tokens/ },
  { name: 'prove', path: '/prove?next=/account', ...tall('owner'), title: /still you/ },
  { name: 'settings', path: '/settings', ...tall('owner'), title: /Workspace/ },
  { name: 'settings-people', path: '/settings/people', ...tall('manager'), title: /People and access/ },
  { name: 'settings-sessions', path: '/settings/sessions', ...tall('manager'), title: /Sessions and tokens/ },
  { name: 'portal', path: '/my', ...tall('member'), title: /My work/ },
  { name: 'portal-owner', path: '/my', ...tall('owner'), title: /My work/ },
  { name: 'portal-incident', path: '/my/incident?title=Lost:%20laptop&kind=physical', ...tall('member'), title: /Report an incident/ },
  { name: 'portal-access', path: '/my/access', ...tall('member'), title: /Ask for access/ },
  { name: 'portal-exception', path: '/my/exception', ...tall('member'), title: /Ask for an exception/ },
];

export async function run(t) {
  const member = t.person.member;
  const page = await t.open('manager');
  await page.goto(`/settings/people/${encodeURIComponent(member)}`);
  await t.judge(page, 'settings-person');
  await page.getByRole('button', { name: 'Make a one-time link' }).click();
  await t.judge(page, 'settings-link');
  const link = (await page.locator('main code').first().textContent()).trim();
  t.check(/\/start\/[\w-]{43}$/.test(link), `a link is shown: ${link}`);

  // By keyboard alone: the link, a password, no second factor, the portal.
  const guest = await t.open(null);
  await guest.goto(new URL(link).pathname);
  await t.judge(guest, 'start');
  await guest.getByRole('button', { name: 'Continue' }).focus();
  await guest.keyboard.press('Enter');
  await guest.waitForURL('**/account/enrol');
  await t.judge(guest, 'enrol-password');
  await guest.getByLabel('Password').focus();
  await guest.keyboard.type('eleven slow barges upstream');
  await guest.keyboard.press('Tab');
  await guest.keyboard.type('eleven slow barges upstream');
  await guest.keyboard.press('Enter');
  await guest.getByRole('heading', { name: 'Set up a second factor' }).waitFor();
  await t.judge(guest, 'enrol-totp');
  await guest.getByRole('button', { name: 'Go on without one' }).click();
  await guest.waitForURL('**/my');
  t.check(await guest.getByRole('heading', { name: 'My work' }).isVisible(), 'the first page of a member is the portal');

  // A course, with its quiz.
  const course = guest.getByRole('link', { name: /^Take the course/ }).first();
  if (await course.count()) {
    await course.click();
    await t.judge(guest, 'portal-course');
    await guest.getByRole('link', { name: 'Take the quiz' }).click();
    await t.judge(guest, 'portal-quiz');
    for (const group of await guest.locator('fieldset').all()) await group.getByRole('radio').first().check();
    await guest.getByRole('button', { name: 'Give these answers' }).click();
    await t.judge(guest, 'portal-quiz-done');
    t.check(/Passed|Not passed yet/.test(await guest.locator('h1').textContent()), 'the quiz has an outcome');
  }
  await guest.goto('/my');
  const policy = guest.getByRole('link', { name: /^Read and accept/ }).first();
  if (await policy.count()) {
    await policy.click();
    await t.judge(guest, 'portal-policy');
    await guest.getByRole('button', { name: 'I have read it and accept' }).click();
    await guest.waitForURL('**/my?done=accepted');
  }
  t.check(await guest.getByRole('heading', { name: 'My work' }).isVisible(), 'and back to what is waiting');
}
