// secure.mjs ATTEST SANDBOX_PEER: what the server promises in SECURITY.md, against a server that runs.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, finish } from './peer.mjs';
import { Authenticator, Visitor, serve } from './visitor.mjs';

const [attest, sandboxPeer] = process.argv.slice(2);
const heard = [];
const secrets = [];                                             // none of these may ever be seen where it does not belong
const password = 'eleven otters under a bridge';
const tokenOf = (run, person, scopes) => run('token', person, '--scopes', scopes, '--label', scopes, '--quiet').trim();
let token;
const site = await serve(attest, (run, dir) => {
  run('setup', '--service', 'Example Cloud', '--owner', 'Ann Lee', '--email', 'ann@example.org');
  for (const [id, more] of [['mia', []], ['max', ['permission=manager']]]) {
    run('person', 'add', id, `name=${id} Oak`, `email=${id}@example.org`, 'kind=employee', 'starts_at=2026-01-01', ...more);
    run('person', 'do', 'start', id);
  }
  run('risk', 'add', 'title=First');
  run('task', 'add', 'title=Water the plants', 'owner=ann', 'due_at=2030-01-01');
  run('vendor', 'add', 'acme', 'name=Acme', 'tier=low', 'personal_data=false', 'subservice=false');
  writeFileSync(join(dir, 'note.txt'), 'A note.\n');
  run('vendor', 'attach', 'acme', join(dir, 'note.txt'));
  token = tokenOf(run, 'ann', 'read,write');
}, { hear: (text) => heard.push(String(text)) });
secrets.push(token);

async function enrol(person) {
  const visitor = new Visitor(site.origin);
  const link = new URL(site.run('invite', person, '--quiet').trim()).pathname;
  let page = await visitor.submit(await visitor.open(link), link);
  page = await visitor.submit(page, '/account/enrol/password', { password, again: password });
  const seed = page.forms[0].fields.shown;
  const phone = new Authenticator(seed);
  page = await visitor.submit(page, '/account/enrol/totp', { code: await phone.code() });
  page = await visitor.submit(page, '/account/enrol/codes');
  const codes = [...page.html.matchAll(/<li>([0-9A-Z]+(?:-[0-9A-Z]+)+)<\/li>/g)].map((m) => m[1]);
  await visitor.submit(page, '/account/enrol/done');
  secrets.push(link.split('/').pop(), seed, seed.replace(/\s/g, ''), ...codes, visitor.cookies['__Host-attest']);
  return { visitor, phone, codes };
}
const { visitor: ann, phone, codes } = await enrol('ann');
const { visitor: mia } = await enrol('mia');
secrets.push(password);
check('there are secrets to look for', secrets.length > 20 && codes.length === 10 && secrets.every((s) => s && s.length >= 8), secrets.length);
const csrfOf = async (who) => (await who.get('/account')).forms.map((f) => f.fields.csrf).find((c) => c);
const csrf = await csrfOf(ann);
secrets.push(csrf);

// ---- headers on every kind of answer ---------------------------------------------------------------------

// One request as bytes; the answer as it comes.
function raw(text, port = new URL(site.origin).port) {
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1');
    let said = '';
    socket.setTimeout(8000, () => socket.destroy());
    socket.on('data', (part) => { said += part; });
    socket.on('error', () => resolve(said));
    socket.on('close', () => resolve(said));
    socket.write(text);
  });
}
const headOf = (said) => {
  const [head, ...body] = said.split('\r\n\r\n');
  const lines = head.split('\r\n');
  const headers = Object.fromEntries(lines.slice(1).map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  return { status: Number(lines[0].split(' ')[1]), headers, to: headers.location, html: body.join('\r\n\r\n') };
};
const rawly = async (line, headers = []) => headOf(await raw(`${line} HTTP/1.1\r\nHost: ${new URL(site.origin).host}\r\nConnection: close\r\n${headers.map((h) => `${h}\r\n`).join('')}\r\n`));

const asset = (await ann.get('/')).html.match(/\/assets\/[\w.-]+\.css[^"]*/)[0];
const bearer = { authorization: `Bearer ${token}` };
const nobody = new Visitor(site.origin);
const answers = {
  page: await ann.get('/risk'), asset: await ann.get(asset), 'sign-in page': await nobody.get('/sign-in'), redirect: await nobody.get('/risk'),
  'redirect to an address without a slash': await rawly('GET /risk/'), 'page that is not there': await ann.get('/nothing/here/at/all'),
  refusal: await mia.get('/registers'), 'method that is not taken': await ann.ask('DELETE', '/risk'), export: await ann.get('/risk/export.csv'),
  'evidence file': await ann.get('/evidence/EV-1/file'), API: await nobody.get('/api/v1/risk', bearer), 'refusal of the API': await nobody.get('/api/v1/risk'),
  'error of the API': await nobody.get('/api/v1/risk/NONE', bearer), SCIM: await nobody.get('/scim/v2/Users'), health: await nobody.get('/healthz'),
  'malformed request': await rawly('GET /%zz'), 'unknown method': await rawly('TRACE /'), 'address that is too long': await rawly(`GET /${'a'.repeat(20000)}`),
  'body that is too large': await nobody.ask('POST', '/sign-in', `name=${'x'.repeat(100000)}`),
  'answer of who has it already': await ann.get(asset, { 'if-none-match': (await ann.get(asset)).headers.etag }),
};
const wanted = { page: 200, asset: 200, 'sign-in page': 200, redirect: 303, 'redirect to an address without a slash': 308, 'page that is not there': 404, refusal: 403,
  'method that is not taken': 405, export: 200, 'evidence file': 200, API: 200, 'refusal of the API': 401, 'error of the API': 404, SCIM: 401, health: 200,
  'malformed request': 400, 'unknown method': 405, 'address that is too long': 414, 'body that is too large': 413, 'answer of who has it already': 304 };
for (const [kind, answer] of Object.entries(answers)) {
  const csp = answer.headers['content-security-policy'] ?? '';
  const missing = [];
  for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"])
    if (!csp.includes(part)) missing.push(part);
  if (/unsafe|\*|https?:/.test(csp)) missing.push(`a narrow policy: ${csp}`);
  for (const [name, good] of [['x-content-type-options', 'nosniff'], ['cross-origin-opener-policy', 'same-origin'], ['cross-origin-resource-policy', 'same-origin'],
    ['referrer-policy', 'same-origin'], ['x-frame-options', 'DENY']])
    if (answer.headers[name] !== good) missing.push(name);
  if (!answer.headers['cache-control']) missing.push('cache-control');
  check(`${kind}: ${wanted[kind]}, with every header`, answer.status === wanted[kind] && missing.length === 0, { status: answer.status, missing });
}
check('only what carries its digest is kept by browsers', Object.entries(answers).every(([kind, a]) => kind === 'asset' || kind.startsWith('answer of') ||
  /no-store|private|no-cache/.test(a.headers['cache-control'])), Object.entries(answers).map(([k, a]) => `${k}: ${a.headers['cache-control']}`));
check('pages have a charset, and nothing is told of the software', /text\/html; ?charset=utf-8/i.test(answers.page.headers['content-type']) && !answers.page.headers.server);
check('no answer allows another origin to read it', Object.values(answers).every((a) => !a.headers['access-control-allow-origin']));
check('a file is saved and not shown', /^attachment/.test(answers['evidence file'].headers['content-disposition']) && /^attachment/.test(answers.export.headers['content-disposition']),
  answers['evidence file'].headers);
for (const path of ['/', '/risk', '/risk/RISK-1', '/risk/new', '/account', '/account/tokens', '/registers', '/my', '/controls', '/sql', '/design', '/sign-in', '/trust_request'])  {
  const page = await (path === '/sign-in' ? nobody : ann).get(path);
  check(`nothing inline in ${path}`, page.status === 200 && !/<style|\sstyle=|\son[a-z]+="|javascript:|<script(?![^>]*\ssrc=)/i.test(page.html), `${page.status} ${page.html.match(/<style|\sstyle=[^>]*|\son[a-z]+="[^>]*|javascript:[^"]*/i)?.[0]}`);
}

const scripts = readdirSync(new URL('../../assets', import.meta.url)).filter((name) => name.endsWith('.js'))
  .map((name) => readFileSync(new URL(`../../assets/${name}`, import.meta.url), 'utf8'));
check('scripts keep nothing in the browser', scripts.length > 0 && !scripts.some((s) => /localStorage|sessionStorage|indexedDB|caches\b|document\.cookie|serviceWorker/.test(s)));
check('nor build pages, code or objects from what they are sent', !scripts.some((s) => /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|__proto__|\bprototype\b|Object\.assign|\bfor \(const \w+ in\b/.test(s)));

// ---- cookies -------------------------------------------------------------------------------------------------

const cookies = [];
{
  const visitor = new Visitor(site.origin);
  let page = await visitor.get('/sign-in');
  const keep = (p) => { cookies.push(...(p.headers['set-cookie'] ?? [])); return p; };
  page = keep(await visitor.post('/sign-in', { ...page.forms[0].fields, name: 'ann@example.org', password }));
  const half = visitor.cookies['__Host-attest'];
  page = await visitor.open('/sign-in/second');
  keep(await visitor.post('/sign-in/second', { ...page.forms.find((f) => f.action === '/sign-in/second').fields, code: await phone.code() }));
  check('signing in ends with a session', (await visitor.get('/account')).status === 200);
  check('the secret of the half session is void', half !== visitor.cookies['__Host-attest'] && (await new Visitor(site.origin, { '__Host-attest': half }).get('/account')).status === 303);
  secrets.push(half, visitor.cookies['__Host-attest']);
  const before = { ...visitor.cookies };
  const out = keep(await visitor.post('/sign-out', { csrf: await csrfOf(visitor) }));
  const old = await new Visitor(site.origin, before).get('/account');
  check('signed out, the old cookie is worth nothing', out.to === '/sign-in' && old.status === 303, [out.status, out.h1, old.status]);
}
check('every cookie is __Host-, Secure, HttpOnly, SameSite and of the whole site', cookies.length >= 3 &&
  cookies.every((c) => /^__Host-/.test(c) && /; Secure/.test(c) && /; HttpOnly/.test(c) && /; SameSite=(Lax|Strict)/.test(c) && /; Path=\//.test(c) && !/domain=/i.test(c)), cookies);
check('a session is 128 bits at least and never in a page', ann.cookies['__Host-attest'].length >= 22 && !(await ann.get('/account')).html.includes(ann.cookies['__Host-attest']));
const planted = new Visitor(site.origin, { '__Host-attest': 'A'.repeat(43) });
check('a session that somebody planted is none', (await planted.get('/account')).status === 303);
check('a token is no cookie, and a cookie no token', (await new Visitor(site.origin, { '__Host-attest': token }).get('/account')).status === 303 &&
  (await nobody.get('/api/v1/risk', { authorization: `Bearer ${ann.cookies['__Host-attest']}` })).status === 401 &&
  (await ann.get('/api/v1/risk')).status === 401);

// ---- forged requests ------------------------------------------------------------------------------------------

// Routes that carry a secret of their own or begin a session: no csrf, but never from another site.
const ownSecret = ['/trust/request', '/trust/access/{secret}', '/start/{secret}', '/sign-in', '/sign-in/passkey', '/sign-in/passkey/ask'];
const fill = { type: 'risk', id: 'RISK-1', step: 'accept', name: 'collect', version: 'PV-1', training: 'TRN-1', secret: 'A'.repeat(43), document: 'DOC-1', person: 'max' };
const unsafe = readFileSync(new URL('../permissions.txt', import.meta.url), 'utf8').split('\n').map((l) => l.match(/^web (POST|PUT|PATCH|DELETE) (\S+)/)).filter(Boolean);
const state = () => ['risk', 'task', 'vendor', 'person', 'comment', 'incident', 'acceptance', 'trust_request', 'access_request', 'training', 'evidence']
  .map((type) => site.run(type, 'list', '--json')).join() + site.run('sql', "SELECT count(*) FROM commits WHERE actor LIKE 'web:ann%' AND reason NOT LIKE '%access%'", '--json');
const fingerprint = state();
const sessions = async () => (await ann.get('/account')).forms.length;
const had = await sessions();
check('every unsafe route of the pages is in the table', unsafe.length >= 35, unsafe.length);
for (const [, method, pattern] of unsafe) {
  const path = pattern.replace(/\{(\w+)\}/g, (_, name) => fill[name]);
  const body = new URLSearchParams({ csrf, title: 'Forged', text: 'Forged', label: 'Forged', scopes: 'read' }).toString();
  const got = [];
  if (!ownSecret.includes(pattern))
    for (const forged of ['', 'csrf=', `csrf=${csrf.slice(0, -1)}`, `csrf=${await csrfOf(mia)}`, 'csrf=%00'])
      got.push([`"${forged.slice(0, 8)}"`, (await ann.ask(method, path, forged)).status]);
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { origin: `${site.origin}.evil.example` }, { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' }, { origin: site.origin, 'sec-fetch-site': 'cross-site' }])
    got.push([JSON.stringify(headers), (await ann.ask(method, path, body, headers)).status]);
  const bad = got.filter(([, status]) => status !== 403);
  check(`${method} ${pattern} is not forged`, bad.length === 0, bad);
}
check('and none of it changed anything', state() === fingerprint && await sessions() === had, [fingerprint.length, state().length]);
check('the same request from a page of ours goes through', (await ann.post('/risk', { csrf, title: 'Ours' }, { origin: site.origin, 'sec-fetch-site': 'same-origin' })).status === 303);
await ann.post('/risk', { csrf, title: 'Assigned', id: 'RISK-99', state: 'accepted', accepted_by: 'mia', accepted_at: '2020-01-01', added_by: 'mia' });
const [assigned] = JSON.parse(site.run('risk', 'list', '--where', 'title=Assigned', '--json')).records;
check('what the engine writes is nobody\'s to set', assigned?.id !== 'RISK-99' && assigned?.state === 'identified' && !/mia|2020-01-01/.test(site.run('risk', 'show', assigned.id, '--json')), assigned);
check('a GET with the fields of a form changes nothing', (await ann.get(`/risk/new?title=Forged&csrf=${csrf}`)).status === 200 && !site.run('risk', 'list', '--json').includes('Forged'));
check('a form of text is no form', (await ann.ask('POST', '/risk', `csrf=${csrf}&title=Forged`, { 'content-type': 'text/plain' })).status === 403);

// ---- where one is led ----------------------------------------------------------------------------------------------

const local = (to) => to === undefined || (/^\/(?![/\\])/.test(to) && !/[\\\r\n\t]/.test(to));
for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', '\\\\evil.example', '/%09/evil.example', '\t//evil.example', 'javascript:alert(1)', '/ok\r\nSet-Cookie: a=b', '///evil.example',
  'http:evil.example', '/..//evil.example', '%2F%2Fevil.example']) {
  const signedIn = await ann.get(`/sign-in?next=${encodeURIComponent(next)}`);
  const form = await nobody.get(`/sign-in?next=${encodeURIComponent(next)}`);
  const proof = await ann.get(`/prove?next=${encodeURIComponent(next)}`);
  const acts = form.forms.map((f) => f.fields.next).filter((n) => n);
  check(`nobody is led to ${JSON.stringify(next)}`, local(signedIn.to) && local(proof.to) && acts.every(local) && !signedIn.headers['set-cookie'], [signedIn.to, proof.to, acts]);
}
for (const line of ['GET //evil.example/', 'GET /\\evil.example/', 'GET ///evil.example//', 'GET http://evil.example/risk/', 'GET /%2F%2Fevil.example/', 'GET /%5Cevil.example/']) {
  const answer = await rawly(line);
  check(`${line} leads nowhere else`, local(answer.to) && (answer.status >= 400 || answer.status === 308 || answer.status === 303), [answer.status, answer.to]);
}

// ---- hosts, paths, sizes -------------------------------------------------------------------------------------------

const host = new URL(site.origin).host;
const plainly = async (text) => headOf(await raw(text));
for (const [what, text] of [
  ['two hosts', `GET /sign-in HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`],
  ['no host', 'GET /sign-in HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['a host with a user', `GET /sign-in HTTP/1.1\r\nHost: evil.example@${host}\r\nConnection: close\r\n\r\n`],
  ['a host with a path', `GET /sign-in HTTP/1.1\r\nHost: ${host}/evil\r\nConnection: close\r\n\r\n`],
  ['a host with a script', 'GET /sign-in HTTP/1.1\r\nHost: "><script>alert(1)</script>\r\nConnection: close\r\n\r\n'],
  ['a length and chunks', `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n`],
  ['two lengths', `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nContent-Length: 5\r\nConnection: close\r\n\r\nabcd`],
  ['a folded header', `GET /sign-in HTTP/1.1\r\nHost: ${host}\r\nX-A: b\r\n c\r\nConnection: close\r\n\r\n`],
  ['a header with a bare line feed', `GET /sign-in HTTP/1.1\r\nHost: ${host}\r\nX-A: b\nX-B: c\r\nConnection: close\r\n\r\n`],
  ['headers without end', `GET /sign-in HTTP/1.1\r\nHost: ${host}\r\nX-A: ${'a'.repeat(100000)}\r\nConnection: close\r\n\r\n`],
  ['a thousand headers', `GET /sign-in HTTP/1.1\r\nHost: ${host}\r\n${'X-A: b\r\n'.repeat(1000)}Connection: close\r\n\r\n`],
]) {
  const answer = await plainly(text);
  check(`${what}: refused`, answer.status >= 400 && answer.status < 600 && !/<script>alert|evil/.test(answer.html), answer.status);
}
const strange = await plainly(`GET /risk HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil2.example\r\nX-Forwarded-For: 192.0.2.77\r\nForwarded: host=evil3.example\r\nConnection: close\r\n\r\n`);
check('another host changes no link', strange.status === 303 && local(strange.to) && !/evil/.test(JSON.stringify(strange)), strange);
for (const path of ['/../../etc/passwd', '/..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd', '/assets/../../etc/passwd', '/assets/..%2f..%2fconfig', '/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '/assets/..%5c..%5cconfig', '/assets/%c0%ae%c0%ae/etc/passwd', '/assets/attest.css%00.png', '/.attest/keys/auth.key', '/keys/auth.key', '/.git/config', '/evidence/..%2f..%2fkeys%2fauth.key/file',
  '/assets/', '/%252e%252e/etc/passwd', '/risk/%2e%2e', '/;/etc/passwd']) {
  const answer = await rawly(`GET ${path}`, [`Cookie: __Host-attest=${ann.cookies['__Host-attest']}`]);
  check(`${path} opens nothing`, [303, 308, 400, 404].includes(answer.status) && !/root:|-----BEGIN/.test(answer.html), answer.status);
}
check('a form of too many fields is refused', [400, 403, 413, 422].includes((await ann.ask('POST', '/risk', `csrf=${csrf}&${'a=b&'.repeat(1100)}title=x`)).status));
const large = await ann.post('/risk', { csrf, title: 'x', description: 'x'.repeat(3 << 20) }).catch(() => ({ status: 'cut' }));
check('a text that is too large is refused', [413, 422, 'cut'].includes(large.status), large.status);
check('a query with a NUL is refused', (await rawly('GET /sign-in?next=%00')).status === 400);
for (const [method, path] of [['GET', '/risk/bulk'], ['GET', '/risk/bulk?id=RISK-1'], ['GET', '/risk/bulk?id=default&do=default'], ['POST', '/risk/bulk'], ['POST', '/risk/import'], ['GET', '/calendar?month=default']])
  check(`${method} ${path} with nothing said is answered`, [200, 303, 422].includes((await ann.ask(method, path, method === 'POST' ? `csrf=${csrf}` : undefined).catch(() => ({}))).status));
check('the server still answers, and never ended', (await ann.get('/risk')).status === 200 && !heard.join('').includes('started again'), heard.join(''));

// ---- the process --------------------------------------------------------------------------------------------------------

const supervisor = () => site.process().pid;
const webPid = () => Number(readFileSync(`/proc/${supervisor()}/task/${supervisor()}/children`, 'utf8').trim().split(' ')[0]);
const status = Object.fromEntries(readFileSync(`/proc/${webPid()}/status`, 'utf8').split('\n').map((l) => l.split(':\t')));
check('the web process has no capability, gains none, and is filtered', status.NoNewPrivs === '1' && status.Seccomp === '2' && /^0+$/.test(status.CapEff) && /^0+$/.test(status.CapPrm), status);
const outside = mkdtempSync(join(tmpdir(), 'attest-outside-'));
writeFileSync(join(outside, 'file'), 'x');
const inside = mkdtempSync(join(tmpdir(), 'attest-inside-'));
const peer = spawnSync(sandboxPeer, [inside, outside], { encoding: 'utf8', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });
for (const line of peer.stdout.split('\n').filter((l) => /^(not )?ok|^#/.test(l))) check(`sandbox: ${line.replace(/^(not )?ok \d+ - /, '')}`, !/^(not ok|#)/.test(line), line);
check('the sandbox was tried to its end', peer.status === 0 && /^1\.\.\d+$/m.test(peer.stdout), peer.stderr);
rmSync(outside, { recursive: true });
rmSync(inside, { recursive: true });

const first = webPid();
process.kill(first, 'SIGKILL');
let again;
for (let i = 0; i < 100 && !again; i += 1) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  again = await ann.get('/healthz').catch(() => undefined);
}
check('a web process that dies is followed by another', again?.status === 200 && webPid() !== first, again?.status);
check('and sessions go on', (await ann.get('/risk')).status === 200);
site.process().kill('SIGHUP');
await new Promise((resolve) => setTimeout(resolve, 500));
check('told to read its configuration again, it answers on', (await ann.get('/risk')).status === 200 && site.process().exitCode === null);

// ---- what must not reach the trail ---------------------------------------------------------------------------------------

check('a refusal to be recorded', (await mia.get('/registers')).status === 403);
await nobody.post('/sign-in', { name: password, password: 'x' });                    // somebody types it into the wrong field
await ann.post(`/trust/access/${secrets[1]}`, { agree: 'yes' }, { origin: 'https://evil.example' });   // refused, with a secret in its address
check('a wrong token, a wrong link and a wrong page tell nothing of what was sent', ![(await nobody.get(`/api/v1/risk/${token}`)).html, (await nobody.get(`/start/${token}`)).html].some((h) => h.includes(token)));

// ---- whose session ends ---------------------------------------------------------------------------------------------------

check('mia is signed in', (await mia.get('/my')).status === 200);
const miaToken = tokenOf(site.run, 'mia', 'read');
secrets.push(miaToken);
check('and has a token', (await nobody.get('/api/v1/task', { authorization: `Bearer ${miaToken}` })).status === 200);
site.run('person', 'do', 'leave', 'mia', 'ends_at=2026-11-01');
const left = await mia.get('/my');
check('who left is out at the next request', left.status === 303 && left.to.startsWith('/sign-in') || left.status === 401, left.status);
check('with their token', (await nobody.get('/api/v1/task', { authorization: `Bearer ${miaToken}` })).status === 401);
{
  const second = new Visitor(site.origin);
  let page = await second.get('/sign-in');
  page = await second.submit(page, '/sign-in', { name: 'ann@example.org', password });
  await second.submit(page, '/sign-in/second', { code: await phone.code() });
  check('ann is signed in twice', (await second.get('/account')).status === 200);
  secrets.push(second.cookies['__Host-attest']);
  await ann.submit({ ...(await ann.get('/account')), forms: (await ann.get('/account')).forms.filter((f) => !f.fields.session) }, '/account/sessions/end');
  check('a session that is ended by its owner is out', (await second.get('/account')).status === 303);
}
const tokenPage = await ann.get('/account/tokens');
check('tokens are listed without their secrets', tokenPage.status === 200 && !tokenPage.html.includes(token));

// ---- stopping --------------------------------------------------------------------------------------------------------------

const answer = await new Promise((resolve) => {
  const socket = connect(Number(new URL(site.origin).port), '127.0.0.1');
  const body = new URLSearchParams({ name: 'nobody', password: 'not a password' }).toString();
  let said = '';
  socket.on('data', (part) => { said += part; });
  socket.on('close', () => resolve(said));
  socket.on('error', () => resolve(said));
  socket.write(`POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`);
  setTimeout(() => site.process().kill('SIGTERM'), 200);
  setTimeout(() => socket.write(body.slice(5)), 900);
});
check('told to stop, it answers what is under way', headOf(answer).status === 422, answer.slice(0, 200));
for (let i = 0; i < 100 && site.process().exitCode === null; i += 1) await new Promise((resolve) => setTimeout(resolve, 100));
check('and ends well', site.process().exitCode === 0, site.process().exitCode);

// ---- secrets ---------------------------------------------------------------------------------------------------------------

const filesOf = (dir) => readdirSync(dir).flatMap((name) => (statSync(join(dir, name)).isDirectory() ? filesOf(join(dir, name)) : [join(dir, name)]));
const found = (bytes) => secrets.filter((s) => bytes.includes(s)).length;
check('no secret was said', found(heard.join('')) === 0, heard.join(''));
const files = filesOf(site.dir);
check('no secret stands in any file of the workspace', files.length > 5 && files.every((file) => found(readFileSync(file)) === 0), files.filter((file) => found(readFileSync(file))));
const trail = site.run('sql', 'SELECT * FROM access_event', '--json') + site.run('sql', 'SELECT * FROM commits', '--json');
check('the trail has what happened', trail.includes('POST /trust/access/{secret}') && /"refused"/.test(trail) && /"sign_in"/.test(trail) && /"exported"/.test(trail), trail.match(/"kind":"\w+"/g));
check('and no secret, nor what somebody typed for a name', found(trail) === 0, secrets.filter((s) => trail.includes(s)));
check('keys are their owner\'s alone', filesOf(join(site.dir, '.attest', 'keys').replace(/\.attest\/\.attest/, '.attest')).every((file) => (statSync(file).mode & 0o077) === 0 || /\.pub$|\.crt$|cert/.test(file)));
rmSync(site.dir, { recursive: true, force: true });

// ---- over TLS ---------------------------------------------------------------------------------------------------------------

let safeDir;
const safe = await serve(attest, (run, dir) => { safeDir = dir; run('setup', '--service', 'Example Cloud', '--owner', 'Ann Lee', '--email', 'ann@example.org'); }, { more: ['--tls'] });
const over = (path, options = {}) => new Promise((resolve, reject) => {
  const rq = request(new URL(path, safe.origin), { rejectUnauthorized: false, ...options }, (rs) => { rs.resume(); rs.on('end', () => resolve(rs)); });
  rq.on('error', reject);
  rq.end();
});
const sts = (rs) => Number(rs.headers['strict-transport-security']?.match(/max-age=(\d+)/)?.[1] ?? 0);
check('over TLS every answer asks for TLS, for a year', safe.origin.startsWith('https:') && sts(await over('/sign-in')) >= 31536000 && sts(await over('/none')) >= 31536000 &&
  sts(await over('/risk/')) >= 31536000 && sts(await over('/%zz')) >= 31536000);
check('TLS 1.1 is not spoken', await over('/sign-in', { maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1' }).then(() => false, () => true));
check('TLS 1.2 and 1.3 are', (await over('/sign-in', { maxVersion: 'TLSv1.2' })).statusCode === 200 && (await over('/sign-in', { minVersion: 'TLSv1.3' })).statusCode === 200);
check('plain HTTP is not answered there', !/ 200 /.test((await raw('GET /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', new URL(safe.origin).port)).split('\r\n')[0]));
check('for its own name alone', !(await over('/sign-in')).headers['strict-transport-security'].includes('includeSubDomains'));
await safe.stop();
appendFileSync(join(safeDir, '.attest', 'config'), 'hsts_subdomains: yes\n');
safe.origin = (await safe.start()).origin;
check('and for those below it when told so', (await over('/sign-in')).headers['strict-transport-security'] === 'max-age=31536000; includeSubDomains');
await safe.end();
finish();
