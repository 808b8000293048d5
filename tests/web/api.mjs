// api.mjs ATTEST: the REST API as a program meets it.
import { createConfig, lint } from '@redocly/openapi-core';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, finish } from './peer.mjs';
import { serve } from './visitor.mjs';

let tokens;
const site = await serve(process.argv[2], (run) => {
  run('person', 'add', 'ann', 'name=Ann', 'email=ann@example.org', 'permission=owner');
  run('person', 'add', 'mia', 'name=Mia', 'email=mia@example.org');
  run('person', 'add', 'rex', 'name=Rex', 'email=rex@example.org', 'permission=auditor');
  for (let i = 1; i <= 25; i += 1) run('risk', 'add', `title=Risk number ${i}`, `likelihood=${1 + (i % 5)}`);
  run('task', 'add', 'title=Of Mia', 'owner=mia');
  run('task', 'add', 'title=Of Ann', 'owner=ann');
  const make = (person, scopes, label = scopes) => run('token', person, '--scopes', scopes, '--label', label, '--quiet').trim();
  tokens = { all: make('ann', 'read,write', 'all'), read: make('ann', 'read'), push: make('ann', 'ingest', 'fleet'), mia: make('mia', 'read,write', 'mia'),
    rex: make('rex', 'read', 'rex'), metrics: make('ann', 'metrics') };
});

async function ask(method, path, { token = tokens.all, body, headers = {} } = {}) {
  const rs = await fetch(site.origin + path, {
    method, body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  });
  const text = await rs.text();
  let json;
  try { json = JSON.parse(text); } catch { json = undefined; }
  return { status: rs.status, headers: rs.headers, text, json };
}

// ---- who may ---------------------------------------------------------------------------------------

let r = await ask('GET', '/api/v1/risk', { token: null });
check('without a token nothing is given, and how to is said', r.status === 401 && r.headers.get('www-authenticate')?.startsWith('Bearer') && r.headers.get('content-type') === 'application/problem+json', r.text);
r = await ask('GET', '/api/v1/risk', { token: `${tokens.read.slice(0, -1)}x` });
check('a token that is not one is refused', r.status === 401, r.text);
r = await ask('POST', '/api/v1/risk', { token: tokens.read, body: { fields: { title: 'x' } } });
check('a token does what its scopes say and no more', r.status === 403 && r.json.detail.includes('read'), r.text);
r = await ask('GET', '/api/v1/contract', { token: tokens.mia });
check('a token has no more rights than its person', r.status === 403, r.text);
r = await ask('GET', '/api/v1/task', { token: tokens.mia });
check('a member lists their own records alone', r.status === 200 && r.json.items.length === 1 && r.json.items[0].fields.title === 'Of Mia', r.text);
r = await ask('GET', '/api/v1/task/TASK-2', { token: tokens.mia });
check('and reads nobody else\'s', r.status === 403, r.text);
r = await ask('GET', '/api/v1/risk', { token: tokens.rex });
check('an auditor without an open engagement sees nothing', r.status === 403 && r.json.detail.includes('engagement'), r.text);
check('counters are for tokens made for them', (await ask('GET', '/metrics', { token: tokens.metrics })).text.includes('attest_http_requests_total') &&
  (await ask('GET', '/metrics')).status === 403);

// ---- an auditor's engagement --------------------------------------------------------------------------

const day = (n) => new Date(Date.now() + n * 86400000).toISOString();
r = await ask('POST', '/api/v1/engagement', { body: { fields: { title: 'Type 2', kind: 'type_2', period_from: day(-30), period_to: day(1) } } });
check('an engagement is added', r.status === 201, r.text);
await ask('POST', '/api/v1/engagement_member', { body: { fields: { engagement: 'ENG-1', person: 'rex' } } });
r = await ask('POST', '/api/v1/engagement/ENG-1/do/open', { body: {} });
check('and opened', r.status === 200 && r.json.fields.state === 'open', r.text);
r = await ask('GET', '/api/v1/risk', { token: tokens.rex });
check('its auditor reads all of it', r.status === 200 && r.json.total === 25, r.text);
r = await ask('GET', '/api/v1/risk?as-of=2020-01-01', { token: tokens.rex });
check('and nothing outside of its period', r.status === 403, r.text);
r = await ask('POST', '/api/v1/risk', { token: tokens.rex, body: { fields: { title: 'x' } } });
check('and changes nothing', r.status === 403, r.text);

// ---- lists ----------------------------------------------------------------------------------------------

r = await ask('GET', '/api/v1/risk?limit=10&sort=-likelihood,id&where=likelihood>2');
check('lists are filtered, sorted and cut', r.json.items.length === 10 && r.json.total === 15 && r.json.items[0].fields.likelihood === 5 && r.json.next, r.text);
await ask('POST', '/api/v1/risk', { body: { fields: { title: 'Between the pages', likelihood: 5 } } });
const second = await ask('GET', `/api/v1/risk?limit=10&sort=-likelihood,id&where=likelihood>2&cursor=${r.json.next}`);
const ids = new Set([...r.json.items, ...second.json.items].map((i) => i.id));
check('what came between two pages moves nothing', second.json.items.length === 5 && ids.size === 15 && second.json.next === null, second.text);
check('filters that are none are told', (await ask('GET', '/api/v1/risk?where=colour=red')).status === 400 && (await ask('GET', '/api/v1/risk?limit=0')).status === 422 &&
  (await ask('GET', '/api/v1/risk?cursor=abc')).status === 422 && (await ask('GET', '/api/v1/risk?sort=colour')).status === 422);

// ---- changes ----------------------------------------------------------------------------------------------

r = await ask('GET', '/api/v1/risk/RISK-1');
const tag = r.headers.get('etag');
check('a record names its version', tag === `"${r.json.version}"` && r.json.moves.length > 0, r.text);
check('what has not changed is not sent again', (await ask('GET', '/api/v1/risk/RISK-1', { headers: { 'if-none-match': tag } })).status === 304);
r = await ask('PATCH', '/api/v1/risk/RISK-1', { body: { fields: { impact: 4 }, reason: 'looked again' }, headers: { 'if-match': tag } });
check('a change from that version counts', r.status === 200 && r.json.fields.impact === 4, r.text);
r = await ask('PATCH', '/api/v1/risk/RISK-1', { body: { fields: { impact: 5 } }, headers: { 'if-match': tag } });
check('the second change from it is a conflict that shows both', r.status === 409 && r.json.detail.includes('is now'), r.text);
r = await ask('GET', '/api/v1/risk/RISK-1/history');
check('history says who, by which token, why', r.json.items.some((c) => c.field === 'impact' && c.after === '4' && c.by === 'api:all as ann' && c.reason === 'looked again'), r.text);
r = await ask('POST', '/api/v1/risk', { body: { fields: { likelihood: 9, impact: 'huge', colour: 'red' } } });
check('every fault is told at once, by field', r.status === 422 && ['title', 'likelihood', 'impact'].every((f) => r.json.errors.some((e) => e.field === f)), r.text);
r = await ask('PATCH', '/api/v1/risk/RISK-1', { body: { fields: { impact: null } } });
check('null makes a field unknown', r.json.fields.impact === null, r.text);
for (const [name, body, type] of [['no JSON', '{', 'application/json'], ['a list', '[]', 'application/json'], ['another type', '{}', 'text/plain'], ['a name twice', '{"id":"a","id":"b"}', 'application/json'],
  ['a fraction', '{"fields":{"impact":1.5}}', 'application/json'], ['an unknown member', '{"colour":1}', 'application/json'], ['depth', '['.repeat(1000), 'application/json']]) {
  r = await ask('POST', '/api/v1/risk', { body, headers: { 'content-type': type } });
  check(`a body with ${name} is refused with a reason`, r.status === 422 && r.json.detail.length > 10, r.text);
}

// ---- once ------------------------------------------------------------------------------------------------------

const once = { body: { fields: { title: 'Only once' } }, headers: { 'idempotency-key': 'k-1' } };
const first = await ask('POST', '/api/v1/risk', once);
r = await ask('POST', '/api/v1/risk', once);
check('the same key gives the same answer and changes nothing', r.status === 201 && r.text === first.text && r.headers.get('idempotency-replayed') === 'true' && r.headers.get('location') === first.headers.get('location'), r.text);
r = await ask('POST', '/api/v1/risk', { ...once, body: { fields: { title: 'Another' } } });
check('the key of another request is refused', r.status === 422, r.text);
const many = await Promise.all(Array.from({ length: 8 }, () => ask('POST', '/api/v1/risk', { body: { fields: { title: 'At once' } }, headers: { 'idempotency-key': 'k-2' } })));
check('of many at once one counts', many.filter((m) => m.status === 201).length >= 1 && many.every((m) => m.status === 201 || m.status === 409) &&
  (await ask('GET', '/api/v1/risk?where=title=At once')).json.total === 1, many.map((m) => m.status).join());
r = await ask('POST', '/api/v1/risk', { body: { fields: {} }, headers: { 'idempotency-key': 'k-3' } });
r = await ask('POST', '/api/v1/risk', { body: { fields: { title: 'Mended' } }, headers: { 'idempotency-key': 'k-3' } });
check('what was refused leaves its key free', r.status === 201, r.text);

// ---- files -------------------------------------------------------------------------------------------------------

async function send(path, form) {
  const rs = await fetch(site.origin + path, { method: 'POST', body: form, headers: { authorization: `Bearer ${tokens.all}` } });
  return { status: rs.status, json: await rs.json() };
}
let form = new FormData();
form.set('file', new Blob(['%PDF-1.4\n%%EOF\n']), '../../shot "1".pdf');
form.set('title', 'Screenshot');
r = await send('/api/v1/risk/RISK-2/evidence', form);
check('a file becomes evidence', r.status === 201 && r.json.id.startsWith('EV-'), r.json);
const evidence = r.json.id;
r = await fetch(`${site.origin}/api/v1/evidence/${evidence}/file`, { headers: { authorization: `Bearer ${tokens.all}` } });
check('and comes back as it was, to be saved and not shown', (await r.text()) === '%PDF-1.4\n%%EOF\n' && r.headers.get('content-disposition').startsWith('attachment') && !r.headers.get('content-disposition').includes('..'), [...r.headers]);
check('each reading is in the history', site.run('sql', "SELECT person FROM access_event WHERE kind = 'evidence_read'", '--json').includes('ann'));
form = new FormData();
form.set('file', new Blob(['MZ\u0000\u0000 a program']), 'report.pdf');
r = await send('/api/v1/risk/RISK-2/evidence', form);
check('a program that calls itself a document is refused', r.status === 422, r.json);
const csv = (text, query = '') => ask('POST', `/api/v1/vendor/import${query}`, { body: text, headers: { 'content-type': 'text/csv' } });
r = await csv('name,tier,personal_data,subservice\nAcme,low,false,false\nBeta,enormous,false,false\n');
check('a file with a fault keeps nothing and names line and field', r.status === 422 && r.json.faults[0].line === 3 && r.json.faults[0].field === 'tier' && !r.json.kept, r.text);
r = await csv('name,tier,personal_data,subservice\nAcme,low,false,false\n', '?dry-run=yes');
check('a trial keeps nothing', r.status === 200 && r.json.added === 1 && !r.json.kept && (await ask('GET', '/api/v1/vendor')).json.total === 0, r.text);
r = await csv('name,tier,personal_data,subservice\nAcme,low,false,false\n', '?reason=first');
check('a sound file is one commit', r.status === 200 && r.json.kept && (await ask('GET', '/api/v1/vendor')).json.total === 1, r.text);

// ---- facts ---------------------------------------------------------------------------------------------------------

const rows = ['{"begin":"account","mode":"snapshot"}', '{"system":"web1","login":"ann","active":true}', '{"system":"web1","login":"<b>","active":null}', '{"end":"account","status":"ok"}'].join('\n');
const ndjson = { 'content-type': 'application/x-ndjson' };
r = await ask('POST', '/api/v1/ingest', { token: tokens.push, body: rows, headers: ndjson });
check('rows come in, and the token is their source', r.status === 200 && r.json.source === 'push:fleet' && r.json.rows === 2 && r.json.status === 'ok', r.text);
check('a token for rows reads nothing', (await ask('GET', '/api/v1/relations/account', { token: tokens.push })).status === 403);
r = await ask('GET', '/api/v1/relations/account');
check('the rows stand there, unknown stays unknown', r.json.total === 2 && r.json.items.some((i) => i.login === '<b>' && i.active === null && i.source === 'push:fleet'), r.text);
r = await ask('POST', '/api/v1/ingest', { token: tokens.push, body: '{"begin":"account","mode":"snapshot"}\n{"system":"web1"', headers: ndjson });
check('rows that stop in the middle close nothing', r.json.status === 'error' && (await ask('GET', '/api/v1/relations/account')).json.total === 2, r.text);
r = await ask('POST', '/api/v1/ingest', { token: tokens.push, body: '{"begin":"result","mode":"snapshot"}\n{"end":"result","status":"ok"}', headers: ndjson });
check('nobody sends results', r.json.status === 'error', r.text);
r = await ask('POST', '/api/v1/sql', { body: { query: 'SELECT login FROM account ORDER BY login' } });
check('SQL over it', JSON.stringify(r.json.rows) === '[["<b>"],["ann"]]', r.text);
check('that only reads', (await ask('POST', '/api/v1/sql', { body: { query: 'DELETE FROM account_h' } })).status === 422 &&
  (await ask('POST', '/api/v1/sql', { body: { query: 'SELECT * FROM auth_session' } })).status === 422);
r = await ask('GET', '/api/v1/ledger/proof?relation=account&key=web1/ann');
check('a row is proven', r.status === 200 && r.text.includes('c2sp.org/tlog-proof'), r.text);
r = await ask('POST', '/api/v1/tests/password.lockout/run', { body: {} });
check('a test runs', r.status === 200 && r.json.state, r.text);
check('criteria, controls, tests are there', (await ask('GET', '/api/v1/criteria')).json.items.length === 61 && (await ask('GET', '/api/v1/controls')).json.items.length > 100 &&
  (await ask('GET', '/api/v1/tests')).json.items.length > 300);

// ---- leaving ---------------------------------------------------------------------------------------------------------

site.run('person', 'do', 'leave', 'mia', 'ends_at=2026-01-01');
check('who has left has no token any more', (await ask('GET', '/api/v1/me', { token: tokens.mia })).status === 401);

// ---- the description ---------------------------------------------------------------------------------------------------

r = await ask('GET', '/api/v1/openapi.json', { token: null });
const file = join(site.dir, 'openapi.json');
writeFileSync(file, r.text);
const problems = await lint({ ref: file, config: await createConfig({ extends: ['recommended'] }) });
check('the description is sound OpenAPI 3.1', r.json?.openapi === '3.1.0' && problems.length === 0, problems.slice(0, 5).map((p) => `${p.ruleId} ${p.message} ${p.location[0].pointer}`).join('\n# '));
check('every type of record is in it', Object.keys(r.json.paths).length > 500);
await site.end();
finish();
