// What the scripts here share: numbered results, and a program that answers lines with lines.
import { setDefaultResultOrder } from 'node:dns';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

setDefaultResultOrder('ipv4first');           // Node 18 gives up when localhost is ::1 first, and nobody answers there

let number = 0;
let failed = 0;

export function check(name, good, detail = '') {
  number += 1;
  if (!good) failed += 1;
  console.log(`${good ? 'ok' : 'not ok'} ${number} - ${name}${good ? '' : `\n# ${typeof detail === 'string' ? detail : JSON.stringify(detail)}`}`);
}

export function finish() {
  console.log(`1..${number}`);
  process.exit(failed ? 1 : 0);
}

export function talk(program, args) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()(JSON.parse(line)));
  return {
    say: (line) => new Promise((resolve) => {
      waiting.push(resolve);
      child.stdin.write(`${JSON.stringify(line)}\n`);
    }),
    end: () => new Promise((resolve) => {
      child.on('exit', resolve);
      child.stdin.end();
    }),
  };
}
