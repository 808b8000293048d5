// postgres.mjs ATTEST SIGN_IN: the pages over PostgreSQL, whose server ATTEST_TEST_PG names (tests/sql/with_postgres.sh).
import { check, finish } from './peer.mjs';
import { enrolled, serve } from './visitor.mjs';
import { walk } from './walk.mjs';

const [attest, signIn] = process.argv.slice(2);
const late = (run, ...args) => { try { run(...args); } catch (e) { if (e.status !== 1) throw e; } };         // 1: done, and something fails
const site = await serve(attest, (run) => {
  late(run, 'collect', 'host', '--quiet');
  for (const [id, name, permission] of [['ann', 'Ann Lee', 'owner'], ['bo', 'Bo Ek', 'contributor'], ['cy', 'Cy Poe', 'member']]) {
    run('person', 'add', id, `name=${name}`, `email=${id}@example.org`, `permission=${permission}`, 'starts_at=2026-01-01');
    run('person', 'do', 'start', id, '--quiet');
  }
  run('vendor', 'add', 'acme', 'name=Acme', 'tier=low', 'personal_data=false', 'subservice=false', '--quiet');
  run('risk', 'add', 'title=The only backup burns', 'likelihood=3', 'impact=3', 'owner=bo', '--quiet');
  run('policy', 'add', 'access-control', 'title=Access control', 'owner=ann', '--quiet');
  run('task', 'add', 'title=Read it', 'owner=cy', '--quiet');
  late(run, 'assess', '--quiet');
  run('tick', '--quiet');
}, { store: `${process.env.ATTEST_TEST_PG}&schema=pages` });

for (const [role, id] of [['owner', 'ann'], ['contributor', 'bo'], ['member', 'cy']]) await walk(site, signIn, role, id);

const ann = await enrolled(site, 'ann');
let page = await ann.open('/risk/new');
page = await ann.submit(page, '/risk', { title: 'A key is lost', likelihood: '2', impact: '4' });
check('a record is added', page.status === 200 && page.h1.includes('A key is lost'), `${page.status} ${page.h1}`);
page = await ann.open('/search?q=key+is+lost');
check('and found', page.html.includes('A key is lost'));
page = await ann.open('/sql?q=' + encodeURIComponent('SELECT count(*) AS n FROM risk'));
check('SQL reads it', page.status === 200, `${page.status}`);
page = await ann.open('/trail/access');
check('and who came is written down', /Ann Lee|ann/.test(page.html.replace(/<header[\s\S]*?<.header>/, '')), page.h1);
check('the whole history holds', (() => { try { site.run('verify', '--quiet'); return true; } catch { return false; } })());
await site.end();
finish();
