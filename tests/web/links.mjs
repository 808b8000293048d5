// links.mjs ATTEST SIGN_IN: no page offers a link that its reader is refused or that leads nowhere, whoever they are.
import { finish } from './peer.mjs';
import { serve } from './visitor.mjs';
import { walk } from './walk.mjs';

const [attest, signIn] = process.argv.slice(2);
const idOf = (site, role) => site.run('sql', `select id from person where permission = '${role}' and state = 'active' order by id`).trim().split('\n')[1].trim();

const made = await serve(attest, (run) => {
  try { run('assess', '--quiet'); } catch { /* something fails in every company */ }
}, { demo: ['--people', '20', '--hosts', '4', '--months', '3'] });
for (const role of ['owner', 'manager', 'contributor', 'member']) await walk(made, signIn, role, idOf(made, role));
await made.end();

const fresh = await serve(attest, (run) => run('setup', '--service', 'Example Cloud', '--owner', 'Ann Lee', '--email', 'ann@example.org'));
await walk(fresh, signIn, 'owner', idOf(fresh, 'owner'));
await fresh.end();
finish();
