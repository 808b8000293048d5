// restart.mjs ATTEST: whatever ends the process that answers, it is started again, however often; one that never answered is given up.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, finish } from './peer.mjs';
import { Visitor, serve } from './visitor.mjs';

const [attest] = process.argv.slice(2);
const said = [];
const site = await serve(attest, () => {}, { hear: (text) => said.push(String(text)) });
const visitor = new Visitor(site.origin);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// What answers is the one child of the supervisor whose own child it is; jobs are not run in an empty workspace yet.
const children = () => readFileSync(`/proc/${site.process().pid}/task/${site.process().pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
async function answers() {
  for (let n = 0; n < 100; n += 1) {
    const page = await visitor.get('/healthz').catch(() => ({ status: 0 }));
    if (page.status === 200) return true;
    await wait(50);
  }
  return false;
}

check('the server answers', await answers());
for (let n = 1; n <= 8; n += 1) {
  const [web] = children();
  process.kill(web, 'SIGKILL');
  for (let k = 0; k < 100 && children().includes(web); k += 1) await wait(20);
  check(`and again after its end number ${n}`, await answers() && !children().includes(web));
}
check('what happened is told', said.join('').includes('is started again'));
check('and the server stands', site.process().exitCode === null);
await site.stop();
check('it stops when it is told to', site.process().exitCode === 0, site.process().exitCode);

// A key that no process can begin with.
writeFileSync(join(site.dir, '.attest', 'keys', 'auth.key'), 'too short', { mode: 0o600 });
const end = await new Promise((resolve) => {
  const child = spawn(attest, ['--workspace', site.dir, 'serve', '--listen', '127.0.0.1:0'], { stdio: 'ignore' });
  const late = setTimeout(() => child.kill('SIGKILL'), 20000);
  child.on('exit', (status) => { clearTimeout(late); resolve(status); });
});
check('one that cannot begin is given up, with an error', end > 0, end);
await site.end();
finish();
