// A new employee on a phone: a link, a password and a passkey, then what waits, what one has, reports and asks, and out again.
import { readFileSync } from 'node:fs';

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const password = 'twelve grey barges at the quay';
const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

// The right answers as the course's file marks them: the n-th of each question.
const right = readFileSync(new URL('../../content/courses/security-basics.md', import.meta.url), 'utf8').split(/^## Quiz$/m)[1]
  .split(/^\? /m).slice(1).map((q) => [...q.matchAll(/^([-+]) /gm)].findIndex((m) => m[1] === '+'));

function joins(t) {
  t.attest('person', 'add', 'robin.fen', 'name=Robin Fen', 'email=robin@example.org', 'permission=member', `manager=${t.person.manager}`, `starts_at=${day(-1)}`);
  t.attest('person', 'do', 'start', 'robin.fen', '--quiet');
  t.attest('training', 'add', 'person=robin.fen', 'course=security-basics', `due_at=${day(20)}`);
  t.attest('asset', 'add', 'name=Laptop of Robin', 'kind=laptop', `owner=${t.person.manager}`, 'holder=robin.fen');
  return new URL(t.attest('invite', 'robin.fen', '--quiet').trim()).pathname;
}

// Whether the page that shows this stays within the phone.
async function fits(t, page, name, what) {
  await what.first().waitFor();
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  t.check(over <= 0, `employee: ${name} is wider than the phone by ${over} px`);
}

// The phone's own keeper of passkeys; ret: what it keeps.
async function device(page, credentials = []) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  for (const credential of credentials) await devtools.send('WebAuthn.addCredential', { authenticatorId, credential });
  return async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
}

async function enrols(t, page, link) {
  const keys = await device(page);
  await page.goto(link);
  await page.getByRole('button', { name: 'Continue' }).tap();
  await page.getByLabel('Password').fill('robin');
  await page.getByLabel('The same again').fill('robin');
  await page.getByRole('button', { name: 'Continue' }).tap();
  await page.getByRole('alert').waitFor();
  t.check(/at least 12/.test(await page.getByRole('alert').innerText()), 'employee: a short password is not told');
  await page.getByLabel('Password').fill(password);
  await page.getByLabel('The same again').fill(password);
  await page.getByRole('button', { name: 'Continue' }).tap();
  await page.getByRole('link', { name: 'Use a passkey' }).tap();
  await fits(t, page, 'adding a passkey', page.getByLabel('Name of the new passkey'));
  await page.getByLabel('Name of the new passkey').fill('My phone');
  await page.getByRole('button', { name: 'Add a passkey' }).tap();
  await page.getByRole('button', { name: 'Show my recovery codes' }).tap();
  await fits(t, page, 'recovery codes', page.locator('.codes li'));
  t.check(await page.locator('.codes li').count() === 10, 'employee: there are no recovery codes');
  const kept = await keys();
  await page.getByRole('button', { name: 'I have kept them' }).tap();
  await page.waitForURL('**/my');
  return kept;
}

// Every link that is seen opens, and what these lead to.
async function opens(t, page) {
  const seen = new Set(), queue = [['/my', 0], ['/account', 0]];
  const links = () => page.locator('a[href^="/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href').split('#')[0]));
  for (let at = queue.shift(); at; at = queue.shift()) {
    const [path, depth] = at;
    if (seen.has(path)) continue;
    seen.add(path);
    const answer = depth ? await page.request.get(path) : await page.goto(path);
    t.check(answer.status() < 400, `employee: a link leads to ${answer.status()}: ${path}`);
    if (!depth) queue.push(...(await links()).map((to) => [to, 1]));
  }
  t.check(seen.size > 10, `employee: only ${seen.size} links were seen`);
}

async function reads(t, page) {
  const before = await page.getByRole('link', { name: /^Read and accept/ }).count();
  t.check(before > 0, 'employee: no policy waits for somebody new');
  await page.getByRole('link', { name: /^Read and accept/ }).first().tap();
  await fits(t, page, 'a policy', page.getByRole('button', { name: 'I have read it and accept' }));
  await page.getByRole('button', { name: 'I have read it and accept' }).tap();
  await page.waitForURL('**/my?done=accepted');
  t.check(await page.getByRole('link', { name: /^Read and accept/ }).count() === before - 1, 'employee: what was accepted still waits');
}

async function answers(page, shift) {
  const questions = await page.locator('fieldset').all();
  for (const [i, question] of questions.entries()) {
    const choices = question.getByRole('radio');
    await choices.nth((right[i] + shift) % await choices.count()).check();
  }
  await page.getByRole('button', { name: 'Give these answers' }).tap();
}

async function learns(t, page) {
  await page.goto('/my');
  await page.getByRole('link', { name: /^Take the course: Security/ }).tap();
  await page.getByRole('link', { name: 'Take the quiz' }).tap();
  await page.getByRole('button', { name: 'Give these answers' }).waitFor();
  await answers(page, 1);
  await page.waitForURL(/quiz$/);
  await page.getByRole('link', { name: 'Take it again' }).or(page.getByRole('link', { name: 'Done' })).waitFor();
  t.check(await page.locator('h1').textContent() === 'Not passed yet', 'employee: wrong answers pass');
  await t.judge(page, 'employee-quiz-wrong');
  await page.setViewportSize(phone.viewport);
  await page.getByRole('link', { name: 'Take it again' }).tap();
  await page.getByRole('button', { name: 'Give these answers' }).waitFor();
  await answers(page, 0);
  await page.locator('.answers').waitFor();
  t.check(await page.locator('h1').textContent() === 'Passed', 'employee: right answers do not pass');
  await page.getByRole('link', { name: 'Done' }).tap();
  await page.waitForURL('**/my');
  t.check(await page.getByRole('link', { name: /^Take the course: Security/ }).count() === 0, 'employee: a course that was passed still waits');
}

async function reports(t, page) {
  await page.getByRole('link', { name: 'Lost it?' }).tap();
  await page.getByLabel('What happened?').waitFor();
  t.check(await page.getByLabel('What happened?').inputValue() === 'Lost: Laptop of Robin', 'employee: the report does not know the device');
  await page.getByRole('button', { name: 'Report it' }).tap();
  await page.waitForURL('**/my?done=sent');
  await page.getByRole('link', { name: 'Lost: Laptop of Robin' }).tap();
  await page.waitForURL(/\/incident\//);
  t.check(/^Lost: Laptop/.test(await page.locator('h1').textContent()), 'employee: the own report does not open');
  for (const to of await page.locator('main a[href^="/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href'))))
    t.check((await page.request.get(to)).status() < 400, `employee: the own report offers ${to}, which is refused`);
  await page.goto('/my/exception');
  await page.getByRole('button', { name: 'Ask for it' }).tap();
  await page.getByRole('alert').waitFor();
  t.check(await page.evaluate(() => document.activeElement.classList.contains('faults')), 'employee: what is wrong has not the focus');
  t.check(await page.locator('.fault').count() === 5, `employee: ${await page.locator('.fault').count()} things are wrong, not 5`);
  await t.judge(page, 'employee-exception-faults');
  await page.setViewportSize(phone.viewport);
  await page.getByLabel('What do you need to do differently?').fill('An old phone');
  await page.getByLabel('Which policy?').selectOption({ index: 1 });
  await page.getByLabel('Why can the policy not be kept?').fill('The new one comes in spring.');
  await page.getByLabel('From', { exact: true }).fill(day(0));
  await page.getByLabel('Until', { exact: true }).fill(day(60));
  await page.getByRole('button', { name: 'Ask for it' }).tap();
  await page.waitForURL('**/my?done=sent');
  await page.getByRole('link', { name: 'Ask for access' }).tap();
  await page.getByLabel('To which system?').fill('wiki');
  await page.getByLabel('What do you need there?').fill('reader');
  await page.getByLabel('What do you need it for?').fill('My work.');
  await page.getByRole('button', { name: 'Ask for it' }).tap();
  await page.waitForURL('**/my?done=sent');
  t.check(await page.getByRole('link', { name: 'reader on wiki' }).count() === 1, 'employee: what was asked for is not shown');
  const steps = page.getByRole('button', { name: /^Done/ }), before = await steps.count();
  await steps.first().tap();
  await page.waitForURL(/done=moved/);
  t.check(await steps.count() === before - 1, 'employee: a task is not done');
}

async function account(t, page, keys) {
  await page.goto('/account');
  t.check(await page.getByText('My phone').isVisible() && await page.getByText('this one').isVisible(), 'employee: the account does not show passkey and session');
  await page.getByRole('button', { name: 'Make new ones' }).tap();
  await page.locator('.codes li').first().waitFor();
  t.check(await page.locator('.codes li').count() === 10, 'employee: new recovery codes are not shown');
  await page.goto('/account/tokens');
  await page.getByLabel('What it is for').fill('My script');
  await page.getByRole('checkbox', { name: /^read/ }).check();
  await page.getByRole('button', { name: 'Make the token' }).tap();
  await fits(t, page, 'the token', page.getByText(/attest_/));
  await page.goto('/my');
  await page.getByText('Robin Fen').first().tap();
  await page.getByRole('button', { name: 'Sign out' }).tap();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  t.check(/Ask a manager/.test(await page.locator('main').innerText()), 'employee: who forgot the password is not told what to do');
  await page.getByLabel('Name or e-mail').fill('robin@example.org');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).tap();
  await page.getByRole('button', { name: 'Use a passkey' }).waitFor();
  t.check(/manager of the workspace can reset/.test(await page.locator('main').innerText()), 'employee: who lost the second factor is not told what to do');
  await device(page, keys);
  await page.getByRole('button', { name: 'Use a passkey' }).tap();
  await page.waitForURL('**/my');
}

export async function run(t) {
  const link = joins(t);
  const page = await t.open(null, phone);
  const keys = await enrols(t, page, link);
  await t.judge(page, 'employee-first-day');
  await page.setViewportSize(phone.viewport);
  await opens(t, page);
  await page.goto('/my');
  await reads(t, page);
  await learns(t, page);
  await reports(t, page);
  await account(t, page, keys);
}
