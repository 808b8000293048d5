// verify.mjs MODULE SECRET: judges {headers, body} on standard input by the standardwebhooks package.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { Webhook } = createRequire(import.meta.url)(process.argv[2]);
const { headers, body } = JSON.parse(readFileSync(0, 'utf8'));
new Webhook(process.argv[3]).verify(body, headers);
