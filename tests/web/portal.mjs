// portal.mjs ATTEST SIGN_IN: an employee gets it done and leaves: policies, courses, tasks, reports, requests.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { check, finish } from './peer.mjs';
import { Visitor, serve } from './visitor.mjs';

const [attest, signIn] = process.argv.slice(2);
const site = await serve(attest, (run) => {
  run('setup', '--service', 'Example Cloud', '--owner', 'Ann Lee', '--email', 'ann@example.org');
  for (const [id, more] of [['boss', ['permission=manager']], ['bob', []], ['eve', []]]) {
    run('person', 'add', id, `name=${id} Oak`, `email=${id}@example.org`, 'kind=employee', 'starts_at=2026-01-01', ...more);
    run('person', 'do', 'start', id);
  }
  run('policy_version', 'do', 'submit', 'PV-1', '--as', 'ann');
  run('policy_version', 'do', 'approve', 'PV-1', '--as', 'boss');
  run('policy_version', 'do', 'publish', 'PV-1', '--as', 'ann');
  run('course', 'do', 'activate', 'security-basics');
  run('training', 'add', 'person=bob', 'course=security-basics', 'due_at=2030-01-01');
  run('training', 'add', 'person=eve', 'course=security-basics', 'due_at=2030-01-01');
  run('asset', 'add', 'name=Grey laptop', 'kind=laptop', 'owner=boss', 'holder=bob');
  run('task', 'add', 'title=Water the plants', 'owner=bob', 'due_at=2030-01-01');
});
const session = (id) => {
  const [, cookie] = execFileSync(signIn, [site.dir, id], { encoding: 'utf8' }).trim().split(' ');
  return new Visitor(site.origin, { '__Host-attest': cookie });
};
const bob = session('bob'), eve = session('eve');

let page = await bob.open('/my');
check('the portal opens', page.status === 200 && page.h1 === 'My work', `${page.status} ${page.html.slice(0, 300)}`);
for (const text of ['Read and accept: Acceptable use', 'Take the course: ', 'Water the plants', 'Grey laptop', 'bob@example.org'])
  check(`it shows ${text}`, page.html.includes(text));
check('and nothing of the rail of managers', !page.html.includes('href="/settings"') && !page.html.includes('href="/controls"'));

// ---- a policy ------------------------------------------------------------------------------------------

page = await bob.get('/my/policy/PV-1');
check('the text is shown as a page', page.h1 === 'Acceptable use' && /<h3>/.test(page.html) && !page.html.includes('## '), page.h1);
const stale = await bob.post('/my/policy/PV-1', { csrf: page.forms.find((f) => f.action === '/my/policy/PV-1').fields.csrf, digest: '0'.repeat(64) });
check('another text than the one that was read is not accepted', stale.status === 409, stale.status);
const unread = page;
page = await bob.submit(page, '/my/policy/PV-1');
check('it is accepted and gone from the list', page.path === '/my?done=accepted' && !page.html.includes('Read and accept') && page.html.includes('Accepted <a'), page.path);
const accepted = site.run('acceptance', 'list', '--json');
check('the record names the person and the digest', /"person":"bob"/.test(accepted) && /"state":"accepted"/.test(accepted), accepted);
page = await bob.submit(unread, '/my/policy/PV-1');
check('twice is refused', page.status === 409, page.status);
check('the page says when it was accepted', (await bob.get('/my/policy/PV-1')).html.includes('You accepted this version'));
check('a draft is not shown', (await bob.get('/my/policy/PV-2')).status === 404);

// ---- a course ------------------------------------------------------------------------------------------

const text = readFileSync(new URL('../../content/courses/security-basics.md', import.meta.url), 'utf8').split(/^## Quiz$/m)[1];
const questions = text.split(/^\? /m).slice(1).map((q) => [...q.matchAll(/^([-+]) /gm)].findIndex((m) => m[1] === '+'));
const answers = (wrong) => Object.fromEntries(questions.map((right, i) => [`q${i}`, String(i < wrong ? (right ? 0 : 1) : right)]));
page = await bob.open('/my');
page = await bob.get(page.html.match(/href="(\/my\/course\/[^"]+)"/)[1]);
const course = page.path;
check('the course can be read', page.status === 200 && page.html.includes(`${course}/quiz`), page.h1);
page = await bob.get(`${course}/quiz`);
const lastly = page;
check('every question has its answers', [...page.html.matchAll(/<fieldset/g)].length === questions.length, questions.length);
page = await bob.submit(page, `${course}/quiz`, { q0: '0' });
check('an unanswered question is told and nothing counts', page.status === 422 && page.html.includes('nothing was counted'), page.status);
page = await bob.submit(lastly, `${course}/quiz`, answers(questions.length));
check('with all answers wrong it is not passed', page.h1 === 'Not passed yet' && page.html.includes(`0 of ${questions.length} right`), page.h1);
check('each wrong answer has its reason', [...page.html.matchAll(/class="quiet"/g)].length >= questions.length);
check('and the right ones are not given away', !page.html.includes('Right is:'));
check('the score is kept and the course still due', /"state":"assigned"[^}]*"score":0/.test(site.run('training', 'list', '--where', 'person=bob', '--json')), site.run('training', 'list', '--where', 'person=bob', '--json'));
page = await eve.get(course);
check('another person does not see it', page.status === 404, page.status);
page = await eve.post(`${course}/quiz`, { csrf: (await eve.get('/my')).forms[0].fields.csrf, ...answers(0) });
check('nor takes it', page.status === 404, page.status);
page = await bob.submit(lastly, `${course}/quiz`, answers(1));
check('one wrong answer of many passes, and is explained', page.h1 === 'Passed' && page.html.includes('Right is:'), page.h1);
check('the training is completed', /"state":"completed"/.test(site.run('training', 'list', '--where', 'person=bob', '--json')), site.run('training', 'list', '--where', 'person=bob', '--json'));
page = await bob.submit(lastly, `${course}/quiz`, answers(0));
check('and is not taken again', page.status === 409, page.status);

// ---- tasks, reports, requests ------------------------------------------------------------------------------

page = await bob.open('/my');
page = await bob.submit(page, /\/task\/.*\/do\/finish$/);
check('a task is done', page.path.startsWith('/my') && !page.html.includes('Water the plants'), page.path);
check('then nothing is waiting', page.html.includes('Nothing is waiting for you.'), page.html.match(/<ul class="work">[\s\S]*?<\/ul>/)?.[0]);

page = await bob.get('/my/incident?title=Lost:%20Grey%20laptop&kind=physical');
check('a lost device fills the report in', page.html.includes('value="Lost: Grey laptop"') && /value="physical" selected/.test(page.html));
page = await bob.submit(page, '/my/incident', { title: '', description: 'On the <train>.' });
check('a report without a title comes back', page.status === 422 && page.html.includes('role="alert"'), page.status);
check('and says so beside the title', /<p class="fault" id="e-title">/.test(page.html) && /name="title"[^>]*aria-invalid="true"/.test(page.html.replaceAll('\n', ' ')), page.html);
check('with what was typed', page.html.includes('On the &lt;train&gt;.') && /value="physical" selected/.test(page.html));
page = await bob.submit(page, '/my/incident', { title: 'Lost: <b>laptop</b>', description: 'On the train.' });
check('a report becomes an incident', page.path === '/my?done=sent' && page.html.includes('Lost: &lt;b&gt;laptop'), page.path);
check('with who reported it', /"reporter":"bob"/.test(site.run('incident', 'list', '--json')) || /bob/.test(site.run('incident', 'show', 'INC-1')), site.run('incident', 'show', 'INC-1'));
page = await bob.submit(await bob.get('/my/access'), '/my/access', { system: 'wiki', entitlement: 'reader', reason: 'my work' });
check('access is asked for', page.html.includes('reader on wiki'), page.html.match(/role="alert">([^<]*)/)?.[1]);
page = await bob.submit(await bob.get('/my/access'), '/my/access', { system: 'wiki', entitlement: 'writer', reason: 'my work', privileged: 'true', expires_at: '2030-01-01' });
check('also for a time', /"temporary":true/.test(site.run('access_request', 'show', 'AR-2', '--json')), site.run('access_request', 'show', 'AR-2', '--json'));
page = await bob.submit(await bob.get('/my/exception'), '/my/exception',
  { title: 'Old laptop', policy: 'acceptable-use', reason: 'The new one comes in March.', starts_at: '2026-11-22', ends_at: '2027-03-01' });
check('an exception is asked for', page.html.includes('Old laptop'), page.html.match(/role="alert">([^<]*)/)?.[1]);

page = await bob.submit(await bob.get('/my/exception'), '/my/exception', { title: 'Another', starts_at: '2026-13-40' });
check('all that is wrong is told at once', page.status === 422 && ['policy', 'reason', 'starts_at', 'ends_at'].every((name) => page.html.includes(`id="e-${name}"`)), page.html);
check('a choice that must be made says so', /<select[^>]*name="policy"[^>]*required/.test(page.html.replaceAll('\n', ' ')));

// ---- steps of a list, and a role of the organisation's own ---------------------------------------------------

site.run('checklist_item', 'add', 'person=bob', 'kind=onboarding', 'title=Enrol a second factor', 'due_at=2030-01-01', 'owner=bob');
page = await bob.open('/my');
check('steps of the own list wait before any task is opened', page.html.includes('Enrol a second factor') && page.forms.some((f) => /\/checklist_item\/.*\/do\/finish$/.test(f.action)),
  page.html.match(/<ul class="work">[\s\S]*?<\/ul>/)?.[0]);
const before = page.forms.filter((f) => /\/do\/finish$/.test(f.action)).length;
page = await bob.submit(page, /\/checklist_item\/.*\/do\/finish$/);
check('and are done there', page.path.startsWith('/my') && page.forms.filter((f) => /\/do\/finish$/.test(f.action)).length === before - 1, page.path);
check('no register is offered that is not opened', !page.html.includes('What you keep'));
site.run('access_role', 'add', 'vendor-desk', 'title=Vendor desk');
site.run('access_grant', 'add', 'access_role=vendor-desk', 'type=vendor', 'may_do=add');
site.run('access_grant', 'add', 'access_role=vendor-desk', 'type=vendor', 'may_do=move');
site.run('person', 'edit', 'bob', 'access_role=vendor-desk');
page = await bob.open('/my');
check('what a role of the own adds is found once', page.html.split('href="/vendor"').length === 2 && (await bob.get('/vendor')).status === 200, page.html.match(/What you keep[\s\S]{0,300}/)?.[0]);

// ---- names of colleagues are no secret, their records are -----------------------------------------------------

page = await bob.get('/policy/acceptable-use');
check('who owns a policy is named', page.html.includes('Ann Lee'), page.html.match(/Owner[\s\S]{0,200}/)?.[0]);
check('a member is not offered to say something of it', !/\/policy\/acceptable-use\/(attach|comment|link)/.test(page.html));
check('but is of their own', /\/person\/bob\/(attach|comment)/.test((await bob.get('/person/bob')).html));
check('and is no link to what would be refused', !page.html.includes('href="/person/ann"') && (await bob.get('/person/ann')).status === 403, (await bob.get('/person/ann')).status);
page = await bob.get('/incident/new');
check('a field that names a person proposes colleagues', /<option value="boss">boss Oak<\/option>/.test(page.html), page.html.match(/<datalist[\s\S]*?<\/datalist>/)?.[0]);
page = await bob.submit(page, '/incident', { title: 'Odd mail', kind: 'security', severity: 'low', detected_at: '2026-11-20', commander: 'BOSS oak' });
check('and takes what they are called', page.status === 200 && JSON.parse(site.run('incident', 'list', '--where', 'title=Odd mail', '--json')).records[0].commander === 'boss', page.html.match(/class="faults[\s\S]{0,400}/)?.[0]);
site.run('person', 'add', 'boss2', 'name=Boss Oak');
page = await bob.submit(await bob.get('/incident/new'), '/incident', { title: 'Odder mail', kind: 'security', severity: 'low', detected_at: '2026-11-20', commander: 'boss oak' });
check('a report of the own offers nothing that is refused', !(await bob.get('/incident/INC-1')).html.includes('/timeline"') && (await bob.get('/incident/INC-1')).status === 200);
check('a name that two have is asked for again', page.status === 422 && page.html.includes('id="e-commander"') && page.html.includes('value="boss oak"'), page.status);
check('one sees what is known of oneself', (await bob.get('/person/bob')).status === 200);

// ---- who may what -------------------------------------------------------------------------------------------

for (const path of ['/settings', '/settings/people', '/settings/access', '/controls', '/sources', '/task', '/person/boss'])
  check(`a member does not open ${path}`, [403, 404].includes((await eve.get(path)).status) || path === '/task' || path === '/person/boss', (await eve.get(path)).status);
const boss = session('boss');
page = await boss.open('/my');
check('a manager has a portal too', page.h1 === 'My work' && page.html.includes('Read and accept'), `${page.status} ${page.path} ${page.h1} ${page.html.slice(0, 300)}`);
site.run('person', 'do', 'leave', 'eve', 'ends_at=2026-11-01');
page = await eve.get('/my');
check('who left by the command line is refused at the next request', page.status === 303 && page.to.startsWith('/sign-in') || page.status === 401, page.status);
await site.end();
finish();
