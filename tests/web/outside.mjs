// outside.mjs ATTEST: what the confined web process may still reach: a scanner's socket, a log elsewhere.
import { createSocket } from 'node:dgram';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, finish } from './peer.mjs';
import { enrolled, serve } from './visitor.mjs';

// A scanner that speaks as clamd(8) tells, outside of the workspace, and finds the word "harmful".
const dir = mkdtempSync(join(tmpdir(), 'attest-outside-'));
let shown = 0;
const clamd = createServer((socket) => {
  let bytes = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (part) => {
    bytes = Buffer.concat([bytes, part]);
    if (bytes.indexOf('zVERSION\0') === 0) socket.end('ClamAV 1.0.9/27450\0');
    if (bytes.indexOf('zINSTREAM\0') !== 0 || bytes.subarray(-4).readUInt32BE() !== 0) return;
    shown += 1;
    socket.end(bytes.includes('harmful') ? 'stream: Test.Harmful FOUND\0' : 'stream: OK\0');
  });
});
await new Promise((resolve) => clamd.listen(join(dir, 'clamd'), resolve));
const lines = [];
const log = createSocket('udp4', (line) => lines.push(String(line)));
await new Promise((resolve) => log.bind(0, '127.0.0.1', resolve));

let run;
const site = await serve(process.argv[2], (command, home) => {
  run = command;
  run('person', 'add', 'ann', 'name=Ann', 'email=ann@example.org', 'permission=owner');
  run('vendor', 'add', 'acme', 'name=Acme', 'tier=low', 'personal_data=false', 'subservice=false');
  appendFileSync(join(home, '.attest', 'config'), `clamd_socket: ${join(dir, 'clamd')}\nsyslog: 127.0.0.1:${log.address().port}\n`);
});
const ann = await enrolled(site, 'ann');
const form = (await ann.get('/vendor/acme/attach')).forms.find((f) => f.action?.endsWith('/attach'));
const upload = (name, text) => {
  const part = (field, body, more = '') => `--edge\r\nContent-Disposition: form-data; name="${field}"${more}\r\n\r\n${body}\r\n`;
  const fields = Object.entries({ ...form.fields, title: name }).filter(([field]) => field !== 'file').map(([field, body]) => part(field, body)).join('');
  return ann.ask('POST', form.action, `${fields}${part('file', text, `; filename="${name}"`)}--edge--\r\n`, { 'content-type': 'multipart/form-data; boundary=edge' });
};
let page = await upload('good.txt', 'Nothing of note.\n');
check('a file is shown to the scanner and kept', page.status === 303 && shown === 1 && run('evidence', 'show', 'EV-1', '--json').includes('"ClamAV 1.0.9/27450"'), [page.status, shown, page.html]);
page = await upload('bad.txt', 'This is harmful.\n');
check('what it finds harmful is not', page.status === 422 && page.html.includes('Test.Harmful') && shown === 2, [page.status, page.html.match(/class="fault"[^<]*<?[^<]*/)?.[0]]);
clamd.close();
rmSync(join(dir, 'clamd'), { force: true });
page = await upload('late.txt', 'Nothing of note either.\n');
check('nor what it cannot see', page.status === 503 && page.html.includes('does not answer'), page.status);
check('of three one was kept', JSON.parse(run('evidence', 'list', '--json')).records.length === 1);
const seen = () => lines.some((line) => /^<86>1 \S+ \S+ attest \d+ access - \{.*"kind":"sign_in"/.test(line)) && lines.some((line) => line.includes('"kind":"factor_changed"'));
for (let i = 0; i < 30 && !seen(); i += 1) await new Promise((resolve) => setTimeout(resolve, 100));
check('sign-ins are told to the log elsewhere', seen(), lines);
check('without secrets', !lines.join().includes(ann.cookies['__Host-attest']));
await site.end();
log.close();
rmSync(dir, { recursive: true, force: true });
finish();
