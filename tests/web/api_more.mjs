// api_more.mjs ATTEST SIGN_IN: how people sign in, and evidence by the line, as programs meet them.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, finish } from './peer.mjs';
import { Visitor, serve } from './visitor.mjs';

process.env.ASAN_OPTIONS = `${process.env.ASAN_OPTIONS ?? ''}:quarantine_size_mb=1`;        // memory that was given back counts as given back
const [attest, signIn] = process.argv.slice(2);
const tokens = {};
const site = await serve(attest, (run) => {
  for (const [id, permission] of [['ann', 'owner'], ['max', 'manager'], ['cy', 'contributor'], ['bob', 'member'], ['aud', 'auditor'], ['gone', 'member']]) {
    run('person', 'add', id, `name=${id} Oak`, `email=${id}@example.org`, 'kind=employee', 'starts_at=2026-01-01', `permission=${permission}`);
    run('person', 'do', 'start', id);
  }
  run('person', 'do', 'leave', 'gone', 'ends_at=2026-02-01');
  run('vendor', 'add', 'acme', 'name=Acme', 'tier=low', 'personal_data=false', 'subservice=false');
  run('risk', 'add', 'title=First');
  for (const [name, person, scopes] of [['ann', 'ann', 'admin'], ['max', 'max', 'admin,ingest'], ['write', 'ann', 'read,write'], ['cy', 'cy', 'read'], ['bob', 'bob', 'read']]) tokens[name] = run('token', person, '--scopes', scopes, '--label', name, '--quiet').trim();
});
const rows = (sql) => site.run('sql', sql, '--json').trim().split('\n').filter((line) => line).map((line) => JSON.parse(line));
async function ask(method, path, body, { token = 'max', headers = {} } = {}) {
  const rs = await fetch(site.origin + path, { method, body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    headers: { authorization: `Bearer ${tokens[token]}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers } });
  const text = await rs.text();
  return { status: rs.status, headers: rs.headers, text, json: text && JSON.parse(text) };
}

// ---- accounts -----------------------------------------------------------------------------------------

let r = await ask('GET', '/api/v1/accounts');
check('who can sign in is listed, with what', r.status === 200 && r.json.total === 5 && r.json.items.find((p) => p.person === 'bob').password === false && !r.text.includes('gone'), r.text);
for (const [name, why] of [['write', 'made for'], ['cy', 'made for']]) {
  r = await ask('GET', '/api/v1/accounts', undefined, { token: name });
  check(`the token ${name} may not`, r.status === 403 && r.json.detail.includes(why), r.text);
}
r = await ask('GET', '/api/v1/accounts?limit=2');
const next = await ask('GET', `/api/v1/accounts?limit=2&cursor=${r.json.next}`);
check('page by page', r.json.items.map((p) => p.person).join() === 'ann,aud' && next.json.items.map((p) => p.person).join() === 'bob,cy' && next.json.next, r.text + next.text);
r = await ask('GET', '/api/v1/accounts/nobody');
check('who is nobody is not found', r.status === 404, r.text);

r = await ask('POST', '/api/v1/accounts/bob/link', {}, { headers: { 'idempotency-key': 'k1' } });
const link = r.json.link;
check('a link is made', r.status === 201 && link.startsWith(`${site.origin}/start/`) && r.json.until, r.text);
check('which opens', (await new Visitor(site.origin).get(new URL(link).pathname)).h1 === 'Welcome, bob Oak');
r = await ask('POST', '/api/v1/accounts/bob/link', {}, { headers: { 'idempotency-key': 'k1' } });
check('the same request gives no secret again', r.status === 409 && !r.text.includes('/start/'), r.text);
const secret = link.split('/').pop();
check('and it stands in no file of the workspace', !['attest.db', 'attest.db-wal', 'auth.db', 'auth.db-wal'].some((name) => {
  try { return readFileSync(join(site.dir, '.attest', name)).includes(secret); } catch { return false; }
}));
r = await ask('GET', '/api/v1/accounts/bob');
check('that one stands open is told', r.json.link_until && Array.isArray(r.json.sessions) && r.json.tokens.some((t) => t.label === 'bob' && t.scopes === 'read'), r.text);
r = await ask('DELETE', '/api/v1/accounts/bob/link');
check('it is withdrawn', r.status === 200 && (await new Visitor(site.origin).get(new URL(link).pathname)).status === 404, r.text);
for (const [method, path, body] of [['POST', 'ann/link', {}], ['POST', 'ann/reset', {}], ['POST', 'ann/end', { all: 'sessions' }], ['DELETE', 'ann/link', undefined]]) {
  r = await ask(method, `/api/v1/accounts/${path}`, body);
  check(`a manager does not ${method} ${path}`, r.status === 403 && r.json.detail.includes('more than you'), r.text);
}
r = await ask('POST', '/api/v1/accounts/gone/link', {});
check('nobody who has left is let in', r.status === 403 && r.json.detail.includes('left'), r.text);

const cookie = execFileSync(signIn, [site.dir, 'bob'], { encoding: 'utf8' }).trim().split(' ')[1];
const bob = new Visitor(site.origin, { '__Host-attest': cookie });
check('bob is signed in', (await bob.get('/my')).status === 200);
r = await ask('GET', '/api/v1/accounts/bob');
check('and seen', r.json.sessions.length === 1 && r.json.sessions[0].method === 'password+totp' && !r.text.includes(cookie), r.text);
for (const body of [{}, { session: '' }, { all: 'yes' }, { session: r.json.sessions[0].session, token: 'x' }]) {
  const refused = await ask('POST', '/api/v1/accounts/bob/end', body);
  check(`${JSON.stringify(body)} ends nothing`, refused.status === 422, refused.text);
}
r = await ask('POST', '/api/v1/accounts/bob/end', { session: r.json.sessions[0].session });
check('the session ends', r.status === 200 && (await bob.get('/my')).status === 303, r.text);
r = await ask('POST', '/api/v1/accounts/bob/end', { session: 'feedfeedfeedfeed' });
check('one that is none is not found', r.status === 404, r.text);
r = await ask('POST', '/api/v1/accounts/max/reset', {});
check('nobody resets themselves by it', r.status === 422, r.text);
r = await ask('POST', '/api/v1/accounts/cy/reset', {});
check('a reset ends tokens and gives a link', r.status === 201 && r.json.link && (await ask('GET', '/api/v1/me', undefined, { token: 'cy' })).status === 401, r.text);
check('each change is in the history, by whom', ['one-time link made, by max', 'one-time link withdrawn, by max', 'a session ended by max', 'everything to sign in with was reset, by max'].every((about) => rows(`SELECT actor FROM commits WHERE reason IN ('factor_changed', 'session_ended')`).some((c) => c.actor === 'api:max as max') && rows('SELECT about FROM access_event').some((e) => e.about === about)));

// ---- evidence by the line -------------------------------------------------------------------------------

const ndjson = { 'content-type': 'application/x-ndjson' };
const send = (lines, more = {}) => ask('POST', `/api/v1/ingest/evidence${more.query ?? ''}`, lines.map((l) => (typeof l === 'string' ? l : JSON.stringify(l))).join('\n'), { token: more.token ?? 'max', headers: { ...ndjson, ...more.headers } });
const b64 = (text) => Buffer.from(text).toString('base64');
const note = { supports: 'vendor/acme', file_name: 'note.txt', content: b64('A note of last year.\n'), effective_from: '2025-01-01', effective_to: '2025-12-31', origin: 'https://acme.example/trust' };
const said = { supports: 'risk/RISK-1', statement: 'The door was locked when we looked.', effective_from: '2026-01-05' };
r = await send([note, '', said], { query: '?reason=yearly' });
check('files and statements come in one commit', r.status === 200 && r.json.added === 2 && r.json.same === 0 && r.json.items.map((i) => `${i.line} ${i.id}`).join() === '1 EV-1,3 EV-2' && r.json.commit > 0, r.text);
const kept = rows("SELECT id, title, file_name, media_type, size, digest, given_by, effective_from FROM evidence ORDER BY id");
check('with what is told of them', kept[0].title === 'note.txt' && kept[0].media_type === 'text/plain' && kept[0].size === 21 && kept[0].effective_from === Date.UTC(2025, 0, 1) * 1000 && kept[0].given_by === 'max' && kept[1].digest === null, kept);
const bytes = await fetch(`${site.origin}/api/v1/evidence/EV-1/file`, { headers: { authorization: `Bearer ${tokens.write}` } });
check('and the very bytes', await bytes.text() === 'A note of last year.\n');
check('the commit says who and why', rows("SELECT actor, reason FROM commits WHERE action = 'attach'").some((c) => c.actor === 'api:max as max' && c.reason === 'yearly'));
const head = () => rows('SELECT count(*) AS n FROM commits')[0].n;
const before = head();
r = await send([said, note, note]);
check('sent again it is the same evidence, and no commit', r.status === 200 && r.json.added === 0 && r.json.same === 3 && r.json.commit === null && r.json.items.map((i) => i.id).join() === 'EV-2,EV-1,EV-1' && head() === before, r.text);
r = await send([{ ...note, effective_from: '2026-01-01', effective_to: null }, { ...note, supports: 'risk/RISK-1' }, { ...note, supports: 'risk/RISK-1', title: 'Another name' }]);
check('other dates or another record make it another', r.status === 200 && r.json.added === 2 && r.json.same === 1 && r.json.items[2].id === r.json.items[1].id, r.text);
const many = [note, '{', '[]', { ...said, colour: 'red' }, { statement: 'x' }, { supports: 'vendor/acme' }, { supports: 'vendor/nobody', statement: 'x' }, { supports: 'vendor/acme', content: b64('x') },
  { supports: 'vendor/acme', file_name: 'x.txt', content: 'no base64!' }, { supports: 'vendor/acme', file_name: 'x.pdf', content: b64('no pdf') }, { supports: 'vendor/acme', file_name: 'x.txt' },
  { ...said, effective_from: 'yesterday-ish' }, { ...said, statement: 7 }, '{"supports":"a","supports":"b"}'];
r = await send(many);
const faultAt = (line, field, why) => r.json.faults.some((x) => x.line === line && x.field === field && x.why.includes(why));
check('each fault is told with its line, and nothing is kept', r.status === 422 && r.json.added === 0 && head() === before + 1 && faultAt(2, '', 'JSON') && faultAt(3, '', 'JSON') && faultAt(4, 'colour', 'none of') &&
  faultAt(5, 'supports', 'missing') && faultAt(6, '', 'neither') && faultAt(8, 'file_name', 'missing') && faultAt(9, 'content', 'base64') && faultAt(10, 'content', 'x.pdf') && faultAt(11, 'content', 'missing') &&
  faultAt(12, 'effective_from', 'date') && faultAt(13, 'statement', 'text') && faultAt(14, '', 'twice'), r.text);
r = await send([{ supports: 'vendor/acme', statement: 'New words.' }, { supports: 'vendor/nobody', statement: 'x' }, { supports: 'person/ann', statement: 'x', file_name: 'a.txt', content: b64('orphan of a refused line') }]);
check('a record that is not there is a fault of its line, and the others are not kept', r.status === 422 && r.json.faults.some((x) => x.line === 2) && rows("SELECT id FROM evidence WHERE statement = 'New words.'").length === 0, r.text);
r = await send([said], { token: 'write' });
check('it takes the scope ingest', r.status === 403, r.text);
r = await send(['', ' ']);
check('nothing is told to be nothing', r.status === 422 && r.json.detail.includes('no line'), r.text);
r = await send(Array.from({ length: 1001 }, (_, i) => ({ supports: 'vendor/acme', statement: `${i}` })));
check('more than a thousand are too many', r.status === 413, r.text);
r = await ask('POST', '/api/v1/ingest/evidence', '{}', { headers: { 'content-type': 'application/json' } });
check('the type of the body is said', r.status === 422 && r.json.detail.includes('x-ndjson'), r.text);

// ---- memory --------------------------------------------------------------------------------------------------

const children = () => execFileSync('ps', ['-o', 'pid=', '--ppid', String(site.process().pid)], { encoding: 'utf8' }).trim().split(/\s+/);
const web = children()[0];
const resident = () => Number(readFileSync(`/proc/${web}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)[1]) / 1024;
const large = Array.from({ length: 5 }, (_, i) => ({ supports: 'vendor/acme', file_name: `large-${i}.bin`, content: randomBytes(9 << 20).toString('base64') }));
const first = resident();
r = await send(large);
check('files of 45 MiB are kept', r.status === 200 && r.json.added === 5, r.text);
check(`in memory for the body and one of them (${Math.round(first)} to ${Math.round(resident())} MiB)`, resident() - first < 60 + 9 * 5, resident());
r = await send(large);
check('and known again', r.status === 200 && r.json.same === 5, r.text);

await site.end();
finish();
