// oidc.mjs PEER: Attest's relying party against oidc-provider, and against a provider that lies.
import { createServer } from 'node:http';
import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createHash } from 'node:crypto';
import Provider from 'oidc-provider';
import { check, finish, talk } from './peer.mjs';

const peer = process.argv[2];
const redirect = 'https://attest.example.org/sign-in/oidc';
console.warn = console.info = () => {};        // oidc-provider tells at length that this is no production

const pairs = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }), ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
};
const jwk = (alg, kid, half = 'publicKey', from = pairs) => ({ ...from[alg][half].export({ format: 'jwk' }), kid, use: 'sig' });

function listen(handler) {
  const server = createServer(handler);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({ server, issuer: `http://127.0.0.1:${server.address().port}` })));
}

// ---- a real provider ---------------------------------------------------------------------------------

async function realProvider() {
  let provider;
  const { server, issuer } = await listen(async (rq, rs) => {
    if (!rq.url.startsWith('/interaction/')) return provider.callback()(rq, rs);
    const { params, prompt, session, grantId } = await provider.interactionDetails(rq, rs);
    if (prompt.name === 'login') return provider.interactionFinished(rq, rs, { login: { accountId: 'u1', amr: ['pwd', 'mfa'] } });
    const grant = grantId ? await provider.Grant.find(grantId) : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope('openid email profile');
    return provider.interactionFinished(rq, rs, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
  });
  const client = (id, alg, more) => ({ client_id: id, redirect_uris: [redirect], id_token_signed_response_alg: alg, ...more });
  provider = new Provider(issuer, {
    clients: [client('rs', 'RS256', { client_secret: 's p+c:e&t' }), client('ps', 'PS256', { client_secret: 'x' }),
      client('es', 'ES256', { client_secret: 'x' }), client('ed', 'EdDSA', { token_endpoint_auth_method: 'none' })],
    jwks: { keys: [jwk('RS256', 'r', 'privateKey'), jwk('ES256', 'e', 'privateKey'), jwk('EdDSA', 'd', 'privateKey')] },
    cookies: { keys: ['k'] }, features: { devInteractions: { enabled: false } }, pkce: { required: () => true },
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: 'ann@example.org', email_verified: true, name: 'Ann' }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  });
  return { server, issuer };
}

// Goes where a browser would, until it is sent back to us.
async function browse(url) {
  const jar = new Map();
  let at = url;
  for (let i = 0; i < 12; i++) {
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; ') } });
    for (const line of answer.headers.getSetCookie()) jar.set(line.split('=')[0], line.split(';')[0].slice(line.indexOf('=') + 1));
    const next = answer.headers.get('location');
    if (!next) throw new Error(`${at}: ${answer.status} ${await answer.text()}`);
    at = new URL(next, at).href;
    if (at.startsWith(redirect)) return Object.fromEntries(new URL(at).searchParams);
  }
  throw new Error('no way back');
}

const real = await realProvider();
for (const [id, secret] of [['rs', 's p+c:e&t'], ['ps', 'x'], ['es', 'x'], ['ed', '-']]) {
  const us = talk(peer, [real.issuer, id, secret, redirect]);
  for (const fresh of [false, true]) {
    const begun = await us.say({ op: 'begin', fresh });
    const back = await browse(begun.url);
    const who = await us.say({ op: 'finish', attempt: begun.attempt, ...back });
    check(`client ${id}${fresh ? ', afresh' : ''}: somebody signs in through oidc-provider`, who.sub === 'u1' && who.iss === real.issuer && who.email === 'ann@example.org' &&
      who.email_verified === true && who.name === 'Ann' && (!fresh || who.auth_time > 0), who);
    const again = await us.say({ op: 'finish', attempt: begun.attempt, ...back });
    check(`client ${id}${fresh ? ', afresh' : ''}: a code is taken once`, again.refused === 'denied' && again.why.includes('did not take the code'), again);
  }
  const begun = await us.say({ op: 'begin' });
  const back = await browse(begun.url);
  const other = JSON.parse(begun.attempt);
  other.verifier = randomBytes(32).toString('base64url');
  const stolen = await us.say({ op: 'finish', attempt: JSON.stringify(other), ...back });
  check(`client ${id}: a code is of no use without its verifier`, stolen.refused === 'denied', stolen);
  await us.end();
}
{
  const us = talk(peer, [real.issuer, 'rs', 'wrong', redirect]);
  const begun = await us.say({ op: 'begin' });
  const who = await us.say({ op: 'finish', attempt: begun.attempt, ...await browse(begun.url) });
  check('a wrong client secret gets nobody in', who.refused === 'denied' && !JSON.stringify(who).includes('wrong'), who);
  const second = await us.say({ op: 'begin' });
  for (const [what, change, says] of [['state', { state: 'x' }, 'not the answer'], ['iss', { iss: 'https://evil.example' }, 'another sign-in provider'],
    ['iss', { iss: undefined }, 'another sign-in provider'], ['code', { code: undefined }, 'no code'], ['error', { error: 'access_denied' }, 'access_denied']]) {
    const back = { state: JSON.parse(second.attempt).state, code: 'c', iss: real.issuer, ...change };
    const who2 = await us.say({ op: 'finish', attempt: second.attempt, ...back });
    check(`an answer with another ${what} (${JSON.stringify(Object.values(change)[0] ?? null)}) is refused`, who2.refused === 'denied' && who2.why.includes(says), who2);
  }
  await us.end();
}
real.server.closeAllConnections();
real.server.close();

// ---- a provider that lies ------------------------------------------------------------------------------

const others = { RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }), ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
const b64 = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function token(claims, { alg = 'RS256', kid = 'r', key = pairs.RS256.privateKey, header = {}, raw } = {}) {
  const text = `${b64({ alg, kid, ...header })}.${b64(claims)}`;
  const signature = raw ? raw(text) : sign(alg === 'EdDSA' ? null : 'sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

const world = {};                              // what the next answers are; each case sets it anew
let fetched = {};
const liar = await listen((rq, rs) => {
  const path = rq.url.split('?')[0];
  fetched[path] = (fetched[path] ?? 0) + 1;
  const json = (body, status = 200, type = 'application/json') => {
    rs.writeHead(status, { 'content-type': type });
    rs.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  if (world.answer?.[path]) return world.answer[path](rs, json, rq);
  if (path === '/.well-known/openid-configuration') {
    const at = liar.issuer;
    return json({ issuer: at, authorization_endpoint: `${at}/a`, token_endpoint: `${at}/t`, jwks_uri: `${at}/j`, userinfo_endpoint: `${at}/u`,
      extra: [1.5, { deep: -0.1e9 }], ...world.metadata });
  }
  if (path === '/j') return json(world.keys ?? { keys: [jwk('RS256', 'r'), jwk('ES256', 'e')] });
  if (path === '/t') return json({ access_token: 'secret-access', token_type: 'Bearer', id_token: world.token, ...world.tokens });
  if (path === '/u') return json(world.userinfo ?? { sub: 'u1', email: 'ann@example.org', email_verified: true });
  return json({}, 404);
});

async function attempt(set, us = undefined) {
  for (const key of Object.keys(world)) delete world[key];
  fetched = {};
  const { claims, mint, tokenOf, ...rest } = set;
  Object.assign(world, rest);
  const own = us ?? talk(peer, [liar.issuer, 'attest', 'secret-of-ours', redirect]);
  const begun = await own.say({ op: 'begin' });
  let who = begun;
  if (begun.url) {
    const at = JSON.parse(begun.attempt);
    const now = Math.floor(Date.now() / 1000) + (set.ahead ?? 0);
    const full = { iss: liar.issuer, aud: 'attest', sub: 'u1', nonce: at.nonce, exp: now + 300, iat: now, ...claims };
    world.token = tokenOf ? tokenOf(full) : token(full, mint);
    who = await own.say({ op: 'finish', attempt: begun.attempt, state: at.state, code: 'c' });
  }
  if (!us) await own.end();
  return who;
}

{
  const us = talk(peer, [liar.issuer, 'attest', '-', redirect]);
  const begun = await us.say({ op: 'begin' });
  const asked = new URL(begun.url).searchParams;
  const at = JSON.parse(begun.attempt);
  check('the browser is sent with code, PKCE, state and nonce', asked.get('response_type') === 'code' && asked.get('code_challenge_method') === 'S256' &&
    asked.get('code_challenge') === createHash('sha256').update(at.verifier).digest('base64url') && asked.get('state') === at.state && asked.get('nonce') === at.nonce &&
    asked.get('redirect_uri') === redirect && asked.get('scope') === 'openid email profile' && asked.get('client_id') === 'attest', begun.url);
  await us.end();
}

const publicKey = pairs.RS256.publicKey.export({ format: 'pem', type: 'spki' });
const good = [
  ['a sound token is taken', {}],
  ['a sound token with fractions in it is taken', { claims: { x: 1.5, y: { z: [1e300] } } }],
  ['ES256 with its own key is taken', { mint: { alg: 'ES256', kid: 'e', key: pairs.ES256.privateKey } }],
  ['several audiences with azp are taken', { claims: { aud: ['attest', 'other'], azp: 'attest' } }],
];
for (const [name, set] of good) {
  const who = await attempt(set);
  check(name, who.sub === 'u1' && who.email === 'ann@example.org', who);
}
const bad = [
  ['alg none', { tokenOf: (c) => `${b64({ alg: 'none' })}.${b64(c)}.` }, 'invalid'],
  ['alg none with a signature', { tokenOf: (c) => `${b64({ alg: 'none', kid: 'r' })}.${b64(c)}.AAAA` }, 'denied'],
  ['HS256 under the public key', { mint: { alg: 'HS256', raw: (t) => createHmac('sha256', publicKey).update(t).digest() } }, 'denied'],
  ['HS256 under the client secret', { mint: { alg: 'HS256', raw: (t) => createHmac('sha256', 'secret-of-ours').update(t).digest() } }, 'denied'],
  ['RS384', { mint: { alg: 'RS384' } }, 'denied'],
  ['a signature by another key', { mint: { key: others.RS256.privateKey } }, 'denied'],
  ['a key that the header brings along', { mint: { key: others.RS256.privateKey, header: { jwk: jwk('RS256', 'r', 'publicKey', others) } } }, 'denied'],
  ['an unknown kid', { mint: { kid: 'x' } }, 'denied'],
  ['a kid of another kind', { mint: { kid: 'e' } }, 'denied'],
  ['a critical extension', { mint: { header: { crit: ['x'], x: 1 } } }, 'denied'],
  ['another issuer', { claims: { iss: 'https://evil.example' } }, 'denied'],
  ['another audience', { claims: { aud: 'other' } }, 'denied'],
  ['another party', { claims: { aud: ['attest', 'other'] } }, 'denied'],
  ['another nonce', { claims: { nonce: 'x' } }, 'denied'],
  ['no nonce', { claims: { nonce: undefined } }, 'denied'],
  ['a token that has expired', { claims: { exp: Math.floor(Date.now() / 1000) - 61 } }, 'denied'],
  ['a token from the future', { claims: { iat: Math.floor(Date.now() / 1000) + 120 } }, 'denied'],
  ['no subject', { claims: { sub: undefined } }, 'denied'],
  ['a subject that is a number', { claims: { sub: 7 } }, 'denied'],
  ['somebody else in userinfo', { userinfo: { sub: 'u2', email: 'eve@example.org', email_verified: true } }, 'denied'],
  ['userinfo without a subject', { userinfo: { email: 'eve@example.org', email_verified: true } }, 'denied'],
  ['metadata of another issuer', { metadata: { issuer: 'https://evil.example' } }, 'denied'],
  ['a token endpoint over plain http elsewhere', { metadata: { token_endpoint: 'http://example.org/t' } }, 'denied'],
  ['a token endpoint at a private address', { metadata: { token_endpoint: 'https://10.0.0.1/t' } }, 'io'],
  ['keys at a link-local address', { metadata: { jwks_uri: 'https://169.254.169.254/j' } }, 'io'],
  ['a provider that wants no PKCE', { metadata: { code_challenge_methods_supported: ['plain'] } }, 'denied'],
  ['no iss where it is promised', { metadata: { authorization_response_iss_parameter_supported: true } }, 'denied'],
  ['keys that are none', { keys: { keys: [{ kty: 'RSA', kid: 'r' }] } }, 'denied'],
  ['keys of HTML', { answer: { '/j': (rs, json) => json('<html>', 200, 'text/html') } }, 'io'],
  ['a redirect instead of metadata', { answer: { '/.well-known/openid-configuration': (rs) => rs.writeHead(302, { location: '/x' }).end() } }, 'io'],
  ['a redirect instead of tokens', { answer: { '/t': (rs) => rs.writeHead(307, { location: '/x', 'content-type': 'application/json' }).end('{}') } }, 'denied'],
  ['an endless answer', { answer: { '/t': (rs) => { rs.writeHead(200, { 'content-type': 'application/json' }); rs.end(' '.repeat(1 << 20)); } } }, 'io'],
  ['an endless list of keys', { keys: { keys: Array.from({ length: 101 }, (_, i) => ({ kty: 'oct', kid: `${i}` })) } }, 'denied'],
  ['a broken connection', { answer: { '/t': (rs) => rs.socket.destroy() } }, 'io'],
  ['an error that says too much', { answer: { '/t': (rs, json) => json({ error: 'invalid_client' }, 401) } }, 'denied'],
  ['no ID token', { tokens: { id_token: undefined } }, 'denied'],
  ['an ID token that is none', { tokens: { id_token: 'a.b.c' } }, 'invalid'],
];
for (const [name, set, refused] of bad) {
  const who = await attempt(set);
  check(`${name} is refused`, who.refused === refused || (refused === 'denied' && who.refused === 'invalid'), who);
  if (/secret-access|secret-of-ours/.test(JSON.stringify(who))) check(`${name}: the refusal tells no secret`, false, who);
}

{ // keys that rotate: asked for once more, and not again and again
  const us = talk(peer, [liar.issuer, 'attest', 'x', redirect]);
  const first = await attempt({}, us);
  check('metadata and keys are fetched once', first.sub === 'u1' && fetched['/j'] === 1, fetched);
  const second = await attempt({}, us);
  check('and kept', second.sub === 'u1' && !fetched['/j'] && !fetched['/.well-known/openid-configuration'], fetched);
  const rotated = { keys: { keys: [jwk('RS256', 'new', 'publicKey', others)] }, mint: { kid: 'new', key: others.RS256.privateKey } };
  const early = await attempt(rotated, us);
  check('a new key a moment after the last fetch has to wait', early.refused === 'denied' && !fetched['/j'], { early, fetched });
  await us.say({ op: 'later', s: 11 });
  const late = await attempt({ ...rotated, ahead: 11 }, us);
  check('later a new key is fetched when a token names it', late.sub === 'u1' && fetched['/j'] === 1, { late, fetched });
  const old = await attempt({ ahead: 11 }, us);
  check('and the old one holds no more', old.refused === 'denied', old);
  await us.say({ op: 'later', s: 3700 });
  const day = await attempt({ ahead: 3711 }, us);
  check('after an hour both are fetched anew', day.sub === 'u1' && fetched['/j'] === 1 && fetched['/.well-known/openid-configuration'] === 1, { day, fetched });
  await us.end();
}
{ // a provider that is down is not asked again at once
  const us = talk(peer, [liar.issuer, 'attest', 'x', redirect]);
  const down = { answer: { '/.well-known/openid-configuration': (rs) => rs.socket.destroy() } };
  const first = await attempt(down, us);
  const second = await attempt(down, us);
  check('a provider that is down is left alone for a moment', first.refused === 'io' && second.refused === 'io' && second.why.includes('a moment ago') &&
    !fetched['/.well-known/openid-configuration'], { first, second, fetched });
  await us.say({ op: 'later', s: 6 });
  const third = await attempt({ ahead: 6 }, us);
  check('and asked again then', third.sub === 'u1', third);
  await us.end();
}
{ // slow: given up
  const began = Date.now();
  const who = await attempt({ answer: { '/t': () => {} } });
  check('a provider that does not answer is given up after ten seconds', who.refused === 'io' && Date.now() - began < 14000, who);
}
liar.server.closeAllConnections();
liar.server.close();
finish();
