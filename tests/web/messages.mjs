// messages.mjs ATTEST SIGN_IN: mail and webhooks are seen and tried out in the browser and by the API; every line of the configuration is shown, no secret is.
import { execFileSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, finish } from './peer.mjs';
import { Visitor, serve } from './visitor.mjs';

const [attest, signIn] = process.argv.slice(2);
const outside = mkdtempSync(join(tmpdir(), 'attest-outside-'));  // where the process that answers requests cannot read
const key = randomBytes(32), hookSecret = `whsec_${key.toString('base64')}`, mailSecret = 'correct-horse-battery';
writeFileSync(join(outside, 'hook'), `${hookSecret}\n`, { mode: 0o600 });
writeFileSync(join(outside, 'mail'), `${mailSecret}\n`, { mode: 0o600 });

const posts = [];
const hook = createServer((rq, rs) => {
  const parts = [];
  rq.on('data', (part) => parts.push(part));
  rq.on('end', () => {
    posts.push({ headers: rq.headers, body: Buffer.concat(parts).toString() });
    rs.writeHead(posts.length === 2 ? 500 : 204).end();
  });
});
await new Promise((resolve) => hook.listen(0, '127.0.0.1', resolve));
const mails = [];
const smtp = createSocket((socket) => {
  let rest = '', body = null;
  socket.on('error', () => {});
  socket.write('220 mail\r\n');
  socket.on('data', (part) => {
    rest += part;
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (body !== null && line !== '.') { body.push(line); continue; }
      if (body !== null) { mails.push(body.join('\n')); body = null; socket.write('250 taken\r\n'); continue; }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'DATA') { body = []; socket.write('354 go on\r\n'); } else if (verb === 'RCPT' && line.includes('nobody')) socket.write('550 no such mailbox\r\n');
      else if (verb === 'QUIT') { socket.end('221 bye\r\n'); } else socket.write('250 ok\r\n');
    }
  });
});
await new Promise((resolve) => smtp.listen(0, '127.0.0.1', resolve));

const tokens = {};
const site = await serve(attest, (run, dir) => {
  for (const [id, permission] of [['ann', 'owner'], ['max', 'manager'], ['cy', 'contributor'], ['bob', 'member'], ['aud', 'auditor']]) {
    run('person', 'add', id, `name=${id} Oak`, `email=${id}@example.org`, 'kind=employee', 'starts_at=2026-01-01', `permission=${permission}`);
    run('person', 'do', 'start', id);
  }
  for (const [name, person, scopes] of [['ann', 'ann', 'admin,read'], ['max', 'max', 'admin,read'], ['write', 'ann', 'read,write']]) tokens[name] = run('token', person, '--scopes', scopes, '--label', name, '--quiet').trim();
  appendFileSync(join(dir, '.attest', 'config'), `webhook : http://127.0.0.1:${hook.address().port}/in?k=token-in-the-url ${join(outside, 'hook')}\nsmtp: smtp://127.0.0.1:${smtp.address().port}\n` +
    `mail-from: attest@example.org\nscim_role: Staff = member\nscim_role: Leads = manager\nmfa: managers\n`);
});
const config = () => readFileSync(join(site.dir, '.attest', 'config'), 'utf8');
const rows = (sql) => site.run('sql', sql, '--json').trim().split('\n').filter((line) => line).map((line) => JSON.parse(line));
const session = (id) => new Visitor(site.origin, { '__Host-attest': execFileSync(signIn, [site.dir, id], { encoding: 'utf8' }).trim().split(' ')[1] });
const ann = session('ann'), max = session('max');
const secrets = [hookSecret, mailSecret, 'token-in-the-url'];
const shown = [];
const see = (page) => { shown.push(page.html); return page; };

// ---- who may -------------------------------------------------------------------------------------------

for (const id of ['cy', 'bob', 'aud']) check(`${id} does not see messages`, (await session(id).get('/settings/messages')).status === 403);
let page = see(await max.get('/settings/messages'));
const id = page.html.match(/127\.0\.0\.1#[0-9a-f]{8}/)?.[0];
check('a manager sees where they go, and changes nothing', page.status === 200 && id && page.html.includes('attest@example.org') && !page.html.includes('/settings/messages/add'), page.html);
check('settings lead there', (await max.get('/settings')).html.includes('href="/settings/messages"'));

// ---- trying out ---------------------------------------------------------------------------------------------

const test = (who, to) => who.get('/settings/messages').then((from) => who.post('/settings/messages/test', { csrf: from.forms.map((f) => f.fields.csrf).find((c) => c), to })).then((p) => who.follow(p)).then(see);
page = await test(max, id);
check('a test is sent, by the supervisor, who can read the secret', page.status === 200 && page.html.includes('Sent.') && posts.length === 1, `${page.status} ${page.html}`);
const { headers, body } = posts[0];
check('signed with it', headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64')}` && JSON.parse(body).type === 'notify.test', posts[0]);
page = await test(max, id);
check('what the other side did not take is told', page.status === 200 && page.html.includes('answered 500') && page.html.includes('to be tried again'), page.html);
page = await test(max, 'max@example.org');
check('a mail is sent', page.html.includes('Sent.') && mails.length === 1 && mails[0].includes('max@example.org'), `${mails.length} ${page.html}`);
page = await test(max, 'nobody@example.org');
check('one that is refused is told', page.html.includes('was not taken'), page.html);
page = await test(max, 'no address');
check('and what is no address', page.status === 422, page.status);
check('the commit says who', rows("SELECT actor FROM commits WHERE action = 'notify'").every((c) => c.actor === 'web:max') && rows("SELECT actor FROM commits WHERE action = 'notify'").length >= 4, rows("SELECT actor, action FROM commits"));
page = await session('cy').post('/settings/messages/test', { to: id });
check('nobody else sends one', page.status === 403, page.status);

// ---- adding ------------------------------------------------------------------------------------------------------

const add = async (url) => ann.submit(await ann.get('/settings/messages'), '/settings/messages/add', { url });
for (const [url, says] of [['http://hooks.example.org/', 'https://HOST'], ['https://localhost/x', 'this machine'], ['https://127.0.0.1/x', 'this machine'], ['https://[::1]/x', 'this machine'], ['file:///etc/passwd', 'https://HOST'],
  ['https://a.example/ /etc/shadow private', 'without blanks'], ['https://a.example/\nsource: exec /bin/true', 'control characters'], ['', 'https://HOST']]) {
  page = see(await add(url));
  check(`${JSON.stringify(url)} is refused`, page.status === 422 && page.html.includes(says), `${page.status} ${page.html.slice(0, 2500)}`);
}
page = await add('https://10.255.255.1/hook?k=another-token');
const added = page.html.match(/10\.255\.255\.1#[0-9a-f]{8}/)?.[0], secret = page.html.match(/whsec_[A-Za-z0-9+/=]{44}/)?.[0];
check('an endpoint is added, and its secret shown', page.status === 200 && added && secret, `${page.status} ${page.html.slice(0, 2500)}`);
secrets.push(secret, 'another-token');
page = see(await max.get('/settings/messages'));
check('the list has it at once, without the secret', page.html.includes(added) && !page.html.includes(secret), page.html);
page = await test(ann, added);
check('a private address is not called, and what allows it is told', page.html.includes('was not taken') && page.html.includes('private'), page.html);
check('who added it is in the history, its address is not', rows("SELECT about, person FROM access_event WHERE kind = 'setting_changed'").some((e) => e.about === `added the webhook ${added}` && e.person === 'ann') && !JSON.stringify(rows('SELECT * FROM access_event')).includes('another-token'));
page = await add('https://10.255.255.1/hook?k=another-token');    // what was typed comes back to who typed it
check('twice it is not added', page.status === 422 && page.html.includes('there already'), page.html);
page = await ann.submit(await ann.get('/settings/messages'), '/settings/messages/remove', { id: added });
check('it is removed', page.status === 200, page.status);
page = see(await ann.get('/settings/messages'));
const forms = page.forms.filter((f) => f.action === '/settings/messages/remove');
check('the right one', forms.length === 1, page.html);

// ---- by programs -----------------------------------------------------------------------------------------------------

async function ask(method, path, what, token = 'ann', more = {}) {
  const rs = await fetch(site.origin + path, { method, body: what === undefined ? undefined : JSON.stringify(what), headers: { authorization: `Bearer ${tokens[token]}`, ...(what === undefined ? {} : { 'content-type': 'application/json' }), ...more } });
  const text = await rs.text();
  return { status: rs.status, text, json: text && JSON.parse(text) };
}
let r = await ask('GET', '/api/v1/webhooks', undefined, 'write');
check('a token for records does not see endpoints', r.status === 403, r.text);
r = await ask('POST', '/api/v1/webhooks', { url: 'https://hooks.example.org/two' }, 'max');
check('a manager\'s adds none', r.status === 403, r.text);
for (const url of ['http://hooks.example.org/', 'https://localhost/', '', 7]) {
  r = await ask('POST', '/api/v1/webhooks', { url });
  check(`${JSON.stringify(url)} is refused`, (r.status === 422 || r.status === 403) && r.json.detail, r.text);
}
r = await ask('POST', '/api/v1/webhooks', { url: 'https://10.255.255.2/two' }, 'ann', { 'idempotency-key': 'w' });
check('an owner\'s adds one, with its secret', r.status === 201 && r.json.secret.startsWith('whsec_') && r.json.id.startsWith('10.255.255.2#'), r.text);
secrets.push(r.json.secret);
const two = r.json.key;
r = await ask('POST', '/api/v1/webhooks', { url: 'https://10.255.255.2/two' }, 'ann', { 'idempotency-key': 'w' });
check('which is not given again', r.status === 409 && !r.text.includes('whsec_'), r.text);
r = await ask('GET', '/api/v1/webhooks', undefined, 'max');
shown.push(r.text);
check('endpoints are listed with their last delivery', r.status === 200 && r.json.items.length === 2 && r.json.items.find((w) => w.id === id).last_state === 'failed' && r.json.items.find((w) => w.key === two).last_state === null, r.text);
r = await ask('POST', `/api/v1/webhooks/${two}/test`, {}, 'max');
check('a test tells what the guard refused', r.status === 200 && r.json.sent === false && r.json.why.includes('private'), r.text);
r = await ask('POST', '/api/v1/notifications/test', { to: 'max@example.org' }, 'max');
check('and a mail that went out', r.status === 200 && r.json.sent === true && mails.length === 2, r.text);
r = await ask('GET', '/api/v1/notifications?limit=3');
check('what became of messages is told, newest first', r.status === 200 && r.json.items.length === 3 && r.json.items[0].recipient === 'max@example.org' && r.json.items[0].state === 'sent' && r.json.total > 3 && r.json.next, r.text);
r = await ask('DELETE', `/api/v1/webhooks/${two}`);
check('it is removed', r.status === 200 && !config().includes('10.255.255.2'), r.text);
r = await ask('DELETE', `/api/v1/webhooks/${two}`);
check('once', r.status === 404, r.text);
check('secrets made here left with their endpoints', !readdirSync(join(site.dir, '.attest', 'keys')).some((name) => name.startsWith('webhook-')) && existsSync(join(outside, 'hook')));
page = await ann.submit(await ann.get('/settings/messages'), '/settings/messages/remove', { id });
check('a line that was written by hand is removed, its file is not', page.status === 200 && !config().includes('webhook') && existsSync(join(outside, 'hook')), config());

// ---- all lines of the configuration ---------------------------------------------------------------------------------------

page = see(await max.get('/settings'));
for (const text of ['Example &amp; Sons', `smtp://127.0.0.1:${smtp.address().port}`, 'attest@example.org', 'Staff = member, Leads = manager', 'managers', 'every hour', 'SQLite, in the workspace', 'oidc_trust_mfa: yes', 'tls_key: FILE']) check(`settings show ${text}`, page.html.includes(text), page.html);
check('no page has shown a secret', secrets.every((s) => shown.every((html) => !html.includes(s))), secrets.filter((s) => shown.some((html) => html.includes(s))));
check('no row holds one', secrets.filter((s) => s.startsWith('whsec_')).every((s) => !['attest.db', 'attest.db-wal', 'auth.db', 'auth.db-wal'].some((name) => existsSync(join(site.dir, '.attest', name)) && readFileSync(join(site.dir, '.attest', name)).includes(s))));

await site.end();
hook.close();
smtp.close();
rmSync(outside, { recursive: true, force: true });
finish();
