// settings.mjs ATTEST SIGN_IN: a manager lets people in, sees who can, and ends what must end.
import { execFileSync } from 'node:child_process';
import { check, finish } from './peer.mjs';
import { Authenticator, Visitor, serve } from './visitor.mjs';

const [attest, signIn] = process.argv.slice(2);
const site = await serve(attest, (run) => {
  run('setup', '--service', 'Example Cloud', '--owner', 'Ann Lee', '--email', 'ann@example.org');
  for (const [id, name, permission] of [['boss', 'Boss Bee', 'manager'], ['bob', 'Bob Oak', 'member'], ['aud', 'Aud Itor', 'auditor'], ['cy', 'Cy Fir', 'contributor']]) {
    run('person', 'add', id, `name=${name}`, `email=${id}@example.org`, 'kind=employee', 'starts_at=2026-01-01', `permission=${permission}`);
    run('person', 'do', 'start', id);
  }
});
const session = (id) => {
  const [, cookie] = execFileSync(signIn, [site.dir, id], { encoding: 'utf8' }).trim().split(' ');
  return new Visitor(site.origin, { '__Host-attest': cookie });
};
const password = 'nine red kites over the quarry';

// ---- a workspace with people in whom nobody can sign in --------------------------------------------------

let page = await new Visitor(site.origin).get(site.link);
check('the first link offers owners and managers, and nobody else', page.html.includes('Boss Bee') && page.html.includes('Ann Lee') && !page.html.includes('Bob Oak') && !page.html.includes('Aud Itor'), page.html);
const first = new Visitor(site.origin);
page = await first.submit(page, site.link, { person: 'bob' });
check('nor lets anybody else be named', page.status === 422, page.status);

const boss = session('boss'), bob = session('bob'), ann = session('ann');
for (const path of ['/settings', '/settings/people', '/settings/people/bob', '/settings/sessions']) {
  check(`a manager opens ${path}`, (await boss.get(path)).status === 200, (await boss.get(path)).status);
  for (const id of ['bob', 'cy', 'aud']) check(`${id} does not`, (await session(id).get(path)).status === 403);
}
page = await boss.get('/settings/people');
check('everybody is listed', ['Ann Lee', 'Boss Bee', 'Bob Oak', 'Aud Itor', 'Cy Fir'].every((name) => page.html.includes(name)));
check('and found by name', (await boss.get('/settings/people?q=OAK')).html.includes('Bob Oak') && !(await boss.get('/settings/people?q=OAK')).html.includes('Ann Lee'));
check("and what is typed is no SQL", (await boss.get(`/settings/people?q=${encodeURIComponent("' OR 1=1 --")}`)).html.includes('Nobody here is called that'));

// ---- a one-time link ------------------------------------------------------------------------------------------

page = await boss.submit(await boss.get('/settings/people/bob'), '/settings/people/bob/link');
const older = page.html.match(/http:\/\/\S+?(\/start\/[\w-]{43})/)?.[1];
check('a link is made and shown', page.status === 200 && older, page.html);
check('it stands among the people, and among those who never signed in', (await boss.get('/settings/people?waiting=yes')).html.includes('link open'));
page = await boss.submit(await boss.get('/settings/people/bob'), '/settings/people/bob/link');
const taken_back = page.html.match(/http:\/\/\S+?(\/start\/[\w-]{43})/)[1];
check('a newer link makes the older void', (await new Visitor(site.origin).get(older)).status === 404 && (await new Visitor(site.origin).post(older, {})).status === 404);
page = await boss.submit(await boss.get('/settings/people/bob'), '/settings/people/bob/unlink');
check('a link is withdrawn', page.path === '/settings/people/bob?done=ended' && (await new Visitor(site.origin).get(taken_back)).status === 404, page.path);
check('then none is shown', !page.html.includes('/unlink') && !(await boss.get('/settings/people')).html.includes('link open'));
page = await boss.submit(page, '/settings/people/bob/link');
const link = page.html.match(/http:\/\/\S+?(\/start\/[\w-]{43})/)[1];
const new_bob = new Visitor(site.origin);
page = await new_bob.get(link);
check('it greets the person', page.h1 === 'Welcome, Bob Oak', page.h1);
page = await new_bob.submit(page, link);
check('and asks for a password', page.h1 === 'Choose a password', page.h1);
page = await new_bob.submit(page, '/account/enrol/password', { password, again: password });
check('a member may go on without a second factor', page.forms.some((f) => f.action === '/account/enrol/skip'), page.h1);
page = await new_bob.submit(page, '/account/enrol/skip');
check('and is in the portal', page.path === '/my', `${page.status} ${page.path}`);
check('the link is used up', (await new Visitor(site.origin).get(link)).status === 404 && (await new Visitor(site.origin).post(link, {})).status === 404);
check('no secret of it stands in the history', !site.run('sql', 'SELECT about FROM access_event', '--json').includes(link.slice(7)));
check('the first link is void now', (await first.get(site.link)).status === 404);
const again = new Visitor(site.origin);
page = await again.submit(await again.get('/sign-in'), '/sign-in', { name: 'bob', password });
check('the password signs in', page.path === '/my', `${page.status} ${page.h1}`);
page = await again.submit(await again.get('/prove?next=/account/tokens'), '/prove', { password });
check('and shows again who one is', page.path === '/account/tokens', page.path);

// ---- who may more -----------------------------------------------------------------------------------------------

page = await boss.get('/settings/people/ann');
check('a manager sees the access of an owner and no way to change it', page.status === 200 && !page.forms.some((f) => f.action.startsWith('/settings/people/ann/')));
const csrf = (await boss.get('/settings/people/bob')).forms.find((f) => f.fields.csrf).fields.csrf;
for (const what of ['link', 'unlink', 'reset', 'end', 'role'])
  check(`a manager may not ${what} an owner`, (await boss.post(`/settings/people/ann/${what}`, { csrf, role: 'member' })).status === 403);
check('nor make somebody an owner', (await boss.post('/settings/people/bob/role', { csrf, role: 'owner' })).status === 403);
check('nor change their own role', (await boss.post('/settings/people/boss/role', { csrf, role: 'contributor' })).status === 403);
check('nor of nobody', (await boss.post('/settings/people/nobody/reset', { csrf })).status === 404);
page = await boss.submit(await boss.get('/settings/people/bob'), '/settings/people/bob/role', { role: 'contributor', reason: 'keeps the records now' });
check('but may make a member a contributor', page.path === '/settings/people/bob?done=saved' && page.html.includes('permission') | page.html.includes('contributor'), page.path);
check('who has signed in waits no longer', !(await boss.get('/settings/people?waiting=yes')).html.includes('Bob Oak'));
check('which holds at once', (await new_bob.get('/risk')).status === 200);
check('and is in the history', /permission_changed/.test(site.run('sql', 'SELECT kind, person, about FROM access_event', '--json')));
page = await ann.submit(await ann.get('/settings/people/bob'), '/settings/people/bob/role', { role: 'manager' });
check('an owner makes them a manager', page.path === '/settings/people/bob?done=saved', page.status);
page = await again.get('/my');
check('whose session sees nothing more until there is a second factor', page.to === '/account/enrol?next=%2Fmy' && (await again.open('/my')).h1 === 'Set up a second factor', page.to);
const fresh = new Visitor(site.origin);
page = await fresh.submit(await fresh.get('/sign-in'), '/sign-in', { name: 'bob', password });
check('who from now on sets up a second factor', page.h1 === 'Set up a second factor' && !page.html.includes('/skip'), page.h1);
const phone = new Authenticator(page.forms[0].fields.shown);
page = await fresh.submit(page, '/account/enrol/totp', { code: await phone.code() });
page = await fresh.submit(page, '/account/enrol/codes');
page = await fresh.submit(page, '/account/enrol/done');
check('and is in', page.path === '/', page.path);
page = await boss.submit(await boss.get('/settings/people/bob'), '/settings/people/bob/link');
const second = page.html.match(/http:\/\/\S+?(\/start\/[\w-]{43})/)[1];
const thief = new Visitor(site.origin);
page = await thief.submit(await thief.get(second), second);
check('a link alone does not pass the second factor', page.h1 === 'Show that it is you', page.h1);
page = await thief.submit(page, '/sign-in/second', { code: await phone.code() });
check('with it comes a new password', page.h1 === 'Choose a password', page.h1);

// ---- an auditor whose engagement is not open -------------------------------------------------------------------

const aud = session('aud');
for (const path of ['/account', '/account/password', '/account/totp', '/account/passkeys', '/account/tokens', '/prove', '/']) {
  page = await aud.get(path);
  check(`an auditor without an open engagement is told so, or opens ${path}`, path === '/' ? page.to === '/audit' : page.status === 200, page.status);
  if (page.to) page = await aud.get(page.to);
  const to = [...new Set([...page.html.matchAll(/<a\b[^>]*\shref="(\/[^"#]*)/g)].map((m) => m[1].replaceAll('&amp;', '&')))];
  const refused = [];
  for (const next of to) if ((await aud.get(next)).status >= 400) refused.push(next);
  check(`where nothing is offered that is refused: ${path}`, to.length > 0 && refused.length === 0, refused.join(' '));
}

// ---- an end ---------------------------------------------------------------------------------------------------------

page = await boss.submit(await boss.get('/settings/people/bob'), '/settings/people/bob/reset');
check('a reset gives a new link', /\/start\/[\w-]{43}/.test(page.html), page.h1);
check('and ends every session', (await fresh.get('/account')).to?.startsWith('/sign-in') && (await thief.get('/account/enrol')).to?.startsWith('/sign-in'));
page = await again.submit(await again.get('/sign-in'), '/sign-in', { name: 'bob', password });
check('the old password is gone', page.status === 422, page.status);
const cy = session('cy');
check('somebody is signed in', (await cy.get('/account')).status === 200);
page = await boss.get('/person/cy/do/leave');
page = await boss.submit(page, '/person/cy/do/leave', { ends_at: '2026-11-01' });
check('and leaves', page.status === 200, page.h1);
check('then no session of theirs is left', !(await boss.get('/settings/sessions')).html.includes('/settings/people/cy'));
check('and they see nothing', (await cy.get('/account')).to?.startsWith('/sign-in') ?? true);
check('the page says so', (await boss.get('/settings/people/cy')).html.includes('Cy Fir has left'));
check('what others did to an account is not told as done by its owner', (await boss.get('/settings/people/bob')).html.includes('One-time link made, by boss') && !(await boss.get('/settings/people/bob')).html.includes('changed how to sign in</p> <span class="quiet">(one-time'));
check('nor can they be let in', (await boss.post('/settings/people/cy/link', { csrf })).status === 409, (await boss.post('/settings/people/cy/link', { csrf })).status);
await site.end();
finish();
