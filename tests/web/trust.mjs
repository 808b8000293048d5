// trust.mjs ATTEST: the trust page as strangers see it, and how they get documents.
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, finish } from './peer.mjs';
import { Visitor, enrolled, serve } from './visitor.mjs';

let run;
const site = await serve(process.argv[2], (command, dir) => {
  run = command;
  run('person', 'add', 'ann', 'name=Ann', 'email=ann@example.org', 'permission=owner');
  run('vendor', 'add', 'acme', 'name=Acme', 'tier=low', 'personal_data=true', 'subservice=true');
  writeFileSync(join(dir, 'report.txt'), 'The report nobody else may read.\n');
  writeFileSync(join(dir, 'summary.txt'), 'A summary for everybody.\n');

});
const stranger = () => new Visitor(site.origin);
let page = await stranger().get('/trust');
check('there is no trust page until one is published', page.status === 404, page.html);
run('trust_profile', 'add', 'main', 'title=Trust at Example', 'overview=We keep **your** data. <script>alert(1)</script>', 'security_contact=security@example.org',
  'nda=You tell nobody.', 'show_states=true');
page = await stranger().get('/trust');
check('nor while it is hidden', page.status === 404, page.html);
run('trust_profile', 'do', 'publish', 'main');
run('trust_item', 'add', 'about=control/AC-03', 'words=Second factors for everybody');
run('trust_item', 'add', 'about=vendor/acme', 'words=Acme', 'detail=Sends mail');
for (const [file, title, access] of [['summary.txt', 'Summary', 'anybody'], ['report.txt', 'Report', 'on_request']]) {
  const made = run('vendor', 'attach', 'acme', join(site.dir, file), '--json');
  const id = made.match(/EV-\d+/)?.[0] ?? run('evidence', 'list', '--json').match(/EV-\d+/g).pop();
  run('trust_document', 'add', `title=${title}`, `file=${id}`, `access=${access}`);
}
page = await stranger().get('/trust');
check('published, it shows what management chose', page.status === 200 && ['Trust at Example', 'Second factors for everybody', 'Acme', 'Sends mail', 'Summary', 'security@example.org', 'not assessed yet']
  .every((words) => page.html.includes(words)), page.html);
check('and no more: no script, nobody\'s name, no other control', !page.html.includes('<script>alert') && !page.html.includes('Ann') && !page.html.includes('AC-01'), page.html);
page = await stranger().get('/trust/document/DOC-1');
check('what is for anybody is downloaded', page.status === 200 && page.html === 'A summary for everybody.\n' && /attachment/.test(page.headers['content-disposition']) &&
  page.headers['content-type'] === 'application/octet-stream', page.html);
const commits = () => JSON.parse(run('sql', 'SELECT count(*) AS n FROM commits', '--json')).n;
const before = commits();
for (let i = 0; i < 5; i += 1) await stranger().get('/trust/document/DOC-1');
check('however often, nobody fills the ledger with that', commits() === before, [before, commits()]);
check('what is on request is not', (await stranger().get('/trust/document/DOC-2')).status === 404);

const asker = stranger();
page = await asker.get('/trust/request');
page = await asker.submit(page, '/trust/request', { name: 'Kim', email: 'nobody', company: 'Customer & Co' });
check('a request without an address is asked again, and keeps what was typed', page.status === 422 && page.html.includes('value="Kim"') && page.html.includes('Customer &amp; Co'), page.html);
page = await asker.submit(page, '/trust/request', { name: 'Kim', email: 'kim@customer.example', company: 'Customer & Co', purpose: 'Review' });
check('a whole one is received', page.h1 === 'Your request was received', page.html);
check('it is a record with its history', run('trust_request', 'list', '--json').includes('kim@customer.example') && run('trust_request', 'history', 'ASK-1').includes('trust:visitor'));
check('strangers make no links', (await stranger().post('/trust_request/ASK-1/link', {})).status >= 300);

const ann = await enrolled(site, 'ann');
page = await ann.get('/trust_request/ASK-1');
check('the request\'s page has the step', page.forms.some((f) => f.action === '/trust_request/ASK-1/link'), page.html);
page = await ann.submit(page, '/trust_request/ASK-1/link');
const link = page.html.match(/\/trust\/access\/[\w-]+/)?.[0];
check('a manager grants it and gets a link', page.status === 200 && link && run('trust_request', 'show', 'ASK-1').includes('granted'), page.html);
page = await asker.get(link);
check('first the words to agree to', page.html.includes('You tell nobody.') && !page.html.includes('Report'), page.html);
check('and nothing before that', (await asker.get(`${link}/DOC-2`)).status === 403);
page = await asker.submit(page, link, { agree: 'yes' });
check('then the documents', page.html.includes('Report') && run('trust_request', 'show', 'ASK-1', '--json').includes('agreed_to'), page.html);
page = await asker.get(`${link}/DOC-2`);
check('which can be read', page.status === 200 && page.html === 'The report nobody else may read.\n');
check('a link that is not one opens nothing', (await asker.get(`${link}x`)).status === 404);
run('trust_request', 'do', 'end', 'ASK-1');
check('a request that was ended opens nothing any more', (await asker.get(link)).status === 404 && (await asker.get(`${link}/DOC-2`)).status === 404);
run('trust_profile', 'do', 'hide', 'main');
check('hidden again, it is gone', (await stranger().get('/trust')).status === 404 && (await stranger().get('/trust/document/DOC-1')).status === 404);
await site.stop();
const events = run('sql', "SELECT about, sum(times) AS n FROM access_event WHERE kind = 'trust_downloaded' GROUP BY about ORDER BY about", '--json').trim().split('\n').map((line) => Object.values(JSON.parse(line)));
check('every download is in the history', JSON.stringify(events) === JSON.stringify([['trust_document/DOC-1', 6], ['trust_document/DOC-2 for trust_request/ASK-1', 1]]), events);

// ---- at a host of its own -----------------------------------------------------------------------------------------------------

run('trust_profile', 'do', 'publish', 'main');
appendFileSync(join(site.dir, '.attest', 'config'), 'trust_host: Trust.example\n');
site.origin = (await site.start()).origin;
const apart = { host: 'trust.example' };
const insider = new Visitor(site.origin, ann.cookies);
check('ann is still signed in', (await insider.get('/trust_request/ASK-1')).status === 200);
page = await stranger().get('/trust', apart);
check('the page stands at its host', page.status === 200 && page.html.includes('Trust at Example'), page.status);
check('with what it is made of', (await stranger().get(page.html.match(/\/assets\/[\w.]+\?v=\w+/)[0], apart)).status === 200);
page = await stranger().get('/trust/document/DOC-1?a=b');
check('and leads there from the other, and nowhere else', page.status === 308 && page.to === 'http://trust.example/trust/document/DOC-1?a=b', page.to);
check('its first page is the trust page', (await stranger().get('/', apart)).to === '/trust');
for (const path of ['/sign-in', '/my', '/account', '/risk', '/settings', '/start/x', '/api/v1/risk', '/api/v1/openapi.json', '/scim/v2/Users', '/metrics', '/trust_request', '/trust_request/ASK-1'])
  check(`${path} is not there`, (await insider.get(path, apart)).status === 404);
check('nobody signs in there', (await stranger().post('/sign-in', { name: 'ann@example.org', password: 'x' }, apart)).status === 404);
check('nobody asks at the other', (await stranger().post('/trust/request', { name: 'Kim', email: 'kim@customer.example', company: 'C' })).status === 404);
check('a page elsewhere asks nothing there', (await stranger().post('/trust/request', { name: 'Kim', email: 'kim@customer.example', company: 'C' }, { ...apart, origin: site.origin })).status === 403);
page = await stranger().post('/trust/request', { name: 'Lee', email: 'lee@customer.example', company: 'C' }, { ...apart, origin: 'http://trust.example', 'sec-fetch-site': 'same-origin' });
check('its own does', page.h1 === 'Your request was received' && !page.headers['set-cookie'], page.html);
check('whose cookie comes there is nobody', !(await insider.get('/trust', apart)).html.includes('Sign out'));
page = await insider.submit(await insider.get('/trust_request/ASK-2'), '/trust_request/ASK-2/link');
check('links lead to its host', /http:\/\/trust\.example\/trust\/access\/[\w-]+/.test(page.html), page.html);
await site.end();
finish();
