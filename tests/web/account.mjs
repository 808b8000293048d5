// account.mjs ATTEST: from the printed link to the first page, signing in, and what keeps others out.
import { check, finish } from './peer.mjs';
import { Authenticator, Visitor, serve } from './visitor.mjs';

const attest = process.argv[2];
const site = await serve(attest);
const someone = () => new Visitor(site.origin);
const password = 'seven grey herons at the weir';
const access = () => site.run('sql', "SELECT kind, person, about, went_well, times FROM access_event", '--json').trim();

// ---- the first run ----------------------------------------------------------------------------------

const ann = someone();
check('the server prints a link when nobody can sign in', site.link);
let page = await ann.get('/');
check('who is nobody is asked to sign in', page.status === 303 && page.to === '/sign-in?next=%2F', page.to);
page = await ann.get(site.link);
check('the link opens a form', page.status === 200 && page.h1 === 'Attest for Example & Sons', page.h1);
page = await ann.submit(page, site.link, { owner_name: 'Ann Lee', owner_email: 'Ann.Lee@Example.org', service: '' });
check('an answer that is missing is asked for again, and what was typed stays', page.status === 422 && page.html.includes('value="Ann Lee"'), page.html);
page = await ann.submit(page, site.link, { owner_email: 'nobody', service: 'Example Cloud' });
check('what is no address is told', page.status === 422 && page.html.includes('is no e-mail address'));
page = await ann.submit(page, site.link, { owner_email: 'ann.lee@example.org', service: 'Example Cloud', category_2: 'yes' });
check('the answers make a program and lead to a password', page.h1 === 'Choose a password', `${page.status} ${page.h1} ${page.html}`);
check('the categories are those that were chosen',
  site.run('category', 'list', '--json').match(/"id":"availability"[^}]*"in_scope":true/) && site.run('category', 'list', '--json').match(/"id":"privacy"[^}]*"in_scope":false/),
  site.run('category', 'list', '--json'));
const enrolling = { ...ann.cookies };
check('who is setting up sees nothing else', (await ann.get('/')).to?.startsWith('/account/enrol') && (await ann.get('/account')).to?.startsWith('/account/enrol'));
check('the link works once', (await someone().get(site.link)).status === 404);
page = await ann.open('/account/enrol');
const early = await ann.post('/account/enrol/done', { csrf: page.forms[0].fields.csrf });
check('steps are not taken out of order', early.status === 303 && early.to === '/account/enrol');
check('a second factor is not skipped before a password', (await ann.post('/account/enrol/skip', { csrf: page.forms[0].fields.csrf })).to === '/account/enrol');
page = await ann.submit(page, '/account/enrol/password', { password: 'short', again: 'short' });
check('a short password is refused with a reason', page.status === 422 && /12/.test(page.html.match(/role="alert">([^<]*)/)[1]), page.html);
page = await ann.submit(page, '/account/enrol/password', { password, again: `${password}.` });
check('the password is asked for twice', page.status === 422 && page.html.includes('not the same'));
page = await ann.submit(page, '/account/enrol/password', { password: 'Example & Sons 1', again: 'Example & Sons 1' });
check('a password is not the name of the organisation', page.status === 422, page.h1);
page = await ann.submit(page, '/account/enrol/password', { password, again: password });
check('then comes a second factor, which an owner cannot skip', page.h1 === 'Set up a second factor' && !page.html.includes('/account/enrol/skip'), page.h1);
check('the secret of the session changed with the step', ann.cookies['__Host-attest'] !== enrolling['__Host-attest']);
check('the old secret is void', (await new Visitor(site.origin, enrolling).get('/account/enrol')).to?.startsWith('/sign-in'));
const skip = await ann.post('/account/enrol/skip', { csrf: page.forms[0].fields.csrf });
check('nor by asking for it', skip.status === 403, skip.status);
check('the QR code is a picture with words', /<svg[^>]*role="img"/.test(page.html) && page.html.includes('<title>'));
const secret = page.forms[0].fields.shown;
check('the secret stands beside it as text', page.html.includes(secret.match(/.{1,4}/g).join(' ')));
const phone = new Authenticator(secret);
page = await ann.submit(page, '/account/enrol/totp', { code: '000000' });
check('a wrong code is told, and the secret stays', page.status === 422 && page.forms[0].fields.shown === secret, page.status);
page = await ann.submit(page, '/account/enrol/totp', { code: await phone.code() });
check('then come the recovery codes', page.h1 === 'One thing left', page.h1);
page = await ann.submit(page, '/account/enrol/codes');
const codes = [...page.html.matchAll(/<li>([0-9A-Z]+(?:-[0-9A-Z]+)+)<\/li>/g)].map((m) => m[1]);
check('ten of them, shown once', codes.length === 10, page.html);
const before = ann.cookies['__Host-attest'];
page = await ann.submit(page, '/account/enrol/done');
check('and then the first page', page.status === 200 && page.path === '/' && page.html.includes('/sign-out'), `${page.path} ${page.h1}`);
check('with a new secret again', ann.cookies['__Host-attest'] !== before);
page = await ann.get('/account');
check('the account shows what was set up', page.h1 === 'My account' && page.html.includes('10 left'), page.html);

// ---- signing in ----------------------------------------------------------------------------------------

const bob = someone();
page = await bob.open('/risk?state=open');
check('after signing in one is where one wanted to be', page.forms[0].fields.next === '/risk?state=open', page.forms[0].fields.next);
page = await bob.submit(page, '/sign-in', { name: 'nobody@example.org', password });
const unknown = page.html.match(/role="alert">([^<]*)/)[1];
page = await bob.submit(page, '/sign-in', { name: 'ann.lee@example.org', password: 'something else entirely' });
check('a wrong password says what an unknown name says', page.status === 422 && page.html.match(/role="alert">([^<]*)/)[1] === unknown, unknown);
check('the name stays in the form, the password does not', page.html.includes('value="ann.lee@example.org"') && !page.html.includes('something else'));
page = await bob.submit(page, '/sign-in', { name: ' ANN.LEE@example.org ', password });
check('the right one asks for the second factor', page.h1 === 'Show that it is you', page.h1);
const half = { ...bob.cookies };
for (const path of ['/', '/account', '/risk', '/account/enrol'])
  check(`half a session does not see ${path}`, [303, 403].includes((await bob.get(path)).status) && !/href="\/account\/password"/.test((await bob.open(path)).html));
check('half a session cannot write', (await bob.post('/account/tokens', { csrf: page.forms[0].fields.csrf, label: 'x', scope_read: 'yes', days: '30' })).status === 401);
page = await bob.get(`/sign-in/second?next=${encodeURIComponent('/risk?state=open')}`);
page = await bob.submit(page, '/sign-in/second', { code: '123456' });
check('a wrong code is refused', page.status === 422 && page.h1 === 'Show that it is you', page.status);
page = await bob.submit(page, '/sign-in/second', { code: codes[0] });
check('a recovery code lets in', bob.cookies['__Host-attest'] !== half['__Host-attest'] && (await bob.get('/account')).status === 200, page.h1);
check('and leaves nine', (await bob.get('/account')).html.includes('9 left'));
check('how they came in is told in words', (await bob.get('/account')).html.includes('by password and recovery code'));
check('the half session is void', (await new Visitor(site.origin, half).get('/sign-in/second')).to?.startsWith('/sign-in?'), (await new Visitor(site.origin, half).get('/sign-in/second')).status);

const carl = someone();
page = await carl.submit(await carl.get('/sign-in'), '/sign-in', { name: 'ann.lee', password });
page = await carl.submit(page, '/sign-in/second', { code: codes[0].toLowerCase() });
check('a recovery code works once', page.status === 422, page.h1);
const code = await phone.code();
page = await carl.submit(page, '/sign-in/second', { code: `${code.slice(0, 3)} ${code.slice(3)}` });
check('a code of the authenticator lets in, with a blank in it', page.path === '/', page.h1);
const dora = someone();
page = await dora.submit(await dora.get('/sign-in'), '/sign-in', { name: 'ann.lee', password });
page = await dora.submit(page, '/sign-in/second', { code });
check('the same code does not work twice', page.status === 422);

const fixed = new Visitor(site.origin, { '__Host-attest': '0123456789abcdef0123456789abcdef' });
page = await fixed.submit(await fixed.get('/sign-in'), '/sign-in', { name: 'ann.lee', password });
check('a cookie that was planted is not the session', fixed.cookies['__Host-attest'] !== '0123456789abcdef0123456789abcdef');

for (const evil of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/%0d%0aX: y', '\\\\evil', '/x\ny', 'evil', '/sign-out'])
  check(`signing in does not lead to ${JSON.stringify(evil)}`, (await carl.get(`/sign-in?next=${encodeURIComponent(evil)}`)).to === '/' || evil.includes('%'),
    (await carl.get(`/sign-in?next=${encodeURIComponent(evil)}`)).to);
check('a local address with its query is kept', (await carl.get(`/sign-in?next=${encodeURIComponent('/risk?state=open&q=a%20b')}`)).to === '/risk?state=open&q=a%20b');
const spread = (await carl.get(`/sign-in?next=${encodeURIComponent('/%0d%0aX: y')}`));
check('what is encoded stays encoded', spread.to === '/%0d%0aX:%20y' && !spread.headers.x, spread.to);

// ---- forms of others ---------------------------------------------------------------------------------------

const token = { label: 'x', scope_read: 'yes', days: '30' };
page = await carl.get('/account/tokens');
const csrf = page.forms.find((f) => f.action === '/account/tokens').fields.csrf;
check('a form without the word of the session is refused', (await carl.post('/account/tokens', token)).status === 403);
check('and one with the word of another', (await carl.post('/account/tokens', { ...token, csrf: (await bob.get('/account/tokens')).forms[0].fields.csrf })).status === 403);
check('and one from another origin', (await carl.post('/account/tokens', { ...token, csrf }, { origin: 'https://evil.example' })).status === 403);
check('and one that the browser says comes from another site', (await carl.post('/account/tokens', { ...token, csrf }, { 'sec-fetch-site': 'cross-site' })).status === 403);
check('nobody is signed in from another site', (await someone().post('/sign-in', { name: 'ann.lee', password }, { origin: 'https://evil.example' })).status === 403);

// ---- the account ---------------------------------------------------------------------------------------------

page = await carl.submit(page, '/account/tokens', { label: 'the nightly export', scope_read: 'yes' });
check('a token is shown once', /attest_[\w-]{43}/.test(page.html), page.html);
page = await carl.get('/account/tokens');
check('and then named alone', page.html.includes('the nightly export') && !/attest_[\w-]{43}/.test(page.html));
page = await carl.submit(page, '/account/tokens', { label: 'more', scope_read: '' });
check('a token without a scope is refused', page.status === 422 && page.html.includes('value="more"'), page.status);
page = await carl.submit(await carl.get('/account/tokens'), '/account/tokens/end');
check('a token is ended', page.html.includes('You have no tokens'), page.h1);

page = await carl.get('/account');
const mine = page.forms.filter((f) => f.action === '/account/sessions/end' && f.fields.session).length;
check('every session is listed', mine >= 2, mine);
page = await carl.submit({ ...page, forms: page.forms.filter((f) => !f.fields.session) }, '/account/sessions/end');
check('all others are ended at once', page.forms.filter((f) => f.action === '/account/sessions/end').length === 0, page.h1);
check('and see nothing from then on', (await bob.get('/account')).to?.startsWith('/sign-in') && (await ann.get('/account')).to?.startsWith('/sign-in'));

const other = 'a lantern under the third bridge';
page = await carl.get('/account/password');
page = await carl.submit(page, '/account/password', { current: 'not this one at all', password: other, again: other });
check('the present password is asked for', page.status === 422 && page.html.includes('present password'), page.status);
page = await carl.submit(page, '/account/password', { current: password, password: other, again: other });
check('the password is changed', page.path === '/account?done=saved', page.path);
const eve = someone();
page = await eve.submit(await eve.get('/sign-in'), '/sign-in', { name: 'ann.lee', password });
check('the old one does not work', page.status === 422);
page = await eve.submit(page, '/sign-in', { name: 'ann.lee', password: other });
check('the new one does', page.h1 === 'Show that it is you');
page = await carl.post('/account/totp/remove', { csrf: (await carl.get('/account')).forms[0].fields.csrf });
check('a factor that the role needs is not removed', page.status === 403, page.status);
page = await carl.submit(await carl.get('/account'), '/account/codes');
const fresh = [...page.html.matchAll(/<li>([0-9A-Z]+(?:-[0-9A-Z]+)+)<\/li>/g)].map((m) => m[1]);
check('recovery codes are made anew', fresh.length === 10 && !fresh.includes(codes[1]), page.h1);
page = await eve.submit(await eve.get('/sign-in/second'), '/sign-in/second', { code: codes[1] });
check('the old ones are void', page.status === 422);

// ---- too many tries -------------------------------------------------------------------------------------------

const guesser = new Visitor(site.origin);
page = await guesser.get('/sign-in');
for (let i = 0; i < 8 && page.status !== 429; i += 1) page = await guesser.submit(page, '/sign-in', { name: 'ann.lee', password: `guess number ${i}` });
check('who guesses waits, and is told until when', page.status === 429 && /\d/.test(page.html.match(/role="alert">([^<]*)/)[1]), page.html.match(/role="alert">([^<]*)/)?.[1]);
const known = new Visitor(site.origin, { '__Host-device': carl.cookies['__Host-device'] });
page = await known.submit(await known.get('/sign-in'), '/sign-in', { name: 'ann.lee', password: other });
check('who has signed in from here before does not wait with them', page.h1 === 'Show that it is you', `${page.status} ${page.html.match(/role="alert">([^<]*)/)?.[1]}`);

// ---- out ------------------------------------------------------------------------------------------------------

const gone = { ...carl.cookies };
page = await carl.submit(await carl.get('/account'), '/sign-out');
check('signing out leads to signing in', page.h1 === 'Sign in');
check('and ends the session itself', (await new Visitor(site.origin, gone).get('/account')).to?.startsWith('/sign-in'));

await site.stop();
const events = access();
for (const kind of ['setup', 'sign_in', 'sign_out', 'factor_changed', 'token_changed', 'session_ended'])
  check(`the history has ${kind}`, events.includes(`"${kind}"`), events.slice(0, 400));
check('and tries that failed', /"sign_in"[^}]*"went_well":0/.test(events), events.slice(0, 400));
check('and no secret', !events.includes(other) && !events.includes(password) && !codes.some((c) => events.includes(c)));
check('verify finds nothing', /^Nothing was altered/.test(site.run('verify')), site.run('verify'));
await site.start().then(({ link }) => check('no link is printed once somebody can sign in', !link, link));
await site.end();
finish();
