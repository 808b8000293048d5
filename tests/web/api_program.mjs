// api_program.mjs ATTEST SIGN_IN: assessments, reports, texts, people and the history, as programs meet them.
import { execFileSync } from 'node:child_process';
import { check, finish } from './peer.mjs';
import { Visitor, serve } from './visitor.mjs';

const [attest, signIn] = process.argv.slice(2);
const tokens = {};
const site = await serve(attest, (run) => {
  run('setup', '--service', 'Example Cloud', '--owner', 'Ann Lee', '--email', 'ann@example.org');
  for (const [id, permission] of [['max', 'manager'], ['cy', 'contributor'], ['bob', 'member'], ['eve', 'member'], ['joe', 'member'], ['kim', 'member']]) {
    run('person', 'add', id, `name=${id} Oak`, `email=${id}@example.org`, 'kind=employee', 'starts_at=2026-01-01', `permission=${permission}`);
    run('person', 'do', 'start', id);
  }
  for (const [name, person, scopes] of [['ann', 'ann', 'read,write'], ['cy', 'cy', 'read,write'], ['bob', 'bob', 'read'], ['eve', 'eve', 'read']]) tokens[name] = run('token', person, '--scopes', scopes, '--label', name, '--quiet').trim();
});
async function ask(method, path, body, { token = 'ann', type = 'application/json' } = {}) {
  const rs = await fetch(site.origin + path, { method, body, headers: { authorization: `Bearer ${tokens[token]}`, ...(body === undefined ? {} : { 'content-type': type }) } });
  const text = await rs.text();
  let json;
  try { json = JSON.parse(text); } catch { json = undefined; }
  return { status: rs.status, headers: rs.headers, text, json };
}

// ---- assessments and reports -------------------------------------------------------------------------------

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
let r = await ask('GET', '/api/v1/assessment');
const cli = JSON.parse(site.run('status', '--json'));
check('an assessment says what the command line says', r.status === 200 && same(Object.keys(r.json), Object.keys(cli)) && r.text.includes('CC6.1'), r.text.slice(0, 500));
for (const [format, media, begin] of [['junit', 'application/xml', '<?xml'], ['sarif', 'application/sarif+json', '{'], ['csv', 'text/csv', ''], ['text', 'text/plain', '']]) {
  r = await ask('GET', `/api/v1/assessment?format=${format}`);
  check(`also as ${format}`, r.status === 200 && r.headers.get('content-type').startsWith(media) && r.text.startsWith(begin) && r.text.length > 100, r.text.slice(0, 200));
}
check('not as anything', (await ask('GET', '/api/v1/assessment?format=pdf')).status === 422);
r = await ask('GET', '/api/v1/assessment?test=password.');
check('of some tests alone', r.status === 200 && /"password\./.test(r.text) && !/"test":"network\./.test(r.text), r.text.slice(0, 300));
check('a test that is none is told', (await ask('GET', '/api/v1/assessment?test=nothing')).status === 404);
check('members do not see it', (await ask('GET', '/api/v1/assessment', undefined, { token: 'bob' })).status === 403);
r = await ask('GET', '/api/v1/reports/readiness');
check('the readiness report is a file', r.status === 200 && r.headers.get('content-disposition').includes('readiness.html') && r.text.startsWith('<!DOCTYPE html>'), r.text.slice(0, 200));
r = await ask('GET', '/api/v1/reports/gap?format=html');
check('and so are the others', r.status === 200 && r.headers.get('content-disposition').includes('gap.html') && r.text.includes('<table'), r.text.slice(0, 200));
check('that they were taken out is kept', site.run('sql', "SELECT about FROM access_event WHERE kind = 'exported'").includes('/api/v1/reports/readiness'));

// ---- texts ------------------------------------------------------------------------------------------------------

r = await ask('GET', '/api/v1/library?kind=policies');
check('policies to start from are listed', r.status === 200 && r.json.items.length > 20 && r.json.items.every((t) => t.kind === 'policies' && t.title), r.text);
r = await ask('GET', `/api/v1/library/policies/${r.json.items[0].name}`);
check('and read', r.status === 200 && r.json.markdown.startsWith('# '), r.text);
for (const path of ['/api/v1/library?kind=spells', '/api/v1/library/policies/nothing', '/api/v1/library/spells/nothing']) check(`${path} is not found`, (await ask('GET', path)).status === 404, (await ask('GET', path)).text);

// ---- people ----------------------------------------------------------------------------------------------------------

const people = (ids) => `Who,Name,Email,Starts at\n${ids.map((id) => `${id},${id} Oak,${id}@example.org,2026-01-01`).join('\n')}\n`;
const sync = (query, body, token) => ask('POST', `/api/v1/person/sync?map=id=Who&${query}`, body, { token, type: 'text/csv' });
const all = ['ann', 'max', 'cy', 'bob', 'eve', 'joe', 'kim'];
check('contributors do not reconcile people', (await sync('', people(all), 'cy')).status === 403);
r = await sync('dry-run=yes', people(all.filter((id) => id !== 'eve').concat('new')));
check('a dry run tells who would join and leave', r.status === 200 && !r.json.kept && r.json.joiners === 1 && r.json.leavers === 1 && r.json.people.some((p) => p.id === 'eve' && p.what === 'leaves'), r.text);
check('and keeps nothing', (await ask('GET', '/api/v1/me', undefined, { token: 'eve' })).status === 200);
const cookie = execFileSync(signIn, [site.dir, 'eve'], { encoding: 'utf8' }).trim().split(' ')[1];
const eve = new Visitor(site.origin, { '__Host-attest': cookie });
check('eve is signed in', (await eve.get('/my')).status === 200);
r = await sync('reason=October', people(all.filter((id) => id !== 'eve').concat('new')));
check('it is done', r.status === 200 && r.json.kept && r.json.opening + r.json.joiners - r.json.leavers === r.json.closing && r.json.in_file === r.json.closing, r.text);
check('who left has no way in any more', (await ask('GET', '/api/v1/me', undefined, { token: 'eve' })).status === 401 && (await eve.get('/my')).status === 303);
r = await sync('', people(['ann', 'max']));
check('more than a fifth at once is refused', r.status >= 400 && r.json.detail.includes('force'), r.text);
r = await ask('POST', '/api/v1/person/sync', 'Colour\nred\n', { type: 'text/csv' });
check('a file without people is told by its line', r.status === 422 && r.json.faults.some((f) => f.line === 1 || f.field === 'id'), r.text);
for (const [query, type] of [['map=id', 'text/csv'], ['leavers=shoot', 'text/csv'], ['', 'text/plain']]) {
  r = await ask('POST', `/api/v1/person/sync?${query}`, people(all), { type });
  check(`${query || type} is refused`, r.status === 422 && r.json.detail.length > 10, r.text);
}

// ---- the history --------------------------------------------------------------------------------------------------------

r = await ask('POST', '/api/v1/ledger/verify', '{}');
check('the history is whole', r.status === 200 && r.json.whole && r.json.faults === 0 && r.json.commits > 5 && r.json.versions > 100 && r.json.tampered.length === 0, r.text);
execFileSync('sqlite3', [`${site.dir}/.attest/attest.db`, "UPDATE person_h SET name = 'Somebody else' WHERE id = (SELECT max(id) FROM person_h)"], { stdio: 'ignore' });
r = await ask('POST', '/api/v1/ledger/verify', '{}');
check('what was altered is named', r.status === 200 && !r.json.whole && r.json.tampered.some((t) => t.relation === 'person' && t.what), r.text);
check('members do not verify', (await ask('POST', '/api/v1/ledger/verify', '{}', { token: 'bob' })).status === 403);

await site.end();
finish();
