// ledger.mjs ATTEST: verifying from the browser, and a witness who signs what the organisation sends.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, finish } from './peer.mjs';
import { Visitor, enrolled, serve } from './visitor.mjs';

let run;
const heard = [];
const site = await serve(process.argv[2], (command) => {
  run = command;
  run('person', 'add', 'ann', 'name=Ann', 'email=ann@example.org', 'permission=owner');
  run('person', 'add', 'cora', 'name=Cora', 'email=cora@example.org', 'permission=contributor');
}, { hear: (text) => heard.push(String(text)) });
const ann = await enrolled(site, 'ann');
const cora = await enrolled(site, 'cora');
const csrf = async (who) => (await who.get('/ledger')).forms.map((f) => f.fields.csrf).find((c) => c);

// ---- verifying ------------------------------------------------------------------------------------

let page = await ann.get('/ledger');
check('what was never verified says so', page.html.includes('It has not been verified here yet'), page.html);
check('and has no outcome', (await ann.get('/ledger/verified')).status === 404);
page = await cora.submit(page.status === 200 ? await cora.get('/ledger') : page, '/ledger/verify');
check('a job verifies all of it', page.h1 === 'The history is whole' && /Nothing was altered/.test(page.html), `${page.path} ${page.h1}`);
page = await ann.get('/ledger');
check('and the outcome stays, with its time', /Verified last <time title="[^"]+">[^<]+<\/time>/.test(page.html) && /commits there were<\/a> are whole/.test(page.html), page.html);

// ---- a witness ---------------------------------------------------------------------------------------

const firm = join(site.dir, 'firm');
const vkey = run('ledger', 'witness', 'new', firm, 'audit.example/kim', '--quiet').trim();
const logKey = (await ann.get('/ledger/key')).html.trim();
check('nobody has cosigned yet', page.html.includes('Nobody outside has cosigned this log yet'));
page = await ann.submit(page, '/ledger/witness', { vkey: `${vkey.slice(0, -4)}AAAA`, who: 'Audit & Co' });
check('a key that is none is refused', page.status === 400 || page.status === 422, page.status);
page = await ann.submit(await ann.get('/ledger'), '/ledger/witness', { vkey, who: 'Audit & Co <Kim>' });
check('a witness is added', page.html.includes('audit.example/kim') && page.html.includes('Audit &amp; Co &lt;Kim&gt;') && page.html.includes('not yet'), page.html);
check('who is no manager adds none', (await cora.post('/ledger/witness', { csrf: await csrf(cora), vkey, who: 'x' })).status === 403 &&
  (await cora.get('/ledger/request')).status === 403 && !(await cora.get('/ledger')).html.includes('action="/ledger/witness"'));

const signed = async (name, more = []) => {
  const request = (await ann.get('/ledger/request?witness=audit.example%2Fkim')).html;
  writeFileSync(join(site.dir, name), request);
  const answer = run('ledger', 'cosign', join(site.dir, name), '--witness', firm, ...more);
  return { request, answer };
};
const upload = async (who, text) => {
  const edge = 'edge-of-a-part';
  const field = (name, body, extra = '') => `--${edge}\r\nContent-Disposition: form-data; name="${name}"${extra}\r\n\r\n${body}\r\n`;
  const mark = await csrf(who);
  return who.ask('POST', '/ledger/cosigned', `${field('csrf', mark)}${field('cosigned', text, '; filename="answer.txt"')}--${edge}--\r\n`, { 'content-type': `multipart/form-data; boundary=${edge}` });
};
const first = await signed('first.txt', ['--log', logKey]);
check('the first request leads from nothing', first.request.startsWith('old 0\n\n'), first.request);
check('a checkpoint the witness has not signed is not kept', (await upload(ann, first.request.split('\n\n').slice(1).join('\n\n'))).status >= 400);
check('nor one that was changed', (await upload(ann, first.answer.replace(/\n(\d+)\n/, (_, n) => `\n${Number(n) - 1}\n`))).status >= 400);
check('nor is one taken from who is no manager', (await upload(cora, first.answer)).status === 403);
page = await ann.follow(await upload(ann, first.answer));
const size = first.answer.split('\n')[1];
check('what the witness signed is kept and shown', page.status === 200 && new RegExp(`data-label="Entries">${size}<`).test(page.html) && readFileSync(join(site.dir, '.attest/ledger/cosigned', size), 'utf8').includes('audit.example/kim'), page.html);
const second = await signed('second.txt');
check('the next request leads from there', second.request.startsWith(`old ${size}\n`), second.request);
page = await ann.follow(await upload(ann, second.answer));
check('and is kept too', page.html.includes(`data-label="Entries">${second.answer.split('\n')[1]}<`), page.html);
page = await ann.submit(page, '/ledger/verify');
check('the log leads from what was cosigned', page.h1 === 'The history is whole', page.html);
check('a witness that says what it saw is answered from there', (await ann.get('/ledger/request?old=1')).html.startsWith('old 1\n') && (await ann.get('/ledger/request?old=x')).status >= 400 && (await ann.get('/ledger/request?old=99999')).status >= 400);
page = await ann.submit(await ann.get('/ledger'), '/ledger/witness/remove');
check('a witness is removed', page.html.includes('Nobody outside has cosigned'), page.html);
check('and all of that is in the history', ['witness added: audit.example/kim', 'audit.example/kim cosigned', 'witness removed'].every((w) => run('sql', "SELECT about FROM access_event WHERE kind = 'setting_changed'", '--json').includes(w)));

// ---- somebody changes the store ------------------------------------------------------------------------

execFileSync('python3', ['-c', "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute(\"UPDATE person_h SET name = 'Somebody' WHERE name = 'Ann'\"); db.commit()", join(site.dir, '.attest', 'attest.db')]);
page = await ann.submit(await ann.get('/ledger'), '/ledger/verify');
check('what was changed behind the program is named', page.h1 === 'The history was changed' && page.html.includes('altered') && page.html.includes('ann'), page.html);
check('and the ledger\'s page says so', (await cora.get('/ledger')).html.includes('the history was changed'));
check('strangers see none of it', (await new Visitor(site.origin).get('/ledger/verified')).status === 303);

// ---- something is damaged --------------------------------------------------------------------------------

writeFileSync(join(site.dir, '.attest', 'verified.json'), 'no JSON');
page = await cora.get('/ledger');
const noted = page.html.match(/noted it as ([0-9a-f]{8})/)?.[1];
check('who asks is told a word for what failed, and nothing of the inside', page.status === 500 && noted && !page.html.includes('verified.json'), page.html);
for (let i = 0; i < 30 && !heard.join('').includes('failure '); i += 1) await new Promise((resolve) => setTimeout(resolve, 100));
check('the log has the word and the reason', heard.join('').includes(`failure ${noted}: GET /ledger: `) && /verified\.json cannot be read/.test(heard.join('')), heard.join(''));
check('and who runs the program sees it', (await ann.get('/ledger')).html.includes('verified.json'));
await site.end();
finish();
