// setup.mjs ATTEST SIGN_IN: an owner of a workspace without a program finds the questions in the browser, and programs by the API.
import { execFileSync } from 'node:child_process';
import { check, finish } from './peer.mjs';
import { Visitor, serve } from './visitor.mjs';

const [attest, signIn] = process.argv.slice(2);
const people = (run) => {
  run('person', 'add', 'ann', 'name=Ann Lee', 'email=ann@example.org', 'permission=owner', 'starts_at=2026-01-01');
  run('person', 'do', 'start', 'ann');
  run('person', 'add', 'max', 'name=Max Oak', 'email=max@example.org', 'permission=manager', 'starts_at=2026-01-01');
  run('person', 'do', 'start', 'max');
};
const rows = (site, sql) => site.run('sql', sql, '--json').trim().split('\n').filter((line) => line).map((line) => JSON.parse(line));
const session = (site, id) => new Visitor(site.origin, { '__Host-attest': execFileSync(signIn, [site.dir, id], { encoding: 'utf8' }).trim().split(' ')[1] });

// ---- in the browser -------------------------------------------------------------------------------------

let site = await serve(attest, people);
const ann = session(site, 'ann'), max = session(site, 'max');
let page = await ann.get('/');
check('Home offers it to an owner', page.html.includes('href="/setup"'), page.html);
check('and to nobody else', !(await max.get('/')).html.includes('href="/setup"') && (await max.get('/setup')).status === 403);
page = await ann.get('/setup');
check('the questions are asked, but not who one is', page.status === 200 && page.html.includes('name="service"') && !page.html.includes('owner_email'), page.html);
page = await ann.submit(page, '/setup', { service: ' ', contact: 'trouble line', category_2: 'yes' });
check('an answer that is missing is asked again, and the others stay', page.status === 422 && page.html.includes('called') && page.html.includes('trouble line'), page.html);
page = await ann.submit(await ann.get('/setup'), '/setup', { service: 'Example Cloud' });
check('it is set up, and Home says so', page.status === 200 && page.path === '/?done=saved' && !page.html.includes('href="/setup"'), `${page.status} ${page.path} ${page.html.slice(0, 500)}`);
check('with policies, controls and roles of who answered', rows(site, "SELECT count(*) AS n FROM policy WHERE owner = 'ann'")[0].n > 20 && rows(site, "SELECT count(*) AS n FROM control WHERE owner = 'ann'")[0].n > 100 &&
  rows(site, "SELECT count(*) AS n FROM role_assignment WHERE person = 'ann'")[0].n >= 7);
check('nobody was added, and the address of theirs stands in the policies', rows(site, 'SELECT id FROM person').length === 2 && rows(site, "SELECT body FROM policy_version").some((r) => r.body.includes('ann@example.org')));
check('in a commit of theirs', rows(site, "SELECT actor FROM commits WHERE action = 'setup'").map((r) => r.actor).join() === 'web:ann');
page = await ann.get('/setup');
check('a second time there is nothing to ask', page.status === 409 && page.html.includes('already'), page.status);
page = await ann.post('/setup', { csrf: (await ann.get('/account')).forms.map((f) => f.fields.csrf).find((c) => c), service: 'Another' });
check('nor to answer', page.status === 409, page.status);
await site.end();

// ---- by a program ------------------------------------------------------------------------------------------

const tokens = {};
site = await serve(attest, (run) => {
  people(run);
  for (const [name, person, scopes] of [['admin', 'ann', 'admin,read'], ['write', 'ann', 'write'], ['max', 'max', 'admin']]) tokens[name] = run('token', person, '--scopes', scopes, '--label', name, '--quiet').trim();
});
async function ask(body, token = tokens.admin, headers = {}) {
  const rs = await fetch(`${site.origin}/api/v1/setup`, { method: 'POST', body: JSON.stringify(body), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers } });
  return { status: rs.status, json: await rs.json(), headers: rs.headers };
}
for (const name of ['write', 'max']) check(`the token ${name} may not`, (await ask({ service: 'Example Cloud' }, tokens[name])).status === 403);
let r = await ask({});
check('what is missing is told', r.status === 400 && r.json.detail.includes('service'), r.json);
r = await ask({ service: 'Example Cloud', categories: 'speed' });
check('and what is no category', r.status === 400 && r.json.detail.includes('speed'), r.json);
r = await ask({ service: 'Example Cloud', categories: 'availability,privacy' }, tokens.admin, { 'idempotency-key': 'one' });
check('it is set up', r.status === 201 && r.json.policies > 20 && r.json.controls > 100 && r.json.roles === 8 && r.json.tasks > 0, r.json);
check('with the categories that were named', rows(site, 'SELECT id FROM category WHERE in_scope').map((x) => x.id).sort().join() === 'availability,privacy,security');
check('in a commit that names the token', rows(site, "SELECT actor FROM commits WHERE action = 'setup'").map((x) => x.actor).join() === 'api:admin as ann');
r = await ask({ service: 'Example Cloud', categories: 'availability,privacy' }, tokens.admin, { 'idempotency-key': 'one' });
check('sent again it is the same answer', r.status === 201 && r.headers.get('idempotency-replayed') === 'true', r.json);
r = await ask({ service: 'Example Cloud' });
check('another time it is a conflict', r.status === 409, r.json);
await site.end();
finish();
