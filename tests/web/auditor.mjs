// auditor.mjs ATTEST: what an auditor sees, by browser and by token: their own account always, the engagement while it is open, nothing else.
import { execFileSync } from 'node:child_process';
import { check, finish } from './peer.mjs';
import { enrolled, serve } from './visitor.mjs';

// What was written within the period about what is examined says "insideword", about what is not "otherword", later "laterword".
const attest = process.argv[2];
const env = { ...process.env, ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''}:verify_asan_link_order=0` };
const day = (ago) => new Date(Date.now() - ago * 86400000).toISOString().slice(0, 10);
let token;
const site = await serve(attest, (run, dir) => {
  const ago = (days, ...args) => execFileSync('faketime', ['-f', `-${days}d`, attest, '--workspace', dir, ...args], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
  ago(100, 'setup', '--service', 'Example Cloud', '--owner', 'Ann Lee', '--email', 'ann@example.org', '--categories', 'availability, privacy');
  ago(100, 'person', 'add', 'bob', 'name=Bob Oak', 'email=bob@example.org', 'permission=manager', `starts_at=${day(300)}`);
  ago(100, 'person', 'do', 'start', 'bob');
  ago(95, 'risk', 'add', 'title=A risk: insideword');
  ago(95, 'complaint', 'add', 'title=A complaint: otherword', 'kind=complaint', `received_at=${day(96)}`);
  ago(95, 'waiver', 'add', 'test=privacy.complaints', 'reason=otherword', `starts_at=${day(96)}`, `ends_at=${day(-30)}`);
  ago(95, 'waiver', 'add', 'test=monitoring.sources-report', 'reason=insideword', `starts_at=${day(96)}`, `ends_at=${day(-30)}`);
  ago(95, 'attestation', 'add', 'control=PR-17', 'statement=otherword', `performed_at=${day(96)}`, `valid_until=${day(-300)}`);
  ago(95, 'complaint', 'comment', 'CMP-1', 'A comment: otherword');
  ago(95, 'risk', 'comment', 'RISK-1', 'A comment: insideword');
  ago(95, 'task', 'add', 'title=A task: otherword', 'about=control/PR-17');
  ago(95, 'register', 'add', 'consent', 'basis=otherword');
  try { ago(90, 'assess', '--quiet'); } catch (e) { if (e.status !== 1) throw e; }
  ago(20, 'risk', 'add', 'title=Another risk: laterword');
  ago(20, 'risk', 'edit', 'RISK-1', 'title=Changed: laterword', '--reason', 'laterword');
  ago(20, 'control', 'edit', 'AC-01', 'reason=laterword');
  try { ago(20, 'assess', '--quiet'); } catch (e) { if (e.status !== 1) throw e; }
  run('person', 'add', 'rex', 'name=Rex Ledger', 'email=rex@example.org', 'permission=auditor', `starts_at=${day(10)}`);
  run('person', 'do', 'start', 'rex');
  token = run('token', 'rex', '--scopes', 'read', '--label', 'rex', '--quiet').trim();
});

async function ask(path, method = 'GET', body = undefined) {
  const rs = await fetch(site.origin + path, { method, body: body === undefined ? undefined : JSON.stringify(body),
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) } });
  return { status: rs.status, text: await rs.text() };
}

const main = (p) => (p.html.match(/<main[\s\S]*<\/main>/) ?? [p.html])[0].replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 600);

// ---- one's own account ----------------------------------------------------------------------------------

const rex = await enrolled(site, 'rex');
for (const path of ['/account', '/account/password', '/account/totp', '/account/passkeys', '/account/tokens', '/prove']) {
  const page = await rex.open(path);
  check(`without an engagement ${path} is open`, page.status === 200, `${page.status} ${page.h1}`);
}
let page = await rex.open('/account/tokens');
page = await rex.submit(page, '/account/tokens', { label: 'notebook', days: '7', scope_read: 'yes' });
check('and a token is made there', page.status === 200 && page.h1 === 'The token is made', `${page.status} ${page.h1}`);
const { csrf } = (await rex.open('/account')).forms.find((f) => f.action === '/sign-out').fields;
page = await rex.follow(await rex.post('/account/sessions/end', { csrf, session: '' }));
check('and other sessions are ended', page.status === 200 && page.path.startsWith('/account'), `${page.status} ${page.path}`);
let r = await ask('/api/v1/me');
check('a token tells whose it is', r.status === 200 && JSON.parse(r.text).person === 'rex', r.text);
for (const path of ['/criteria', '/risk', '/ledger', '/trail', '/sql', '/search?q=ann', '/engagement', '/person/rex', '/account-not']) {
  page = await rex.open(path);
  check(`and ${path} is not`, page.status === 403 || page.status === 404, `${page.status} ${page.h1}`);
}

page = await rex.open('/');
check('Home leads to the engagements, which say what to do', page.path === '/audit' && page.html.includes('No engagement names you yet'), `${page.path} ${main(page)}`);
const links = (html) => [...html.matchAll(/ href="(\/[^"#]*)/g)].map(([, to]) => to.replace(/&amp;/g, '&'));
const rail = (html) => links(html.match(/<nav class="rail"[\s\S]*?<\/nav>/)[0]);
check('the rail has nothing that is closed', JSON.stringify(rail(page.html)) === '["/audit","/account"]', rail(page.html));

// ---- an engagement whose period has ended, of some categories -----------------------------------------------

const engagement = site.run('engagement', 'add', 'title=SOC 2 type 2', 'kind=type_2', 'firm=Ledger LLP', `period_from=${day(110)}`, `period_to=${day(50)}`,
  'owner=bob', 'categories=Security and more').trim();
site.run('engagement_member', 'add', `engagement=${engagement}`, 'person=rex');
let said = '';
try { site.run('engagement', 'do', 'open', engagement); } catch (e) { said = e.stderr; }
check('an engagement is not opened whose categories nobody understands', said.includes('"Security and more" is no category'), said);
page = await rex.open('/audit');
check('one that is planned says who opens it', page.html.includes('It is not open yet. Bob Oak opens it'), main(page));
site.run('engagement', 'edit', engagement, 'categories=security, availability');
site.run('engagement', 'do', 'open', engagement);
page = await rex.open('/audit');
check('one that is open says what it is about', ['SOC 2 type 2', 'Security and Availability', 'Ledger LLP', 'Bob Oak', 'bob@example.org', 'nothing that came after'].every((x) => page.html.includes(x)), main(page));

const leaks = [];
const dead = [];
const seen = new Map([['/audit', '-']]);
const judge = (path, status, text) => {
  for (const word of ['otherword', 'laterword']) if (text.includes(word)) leaks.push(`${path}: ${word}`);
  if (status >= 500) leaks.push(`${path}: ${status}`);
};
// Every address that any page leads to, and the same of now, of the last days, and of the day before the period.
const queue = ['/audit'];
while (queue.length && seen.size < 1500) {
  const path = queue.shift();
  page = await rex.open(path);
  judge(path, page.status, main(page));
  if (page.status !== 200) dead.push(`${seen.get(path)} leads to ${path}: ${page.status}`);
  const kind = (p) => p.replace(/[?].*/, '').replace(/[0-9]+/g, '0');
  for (const to of links(page.html)) {
    if (seen.has(to) || to.startsWith('/assets/') || (to.match(/[?&](sort|by|dir|page|before|after|done|from|state|severity|category|group)=/))) continue;
    if ([...seen.keys()].filter((p) => kind(p) === kind(to)).length >= 3 && !/^\/(criteria|registers|controls)/.test(to)) continue;
    if ([...seen.keys()].filter((p) => kind(p).split('/')[1] === kind(to).split('/')[1]).length >= 14) continue;
    seen.set(to, path);
    queue.push(to);
  }
}
check(`no page of ${seen.size} tells anything outside of the engagement`, seen.size > 150 && leaks.length === 0, leaks.join('\n# '));
check('and no link leads to a refusal', dead.length === 0, dead.join('\n# '));
const last = Number(site.run('sql', 'SELECT max(seq) AS seq FROM commits').match(/\d+/)[0]);
const refused = ['/complaint', '/complaint/CMP-1', '/complaint/CMP-1/history', '/complaint/export.csv', '/waiver/WAIVER-1', '/waiver/WAIVER-1/history', '/waiver/WAIVER-1/proof', '/attestation/ATT-1',
  '/controls/PR-17', '/criteria/P8.1', '/tests/privacy.complaints', '/populations/complaints', '/populations/complaints/csv', '/facts/complaint', '/facts/complaint/row?key=CMP-1', '/facts/waiver/proof?key=WAIVER-2',
  '/risk?as-of=' + day(5), '/risk/RISK-2', '/risk/RISK-1/proof', '/trail/' + last, '/ledger/proof?commit=' + last, '/criteria?as-of=' + day(200), '/facts/risk/proof?key=RISK-1', '/settings', '/my'];
for (const path of refused) {
  page = await rex.open(path);
  judge(path, page.status, main(page));
  check(`${path.replace(last, 'LAST')} is refused`, [403, 404, 422].includes(page.status), `${page.status} ${main(page)}`);
}
for (const [path, says] of [['/complaint', 'outside of your engagement, which examines Security and Availability'], ['/controls/PR-17', 'outside of your engagement'], ['/waiver/WAIVER-1', 'outside of your engagement'],
  ['/criteria/P8.1', 'outside of your engagement'], ['/populations/complaints', 'outside of your engagement']]) {
  page = await rex.open(path);
  check(`${path} says why`, page.status === 403 && page.html.includes(says), main(page));
}
check('what never was is not there', (await rex.open('/controls/ZZ-99')).status === 404 && (await rex.open('/waiver/WAIVER-99')).status === 404);
for (const path of ['/criteria', '/controls', '/tests', '/exceptions', '/waiver', '/populations', '/reports', '/registers', '/trail', '/sql', '/risk', '/']) {
  page = await rex.open(path);
  check(`${path} says what is not shown`, page.status === 200 && /Not shown, since they serve other categories alone: 25 criteria, \d\d controls, \d+ tests, \d+ registers/.test(page.html), `${page.status} ${main(page)}`);
}
page = await rex.open('/waiver');
check('a list says how many more there are', page.html.includes('insideword') === false && page.html.includes('WAIVER-2') && page.html.includes('1 more is about what your engagement does not examine'), main(page));
page = await rex.open('/risk/RISK-1');
check('a record stands as it stood', page.status === 200 && page.html.includes('insideword'), `${page.status} ${page.h1}`);
for (const path of [`/engagement/${engagement}`, '/person/rex', '/engagement_member/ENGM-1']) {
  page = await rex.open(path);
  check(`their own part in it is read as it is now: ${path}`, page.status === 200, `${page.status} ${main(page)}`);
}
page = await rex.open('/ledger');
check('the ledger is whole, and says so', page.status === 200 && page.html.includes('beyond the end of your engagement'), main(page));
check('and its checkpoint is for everybody', (await rex.open('/ledger/checkpoint')).status === 200);

const sql = async (text) => {
  const form = await rex.open('/sql');
  return rex.follow(await rex.post('/sql', { csrf: form.forms.find((f) => f.fields.csrf).fields.csrf, q: text }));
};
for (const text of ['SELECT id, title FROM complaint', 'SELECT id FROM risk_history', 'SELECT actor FROM commits', 'SELECT c.id FROM complaint_history c']) {
  page = await sql(text);
  judge(text, page.status, main(page));
  check(`the console refuses ${text}`, page.html.includes('your engagement'), `${page.status} ${main(page)}`);
}
page = await sql("SELECT string_agg(w.id, ' ') AS ids, count(*) AS n FROM waiver w JOIN waiver v ON v.id = w.id");
check('and has the rows that are inside', page.html.includes('WAIVER-2') && !page.html.includes('WAIVER-1'), main(page));
page = await sql("SELECT 'n=' || CAST(count(*) AS TEXT) AS n FROM control_result WHERE control = 'PR-17'");
check('of results too', page.html.includes('n=0'), main(page));

// ---- the same by a token ------------------------------------------------------------------------------------

const tell = async (path, method, body) => {
  const answer = await ask(path, method, body);
  judge(path, answer.status, answer.text);
  return answer;
};
const types = JSON.parse((await tell('/api/v1/relations')).text).items.map((x) => x.name);
leaks.length = 0;
for (const name of types) {
  await tell(`/api/v1/relations/${name}`);
  const list = await tell(`/api/v1/${name}?limit=200`);
  if (list.status !== 200) continue;
  for (const { id } of (JSON.parse(list.text).items ?? []).filter((x) => x.id).slice(0, 3))
    for (const more of ['', '/history', '/related']) await tell(`/api/v1/${name}/${encodeURIComponent(id)}${more}`);
  await tell(`/api/v1/${name}/export?format=csv`);
}
for (const path of ['/criteria', '/controls', '/tests', '/populations', '/populations/risks', '/reports/gap', '/reports/risk', '/reports/treatment', '/ledger/commits?limit=1000', '/ledger/checkpoint']) {
  r = await tell(`/api/v1${path}`);
  check(`the API gives ${path}`, r.status === 200, `${r.status} ${r.text}`);
}
check('the API tells nothing outside of the engagement either', leaks.length === 0, leaks.join('\n# '));
for (const path of ['/complaint', '/complaint/CMP-1', '/relations/complaint', '/waiver/WAIVER-1', '/waiver/WAIVER-1/history', '/tests/privacy.complaints', '/populations/complaints', '/risk/RISK-2', '/risk?as-of=' + day(5),
  `/ledger/proof?commit=${last}`, '/ledger/proof?relation=risk&key=RISK-1', '/ledger/proof?relation=waiver&key=WAIVER-1']) {
  r = await tell(`/api/v1${path}`);
  check(`the API refuses ${path.replace(last, 'LAST')}`, r.status === 403 || r.status === 404, `${r.status} ${r.text.slice(0, 300)}`);
}
r = await tell('/api/v1/tests/privacy.complaints/run', 'POST', {});
check('a test outside is not run', r.status === 403 && r.text.includes('outside of your engagement'), r.text);
for (const text of ['SELECT id FROM complaint', 'SELECT actor FROM commits', 'SELECT id FROM risk_history']) {
  r = await tell('/api/v1/sql', 'POST', { query: text });
  check(`the API refuses ${text}`, r.status === 403, `${r.status} ${r.text}`);
}
r = await tell('/api/v1/waiver');
check('lists of the API say how many more there are', JSON.parse(r.text).left_out === 1 && JSON.parse(r.text).total === 1, r.text);
for (const [method, path] of [['POST', '/risk'], ['PATCH', '/risk/RISK-1'], ['POST', '/risk/RISK-1/do/assess'], ['POST', '/jobs/assess'], ['POST', '/plan']]) {
  r = await tell(`/api/v1${path}`, method, { fields: { title: 'x' } });
  check(`${method} ${path} is refused`, r.status === 403, `${r.status} ${r.text}`);
}

// ---- the command line judges alike -----------------------------------------------------------------------------

const cli = (...args) => { try { return site.run(...args); } catch (e) { return `${e.stdout}${e.stderr}`; } };
check('the command line holds to it too', cli('risk', 'list', '--json', '--as', 'rex').includes('insideword') && !/laterword|RISK-2/.test(cli('risk', 'list', '--json', '--as', 'rex')), cli('risk', 'list', '--json', '--as', 'rex'));
check('also for registers', cli('complaint', 'list', '--as', 'rex').includes('outside of your engagement'), cli('complaint', 'list', '--as', 'rex'));
check('and their rows', !cli('waiver', 'list', '--as', 'rex').includes('WAIVER-1'), cli('waiver', 'list', '--as', 'rex'));

// ---- one that runs, of everything; and closed --------------------------------------------------------------------

const running = site.run('engagement', 'add', 'title=The next one', 'kind=type_2', `period_from=${day(30)}`, `period_to=${day(-30)}`, 'categories=security, availability, confidentiality, processing-integrity, privacy').trim();
site.run('engagement_member', 'add', `engagement=${running}`, 'person=rex');
site.run('engagement', 'do', 'open', running);
page = await rex.open('/complaint');
check('an engagement of all categories shows them', page.status === 200 && page.html.includes('otherword') && !page.html.includes('Not shown, since'), main(page));
page = await rex.open('/risk/RISK-1');
check('and what stands now', page.html.includes('laterword'), page.h1);
check('a query may read all of it', (page = await sql('SELECT count(*) AS n FROM complaint_history')).html.includes('<table'), main(page));
page = await rex.open('/complaint?as-of=' + day(60));
check('and the other one, at its moments, is as it was', page.status === 403 && page.html.includes('outside of your engagement'), main(page));
site.run('engagement', 'do', 'close', engagement);
site.run('engagement', 'do', 'close', running);
page = await rex.open('/criteria');
check('closed, nothing is read any more', page.status === 403 && page.html.includes('no engagement of yours is open'), main(page));
page = await rex.open('/audit');
check('and the first page says so', page.status === 200 && page.html.includes('It is closed'), main(page));
check('the account stays', (await rex.open('/account')).status === 200);

await site.end();
finish();
