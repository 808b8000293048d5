// passkey.mjs ATTEST: an emulated key is enrolled and signs in on the pages, alone and after a password, and not otherwise.
import emulator from 'nid-webauthn-emulator';
import { check, finish } from './peer.mjs';
import { Visitor, serve } from './visitor.mjs';

const { default: WebAuthnEmulator, AuthenticatorEmulator, PasskeysCredentialsMemoryRepository } = emulator;
const password = 'seven grey herons at the weir';
const site = await serve(process.argv[2], (run) => {
  run('person', 'add', 'ann', 'name=Ann Lee', 'email=ann@example.org', 'permission=owner');
  run('person', 'add', 'bob', 'name=Bob Ray', 'email=bob@example.org', 'permission=member');
});
const origin = site.origin.replace('127.0.0.1', 'localhost');
const someone = (cookies) => new Visitor(origin, cookies);
const newKey = (more = {}) => new WebAuthnEmulator(new AuthenticatorEmulator({ credentialsRepository: new PasskeysCredentialsMemoryRepository(), ...more }));
const events = () => site.run('sql', "SELECT kind || ' ' || coalesce(person, '-') || ' ' || about || ' ' || went_well AS said FROM access_event ORDER BY id", '--json');

// What assets/passkey.js does.
async function question(who, path, csrf) {
  const page = await who.ask('POST', path, '', csrf ? { 'x-csrf-token': csrf } : {});
  return page.status === 200 ? JSON.parse(page.html) : { status: page.status, page };
}
async function add(who, key, label, change = (x) => x) {
  const page = await who.open('/account/passkeys');
  const form = page.forms.find((f) => f.action === '/account/passkeys');
  const answer = change(key.createJSON(origin, await question(who, '/account/passkeys/ask', form.fields.csrf)));
  return who.submit(page, '/account/passkeys', { label, answer: JSON.stringify(answer) });
}
async function sign(who, key, { from = '/sign-in', to = '/sign-in/passkey', change = (x) => x } = {}) {
  const page = await who.get(from);
  const answer = change(key.getJSON(origin, await question(who, '/sign-in/passkey/ask')));
  return who.submit(page, to, { answer: JSON.stringify(answer) });
}
const inside = async (who) => (await who.get('/account')).status === 200;

// ---- setting up -------------------------------------------------------------------------------------

const ann = someone(), annKey = newKey();
let page = await ann.open(site.link);
page = await ann.submit(page, site.link, { person: 'ann' });
check('the link leads to a password', page.h1 === 'Choose a password', `${page.status} ${page.h1} ${page.html.slice(0, 3000)}`);
page = await ann.submit(page, '/account/enrol/password', { password, again: password });
check('a passkey is offered as the second factor', page.html.includes('href="/account/passkeys"'), page.html);
page = await add(ann, annKey, 'Blue key');
check('with it recovery codes are next', page.h1 === 'One thing left', `${page.status} ${page.h1} ${page.html}`);
page = await ann.submit(page, '/account/enrol/codes');
page = await ann.submit(page, '/account/enrol/done');
check('and then the first page', page.path === '/', page.h1);
page = await ann.get('/account');
check('the account shows the key', page.html.includes('Blue key'), page.html);
check('that it was added is recorded', events().includes('factor_changed ann passkey added'), events());

// ---- alone ----------------------------------------------------------------------------------------------

let who = someone();
page = await sign(who, annKey);
check('the key alone signs in', page.path === '/' && await inside(who), `${page.status} ${page.h1} ${page.html}`);
check('that it did is recorded', events().includes('sign_in ann passkey 1'), events());
who = someone();
page = await who.get('/sign-in');
check('the form is hidden until the module shows it', /data-passkey="get"[^>]* hidden/.test(page.html) && /src="\/assets\/[^"]*passkey/.test(page.html), page.html);
const asked = await question(who, '/sign-in/passkey/ask');
check('a stranger is asked for any key, which must check who holds it', asked.allowCredentials.length === 0 && asked.userVerification === 'required' && asked.rpId === 'localhost', asked);
const answer = JSON.stringify(annKey.getJSON(origin, asked));
const cookies = { ...who.cookies };
page = await someone().post('/sign-in/passkey', { answer, next: '' });
check('an answer in another browser is refused', page.status === 422 && page.html.includes('expired'), page.status);
page = await who.post('/sign-in/passkey', { answer, next: '' }, { origin: 'https://evil.example' });
check('and one from another site', page.status === 403, page.status);
page = await who.post('/sign-in/passkey', { answer, next: '/risk' });
check('here it signs in, and leads to where one wanted to be', page.status === 303 && page.to === '/risk', page.html);
page = await someone(cookies).post('/sign-in/passkey', { answer, next: '' });
check('the same answer does not sign in twice', page.status === 422, page.status);
for (const [what, change] of [
  ['another signature', (a) => { const b = Buffer.from(a.response.signature, 'base64url'); b[b.length - 1] ^= 1; a.response.signature = b.toString('base64url'); return a; }],
  ['another user', (a) => { a.response.userHandle = Buffer.from('somebody').toString('base64url'); return a; }],
  ['an id that nobody has', (a) => { a.id = a.rawId = Buffer.alloc(32).toString('base64url'); return a; }],
  ['no answer at all', () => ({})],
]) {
  who = someone();
  page = await sign(who, annKey, { change });
  check(`${what} is refused`, page.status === 422 && !(await inside(who)), `${page.status} ${page.html}`);
}
check('refusals are recorded within a minute, and the reason is told', page.html.includes('role="alert"'), page.html);

const lazy = newKey({ verifications: { userVerified: false, userPresent: true }, userGetAssertionInteraction: (user) => ({ user, options: { uv: false, up: true } }),
  userMakeCredentialInteraction: (user) => ({ user, options: { uv: false, up: true } }) });
page = await add(ann, lazy, 'Old key');
check('whoever has a password may add a key that does not check who holds it', page.h1 === 'My account' && page.html.includes('Old key'), `${page.status} ${page.html}`);
who = someone();
page = await sign(who, lazy);
check('alone it does not sign in', page.status === 422 && !(await inside(who)), page.html);

// ---- after a password --------------------------------------------------------------------------------

who = someone();
page = await who.submit(await who.get('/sign-in'), '/sign-in', { name: 'ann', password });
check('after the password the key is asked for', page.h1 === 'Show that it is you' && page.forms.some((f) => f.action === '/sign-in/passkey'), page.html);
const second = await question(who, '/sign-in/passkey/ask');
check('one of hers', second.allowCredentials.length === 2 && second.userVerification === 'preferred', second);
page = await sign(who, lazy, { from: '/sign-in/second' });
check('there the key that does not check is enough', page.path === '/' && await inside(who), page.html);
who = someone();
await who.submit(await who.get('/sign-in'), '/sign-in', { name: 'ann', password });
check('half a session adds no key', [303, 403].includes((await who.get('/account/passkeys')).status) &&
  (await question(who, '/account/passkeys/ask', (await who.get('/sign-in/second')).forms[0].fields.csrf)).status === 403);

// ---- proving -------------------------------------------------------------------------------------------

page = await sign(ann, annKey, { from: '/prove?next=%2Faccount%2Ftokens', to: '/prove/passkey' });
check('a key shows again who one is', page.path === '/account/tokens' && page.status === 200, `${page.status} ${page.path} ${page.html}`);
check('that is recorded', events().includes('shown again: passkey 1'), events());

// ---- the same key twice, a key of somebody else ----------------------------------------------------------

let twice = 'added';
try {
  page = await add(ann, annKey, 'Again');
} catch (error) {
  twice = error.message;
}
check('a key that is known says so itself', twice !== 'added', twice);
page = await ann.open('/account/passkeys');
const theirs = newKey();
const asked2 = await question(ann, '/account/passkeys/ask', page.forms.find((f) => f.action === '/account/passkeys').fields.csrf);
const stranger = theirs.createJSON(origin, { ...asked2, excludeCredentials: [], challenge: Buffer.alloc(32).toString('base64url') });
page = await ann.submit(page, '/account/passkeys', { label: 'x', answer: JSON.stringify(stranger) });
check('a key that answered another question is not added', page.status === 422 && page.html.includes('not to this question'), `${page.status} ${page.html}`);
page = await ann.open('/account/passkeys');
page = await ann.post('/account/passkeys', { label: 'x', answer: JSON.stringify(stranger) });
check('nor one without the word of the session', page.status === 403, page.status);

// ---- removing, leaving --------------------------------------------------------------------------------------

page = await ann.get('/account');
const remove = (label) => page.forms.find((f) => f.action === '/account/passkeys/remove' && page.html.slice(0, page.html.indexOf(f.html)).lastIndexOf(label) >
  page.html.slice(0, page.html.indexOf(f.html)).lastIndexOf(label === 'Old key' ? 'Blue key' : 'Old key'));
page = await ann.follow(await ann.post('/account/passkeys/remove', remove('Old key').fields));
check('a key is removed', page.h1 === 'My account' && !page.html.includes('Old key'), `${page.status} ${page.html}`);
page = await ann.get('/account');
page = await ann.follow(await ann.post('/account/passkeys/remove', page.forms.find((f) => f.action === '/account/passkeys/remove').fields));
check('the last second factor of an owner stays', page.status >= 400 && (await ann.get('/account')).html.includes('Blue key'), `${page.status} ${page.html}`);
who = someone();
page = await sign(who, lazy).catch((error) => ({ status: 422, html: error.message }));
check('a key that was removed does not sign in', page.status === 422 && !(await inside(who)), page.html);
who = someone();
site.run('person', 'add', 'zoe', 'name=Zoe', 'email=zoe@example.org', 'permission=manager');
site.run('person', 'add', 'kim', 'name=Kim Roe', 'email=kim@example.org', 'permission=owner', 'starts_at=2026-01-01');      // somebody keeps the keys
site.run('person', 'do', 'start', 'kim');
site.run('person', 'do', 'leave', 'ann', 'ends_at=2026-01-01');
page = await sign(who, annKey);
check('somebody who has left does not get in', page.status === 422 && !(await inside(who)), `${page.status} ${page.html}`);
const number = new Visitor(origin.replace('localhost', '127.0.0.1'));
check('at an address that is a number passkeys are not asked', (page = await number.ask('POST', '/sign-in/passkey/ask', '')).status === 422, `${page.status} ${page.html}`);
await site.end();
finish();
