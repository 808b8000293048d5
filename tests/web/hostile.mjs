// hostile.mjs ATTEST: what an employee, a contributor, a visitor and a program would try.
import { appendFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { check, finish } from './peer.mjs';
import { Visitor, enrolled, serve } from './visitor.mjs';

// Seen as it stands in a page, somebody's text has become part of it.
const tag = '<img src=x onerror=canary()>';
const nasty = `"'>${tag}</textarea></title></script><script>canary()</script>{{7*7}}`;
const formula = "=cmd|' /C calc'!A0";
const heard = [];
let run;
const tokens = {};
const site = await serve(process.argv[2], (command, dir) => {
  run = command;
  run('setup', '--service', 'Example Cloud', '--owner', 'Ann Lee', '--email', 'ann@example.org');
  for (const [id, ...more] of [['max', 'name=Max', 'permission=manager'], ['cora', 'name=Cora', 'permission=contributor'], ['mia', 'name=Mia'], ['bob', `name=${nasty}`]])
    run('person', 'add', id, `email=${id}@example.org`, 'kind=employee', ...more);
  run('risk', 'add', `title=${nasty}`, `description=${nasty} ${'x'.repeat(300)}`);
  run('risk', 'add', `title=${formula}`);
  run('vendor', 'add', 'acme', `name=${nasty}`, 'tier=low', 'personal_data=false', 'subservice=false');
  run('task', 'add', `title=Of bob ${nasty}`, 'owner=bob', 'due_at=2030-01-01');
  run('task', 'add', 'title=Of mia', 'owner=mia', 'due_at=2030-01-01');
  run('incident', 'add', `title=${nasty}`, 'severity=low', 'kind=security', 'detected_at=2026-01-01');
  run('risk', 'comment', 'RISK-1', nasty);
  writeFileSync(join(dir, 'note.txt'), 'Nobody else may read this.\n');
  run('vendor', 'attach', 'acme', join(dir, 'note.txt'));
  const make = (person, scopes) => run('token', person, '--scopes', scopes, '--label', `${person} ${scopes}`, '--quiet').trim();
  for (const [person, scopes] of [['ann', 'read,write'], ['max', 'read,write'], ['max', 'ingest'], ['max', 'scim'], ['max', 'metrics'], ['mia', 'read,write'], ['cora', 'read,write']])
    tokens[`${person} ${scopes}`] = make(person, scopes);
}, { hear: (text) => heard.push(String(text)) });

const bare = async (token, method, path, body, headers = {}) => {
  const rs = await fetch(site.origin + path, { method, body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    headers: { authorization: `Bearer ${tokens[token]}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers } });
  const text = await rs.text();
  return { status: rs.status, text, headers: rs.headers };
};
const ann = await enrolled(site, 'ann');
const mia = await enrolled(site, 'mia');
const cora = await enrolled(site, 'cora');
const csrfOf = async (who) => (await who.get('/account')).forms.map((f) => f.fields.csrf).find((c) => c);
const csrf = { ann: await csrfOf(ann), mia: await csrfOf(mia), cora: await csrfOf(cora) };

// ---- what people write stays text ------------------------------------------------------------------

const policies = JSON.parse(run('policy', 'list', '--json')).records;
const md = `[a](javascript:canary()) [b](data:text/html,x) ![c](javascript:canary()) <script>canary()</script> <javascript:canary()> [d](JaVaScRiPt:canary()) [e](&#106;avascript:canary()) ${tag}`;
run('policy_version', 'add', `policy=${policies[0].id}`, 'version=99', `body=${md}`);
const version = JSON.parse(run('policy_version', 'list', '--where', 'version=99', '--json')).records[0].id;

const asked = [nasty, formula].map(encodeURIComponent);
const queue = ['/', '/registers', '/settings', '/settings/people', '/settings/people/bob', '/account', '/account/tokens', '/trail', '/trail/access', '/calendar', '/onboarding', '/risks', '/reports',
  '/ledger', '/sources', '/facts', '/tests', '/controls', '/criteria', '/exceptions', '/populations', '/search', `/policy_version/${version}`, `/my/policy/${version}`, '/nothing', '/vendor/acme', '/person/bob',
  ...['/risk', '/trail', '/trail/access', '/search', '/sql', '/facts', '/exceptions', '/sign-in', '/prove', '/calendar', '/populations'].flatMap((p) =>
    asked.flatMap((a) => ['q', 'sort', 'where', 'page', 'as-of', 'next', 'person', 'relation', 'state', 'month', 'done', 'scope'].map((k) => `${p}?${k}=${a}`))),
  ...asked.flatMap((a) => [`/risk/${a}`, `/${a}`, `/trust/access/${a}`, `/start/${a}`, `/risk/RISK-1/do/${a}`])];
const seen = new Set();
const broken = [];
let read = 0;
for (let path = queue.shift(); path !== undefined && read < 700; path = queue.shift()) {
  const key = path.replace(/\d+/g, (d) => (/(RISK|TASK|EV|INC|CMT)-$/.test(path.slice(0, path.indexOf(d))) ? d : '#'));
  if (seen.has(key) || /sign-out|export|\.csv|\.json|\/assets\/|\/file|checkpoint|\/key$|\/proof/.test(path)) continue;
  seen.add(key);
  const page = await ann.get(path);
  read += 1;
  if (page.status >= 500) broken.push([path, page.status]);
  if (!/html/.test(page.headers['content-type'] ?? '')) { if (page.html.includes(tag) && !/^text\/plain/.test(page.headers['content-type'])) broken.push([path, 'raw']); continue; }
  if (page.html.includes(tag) || /<script(?![^>]*\ssrc="\/assets\/)/i.test(page.html)) broken.push([path, page.html.match(/.{60}(<img src=x|<script>).{30}/s)?.[0]]);
  for (const [, to] of page.html.matchAll(/\s(?:href|src|action|formaction)="([^"]*)"/g)) {
    if (/^\s*(javascript|data(?!:,$)|vbscript):/i.test(to.replace(/&#\w+;/g, '')) || /^\/\//.test(to)) broken.push([path, to]);
    else if (/^\/[^/]/.test(to) && seen.size < 700) queue.push(to.replaceAll('&amp;', '&').split('#')[0]);
  }
}
check('no page makes somebody\'s text part of itself, nor fails over it', broken.length === 0 && read > 300, { read, broken: broken.slice(0, 8) });
const csv = (await ann.get('/risk/export.csv')).html;
check('a formula in an export is text', csv.includes("'=cmd|") && !/(^|[,"\n])=cmd/.test(csv), csv.slice(0, 400));
for (const path of ['/trail.csv', '/trail/access.csv', '/exceptions.csv', `/sql.csv?q=${encodeURIComponent("SELECT id, title FROM risk")}`]) {
  const file = await ann.get(path);
  check(`nor does ${path.slice(0, 20)} hold one`, file.status === 200 && !/(^|[,"\n])[=@]\w/.test(file.html), file.html.match(/.*(^|[,"\n])[=@]\w.*/)?.[0]);
}

// ---- other people's things ------------------------------------------------------------------------------

for (const path of ['/person/bob', '/person/bob/history', '/person/bob/edit', '/person/export.csv', '/person/export.json', '/task/TASK-1', '/task/TASK-1/history', '/task/TASK-1/edit', '/task/TASK-1/attach', '/evidence/EV-1', '/evidence/EV-1/file',
  '/settings/people/mia', '/settings/sessions', '/trail', '/sql', '/ledger', '/facts/account', '/vendor/acme', '/background_check', '/risk/RISK-1', '/trust_request', '/incident/INC-1'])  {
  const page = await mia.get(path);
  const empty = page.status === 200 && !/bob@example|Of bob|Nobody else|onerror/.test(page.html);
  check(`a member gets nothing of others at ${path}`, [403, 404].includes(page.status) || (empty && /export/.test(path)), page.status);
}
for (const path of ['/api/v1/person/bob', '/api/v1/task/TASK-1', '/api/v1/task/TASK-1/history', '/api/v1/evidence/EV-1/file', '/api/v1/vendor', '/api/v1/relations/account', '/api/v1/incident/INC-1', '/api/v1/ledger/commits'])
  check(`nor at ${path}`, [403, 404].includes((await bare('mia read,write', 'GET', path)).status));
const tasks = (await bare('mia read,write', 'GET', '/api/v1/task?where=owner=bob')).text;
check('a filter reaches no further than the list', JSON.parse(tasks).total === 0 && !tasks.includes('Of bob'), tasks);
const sorted = JSON.parse((await bare('mia read,write', 'GET', '/api/v1/person?limit=100')).text);
check('a member\'s list of people is themselves', (sorted.items ?? []).every((i) => i.id === 'mia'), sorted);
for (const q of ['bob', 'acme', 'Nobody', 'onerror']) {
  const found = (await mia.get(`/search.json?q=${q}`)).html;
  check(`a member's search for ${q} finds nothing of others`, !/TASK-1|person\/bob|vendor\/acme|RISK-1|INC-1/.test(found), found);
}
const handles = async (who) => [...(await who.get('/account')).html.matchAll(/name="session" value="([^"]+)"/g)].map((m) => m[1]);
const second = new Visitor(site.origin, {});
check('sessions of others cannot be ended', (await (async () => {
  for (const handle of await handles(ann)) await mia.post('/account/sessions/end', { csrf: csrf.mia, session: handle });
  return (await ann.get('/account')).status;
})()) === 200);
void second;

// ---- fields that are not theirs ----------------------------------------------------------------------------

const personOf = (id) => JSON.parse(run('person', 'show', id, '--json'));
const permissionOf = (id) => JSON.stringify(personOf(id)).match(/"permission":"(\w+)"/)?.[1] ?? 'none';
for (const [who, name] of [[mia, 'mia'], [cora, 'cora']]) {
  const before = permissionOf(name);
  for (const path of [`/person/${name}/edit`, `/person/${name}/do/move`, `/settings/people/${name}/role`, '/person'])
    await who.post(path, { csrf: csrf[name], permission: 'owner', role: 'owner', id: name, access_role: 'x', name: 'Me', version: '1' });
  await bare(`${name} read,write`, 'PATCH', `/api/v1/person/${name}`, { fields: { permission: 'owner' } }, { 'if-match': '*' });
  await bare(`${name} read,write`, 'POST', '/api/v1/person', { fields: { id: 'evil', name: 'Evil', permission: 'owner' } });
  await bare(`${name} read,write`, 'POST', '/api/v1/person/import', 'id,name,permission\nevil,Evil,owner\n', { 'content-type': 'text/csv' });
  check(`${name} does not become owner, nor make one`, permissionOf(name) === before && !run('person', 'list', '--json').includes('evil'), personOf(name));
}
for (const more of [{ fields: { permission: 'owner' } }, { fields: { permission: 'manager', access_role: 'everything' } }])
  await bare('max read,write', 'PATCH', '/api/v1/person/max', more, { 'if-match': '*' });
await bare('max read,write', 'POST', '/api/v1/person/import', 'id,name,email,permission\nmax,max,max@example.org,owner\n', { 'content-type': 'text/csv' });
check('a manager does not become owner', permissionOf('max') === 'manager', permissionOf('max'));
await bare('cora read,write', 'POST', '/api/v1/risk', { fields: { title: 'Stamped', state: 'accepted', added_by: 'ann', accepted_by: 'ann', accepted_at: '2020-01-01T00:00:00Z' } });
check('stamps of the engine are not taken by the API', !/"accepted"|2020-01-01/.test(run('risk', 'list', '--where', 'title=Stamped', '--json')));

// ---- somebody mightier is not sent away -----------------------------------------------------------------------

const patch = (value) => ({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [{ op: 'replace', path: 'active', value }] });
const scim = { 'content-type': 'application/scim+json' };
const leave = { fields: { ends_at: '2026-11-01' } };
for (const [token, method, path, body, headers] of [['max read,write', 'POST', '/api/v1/person/ann/do/leave', leave], ['max scim', 'PATCH', '/scim/v2/Users/ann', patch(false), scim],
  ['max scim', 'DELETE', '/scim/v2/Users/ann', undefined]])
  check(`a manager's token does not end an owner: ${method} ${path}`, (await bare(token, method, path, body, headers)).status === 403 && (await ann.get('/account')).status === 200);
check('nor does the last owner go', (await bare('ann read,write', 'POST', '/api/v1/person/ann/do/leave', leave)).status === 403 &&
  (await bare('ann read,write', 'PATCH', '/api/v1/person/ann', { fields: { permission: 'member' } }, { 'if-match': '*' })).status >= 400 && (await ann.get('/settings')).status === 200);

// ---- programs --------------------------------------------------------------------------------------------------

const once = { 'idempotency-key': 'the same' };
const first = await bare('ann read,write', 'POST', '/api/v1/risk', { fields: { title: 'Of ann' } }, once);
const other = await bare('cora read,write', 'POST', '/api/v1/risk', { fields: { title: 'Of ann' } }, once);
const repeat = await bare('ann read,write', 'POST', '/api/v1/risk', { fields: { title: 'Of ann' } }, once);
check('an Idempotency-Key is of one token', first.status === 201 && other.status === 201 && JSON.parse(first.text).id !== JSON.parse(other.text).id && repeat.text === first.text &&
  repeat.headers.get('idempotency-replayed') === 'true' && !other.headers.get('idempotency-replayed'), [first.text, other.text, repeat.text]);
for (const [token, path] of [['max ingest', '/api/v1/risk'], ['max scim', '/api/v1/risk'], ['max metrics', '/scim/v2/Users'], ['ann read,write', '/scim/v2/Users'], ['ann read,write', '/metrics'], ['max ingest', '/scim/v2/Users']])
  check(`${token} is not for ${path}`, (await bare(token, 'GET', path)).status === 403);
const rows = '{"begin":"account","mode":"snapshot"}\n{"system":"web1","login":"x","mfa":true}\n{"end":"account","status":"ok"}\n';
check('a manager\'s program sends facts', (await bare('max ingest', 'POST', '/api/v1/ingest', rows, { 'content-type': 'application/x-ndjson' })).status === 200);
check('and an identity provider reads people', (await bare('max scim', 'GET', '/scim/v2/Users')).status === 200);
run('person', 'edit', 'max', 'permission=member');
for (const [token, method, path, body] of [['max ingest', 'POST', '/api/v1/ingest', rows], ['max scim', 'GET', '/scim/v2/Users'], ['max scim', 'POST', '/scim/v2/Users', { userName: 'x@example.org' }], ['max metrics', 'GET', '/metrics']])
  check(`a token made as manager does no more ${method} ${path} once its person is none`, (await bare(token, method, path, body, { 'content-type': path.includes('scim') ? 'application/scim+json' : 'application/x-ndjson' })).status === 403);
let refused = '';
try { run('token', 'mia', '--scopes', 'ingest', '--label', 'x', '--quiet'); } catch (e) { refused = String(e.stderr); }
check('and none is made for a member', /ingest/.test(refused), refused);
run('person', 'edit', 'max', 'permission=manager');

// ---- SQL of people ----------------------------------------------------------------------------------------------------

const sql = async (q) => { const began = Date.now(); const page = await cora.follow(await cora.post('/sql', { csrf: csrf.cora, q })); return { page, took: Date.now() - began }; };
for (const q of ["ATTACH DATABASE '/etc/passwd' AS x", 'PRAGMA table_info(account_h)', "SELECT load_extension('x')", "SELECT readfile('/etc/passwd')", "SELECT writefile('x', 'y')", 'SELECT * FROM sqlite_master', 'SELECT * FROM auth_session',
  'SELECT * FROM auth_password', 'SELECT 1; DELETE FROM commits', 'DELETE FROM commits', "UPDATE person SET permission = 'owner'", 'CREATE TABLE x (a)', 'SELECT * FROM pragma_database_list', "SELECT edit('x')", 'VACUUM', 'WITH x AS (DELETE FROM commits RETURNING *) SELECT * FROM x',
  'SELECT * FROM fts5vocab', "SELECT fts3_tokenizer('x')", 'SELECT * FROM background_check', 'SELECT * FROM background_check_history', 'SELECT * FROM "background_check"', 'SELECT * FROM main.background_check', 'SELECT * FROM background_check_h', 'EXPLAIN SELECT 1',
  'SELECT pg_sleep(10)', "SELECT pg_read_file('/etc/passwd')", 'COPY risk TO PROGRAM \'id\'']) {
  const { page } = await sql(q);
  check(`refused: ${q}`, (page.status === 422 || page.status === 403) && !/root:x|<td>/.test(page.html), [page.status, page.html.match(/<td.*?<\/td>/)?.[0]]);
}
for (const q of ['WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t',
  'SELECT count(*) FROM commits a, commits b, commits c, commits d, commits e, commits f',
  `SELECT count(*) FROM commits a, commits b WHERE a.reason || '${'a'.repeat(3000)}' LIKE '${'%a'.repeat(1500)}b'`,
  "WITH RECURSIVE t(n) AS (SELECT 'x' UNION ALL SELECT n || n FROM t) SELECT length(n) FROM t"]) {
  const slow = sql(q);
  const beside = Date.now();
  const home = await ann.get('/risk/RISK-2');
  const waited = Date.now() - beside;
  const { page, took } = await slow;
  check(`ends, and holds nobody up: ${q.slice(0, 60)}`, page.status === 422 && took < 20000 && home.status === 200 && waited < 5000, [page.status, took, waited, page.html.match(/id="why"[^<]*/)?.[0]]);
}

// ---- signing in --------------------------------------------------------------------------------------------------------------

const attempt = async (name, password) => {
  const visitor = new Visitor(site.origin);
  const form = (await visitor.get('/sign-in')).forms[0].fields;
  const began = process.hrtime.bigint();
  const page = await visitor.post('/sign-in', { ...form, name, password });
  return { page, took: Number(process.hrtime.bigint() - began) / 1e6, said: page.html.match(/role="alert"[^>]*>([^<]*)/)?.[1] };
};
const known = [];
const unknown = [];
for (let i = 0; i < 4; i += 1) {
  known.push(await attempt('cora@example.org', `wrong password ${i}`));
  unknown.push(await attempt(`nobody${i}@example.org`, `wrong password ${i}`));
}
const median = (v) => v.map((x) => x.took).sort((a, b) => a - b)[1];
check('who is there is not told from who is not: words', known[0].said && known.every((k) => k.said === known[0].said) && unknown.every((u) => u.said === known[0].said && u.page.status === known[0].page.status), [known[0].said, unknown[0].said]);
check('nor by time', median(unknown) > 0.5 * median(known) && median(unknown) < 2 * median(known), [median(known), median(unknown)]);
for (let i = 0; i < 8; i += 1) await attempt('ann@example.org', `wrong again ${i}`);
{
  const home = new Visitor(site.origin, { '__Host-device': ann.cookies['__Host-device'] });
  const form = (await home.get('/sign-in')).forms[0].fields;
  const page = await home.post('/sign-in', { ...form, name: 'ann@example.org', password: 'seven grey herons at the weir' });
  check('guessing at somebody does not lock them out from where they are known', page.status === 303 && page.to.startsWith('/sign-in/second'), [page.status, page.html.match(/role="alert"[^>]*>([^<]*)/)?.[1]]);
}
const link = new URL(run('invite', 'bob', '--quiet').trim()).pathname;
const taker = new Visitor(site.origin);
await taker.submit(await taker.open(link), link);
const late = new Visitor(site.origin);
const reused = await late.post(link, {});
check('a one-time link opens once', reused.status >= 400 && !late.cookies['__Host-attest'], reused.status);
check('and not under another purpose', (await late.get(link.replace('/start/', '/trust/access/'))).status === 404);

// ---- headers and addresses --------------------------------------------------------------------------------------------------

for (const headers of [{ 'x-http-method-override': 'DELETE' }, { 'x-original-url': '/settings' }, { 'x-rewrite-url': '/settings' }, { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-user': 'ann' }, { 'x-forwarded-proto': 'https', 'x-remote-user': 'ann' }, { authorization: `Bearer ${tokens['ann read,write']}` }]) {
  const page = await mia.get('/settings', headers);
  check(`${Object.keys(headers)[0]} changes nothing`, page.status === 403, page.status);
}
const twice = new Visitor(site.origin);
const two = await twice.ask('GET', '/account', undefined, { cookie: `__Host-attest=${'A'.repeat(32)}; __Host-attest=${ann.cookies['__Host-attest']}` });
check('of two cookies of a name none is believed, or the first', two.status === 303 || two.status === 400, two.status);
const plain = await ann.get('/risk?sort=title');
const confused = await ann.get('/risk%3Fsort=title');
check('an address with a coded ? is another address', plain.status === 200 && confused.status === 404, confused.status);
const mine = await mia.get('/my');
const his = await cora.get('/my');
check('an answer that was kept is its session\'s own', mine.html !== his.html && (await mia.get('/my')).html.includes(csrf.mia) === mine.html.includes(csrf.mia) && !(await cora.get('/my')).html.includes(csrf.mia));
check('a tag of somebody else\'s answer is no key', (await mia.get('/risk', { 'if-none-match': plain.headers.etag ?? '"x"' })).status === 403);
check('the server never ended', !heard.join('').includes('started again') && (await ann.get('/risk')).status === 200, heard.join('').slice(-500));
await site.end();

// ---- a flood ----------------------------------------------------------------------------------------------------------------------

// Behind a proxy each client is told apart by what the proxy says.
const busy = await serve(process.argv[2], (_, dir) => appendFileSync(join(dir, '.attest', 'config'), 'trusted_proxy: 127.0.0.1\n'));
const port = Number(new URL(busy.origin).port);
const flood = (from, n) => new Promise((resolve) => {
  const socket = connect(port, '127.0.0.1');
  let said = '';
  socket.on('data', (part) => { said += part; });
  socket.on('close', () => resolve({ good: (said.match(/HTTP\/1\.1 200/g) ?? []).length, much: (said.match(/HTTP\/1\.1 429/g) ?? []).length }));
  socket.on('error', () => {});
  const one = (last) => `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${from}\r\nConnection: ${last ? 'close' : 'keep-alive'}\r\n\r\n`;
  socket.write(one(false).repeat(n - 1) + one(true));
});
let good = 0;
let much = 0;
for (let i = 0; i < 40 && much === 0; i += 1) {
  const got = await Promise.all(Array.from({ length: 8 }, () => flood('192.0.2.1', 100)));
  for (const g of got) { good += g.good; much += g.much; }
}
check('an address that asks for too much is told to wait', much > 0 && good >= 10000, [good, much]);
check('and nobody else is', (await flood('192.0.2.2', 10)).good === 10);
await busy.end();
finish();
