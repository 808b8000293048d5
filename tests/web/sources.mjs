// sources.mjs ATTEST SIGN_IN: sources are added, seen, run and removed in the browser and by the API; a program never is.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, finish } from './peer.mjs';
import { Visitor, serve } from './visitor.mjs';

const [attest, signIn] = process.argv.slice(2);
const outside = mkdtempSync(join(tmpdir(), 'attest-outside-'));  // the process that answers requests sees none of it
const git = (dir, ...args) => execFileSync('git', ['-C', dir, '-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', ...args], { stdio: 'ignore' });
const repository = (name) => {
  const dir = join(outside, name);
  mkdirSync(dir);
  git(dir, 'init', '-q');
  writeFileSync(join(dir, 'README.md'), 'A service.\n');
  git(dir, 'add', '.');
  git(dir, 'commit', '-qm', 'First');
  return dir;
};
const shop = repository('shop'), other = repository('other');
mkdirSync(join(outside, 'plain'));
const feeder = join(outside, 'feeder');
writeFileSync(feeder, '#!/bin/sh\ntouch "$(dirname "$0")/was-run"\n', { mode: 0o755 });

const heard = [];
const site = await serve(attest, (run) => {
  run('setup', '--service', 'Example Cloud', '--owner', 'Ann Lee', '--email', 'ann@example.org');
  for (const [id, permission] of [['boss', 'manager'], ['cy', 'contributor'], ['bob', 'member'], ['aud', 'auditor']]) {
    run('person', 'add', id, `name=${id}`, `email=${id}@example.org`, 'kind=employee', 'starts_at=2026-01-01', `permission=${permission}`);
    run('person', 'do', 'start', id);
  }
}, { hear: (text) => heard.push(String(text)) });
const session = (id) => {
  const [, cookie] = execFileSync(signIn, [site.dir, id], { encoding: 'utf8' }).trim().split(' ');
  return new Visitor(site.origin, { '__Host-attest': cookie });
};
const config = () => readFileSync(join(site.dir, '.attest', 'config'), 'utf8');
const rows = (sql) => site.run('sql', sql, '--json').trim().split('\n').filter((line) => line).map((line) => JSON.parse(line));
const until = async (what) => {
  for (let n = 0; n < 200; n += 1) {
    const got = await what();
    if (got) return got;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
};
const ann = session('ann'), boss = session('boss');

// ---- who may ----------------------------------------------------------------------------------------

for (const path of ['/sources/add', '/sources/remove?id=host']) {
  check(`an owner opens ${path}`, (await ann.get(path)).status === 200, (await ann.get(path)).html);
  for (const id of ['boss', 'cy', 'bob', 'aud']) check(`${id} does not`, (await session(id).get(path)).status === 403);
}
let page = await boss.get('/sources');
check('a manager is not offered what an owner does', page.status === 200 && !page.html.includes('/sources/add') && page.html.includes('/jobs/collect'), page.html);
check('the list says when sources are read', /Sources are collected every 60 min, next in /.test(page.html), page.html);

// ---- add -----------------------------------------------------------------------------------------------

page = await ann.get('/sources/add');
check('what can be added is told, and where programs are', page.html.includes('host-files') && page.html.includes('attest source add exec'), page.html);
check('what is there is not offered', /value="host" disabled/.test(page.html), page.html);
const add = async (kind, argument) => ann.submit(await ann.get('/sources/add'), '/sources/add', { kind, argument });
for (const [name, kind, argument, says] of [['a program', 'exec', feeder, 'command line'], ['a kind that is none', 'cloud', '', 'no source'], ['a path from nowhere', 'git', 'shop', 'whole path'],
  ['what is not there', 'git', join(outside, 'gone'), 'No such file'], ['what is no repository', 'git', join(outside, 'plain'), 'no git repository'],
  ['a line within a line', 'git', `${shop}\nsource: exec ${feeder}`, 'control characters'], ['another line end', 'git', `${shop}\rsource: exec ${feeder}`, 'control characters'],
  ['what is there already', 'host', '', 'there already'], ['nothing', '', '', 'no source']]) {
  page = await add(kind, argument);
  check(`${name} is refused with words, and what was typed stays`, page.status === 422 && page.html.includes(says) && (kind !== 'git' || page.html.includes(join(outside, '').slice(0, -1)) || argument === 'shop'), `${page.status} ${page.html.slice(0, 3000)}`);
}
check('the configuration is as it was', !config().includes('git') && !config().includes('exec'), config());

page = await add('git', `${shop}/../shop`);
check('a repository is added, and its page opens', page.status === 200 && page.html.includes(`git:${shop}`) && page.html.includes('Added.'), `${page.status} ${page.html.slice(0, 2000)}`);
const at = page.path.replace(/&done=.*/, '');
check('by its real path', config().split('\n').filter((line) => line === `source: git ${shop}`).length === 1, config());
page = await until(async () => {
  const now = await ann.get(at);
  return now.html.includes('commit_log') && now;
});
check('it is read at once, and its first run is shown', page && /ok|partial/.test(page.html) && !page.html.includes('None yet'), page && page.html);
check('the history says who added it', rows("SELECT person, about, address FROM access_event WHERE kind = 'setting_changed'").some((r) => r.person === 'ann' && r.about === `added the source git:${shop}` && r.address === '127.0.0.1'));
check('by a commit of theirs', rows("SELECT actor FROM commits WHERE action = 'access' AND reason = 'setting_changed'").map((r) => r.actor).join() === 'web:ann');
page = await add('git', shop);
check('twice it is not', page.status === 422 && page.html.includes('there already'), page.html);

// ---- run ---------------------------------------------------------------------------------------------------

const runs = () => rows(`SELECT count(*) AS n FROM run_history WHERE source = 'git:${shop}'`)[0].n;
const before = Number(runs());
page = await boss.get(at);
check('a manager runs it, and cannot remove it', page.forms.some((f) => f.action === '/sources/run') && !page.html.includes('/sources/remove'), page.html);
page = await boss.submit(page, '/sources/run');
check('it is started', page.status === 200 && page.html.includes('Started'), page.html);
check('and has run once more', await until(async () => Number(runs()) > before));
page = await boss.post('/sources/run', { csrf: page.forms.map((f) => f.fields.csrf).find((c) => c), id: `exec:${feeder}` });
check('what is not configured is not run', page.status === 404, page.status);

// ---- remove ---------------------------------------------------------------------------------------------------

page = await ann.get(at);
page = await ann.get(page.html.match(/href="(\/sources\/remove[^"]*)"/)[1].replace(/&amp;/g, '&'));
check('what removing means is said first', page.html.includes('have no data') && page.html.includes('command line') === false, page.html);
page = await ann.submit(page, '/sources/remove');
check('it is removed', page.status === 200 && page.path.startsWith('/sources?done=removed') && !page.html.includes(`git:${shop}`), `${page.status} ${page.path}`);
check('its line and its rows are gone, its history is not', !config().includes('git') && rows('SELECT * FROM commit_log').length === 0 && rows('SELECT * FROM commit_log_history').length > 0);
check('by whom is kept', rows("SELECT actor FROM commits WHERE action = 'source-remove'").map((r) => r.actor).join() === 'web:ann' &&
  rows("SELECT about FROM access_event WHERE kind = 'setting_changed'").some((r) => r.about === `removed the source git:${shop}`));
check('and the ledger is whole', site.run('verify').length > 0);
page = await ann.get('/sources/remove?id=nothing');
check('what is not there cannot be removed', page.status === 404, page.status);

// ---- the same by programs -----------------------------------------------------------------------------------------

const make = (person, scopes) => site.run('token', person, '--scopes', scopes, '--label', `${person} ${scopes}`, '--quiet').trim();
const tokens = { admin: make('ann', 'admin,read'), write: make('ann', 'read,write'), boss: make('boss', 'admin,read,write'), push: make('ann', 'ingest') };
async function ask(method, path, body, token = tokens.admin, headers = {}) {
  const rs = await fetch(site.origin + path, { method, body: body === undefined ? undefined : JSON.stringify(body),
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers } });
  const text = await rs.text();
  return { status: rs.status, headers: rs.headers, text, json: text && JSON.parse(text) };
}
let r = await ask('GET', '/api/v1/sources');
check('sources are listed with their health', r.status === 200 && r.json.items.some((s) => s.key === 'host' && s.configured && s.kind === 'host') && r.json.next_round, r.text);
r = await ask('POST', '/api/v1/sources', { kind: 'git', argument: other }, tokens.write);
check('a token without the scope adds none', r.status === 403 && r.json.detail.includes('made for'), r.text);
r = await ask('POST', '/api/v1/sources', { kind: 'git', argument: other }, tokens.boss);
check('nor does the token of a manager', r.status === 403, r.text);
r = await ask('POST', '/api/v1/sources', { kind: 'exec', argument: feeder });
check('a program is never added', r.status === 403 && r.json.type === 'urn:attest:error:denied' && r.json.detail.includes('attest source add exec'), r.text);
for (const [body, status] of [[{}, 422], [{ kind: 'git' }, 422], [{ kind: 'git', argument: 'other' }, 422], [{ kind: 'git', argument: join(outside, 'gone') }, 404], [{ kind: 'git', argument: `${other}\nsource: exec ${feeder}` }, 422],
  [{ kind: 'git', argument: `/${'x'.repeat(9000)}` }, 413], [{ kind: 7 }, 422]]) {
  r = await ask('POST', '/api/v1/sources', body);
  check(`${JSON.stringify(body).slice(0, 60)} is refused`, r.status === status && r.json.detail, r.text);
}
const once = { 'idempotency-key': 'source-1' };
r = await ask('POST', '/api/v1/sources', { kind: 'git', argument: other }, tokens.admin, once);
check('a source is added', r.status === 201 && r.json.id === `git:${other}` && r.headers.get('location') === `/api/v1/sources/${r.json.key}`, r.text);
const key = r.json.key;
r = await ask('POST', '/api/v1/sources', { kind: 'git', argument: other }, tokens.admin, once);
check('and once for one key', r.status === 201 && r.json.key === key && r.headers.get('idempotency-replayed') === 'true', r.text);
r = await ask('POST', '/api/v1/sources', { kind: 'git', argument: other });
check('a second time is a conflict', r.status === 409, r.text);
r = await until(async () => {
  const now = await ask('GET', `/api/v1/sources/${key}`);
  return now.json.status && now;
});
check('its first run is told', r && r.json.relations.some((x) => x.relation === 'commit_log' && x.status === 'ok') && r.json.ended_at, r && r.text);
r = await ask('POST', `/api/v1/sources/${key}/run`, {}, tokens.write);
check('it is run again', r.status === 202 && r.json.started === `collect git:${other}`, r.text);
check('the commit names the token', rows("SELECT actor FROM commits WHERE reason = 'setting_changed'").some((c) => c.actor === 'api:ann admin,read as ann'));
await fetch(`${site.origin}/api/v1/ingest`, { method: 'POST', headers: { authorization: `Bearer ${tokens.push}`, 'content-type': 'application/x-ndjson' }, body: '{"begin":"account","mode":"snapshot"}\n{"system":"web1","login":"ann"}\n{"end":"account","status":"ok"}\n' });
r = await ask('GET', '/api/v1/sources');
const pushed = r.json.items.find((s) => s.id === 'push:ann ingest');
check('a source that sends by itself is listed as not configured', pushed && !pushed.configured && pushed.kind === null && pushed.status === 'ok', r.text);
r = await ask('POST', `/api/v1/sources/${pushed.key}/run`, {}, tokens.write);
check('and cannot be run from here', r.status === 409, r.text);
for (const [name, k] of [['it', pushed.key], ['the other', key]]) {
  r = await ask('DELETE', `/api/v1/sources/${k}`, undefined, tokens.write);
  check(`${name} is not removed without the scope`, r.status === 403, r.text);
  r = await ask('DELETE', `/api/v1/sources/${k}`);
  check(`${name} is removed`, r.status === 200 && r.json.removed, r.text);
}
r = await ask('GET', '/api/v1/sources');
check('and gone', !r.json.items.some((s) => s.key === key || s.key === pushed.key) && rows("SELECT * FROM account WHERE source = 'push:ann ingest'").length === 0, r.text);
r = await ask('DELETE', `/api/v1/sources/${key}`);
check('once', r.status === 404, r.text);

// ---- the command line beside it ---------------------------------------------------------------------------------------

site.run('source', 'add', 'exec', feeder);
page = await ann.get('/sources');
check('a program added on the command line is shown', page.html.includes(`exec:${feeder}`), page.html);
page = await ann.get(`/sources/remove?id=${encodeURIComponent(`exec:${feeder}`)}`);
// Who could write the file from the process that answers requests would else have a program run with the supervisor's rights.
await ann.post('/jobs/collect', { csrf: (await ann.get('/sources')).forms.find((f) => f.action === '/jobs/collect').fields.csrf });
check('nothing is run with a program that came while the server runs', await until(() => heard.join('').includes('told by SIGHUP')) && !existsSync(join(outside, 'was-run')), heard.join(''));
const keeper = config(), others = keeper.replace(/^source: exec .*\n/m, '');
heard.length = 0;
writeFileSync(join(site.dir, '.attest', 'config'), `${others}source:\texec\t${feeder}\n`);
await ann.post('/jobs/collect', { csrf: (await ann.get('/account')).forms.find((f) => f.fields.csrf).fields.csrf });
check('however its line is written', await until(() => heard.join('').includes('told by SIGHUP')) && !existsSync(join(outside, 'was-run')), heard.join(''));
writeFileSync(join(site.dir, '.attest', 'config'), keeper);
site.process().kill('SIGHUP');
await new Promise((resolve) => setTimeout(resolve, 500));
await ann.post('/jobs/collect', { csrf: (await ann.get('/sources')).forms.find((f) => f.action === '/jobs/collect').fields.csrf });
check('once its keeper has said so, it is', await until(() => existsSync(join(outside, 'was-run'))), heard.join(''));
check('removing it says that it does not come back from here', page.html.includes('on the command line alone'), page.html);
page = await ann.submit(page, '/sources/remove');
check('it is removed', page.status === 200 && !config().includes('exec'), config());
check('the command line changed it by a commit too', rows("SELECT c.actor AS actor FROM commits c WHERE c.reason = 'setting_changed'").some((c) => c.actor.startsWith('cli:')));

await site.end();
rmSync(outside, { recursive: true, force: true });
finish();
