// webauthn.mjs PEER: an emulated key answers what Attest asks; Attest and @simplewebauthn/server judge the same
// answers, whole and altered, and must agree.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import emulator from 'nid-webauthn-emulator';
import { check, finish } from './peer.mjs';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';

const { default: WebAuthnEmulator, AuthenticatorEmulator } = emulator;
const peer = process.argv[2];
const rp = 'attest.example.org', origin = `https://${rp}`;
function ask(args, input) {
  const run = spawnSync(peer, args, { input: input === undefined ? '' : JSON.stringify(input), encoding: 'utf8' });
  if (run.status === null || run.status > 1 || run.stderr) throw new Error(`${args[0]}: ${run.status} ${run.stderr}`);
  return JSON.parse(run.stdout);
}

const decode = (text) => Buffer.from(text, 'base64url');
const encode = (bytes) => Buffer.from(bytes).toString('base64url');

function flip(answer, field, at, bit = 1) {
  const copy = structuredClone(answer);
  const bytes = decode(copy.response[field]);
  bytes[at < 0 ? bytes.length + at : at] ^= bit;
  copy.response[field] = encode(bytes);
  return copy;
}

function client(answer, change) {
  const copy = structuredClone(answer);
  copy.response.clientDataJSON = encode(JSON.stringify({ ...JSON.parse(decode(copy.response.clientDataJSON)), ...change }));
  return copy;
}

async function theirs(verify) {
  try {
    return (await verify()).verified;
  } catch {
    return false;
  }
}

const registrationAs = (answer, challenge) => theirs(() => verifyRegistrationResponse({ response: answer, expectedChallenge: challenge,
  expectedOrigin: origin, expectedRPID: rp, requireUserVerification: true, supportedAlgorithmIDs: [-7, -8, -257] }));
const assertionAs = (answer, challenge, credential) => theirs(() => verifyAuthenticationResponse({ response: answer, expectedChallenge: challenge,
  expectedOrigin: origin, expectedRPID: rp, requireUserVerification: true, credential }));

for (const name of ['ES256', 'EdDSA', 'RS256']) {
  const key = new WebAuthnEmulator(new AuthenticatorEmulator({ algorithmIdentifiers: [name] }));
  const challenge = encode(randomBytes(32));
  const answer = key.createJSON(origin, ask(['create', challenge]));
  const kept = ask(['registered', challenge], answer);
  const second = await verifyRegistrationResponse({ response: answer, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rp,
    supportedAlgorithmIDs: [-7, -8, -257] });
  const info = second.registrationInfo;
  check(`${name}: both enrol the key and read the same from it`, kept.id === info?.credential.id && kept.count === info.credential.counter &&
    kept.aaguid === info.aaguid.replaceAll('-', '') && kept.uv === info.userVerified, JSON.stringify(kept));

  const altered = {
    type: client(answer, { type: 'webauthn.get' }), challenge: client(answer, { challenge: encode(randomBytes(32)) }),
    origin: client(answer, { origin: 'https://evil.example' }), rp: flip(answer, 'attestationObject', 40),
    presence: flip(answer, 'attestationObject', decode(answer.response.attestationObject).indexOf(decode(answer.response.authenticatorData)) + 32, 1),
    verification: flip(answer, 'attestationObject', decode(answer.response.attestationObject).indexOf(decode(answer.response.authenticatorData)) + 32, 4),
    cut: { ...answer, response: { ...answer.response, attestationObject: encode(decode(answer.response.attestationObject).subarray(0, -60)) } },
  };
  for (const [what, bent] of Object.entries(altered)) {
    const ours = ask(['registered', challenge], bent);
    check(`${name}: both refuse a new key with another ${what}`, ours.refused && !(await registrationAs(bent, challenge)), JSON.stringify(ours));
  }

  const question = encode(randomBytes(32));
  const proof = key.getJSON(origin, ask(['get', question]));
  const asserted = (given, count = kept.count) => ask(['asserted', question, kept.id, String(kept.alg), kept.key, String(count)], given);
  const ours = asserted(proof);
  check(`${name}: both take the sign-in`, ours.uv && ours.count > kept.count && ours.user === 'AQID' &&
    await assertionAs(proof, question, info.credential), JSON.stringify(ours));
  const bents = {
    type: client(proof, { type: 'webauthn.create' }), challenge: client(proof, { challenge }), origin: client(proof, { origin: `${origin}:8443` }),
    cross: client(proof, { crossOrigin: true }), rp: flip(proof, 'authenticatorData', 0), flags: flip(proof, 'authenticatorData', 32, 4),
    count: flip(proof, 'authenticatorData', 36, 64), signature: flip(proof, 'signature', -1),
  };
  for (const [what, bent] of Object.entries(bents)) {
    const verdict = asserted(bent);
    check(`${name}: both refuse a sign-in with another ${what}`, verdict.refused && !(await assertionAs(bent, question, info.credential)), JSON.stringify(verdict));
  }
  const used = asserted(proof, ours.count);
  check(`${name}: both refuse a count that does not rise`, used.refused === 'conflict' &&
    !(await assertionAs(proof, question, { ...info.credential, counter: ours.count })), JSON.stringify(used));
}
finish();
