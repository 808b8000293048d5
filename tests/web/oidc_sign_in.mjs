// oidc_sign_in.mjs ATTEST: the pages lead to an identity provider and back; who comes is told by it, and nobody else gets in.
import { createServer } from 'node:http';
import { generateKeyPairSync, sign } from 'node:crypto';
import { chmodSync, appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, finish } from './peer.mjs';
import { Visitor, serve } from './visitor.mjs';

// ---- a provider that says what the test wants ------------------------------------------------------------

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const b64 = (text) => Buffer.from(typeof text === 'string' ? text : JSON.stringify(text)).toString('base64url');
const codes = new Map();
let down = false;
let asked = null;                              // of the token endpoint, by the last sign-in
const provider = createServer(async (rq, rs) => {
  const at = `http://127.0.0.1:${provider.address().port}`;
  const json = (body, status = 200) => rs.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (down) return rs.socket.destroy();
  if (rq.url === '/.well-known/openid-configuration') {
    return json({ issuer: at, authorization_endpoint: `${at}/a`, token_endpoint: `${at}/t`, jwks_uri: `${at}/j`, authorization_response_iss_parameter_supported: true });
  }
  if (rq.url === '/j') return json({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig' }] });
  let body = '';
  for await (const part of rq) body += part;
  const form = Object.fromEntries(new URLSearchParams(body));
  asked = { form, authorization: rq.headers.authorization };
  const claims = codes.get(form.code);
  codes.delete(form.code);
  if (!claims) return json({ error: 'invalid_grant' }, 400);
  const text = `${b64({ alg: 'RS256', kid: 'k' })}.${b64(claims)}`;
  return json({ token_type: 'Bearer', access_token: 'a', id_token: `${text}.${sign('sha256', Buffer.from(text), keys.privateKey).toString('base64url')}` });
});
await new Promise((resolve) => provider.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${provider.address().port}`;

// ---- a workspace that trusts it --------------------------------------------------------------------------

let place;
const site = await serve(process.argv[2], (run, dir) => {
  place = join(dir, '.attest');
  run('person', 'add', 'ann', 'name=Ann Lee', 'email=ann@example.org', 'permission=owner');
  run('person', 'add', 'bob', 'name=Bob Ray', 'email=Bob.Ray@example.org', 'permission=member');
  run('person', 'add', 'eve', 'name=Eve', 'email=eve@example.org', 'permission=member');
  run('person', 'add', 'joe', 'name=Joe', 'email=shared@example.org', 'permission=member');
  run('person', 'add', 'jil', 'name=Jil', 'email=Shared@example.org', 'permission=member');
  writeFileSync(join(place, 'keys', 'oidc-secret'), 'a secret & more\n');
  chmodSync(join(place, 'keys', 'oidc-secret'), 0o600);
  appendFileSync(join(place, 'config'), `oidc_issuer: ${issuer}\noidc_client_id: attest\noidc_client_secret_file: keys/oidc-secret\noidc_name: Example ID\noidc_trust_mfa: yes\n`);
});
const events = () => site.run('sql', "SELECT kind || ' ' || coalesce(person, '-') || ' ' || about || ' ' || went_well AS said FROM access_event ORDER BY id", '--json');
let number = 0;

// To the provider and back, with these claims. `bend` changes what comes back with the browser.
async function through(who, claims, { from = '/sign-in/oidc', bend = (x) => x } = {}) {
  const there = await who.get(from);
  if (there.status !== 303 || !there.to.startsWith(`${issuer}/a?`)) return there;
  const sent = new URL(there.to).searchParams;
  const code = `code-${(number += 1)}`;
  const now = Math.floor(Date.now() / 1000);
  codes.set(code, { iss: issuer, aud: 'attest', exp: now + 300, iat: now, auth_time: now, nonce: sent.get('nonce'), ...claims });
  const back = new URL(sent.get('redirect_uri'));
  for (const [name, text] of Object.entries(bend({ code, state: sent.get('state'), iss: issuer }))) back.searchParams.set(name, text);
  return who.get(back.pathname + back.search, { 'sec-fetch-site': 'cross-site' });
}
const someone = (cookies) => new Visitor(site.origin, cookies);
const inside = async (who) => (await who.get('/account')).status === 200;
const verified = (sub, email, more = {}) => ({ sub, email, email_verified: true, ...more });

// ---- getting in -----------------------------------------------------------------------------------------

let page = await someone().get('/sign-in');
check('the page offers the provider by its name', page.html.includes('Sign in with Example ID') && page.html.includes('href="/sign-in/oidc?next='), page.html);
let bob = someone();
page = await through(bob, verified('s-bob', 'bob.ray@EXAMPLE.org', { name: 'Robert' }), { from: '/sign-in/oidc?next=%2Faccount' });
check('somebody whose verified address is known gets in, and to where they wanted', page.status === 303 && page.to === '/account' && await inside(bob), `${page.status} ${page.html}`);
check('the code went with the verifier and the secret', asked.form.code_verifier?.length === 43 && asked.form.redirect_uri === `${site.origin}/sign-in/oidc/back` &&
  Buffer.from(asked.authorization.slice(6), 'base64').toString() === 'attest:a%20secret%20%26%20more', asked);
check('linking and signing in are recorded', events().includes('factor_changed bob linked with the identity provider 1') && events().includes('sign_in bob oidc 1'), events());
bob = someone();
page = await through(bob, { sub: 's-bob' });
check('the second time the subject alone says who it is', page.status === 303 && await inside(bob), page.html);
page = await through(someone(), verified('s-bob', 'eve@example.org'));
check('whatever the address says', events().includes('sign_in bob oidc 1') && !events().includes('sign_in eve'), events());

const ann = someone();
page = await through(ann, verified('s-ann', 'ann@example.org', { amr: ['pwd', 'mfa'] }));
check('an owner with two factors at the provider gets in', page.status === 303 && page.to === '/' && await inside(ann), `${page.status} ${page.to} ${page.html}`);
const alone = someone();
page = await through(alone, { sub: 's-ann', amr: ['pwd'] });
check('with one factor an owner has to set up a second', page.to === '/account/enrol' && !(await inside(alone)), `${page.status} ${page.to}`);

const ago = (s) => Math.floor(Date.now() / 1000) - s;
const dangerous = async (who) => {
  const form = (await who.get('/account')).forms.find((f) => f.fields.csrf);
  return (await who.post('/account/tokens', { csrf: form.fields.csrf, label: 'x', days: '1', scope_read: 'on' })).html.includes('attest_');
};
check('who has just shown who they are may take a dangerous step', await dangerous(ann));
check('the provider is asked for a proof of the last 12 hours', new URL((await someone().get('/sign-in/oidc')).to).searchParams.get('max_age') === '43200');
const stale = someone();
page = await through(stale, { sub: 's-ann', amr: ['mfa'], auth_time: ago(13 * 3600) });
check('an older one does not do', page.status === 403 && !(await inside(stale)), page.status);
const hours = someone();
page = await through(hours, { sub: 's-ann', amr: ['mfa'], auth_time: ago(4000) });
check('one of an hour ago does, but not for a dangerous step', page.status === 303 && await inside(hours) && !(await dangerous(hours)), page.status);
const silent = someone();
page = await through(silent, { sub: 's-ann', amr: ['mfa'], auth_time: undefined });
check('nor one of nobody says when', page.status === 303 && await inside(silent) && !(await dangerous(silent)), page.status);

// ---- not getting in ---------------------------------------------------------------------------------------

const refusals = [
  ['an address that is not verified', { sub: 's-1', email: 'eve@example.org', email_verified: false }],
  ['an address verified by a word', { sub: 's-1', email: 'eve@example.org', email_verified: 'true' }],
  ['no address', { sub: 's-1' }],
  ['an address that nobody has', verified('s-1', 'mallory@example.org')],
  ['a name instead of an address', verified('s-1', 'eve')],
  ['an address that two have', verified('s-1', 'shared@example.org')],
  ['another account under an address that is linked', verified('s-2', 'bob.ray@example.org')],
  ['another nonce', verified('s-1', 'eve@example.org', { nonce: 'x' })],
  ['another audience', verified('s-1', 'eve@example.org', { aud: 'x' })],
];
for (const [name, claims] of refusals) {
  const who = someone();
  page = await through(who, claims);
  check(`${name} does not get in`, page.status === 403 && !(await inside(who)) && /role="alert">[^<]+/.test(page.html), `${page.status} ${page.html}`);
}
const bends = [
  ['another state', (b) => ({ ...b, state: 'x' })], ['another issuer', (b) => ({ ...b, iss: 'https://evil.example' })], ['no issuer', ({ iss, ...b }) => (void iss, b)],
  ['another code', (b) => ({ ...b, code: 'x' })], ['a refusal', ({ code, ...b }) => (void code, { ...b, error: 'access_denied' })],
];
for (const [name, bend] of bends) {
  const who = someone();
  page = await through(who, verified('s-eve', 'eve@example.org'), { bend });
  check(`${name} does not get in`, page.status === 403 && !(await inside(who)), page.status);
}
{
  const who = someone();
  let kept;
  page = await through(who, verified('s-eve', 'eve@example.org'), { bend: (b) => { kept = { ...who.cookies }; return b; } });
  check('somebody new gets in', page.status === 303 && await inside(who), page.html);
  const query = `/sign-in/oidc/back?${new URLSearchParams({ code: 'x', state: 'y', iss: issuer })}`;
  check('a way back is taken once', (await someone(kept).get(query)).status === 403);
  check('and in the browser that began it only', (await someone().get(query)).status === 403);
}
check('where somebody wanted to go stays here', (await through(someone(), { sub: 's-bob' }, { from: '/sign-in/oidc?next=https%3A%2F%2Fevil.example' })).to.startsWith('/'));

// ---- proving again, leaving, a provider that is down ------------------------------------------------------------

page = await through(ann, { sub: 's-ann', amr: ['mfa'] }, { from: '/sign-in/oidc?prove=1&next=%2Faccount%2Ftokens' });
check('the provider shows again who one is', page.status === 303 && page.to === '/account/tokens' && events().includes('sign_in ann shown again: oidc 1'), `${page.status} ${page.to}`);
page = await through(ann, { sub: 's-ann', auth_time: Math.floor(Date.now() / 1000) - 4000 }, { from: '/sign-in/oidc?prove=1' });
check('but not by what it remembers', page.status === 403, page.status);
page = await through(ann, { sub: 's-bob' }, { from: '/sign-in/oidc?prove=1' });
check('nor as somebody else', page.status === 403 && await inside(ann), page.status);
site.run('person', 'do', 'leave', 'bob', 'ends_at=2026-01-01');
bob = someone();
page = await through(bob, { sub: 's-bob' });
check('somebody who has left does not get in', page.status === 403 && !(await inside(bob)), page.html);
site.run('person', 'do', 'leave', 'joe', 'ends_at=2026-01-01');
down = true;
await site.stop();
const again = await site.start();
page = await new Visitor(again.origin).get('/sign-in/oidc');
check('a provider that is down is told, and signing in otherwise goes on', page.status === 502 && (await new Visitor(again.origin).get('/sign-in')).status === 200, page.status);
down = false;
await site.stop();

// ---- settings that are wrong stop the start ----------------------------------------------------------------------

chmodSync(join(place, 'keys', 'oidc-secret'), 0o644);
let told = '';
await site.start().catch((error) => { told = error.message; });
check('a secret that everybody may read stops the start', told.startsWith('the server ended'), told);
provider.closeAllConnections();
provider.close();
await site.end().catch(() => {});
finish();
